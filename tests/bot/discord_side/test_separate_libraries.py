"""What one server or person has is nobody else's: not by a question, a button, a suggestion or an export."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from simcord import Env

from bot.discord_side.libraries.desk import ONLY_OWN
from bot.shelf import Shelf, story_key
from tests.bot.discord_side.leaks import leaks
from tests.bot.discord_side.owned import SHARED, OwnedEngine, story_of
from tests.bot.discord_side.room import Room, a_room, answered, last, words_of

MILL = story_of("mill", "The mill will reopen", "Ada Burke")


@pytest.fixture
def engine(tmp_path: Path) -> OwnedEngine:
    return OwnedEngine(tmp_path)


async def test_nothing_of_one_owner_comes_out_at_another() -> None:
    asked, out = await leaks(150)

    assert asked.total() == 150
    assert out == []


async def test_a_shelf_that_mixed_owners_up_would_be_noticed() -> None:
    class MixedUp(OwnedEngine):
        @contextmanager
        def shelf_of(self, owner: str) -> Iterator[Shelf]:
            with super().shelf_of("server-1001") as shelf:
                yield shelf

    _, out = await leaks(150, make=MixedUp)

    assert {one.split(":")[1].split()[0] for one in out} == {"server-1001"}


async def two_rooms(env: Env, engine: OwnedEngine) -> tuple[Room, Room]:
    """Two servers, of which the first has the story of the mill."""
    one, other = a_room(env), a_room(env, "bob")
    await one.ann.slash(one.channel, "privacy")
    engine.give(f"server-{one.guild.id}", [MILL])
    return one, other


async def test_a_story_of_one_server_is_asked_there_and_nowhere_else(simcord_env: Env, engine: OwnedEngine) -> None:
    one, other = await two_rooms(simcord_env, engine)

    assert "The mill will reopen" in words_of(await one.ask("what did Ada Burke say?"))
    assert "The mill will reopen" not in words_of(await other.ask("what did Ada Burke say?"))
    await one.ann.user.send_dm("what did Ada Burke say?")
    assert "The mill will reopen" not in words_of(last(one.ann.user))


async def test_whoever_asks_in_private_in_vain_is_told_whose_stories_were_looked_in(
    simcord_env: Env, engine: OwnedEngine
) -> None:
    one, other = await two_rooms(simcord_env, engine)

    await one.ann.user.send_dm("what did Ada Burke say?")
    assert words_of(last(one.ann.user)).endswith(f"\n{ONLY_OWN}")
    await one.ann.user.send_dm("what did Vera Stone say?")
    assert ONLY_OWN not in words_of(last(one.ann.user))
    assert ONLY_OWN not in words_of(await other.ask("what did Ada Burke say?"))


async def test_the_shared_stories_are_asked_everywhere(simcord_env: Env, engine: OwnedEngine) -> None:
    one, other = await two_rooms(simcord_env, engine)
    await one.ann.user.send_dm("what did Vera Stone say?")

    for reply in (await one.ask("what did Vera Stone say?"), await other.ask("what did Vera Stone say?")):
        assert "The harbour is deep enough" in words_of(reply)
    assert "The harbour is deep enough" in words_of(last(one.ann.user))


async def test_what_is_offered_while_typing_is_the_servers_own_and_the_shared(
    simcord_env: Env, engine: OwnedEngine
) -> None:
    one, other = await two_rooms(simcord_env, engine)

    here = await one.ann.autocomplete(one.channel, "speaker", "name", "")
    there = await other.ann.autocomplete(other.channel, "speaker", "name", "")
    stories = await other.ann.autocomplete(other.channel, "ask", "story", "")

    assert [choice["value"] for choice in here] == ["Ada Burke", "Vera Stone"]
    assert [choice["value"] for choice in there] == ["Vera Stone"]
    assert [choice["value"] for choice in stories] == [story_key(f"shared:{SHARED.id}")]


async def test_a_button_that_names_another_servers_story_opens_nothing(simcord_env: Env, engine: OwnedEngine) -> None:
    one, other = await two_rooms(simcord_env, engine)

    chosen = await other.ann.slash(other.channel, "ask", question="who speaks?", story=story_key(MILL.id))
    shown = await other.ann.slash(other.channel, "story show", story=story_key(MILL.id))

    assert "I do not hold that story" in answered(chosen)
    assert "I do not hold that story" in answered(shown)
    assert "The mill will reopen" in answered(await one.ann.slash(one.channel, "story show", story=story_key(MILL.id)))


async def test_a_story_of_a_direct_message_is_its_writers_alone(simcord_env: Env, engine: OwnedEngine) -> None:
    ann, bob = simcord_env.create_user("ann"), simcord_env.create_user("bob")
    await ann.send_dm("hello")
    engine.give(f"user-{ann.id}", [MILL])

    await ann.send_dm("what did Ada Burke say?")
    await bob.send_dm("what did Ada Burke say?")

    assert "The mill will reopen" in words_of(last(ann))
    assert "The mill will reopen" not in words_of(last(bob))
