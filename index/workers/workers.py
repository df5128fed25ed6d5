"""What libraries and readers of sources are given in place of the work itself: worker processes do it for an owner."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import StatementsUnfound, StoryUnreadable
from index.reading.bounds import BOUNDS, Bounds
from index.story import Attributed, Story
from index.workers.jobs import FindStatements, GetReady, Job, ReadFeed, ReadFile, ReadPage, ReadRaw, ReadText
from index.workers.pool import Pool
from index.workers.process import Undone
from index.workers.wire import Entries, Unreadable

if TYPE_CHECKING:
    from index.reading.feeds import Entry
    from index.reading.jsonl import Report
    from index.reading.sources import Fetched

ALONE = "main"
"""The owner of what belongs to nobody in particular."""


class Workers:
    """The worker processes of one program: some read, some find statements, which takes models."""

    def __init__(self, bounds: Bounds = BOUNDS) -> None:
        self._bounds = bounds
        self._reading = Pool(bounds.reading_at_once, bounds)
        self._finding = Pool(bounds.finding_at_once, bounds)

    def reader(self, owner: str = ALONE) -> "WorkersReader":
        """What reads pages and files for an owner. While it reads, models are loaded for what is found in them next,
        unless it is for nobody in particular.
        """
        return WorkersReader(self._reading, owner, self.get_ready if owner != ALONE else _do_nothing)

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


def _do_nothing() -> None:
    pass


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
        with ThreadPoolExecutor(self.at_once) as threads:
            yield from threads.map(self._attributed, stories)

    def _attributed(self, story: Story) -> Attributed | StatementsUnfound:
        try:
            found = list(self.pool.results(self.owner, FindStatements(story)))
        except Undone as error:
            return StatementsUnfound(story.id, error.why)
        if len(found) != 1 or not isinstance(found[0], Attributed):
            return StatementsUnfound(story.id, "working through it failed")
        return found[0]


@dataclass(frozen=True, slots=True)
class WorkersReader:
    """Reads what strangers wrote as `index.reading.sources.Here` does, in a worker process. `begun` is told of it."""

    pool: Pool
    owner: str
    begun: Callable[[], None]

    def file(self, path: Path, called: str, report: "Report", max_bytes: int | None) -> Iterator[Story]:
        """The stories of a file."""
        return self._stories(ReadFile(str(path), called, max_bytes), str(path), report)

    def raw(self, raw: bytes, name: str, report: "Report") -> Iterator[Story]:
        """The stories of bytes of any kind."""
        return self._stories(ReadRaw(raw, name), name, report)

    def text(self, text: str, name: str) -> Story:
        """The story of a plain text. Raises StoryUnreadable."""
        return self._story(ReadText(text, name), name)

    def fetched(self, page: "Fetched", name: str) -> Story:
        """The story of a page that was fetched. Raises StoryUnreadable."""
        return self._story(ReadPage(page.url, page.body, page.content_type, name, page.charset), name)

    def _story(self, job: Job, name: str) -> Story:
        unreadable: list[StoryUnreadable] = []
        found = list(self._stories(job, name, unreadable.append))
        if not found:
            raise unreadable[0] if unreadable else StoryUnreadable(name, "working through it failed")
        return found[0]

    def feed(self, raw: bytes, url: str) -> "tuple[Entry, ...]":
        """The entries of a feed. Raises StoryUnreadable."""
        try:
            found = list(self.pool.results(self.owner, ReadFeed(raw, url)))
        except Undone as error:
            raise StoryUnreadable(url, error.why) from error
        return found[0].all if found and isinstance(found[0], Entries) else ()

    def _stories(self, job: Job, name: str, report: "Report") -> Iterator[Story]:
        self.begun()
        try:
            for result in self.pool.results(self.owner, job):
                if isinstance(result, Unreadable):
                    report(StoryUnreadable(result.source, result.why, line=result.line))
                elif isinstance(result, Story):
                    yield result
        except Undone as error:
            report(StoryUnreadable(name, error.why))
