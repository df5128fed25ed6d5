"""A question with the address of a story that is held is asked of that story alone."""

from pathlib import Path

import pytest
from simcord import Env

from bot.discord_side.client import OnRecord
from tests.bot.discord_side.owned import OwnedEngine, story_of
from tests.bot.discord_side.room import UNHURRIED, Room, a_room, words_of

MILL = "https://www.news.example/mill"


@pytest.fixture
def simcord_bot(tmp_path: Path) -> OnRecord:
    return OnRecord(OwnedEngine(tmp_path), UNHURRIED)


def a_room_with_stories(env: Env) -> Room:
    room = a_room(env)
    engine = env.bot.desk.engine  # type: ignore[attr-defined]
    mill = story_of("mill", "The mill is shut", "Ada Burke", url=MILL)
    engine.give(f"server-{room.guild.id}", [mill, story_of("dam", "The dam holds", "Ada Burke")])
    return room


@pytest.mark.parametrize("link", [MILL, "https://news.example/mill/?utm_source=chat", f"<{MILL}#top>"])
async def test_a_question_with_the_address_of_a_story_is_asked_of_it(simcord_env: Env, link: str) -> None:
    room = a_room_with_stories(simcord_env)

    said = words_of(await room.ask(f"{link} what did Ada Burke say?"))

    assert "The mill is shut" in said
    assert "The dam holds" not in said


async def test_the_address_of_a_story_alone_shows_it(simcord_env: Env) -> None:
    room = a_room_with_stories(simcord_env)

    assert words_of(await room.ask(MILL)).startswith("**About mill**")


async def test_an_address_at_which_nothing_is_held_says_how_to_add_it(simcord_env: Env) -> None:
    room = a_room_with_stories(simcord_env)

    other = "https://news.example/other"
    for words in (other, f"what does this say? {other}", f"add <{other}>"):
        said = words_of(await room.ask(words))
        assert said.startswith("I do not hold that page yet.\n")
        assert "takes an address" in said
    assert "The dam holds" in words_of(await room.ask("https://news.example/other what did Ada Burke say?"))
