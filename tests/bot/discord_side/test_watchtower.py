"""What is watched for keeps nobody waiting: neither who asks meanwhile, nor who sets or silences a watch."""

import asyncio
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from bot.discord_side.libraries.desk import Desk
from bot.discord_side.libraries.watchtower import GivingWay, Watchtower
from bot.discord_side.messages.questions import Asked
from index.library.verbs import StoryLibrary
from index.library.watching import Due, Watch
from tests.bot.discord_side.owned import OwnedEngine, story_of
from tests.bot.discord_side.patience import PATIENT, patiently, until
from tests.bot.discord_side.shelf import FakeEngine
from tests.bot.discord_side.test_watching import OWNER, QUICK


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[OwnedEngine]:
    engine = OwnedEngine(tmp_path)
    engine.open()
    yield engine
    engine.close()


@pytest.fixture
def library(engine: OwnedEngine) -> StoryLibrary:
    shared = engine.libraries().shared
    assert shared is not None
    return shared


def test_a_note_is_kept_once_it_is_quiet(library: StoryLibrary) -> None:
    quiet = Event()
    notes = GivingWay(library, quiet, wait_s=PATIENT.answer_s)
    with ThreadPoolExecutor(1) as thread:
        keeping = thread.submit(notes.set_setting, "a", 1)
        assert "a" not in notes.settings()
        quiet.set()
        keeping.result()
    assert notes.settings()["a"] == 1


def test_a_note_is_kept_a_moment_later_where_it_is_never_quiet(library: StoryLibrary) -> None:
    notes = GivingWay(library, Event(), wait_s=0)
    notes.set_setting("a", 1)
    assert notes.settings()["a"] == 1


async def test_it_is_not_quiet_while_somebody_waits_for_an_answer() -> None:
    desk = Desk(FakeEngine(), PATIENT)
    assert desk.tower.quiet.is_set()
    assert not await desk.look(Asked("which?", 1), lambda shelf: desk.tower.quiet.is_set())
    assert desk.tower.quiet.is_set()
    await desk.close()


async def test_a_watch_can_be_silenced_while_it_is_being_told_and_stays_silent(engine: OwnedEngine) -> None:
    tower = Watchtower(engine, QUICK)
    begun, told = asyncio.Event(), asyncio.Event()

    async def tell(watch: Watch, dues: Sequence[Due]) -> None:
        begun.set()
        await told.wait()

    watching = asyncio.create_task(tower.run(tell))
    watch = Watch(OWNER, "0" * 8, 1, "Ada Burke", channel=1)
    await tower.keep(watch)
    await asyncio.to_thread(engine.give, OWNER, [story_of("dam", "The dam holds", "Ada Burke")])
    tower.poke(OWNER)
    async with patiently():
        await begun.wait()

    [before] = await tower.watches(OWNER)
    silenced = await tower.silence(before.name)
    told.set()

    looks = tower.looks
    await until(lambda: tower.looks > looks)
    assert before.name == watch.name
    assert silenced is not None
    assert await tower.watches(OWNER) == ()
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)
    await tower.close()
