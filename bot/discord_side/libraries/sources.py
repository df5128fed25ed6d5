"""What somebody gives to be added: an address, an attached file, or pasted text; each is read to stories. An address
may turn out to be a feed's.

None of them can name a file on the host: an address has to begin with http, and a file's name is only its name.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Protocol

from index.errors import FetchRefused, StoryUnreadable
from index.reading import HostRules, is_feed, judge_url, name_id, parse_date, read_source
from index.story import Story

if TYPE_CHECKING:
    from index.reading import Fetcher, Page, Reader, Report

ENDINGS = (
    *(".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".jsonl", ".jsonl.gz", ".ndjson"),
    *(".pdf", ".docx", ".eml", ".mbox", ".vtt", ".srt"),
)


class Source(Protocol):
    """Something that holds stories."""

    @property
    def name(self) -> str:
        """What it is called in a sentence."""
        ...

    def read(self, report: "Report", fetcher: "Fetcher | None", reader: "Reader") -> Iterator[Story]:
        """The stories in it; what gives none is reported, or raised as StoryUnreadable."""
        ...


@dataclass(frozen=True, slots=True)
class Address:
    """An address on the web: of a page, a text or a feed."""

    name: str

    def read(self, report: "Report", fetcher: "Fetcher | None", reader: "Reader") -> Iterator[Story]:
        """The stories at the address. Raises FetchRefused for anything but an http(s) address."""
        if not self.name.lower().startswith(("http://", "https://")):
            raise FetchRefused(self.name, "it does not begin with http:// or https://")
        return read_source(self.name, unreadable=report, fetcher=fetcher, reader=reader)


@dataclass(frozen=True, slots=True)
class File:
    """An attached file, and the most that it may unpack to."""

    name: str
    content: bytes
    max_bytes: int

    def read(self, report: "Report", fetcher: "Fetcher | None", reader: "Reader") -> Iterator[Story]:
        """The stories in the file, read by the kind that its name ends with."""
        base = PurePosixPath(self.name.replace("\\", "/")).name
        ending = next((one for one in ENDINGS if base.lower().endswith(one)), None)
        if ending is None:
            raise StoryUnreadable(base, f"its name has to end with one of {', '.join(ENDINGS)}")
        with TemporaryDirectory(prefix="onrecord-") as folder:
            path = Path(folder) / f"{name_id(base[: -len(ending)]) or 'story'}{ending}"
            path.write_bytes(self.content)
            try:
                yield from read_source(
                    str(path),
                    unreadable=lambda error: report(_named(error, base)),
                    max_bytes=self.max_bytes,
                    reader=reader,
                )
            except StoryUnreadable as error:
                raise _named(error, base) from error


@dataclass(frozen=True, slots=True)
class Pasted:
    """Text written into a form, with what is known about it."""

    text: str
    title: str | None = None
    outlet: str | None = None
    day: str | None = None
    url: str | None = None
    name: str = "the text"

    def read(self, report: "Report", fetcher: "Fetcher | None", reader: "Reader") -> Iterator[Story]:
        """The one story that it is."""
        story = reader.text(self.text, self.name)
        given = {"title": self.title, "source": self.outlet, "url": self.url, "date": parse_date(self.day)}
        known = {key: value for key, value in given.items() if value}
        yield replace(story, **known)  # type: ignore[arg-type]


def _named(error: StoryUnreadable, name: str) -> StoryUnreadable:
    """The error with the file called as its owner calls it, and not as it is called here."""
    return StoryUnreadable(name, error.why, line=error.line)


@dataclass(slots=True)
class Watched:
    """A fetcher that keeps to an owner's hosts, and knows afterwards whether what it brought was a feed."""

    fetcher: "Fetcher"
    rules: HostRules
    feed: bool = False

    def fetch(self, url: str) -> "Page":
        """The page at an address. Raises FetchRefused, FetchFailed."""
        judge_url(url, self.rules)
        page = self.fetcher.fetch(url)
        self.feed = self.feed or is_feed(page.body)
        return page
