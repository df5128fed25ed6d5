"""What can be asked of a worker process, how it does it there, and what it sends back: results as bytes, of which only
values of the classes named here come to life, since a worker reads what strangers wrote."""

import io
import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol, cast

from index.errors import StoryUnreadable
from index.reading.feeds import Entry
from index.story import Attributed, Cue, Span, Speaker, Statement, Story

if TYPE_CHECKING:
    from index.reading.jsonl import Report
    from index.statements.extraction import Attributor


@dataclass(frozen=True, slots=True)
class Unreadable:
    """One source, or a line of it, that gives no story, as StoryUnreadable has it."""

    source: str
    why: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Entries:
    """The stories that a feed names."""

    all: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class End:
    """The work is done, or given up: `memory` where there was not enough, `failure` for anything else.

    `where` says for the log what was raised and in which lines of our code, without any of the text.
    """

    how: Literal["done", "memory", "failure"] = "done"
    where: str = ""


Result = Story | Attributed | Unreadable | Entries
_CLASSES = (Attributed, Cue, End, Entries, Entry, Span, Speaker, Statement, Story, Unreadable, date)
_NAMED = {(one.__module__, one.__qualname__): one for one in _CLASSES}


def packed(value: Result | End) -> bytes:
    """A value as bytes."""
    return pickle.dumps(value, protocol=5)


def unpacked(raw: bytes) -> Result | End:
    """The value of these bytes. Raises ValueError where they hold anything but the values that a worker sends."""
    try:
        found = _Reader(io.BytesIO(raw)).load()
    except Exception as error:  # whatever pickle raises over bytes that are none of ours
        raise ValueError("not a worker's result") from error
    if not isinstance(found, Result | End):
        raise TypeError("not a worker's result")
    return found


class _Reader(pickle.Unpickler):
    def find_class(self, module_name: str, global_name: str, /) -> type:
        """The class of this name, if it is one of ours."""
        if (module_name, global_name) not in _NAMED:
            raise ValueError("not a class of a worker's results")
        return cast("type", _NAMED[module_name, global_name])


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
