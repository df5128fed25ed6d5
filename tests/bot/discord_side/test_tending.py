"""A running bot keeps up with feeds and finds missing statements by itself."""

import asyncio
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.discord_side.libraries import engine as engine_module
from bot.discord_side.libraries.engine import tend
from index.errors import LibraryBusy
from index.library.folder import Library
from index.library.following import follow
from index.story import Story
from tests.bot.discord_side.owned import OwnedEngine
from tests.bot.discord_side.patience import PATIENCE_S
from tests.index.fakes import FakeAttributor, FakeEmbedder


@dataclass
class Busy:
    """An engine with some steps to do."""

    steps: int
    done: list[datetime] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

    def tend(self, now: datetime) -> bool:
        self.done.append(now)
        if len(self.done) == self.steps:
            self.ended.set()
        return len(self.done) < self.steps


async def _opened() -> None:
    return None


async def test_what_is_due_is_done_step_by_step_until_nothing_is() -> None:
    engine = Busy(3)
    tending = asyncio.create_task(tend(engine, _opened()))
    assert await asyncio.to_thread(engine.ended.wait, PATIENCE_S)
    tending.cancel()
    await asyncio.gather(tending, return_exceptions=True)
    assert len(engine.done) == 3


async def test_an_error_of_a_library_does_not_end_the_tending(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "TENDED_EVERY_S", 0.01)

    class Failing(Busy):
        def tend(self, now: datetime) -> bool:
            super().tend(now)
            raise LibraryBusy("here", 1)

    engine = Failing(2)
    tending = asyncio.create_task(tend(engine, _opened()))
    assert await asyncio.to_thread(engine.ended.wait, PATIENCE_S)  # for it has gone on after the first
    tending.cancel()
    await asyncio.gather(tending, return_exceptions=True)


async def test_what_nobody_foresaw_is_logged_and_does_not_end_the_tending(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "TENDED_EVERY_S", 0.01)

    class Failing(Busy):
        def tend(self, now: datetime) -> bool:
            super().tend(now)
            raise ValueError("not an address")

    engine = Failing(2)
    tending = asyncio.create_task(tend(engine, _opened()))
    assert await asyncio.to_thread(engine.ended.wait, PATIENCE_S)  # for it has gone on after the first
    assert "incident" in caplog.text
    tending.cancel()
    await asyncio.gather(tending, return_exceptions=True)


async def test_an_engine_without_libraries_is_left_alone() -> None:
    never = asyncio.get_running_loop().create_future()
    await tend(object(), never)
    assert not never.done()


def test_the_engine_completes_the_shared_library_and_puts_off_feeds_in_trouble(tmp_path: Path) -> None:
    engine = OwnedEngine(tmp_path)
    with Library.open(tmp_path / "library", embedder=FakeEmbedder(), attributor=FakeAttributor()) as library:
        library.add([Story(f"s{n}", "“We will rebuild,” said Ana Ruiz.") for n in range(6)], statements=False)
        follow(library, "https://news.example.invalid/feed", timedelta(hours=1), datetime(2026, 1, 1, tzinfo=UTC))
        engine.open()
        before, now = len(library.statements()), datetime(2025, 12, 31, tzinfo=UTC)
        assert engine.tend(now)
        assert len(library.statements()) == before + 4
        assert engine.tend(now)
        assert not engine.tend(now)
        assert len(library.statements()) == before + 6
    engine.close()


def test_a_library_that_nobody_asks_for_is_closed_although_nobody_asks_for_another(tmp_path: Path) -> None:
    engine = OwnedEngine(tmp_path)
    engine.idle_s = 0.0
    engine.open()
    engine.give("server-1", [Story("s", "“We will rebuild,” said Ana Ruiz.")])
    now = datetime(2025, 12, 31, tzinfo=UTC)
    engine.tend(now)  # which looks at it once
    assert engine.libraries().open_count == 1
    engine.tend(now)
    assert engine.libraries().open_count == 0
    engine.close()


def test_one_process_at_a_time_tends_what_several_share(tmp_path: Path) -> None:
    engine, other = OwnedEngine(tmp_path), OwnedEngine(tmp_path)
    for each in (engine, other):
        each.open()
    with Library.open(tmp_path / "library", embedder=FakeEmbedder(), attributor=FakeAttributor()) as library:
        library.add([Story("s", "“We will rebuild,” said Ana Ruiz.")], statements=False)
        now = datetime(2025, 12, 31, tzinfo=UTC)
        with other.open_libraries().alone("tend"):
            assert not engine.tend(now)
            assert all(found.story != "s" for found in library.statements())
        engine.tend(now)
        assert any(found.story == "s" for found in library.statements())
    for each in (engine, other):
        each.close()
