"""“Forget me”: afterwards nothing of the user's id stands in any library, file or line of the log."""

import logging
from pathlib import Path

import pytest
from simcord import Env

from tests.bot.discord_side.owned import OwnedEngine, story_of
from tests.bot.discord_side.room import a_room, answered, choose


@pytest.fixture
def engine(tmp_path: Path) -> OwnedEngine:
    return OwnedEngine(tmp_path)


def traces(folder: Path, number: int) -> list[str]:
    """Every file whose bytes or name hold a number."""
    wanted = str(number)
    found = [path for path in folder.rglob("*") if wanted in path.name]
    found += [path for path in folder.rglob("*") if path.is_file() and wanted.encode() in path.read_bytes()]
    return [str(path) for path in found]


async def test_after_forget_me_no_byte_on_the_disk_and_no_line_of_the_log_has_the_id(
    simcord_env: Env, engine: OwnedEngine, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    room = a_room(simcord_env)
    ann = room.ann
    reply = await room.ask("what did Vera Stone say?")
    await choose(ann, reply, "👍 Good answer")
    await choose(ann, reply, "Wrong speaker")
    await ann.slash(room.channel, "ask", question=f"what did <@{ann.id}> say about {ann.id}?")
    await ann.user.send_dm("what did Vera Stone say?")
    engine.give(f"user-{ann.id}", [story_of("mill", "The mill is shut", "Ada Burke")])
    await ann.user.slash("export", name="Ada Burke")
    assert traces(tmp_path, ann.id)

    said = await ann.slash(room.channel, "privacy")
    assert said.response is not None
    sure = await ann.click(said.response, label="Forget me")
    assert sure.response is not None
    done = await ann.click(sure.response, label="Yes, forget me")

    assert answered(done).startswith("You are forgotten")
    assert traces(tmp_path, ann.id) == []
    assert str(ann.id) not in caplog.text
