"""What can be asked of a worker process, and how it does it there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from index.errors import StoryUnreadable
from index.story import Story
from index.workers.wire import Entries, Result, Unreadable

if TYPE_CHECKING:
    from index.reading.jsonl import Report
    from index.statements.extraction import Attributor


@dataclass(slots=True)
class Models:
    """What a worker process keeps between two jobs; loaded when it is first needed."""

    _attributor: "Attributor | None" = field(init=False, default=None)

    def attributor(self) -> "Attributor":
        """What finds statements."""
        if self._attributor is None:
            from index.statements.extraction import Attributor

            self._attributor = Attributor.load()
        return self._attributor


class Job(Protocol):
    """A piece of work: the same work wherever it is done. It is sent to the process as it is."""

    def results(self, models: Models) -> Iterator[Result]:
        """What comes of it, piece after piece; each piece may take as long as the bounds allow."""
        ...


@dataclass(frozen=True, slots=True)
class ReadFile:
    """The stories of a file; `called` is what an id is made of where the file has none in it."""

    path: str
    called: str
    max_bytes: int | None = None

    def results(self, models: Models) -> Iterator[Result]:
        """Stories, and what gives none."""
        from index.reading.sources import read_file

        yield from _told(lambda report: read_file(Path(self.path), self.called, report, self.max_bytes))


@dataclass(frozen=True, slots=True)
class ReadRaw:
    """The stories of bytes of any kind."""

    raw: bytes
    name: str

    def results(self, models: Models) -> Iterator[Result]:
        """Stories, and what gives none."""
        from index.reading.sources import read_raw

        yield from _told(lambda report: read_raw(self.raw, self.name, report))


@dataclass(frozen=True, slots=True)
class ReadText:
    """The story of a plain text."""

    text: str
    name: str

    def results(self, models: Models) -> Iterator[Result]:
        """The story, or why there is none."""
        from index.reading.text import read_text

        yield from _told(lambda report: iter((read_text(self.text, name=self.name),)))


@dataclass(frozen=True, slots=True)
class ReadPage:
    """The story of a page that was fetched from `url`, where `name` led."""

    url: str
    body: bytes
    content_type: str
    name: str
    charset: str | None = None

    def results(self, models: Models) -> Iterator[Result]:
        """The story, or why there is none."""
        from index.reading.sources import read_fetched

        yield from _told(lambda report: iter((read_fetched(self, self.name),)))


@dataclass(frozen=True, slots=True)
class ReadFeed:
    """The entries of a feed."""

    raw: bytes
    url: str

    def results(self, models: Models) -> Iterator[Result]:
        """All of them together."""
        from index.reading.feeds import read_feed

        yield Entries(read_feed(self.raw, self.url))


@dataclass(frozen=True, slots=True)
class FindStatements:
    """What a story says, and who says it."""

    story: Story

    def results(self, models: Models) -> Iterator[Result]:
        """All of it together."""
        yield models.attributor().attribute(self.story)


@dataclass(frozen=True, slots=True)
class GetReady:
    """Loads what finding statements needs, so that the first story waits less for it. Nothing comes back."""

    def results(self, models: Models) -> Iterator[Result]:
        """Nothing, not even an end."""
        models.attributor()
        yield from ()


def _told(read: "Callable[[Report], Iterator[Story]]") -> Iterator[Result]:
    """Stories as they are read, and before each what gave none on the way to it."""
    unreadable: list[StoryUnreadable] = []
    try:
        for story in read(unreadable.append):
            yield from _emptied(unreadable)
            yield story
    except StoryUnreadable as error:
        unreadable.append(error)
    yield from _emptied(unreadable)


def _emptied(unreadable: list[StoryUnreadable]) -> Iterator[Unreadable]:
    while unreadable:
        error = unreadable.pop(0)
        yield Unreadable(error.source, error.why, error.line)
