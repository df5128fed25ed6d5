"""What libraries and readers of sources are given in place of the work itself: worker processes do it for an owner, and
whoever has used the least of them lately gets one next."""

import math
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from threading import Condition
from typing import TYPE_CHECKING

from index.errors import StatementsUnfound, StoryUnreadable
from index.reading.bounds import BOUNDS, Bounds
from index.reading.feeds import Entry
from index.story import Attributed, Story
from index.workers.process import (
    FindStatements,
    GetReady,
    Gone,
    Job,
    Process,
    ReadFeed,
    ReadStories,
    Result,
    Undone,
    Unreadable,
)

if TYPE_CHECKING:
    from index.reading.jsonl import Report
    from index.reading.sources import Read, Reader

FORGOTTEN_S = 0.05
HALVED_S = 60.0
"""Seconds after which what somebody used counts for half."""


@dataclass(frozen=True, slots=True, eq=False)
class _Waiting:
    owner: str
    number: int


@dataclass(slots=True)
class _Spent:
    """Seconds of processes that an owner has used, as they count at a time."""

    seconds: float = 0.0
    at: float = 0.0

    def by(self, now: float) -> float:
        """What counts of them by now."""
        return self.seconds * math.exp2((self.at - now) / HALVED_S)


class Pool:
    """At most so many worker processes, started when there is work. Safe to use from any number of threads.

    A process that has nothing to do for a while ends by itself.
    """

    def __init__(
        self,
        most: int,
        bounds: Bounds = BOUNDS,
        *,
        start: Callable[[Bounds], Process] = Process.start,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most = most
        self._bounds = bounds
        self._start = start
        self._clock = clock
        self._changed = Condition()
        self._numbers = count()
        self._waiting: list[_Waiting] = []
        self._spent: dict[str, _Spent] = {}
        self._free: list[Process] = []
        self._busy: set[Process] = set()
        self._running = 0
        self._closed = False

    def results(self, owner: str, job: Job) -> Iterator[Result]:
        """What comes of a job that is done for an owner, as it comes. Raises Undone.

        The process is kept until the last result is taken, or the iterator closed.
        """
        with self._turn(owner):
            taken_up = False
            while not taken_up:
                with self._process() as process, suppress(Gone):
                    yield from process.results(job)
                    taken_up = True

    def prepare(self, job: Job) -> None:
        """Has a process do a job of which nothing comes back, where there is no process yet; does not wait for it."""
        with self._changed:
            if not self._closed and not self._busy and not any(process.alive for process in self._free):
                process = self._start(self._bounds)
                process.prepare(job)
                self._free.append(process)

    def clear(self) -> None:
        """Takes notice of the processes that have ended by themselves, so that the system keeps nothing of them."""
        with self._changed:
            self._free = [process for process in self._free if process.alive]

    @property
    def waiting(self) -> int:
        """How many jobs wait for their turn."""
        return len(self._waiting)

    def close(self) -> None:
        """Ends every process; what they are at is given up."""
        with self._changed:
            self._closed = True
            for process in (*self._free, *self._busy):
                process.stop()
            self._changed.notify_all()

    @contextmanager
    def _turn(self, owner: str) -> Iterator[None]:
        """Waits until it is an owner's turn, and counts what is used then."""
        place = _Waiting(owner, next(self._numbers))
        with self._changed:
            self._waiting.append(place)
            came = self._changed.wait_for(lambda: self._closed or self._is_next(place), self._bounds.queue_s)
            self._waiting.remove(place)
            if not came:
                raise Undone("too much else is to be done")
            self._running += 1
        began = self._clock()
        try:
            yield
        finally:
            with self._changed:
                self._running -= 1
                self._note(owner, self._clock() - began)
                self._changed.notify_all()

    @contextmanager
    def _process(self) -> Iterator[Process]:
        """A process of one's own for a while: one that is there already, or a new one. Raises Undone when closed."""
        with self._changed:
            if self._closed:
                raise Undone("the program is ending")
            process = self._free.pop() if self._free else self._start(self._bounds)
            self._busy.add(process)
        try:
            yield process
        finally:
            with self._changed:
                self._busy.discard(process)
                if self._closed:
                    process.stop()
                elif process.alive:
                    self._free.append(process)

    def _is_next(self, place: _Waiting) -> bool:
        """Whether a process can be had, and nobody who waits comes before."""
        return self._running < self._most and place is min(self._waiting, key=self._rank)

    def _rank(self, place: _Waiting) -> tuple[float, int]:
        spent = self._spent.get(place.owner)
        return (round(spent.by(self._clock()), 1) if spent else 0.0, place.number)

    def _note(self, owner: str, seconds: float) -> None:
        now = self._clock()
        before = self._spent.get(owner, _Spent())
        self._spent[owner] = _Spent(before.by(now) + seconds, now)
        for forgotten in [one for one, spent in self._spent.items() if spent.by(now) < FORGOTTEN_S]:
            del self._spent[forgotten]


ALONE = "main"
"""The owner of what belongs to nobody in particular."""


class Workers:
    """The worker processes of one program: some read, some find statements, which takes models."""

    def __init__(self, bounds: Bounds = BOUNDS) -> None:
        self._bounds = bounds
        self._reading = Pool(bounds.reading_at_once, bounds)
        self._finding = Pool(bounds.finding_at_once, bounds)

    def reader(self, owner: str = ALONE) -> "Reader":
        """What reads pages and files for an owner. While it reads, models are loaded for what is found in them next,
        unless it is for nobody in particular.
        """
        from index.reading.sources import Reader

        reading = _Reading(self._reading, owner, self.get_ready if owner != ALONE else lambda: None)
        return Reader(reading.stories, reading.feed)

    def attributor(self, owner: str = ALONE) -> "WorkersAttributor":
        """What finds statements for an owner: story by story, or as many at once as there may be for nobody else."""
        return WorkersAttributor(self._finding, owner, self._bounds.finding_at_once if owner == ALONE else 1)

    def get_ready(self) -> None:
        """Has a process load what finding statements needs, unless one has; does not wait for it."""
        self._finding.prepare(GetReady())

    def clear(self) -> None:
        """Takes notice of the processes that have ended by themselves, so that the system keeps nothing of them."""
        self._reading.clear()
        self._finding.clear()

    def close(self) -> None:
        """Ends every process; what they are at is given up."""
        self._reading.close()
        self._finding.close()


@dataclass(frozen=True, slots=True)
class WorkersAttributor:
    """Finds statements, story by story, so that one that takes too long or too much is alone in it.

    So many are worked on at once as `at_once` says.
    """

    pool: Pool
    owner: str
    at_once: int = 1

    def attribute_all(self, stories: Sequence[Story]) -> list[Attributed]:
        """What each story says, and who says it. Raises StatementsUnfound for the first where that is not found."""
        found: list[Attributed] = []
        for one in self.attribute_each(stories):
            if isinstance(one, StatementsUnfound):
                raise one
            found.append(one)
        return found

    def attribute_each(self, stories: Sequence[Story]) -> Iterator[Attributed | StatementsUnfound]:
        """What each story says, and who says it, or why that is not found. Raises ParserUnusable."""
        from index.statements.parsing import packaged_pipeline

        packaged_pipeline()  # what is wrong with the installation is no story's fault
        if len(stories) <= 1 or self.at_once <= 1:
            yield from map(self._attributed, stories)
            return
        longest_first = sorted(range(len(stories)), key=lambda at: -len(stories[at].text))
        with ThreadPoolExecutor(self.at_once) as threads:  # so that none is waited for at the end by idle workers
            found = {at: threads.submit(self._attributed, stories[at]) for at in longest_first}
            yield from (found[at].result() for at in range(len(stories)))

    def _attributed(self, story: Story) -> Attributed | StatementsUnfound:
        try:
            found = list(self.pool.results(self.owner, FindStatements(story)))
        except Undone as error:
            return StatementsUnfound(story.id, error.why)
        if len(found) != 1 or not isinstance(found[0], Attributed):
            return StatementsUnfound(story.id, "working through it failed")
        return found[0]


@dataclass(frozen=True, slots=True)
class _Reading:
    """Reads what strangers wrote, as a `Reader` asks, in a worker process. `begun` is told of it."""

    pool: Pool
    owner: str
    begun: Callable[[], None]

    def stories(self, read: "Read", given: tuple[object, ...], name: str, report: "Report") -> Iterator[Story]:
        """The stories that a reader makes of what it is given."""
        self.begun()
        try:
            for result in self.pool.results(self.owner, ReadStories(read, given)):
                if isinstance(result, Unreadable):
                    report(StoryUnreadable(result.source, result.why, line=result.line))
                elif isinstance(result, Story):
                    yield result
        except Undone as error:
            report(StoryUnreadable(name, error.why))

    def feed(self, raw: bytes, url: str) -> tuple[Entry, ...]:
        """The entries of a feed. Raises StoryUnreadable."""
        try:
            found = list(self.pool.results(self.owner, ReadFeed(raw, url)))
        except Undone as error:
            raise StoryUnreadable(url, error.why) from error
        return tuple(one for one in found if isinstance(one, Entry))
