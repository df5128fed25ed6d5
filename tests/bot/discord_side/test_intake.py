"""Additions: nobody's holds up anybody else's, one that nobody waits for stops, and what is kept is bounded."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import pytest

from bot.discord_side.libraries.intake import STEP, Intake
from bot.discord_side.libraries.sources import Pasted
from bot.discord_side.limits import Limits
from bot.errors import LibraryFull, TooSlow
from index.reading.sources import HERE, Reader
from index.story import Story
from tests.bot.discord_side.owned import OwnedEngine, story_of

PASTED = Pasted("“The mill is shut,” said Bo Hall.")


class Waiting(Reader):
    """A reader that is at one text until it is let go."""

    def __init__(self) -> None:
        super().__init__(HERE.stories, HERE.feed)
        self.at_it, self.let_go = asyncio.Event(), Event()
        self._loop = asyncio.get_running_loop()

    def text(self, text: str, name: str) -> Story:
        self._loop.call_soon_threadsafe(self.at_it.set)
        self.let_go.wait()
        return super().text(text, name)


class Slow(OwnedEngine):
    """Libraries for which one owner's texts take for ever to read."""

    def __init__(self, folder: Path, slow: str, reader: Waiting) -> None:
        super().__init__(folder)
        self.slow, self.reader = slow, reader
        self.open()

    def reader_of(self, owner: str) -> Reader:
        return self.reader if owner == self.slow else HERE


@dataclass(frozen=True)
class Given:
    """Stories, and what is done once they are read."""

    stories: Sequence[Story]
    name: str = "a file"

    def read(self, report: object, fetcher: object, reader: object) -> Iterator[Story]:
        return iter(self.stories)


def opened(folder: Path) -> OwnedEngine:
    engine = OwnedEngine(folder)
    engine.open()
    return engine


async def test_one_owners_addition_holds_up_nobody_elses(tmp_path: Path) -> None:
    reader = Waiting()
    intake = Intake(Slow(tmp_path, "user-666", reader))
    slow = asyncio.create_task(intake.add("user-666", PASTED))
    await reader.at_it.wait()

    others = [await intake.add(f"server-{number}", PASTED) for number in range(3)]

    assert [len(taken.new) for taken in others] == [1, 1, 1]
    assert not slow.done()
    reader.let_go.set()
    assert len((await slow).new) == 1
    await intake.close()


async def test_an_addition_that_nobody_waits_for_stops_at_its_next_step(tmp_path: Path) -> None:
    engine, stored = opened(tmp_path), asyncio.Event()
    loop, go_on = asyncio.get_running_loop(), Event()
    intake = Intake(engine, Limits(adding_s=0.0))
    stories = [story_of(f"mill {number}", "It is shut", "Bo Hall") for number in range(2 * STEP)]

    def progress(done: int, of: int) -> None:
        loop.call_soon_threadsafe(stored.set)
        go_on.wait()

    with pytest.raises(TooSlow):
        await intake.add("server-1", Given(stories), progress)
    go_on.set()
    await intake.close()

    with engine.library_of("server-1") as library:
        assert len(library.stories) <= STEP


async def test_a_library_keeps_so_many_bytes_of_text_and_no_more(tmp_path: Path) -> None:
    intake = Intake(opened(tmp_path), Limits(bytes_of_one_owner=250))
    await intake.add("server-1", Given([story_of("one", "It is shut", "Bo Hall")]))

    with pytest.raises(LibraryFull, match="250 bytes of text that can be kept here"):
        await intake.add("server-1", Given([story_of(f"{at}", "It is shut", "Bo Hall") for at in range(3)]))
    await intake.close()
