"""What people are promised: nobody's private questions are kept, a removed story is nowhere, a cooldown covers all."""

from pathlib import Path

import pytest
from simcord import Env

from bot.discord_side.client import OnRecord
from bot.discord_side.libraries.place import person
from bot.discord_side.replies.about import PRIVACY
from bot.rendering.discord_stories import render_story
from tests.bot.discord_side.owned import OwnedEngine, story_of
from tests.bot.discord_side.room import Room, a_room, answered, choose
from tests.remembered import remembered

SOON = "one question of a person at a time"


@pytest.fixture
def engine(tmp_path: Path) -> OwnedEngine:
    return OwnedEngine(tmp_path)


async def test_a_question_asked_in_private_is_not_kept(simcord_env: Env, engine: OwnedEngine) -> None:
    room = a_room(simcord_env)
    for ask in (room.ann.user.send_dm, lambda words: room.ann.user.slash("ask", question=words)):
        await ask("what did Nobody Known say about the zeppelin?")
    assert not [path for path in engine.folder.rglob("*") if path.is_file() and b"zeppelin" in path.read_bytes()]


async def test_a_removed_story_is_no_channels_default_any_more(simcord_env: Env, engine: OwnedEngine) -> None:
    room = a_room(simcord_env)
    owner = f"server-{room.guild.id}"
    engine.give(owner, [story_of("zeppelin", "It flies", "Ada Burke"), story_of("dam", "It holds", "Bo Hall")])
    with engine.library_of(owner) as library:
        library.set_setting("stories", {str(room.channel.id): ["zeppelin"], "7": ["zeppelin", "dam"]})
    bot = simcord_env.bot
    assert isinstance(bot, OnRecord)
    await bot.desk.intake.remove(owner, "zeppelin")
    with engine.library_of(owner) as library:
        assert library.settings()["stories"] == {"7": ["dam"]}
    folder = engine.folder
    assert not [path for path in folder.rglob("*") if path.is_file() and b"zeppelin" in path.read_bytes()]


async def test_no_memory_keeps_the_text_of_a_story_that_was_removed_or_whose_owner_left(
    simcord_env: Env, engine: OwnedEngine
) -> None:
    room = a_room(simcord_env)
    bot = simcord_env.bot
    assert isinstance(bot, OnRecord)
    owner = f"server-{room.guild.id}"
    for place in (owner, person(room.ann.user.id)):
        engine.give(place, [story_of("zeppelin", "The zeppelin flies", "Ada Zebrowski")])
        with engine.shelf_of(place) as shelf:
            for question in ("what did Ada say about the zeppelin?", "who is Zeno Zeppelin?"):
                engine.ask(shelf, question, (), None)
            engine.check(shelf, "The zeppelin flies", None)
            render_story(shelf.story("zeppelin"), shelf)
        assert "zeppelin flies" in remembered()
        await (
            bot.desk.intake.remove(owner, "zeppelin") if place == owner else bot.desk.ledger.forget(room.ann.user.id)
        )
        assert "zeppelin flies" not in remembered()


@pytest.mark.parametrize("said", [PRIVACY, (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")])
def test_what_a_database_keeps_until_it_is_vacuumed_is_said(said: str) -> None:
    assert "PostgreSQL" in said
    assert "vacuum" in said


async def with_a_cooldown(env: Env, engine: OwnedEngine) -> Room:
    room = a_room(env)
    with engine.library_of(f"server-{room.guild.id}") as library:
        library.set_setting("cooldown_s", 60)
    return room


async def test_a_cooldown_covers_exports_and_checks(simcord_env: Env, engine: OwnedEngine) -> None:
    room = await with_a_cooldown(simcord_env, engine)
    assert SOON not in answered(await room.ann.slash(room.channel, "export", name="Vera Stone"))
    assert SOON in answered(await room.ann.slash(room.channel, "export", name="Vera Stone"))
    assert SOON in answered(await room.ann.slash(room.channel, "speakers"))
    message = await room.member("bo").send(room.channel, "She said “The harbour is deep enough”.")
    assert SOON in answered(await room.ann.context_menu(room.channel, "Check this quote", message))


async def test_a_cooldown_covers_what_is_done_with_an_answer(simcord_env: Env, engine: OwnedEngine) -> None:
    room = await with_a_cooldown(simcord_env, engine)
    reply = await room.ask("what did Vera Stone say?")
    assert SOON not in answered(await choose(room.ann, reply, "👍 Good answer"))
    assert SOON in answered(await choose(room.ann, reply, "Wrong speaker"))
    assert SOON not in answered(await choose(room.member("bo"), reply, "Wrong speaker"))
