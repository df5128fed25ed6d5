"""One door for everything that holds stories: a file, a folder, an address, or standard input."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol
from urllib.parse import urlsplit

from index.errors import StoryUnreadable
from index.reading.addresses import HostRules, cleaned_url
from index.reading.feeds import MAX_ENTRIES, Entry, is_feed, read_feed
from index.reading.files import FILE_SUFFIXES, MARKDOWN_TYPE, PAGE_TYPES, TEXT_TYPES, kind_of, read_document
from index.reading.jsonl import Report, load_jsonl, read_lines
from index.reading.markdown import unmarked
from index.reading.pages import address_id, read_page
from index.reading.text import MAX_STORY_BYTES, decoded, is_text, name_id, read_text, require_story_length
from index.story import Story

if TYPE_CHECKING:
    from index.reading.fetching import Page

MARKDOWN_SUFFIXES = (".md", ".markdown")
TEXT_SUFFIXES = (".txt", ".text", *MARKDOWN_SUFFIXES)
PAGE_SUFFIXES = (".html", ".htm", ".xhtml")
LINE_SUFFIXES = (".jsonl", ".jsonl.gz", ".ndjson")
NO_ENTRIES = "it is a feed that names no stories with addresses"


Read = Callable[..., Iterator[Story]]
"""Reads stories; the last that it is given is told of what gives none, or it raises that (StoryUnreadable)."""


class Fetcher(Protocol):
    """Brings the bytes at an address. Raises a StoriesError where it will not or cannot."""

    def fetch(self, url: str) -> "Page":
        """The page at this address."""
        ...


def web_fetcher(rules: HostRules | None = None) -> Fetcher:
    """What brings pages from the web, from the hosts alone that these rules let pass."""
    from index.reading.fetching import WebFetcher

    return WebFetcher(rules=rules)


@dataclass(eq=False)
class Reader:
    """Reads what strangers wrote; `HERE` does it in this process, a worker's in another one.

    `stories` has a reader of stories work through what it is given, under a name for errors; `feed` is `read_feed`.
    """

    stories: Callable[[Read, tuple[object, ...], str, Report], Iterator[Story]]
    feed: Callable[[bytes, str], tuple[Entry, ...]]

    def file(self, path: Path, called: str, report: Report, max_bytes: int | None) -> Iterator[Story]:
        """The stories of a file; what gives none is reported. See `read_file`."""
        return self.stories(read_file, (path, called, max_bytes), str(path), report)

    def raw(self, raw: bytes, name: str, report: Report) -> Iterator[Story]:
        """The stories of bytes of any kind; what gives none is reported. See `read_raw`."""
        return self.stories(read_raw, (raw, name), name, report)

    def text(self, text: str, name: str) -> Story:
        """The story of a plain text. Raises StoryUnreadable. See `read_text`."""
        return self._story(_of_text, text, name)

    def fetched(self, page: "Page", name: str) -> Story:
        """The story of a page that was fetched. Raises StoryUnreadable. See `read_fetched`."""
        return self._story(_of_page, page, name)

    def _story(self, read: Read, given: object, name: str) -> Story:
        unreadable: list[StoryUnreadable] = []
        found = list(self.stories(read, (given, name), name, unreadable.append))
        if not found:
            raise unreadable[0] if unreadable else StoryUnreadable(name, "working through it failed")
        return found[0]


def _of_text(text: str, name: str, _: Report) -> Iterator[Story]:
    yield read_text(text, name=name)


def _of_page(page: "Page", name: str, _: Report) -> Iterator[Story]:
    yield read_fetched(page, name)


def _read_here(read: Read, given: tuple[object, ...], _: str, report: Report) -> Iterator[Story]:
    return _guarded(read(*given, report), report)


HERE = Reader(_read_here, read_feed)
"""Reads in this process, which a text made for it can keep busy: for texts that are trusted."""


def read_source(
    source: str,
    *,
    unreadable: Report | None = None,
    stdin: BinaryIO | None = None,
    fetcher: Fetcher | None = None,
    max_bytes: int | None = None,
    reader: Reader = HERE,
) -> Iterator[Story]:
    """The stories of a file, a folder, an http(s) address, or `-` (standard input), as they are read.

    What gives no story is passed to `unreadable` and the rest still read; without it, it is raised (StoryUnreadable).
    `max_bytes` is the most that a file of lines may unpack to.
    """
    report = unreadable or _raise
    if source == "-":
        yield from reader.raw((stdin or sys.stdin.buffer).read(MAX_STORY_BYTES * 20), "standard input", report)
    elif _is_address(source):
        yield from _guarded(_read_address(source, fetcher, report, reader), report)
    else:
        yield from _read_path(Path(source), report, max_bytes, reader)


def _read_path(path: Path, report: Report, max_bytes: int | None, reader: Reader) -> Iterator[Story]:
    if path.is_dir():
        yield from _read_folder(path, report, max_bytes, reader)
    elif not path.exists():
        report(StoryUnreadable(str(path), "there is no such file or folder"))
    else:
        yield from reader.file(path, path.stem, report, max_bytes)


def _read_folder(folder: Path, report: Report, max_bytes: int | None, reader: Reader) -> Iterator[Story]:
    """Every file below a folder whose ending names a story, in the order of their names; hidden ones are left."""
    endings = TEXT_SUFFIXES + PAGE_SUFFIXES + LINE_SUFFIXES + FILE_SUFFIXES
    found = False
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts
        if path.is_file() and path.name.lower().endswith(endings) and not any(part.startswith(".") for part in inside):
            found = True
            within = path.relative_to(folder).with_suffix("").as_posix()
            yield from reader.file(path, within, report, max_bytes)
    if not found:
        report(StoryUnreadable(str(folder), f"the folder has no file that can be read: {', '.join(endings)}"))


def read_file(path: Path, called: str, max_bytes: int | None, report: Report) -> Iterator[Story]:
    """The stories of a file; one that has no id of its own gets one made of what the file is called."""
    name = path.name.lower()
    if name.endswith(LINE_SUFFIXES):
        yield from load_jsonl(path, report, max_bytes=max_bytes)
        return
    raw = _load(path)
    if not name.endswith(TEXT_SUFFIXES + PAGE_SUFFIXES) and (kind := kind_of(raw, name)):
        for story in read_document(raw, kind, name_id(called) or None, name=str(path)):
            yield replace(story, called=story.id == name_id(called))
        return
    if name.endswith(PAGE_SUFFIXES) or (not name.endswith(TEXT_SUFFIXES) and _is_page(raw)):
        story = read_page(raw, name_id(called) or None, name=str(path))
    else:
        is_markdown = name.endswith(MARKDOWN_SUFFIXES)
        story = _read_raw_text(raw, name_id(called) or None, str(path), is_markdown=is_markdown)
    yield replace(story, called=story.id == name_id(called))


def _read_raw_text(
    raw: bytes, identity: str | None, name: str, charset: str | None = None, *, is_markdown: bool = False
) -> Story:
    if len(raw) > MAX_STORY_BYTES:
        raise StoryUnreadable(name, f"it is longer than {MAX_STORY_BYTES:,} bytes")
    if not is_text(raw):
        raise StoryUnreadable(name, "it is not text")
    text = decoded(raw, declared=[charset])
    title: str | None = None
    if is_markdown:
        require_story_length(text, name)
        text, title = unmarked(text)
    return read_text(text, identity, name=name, title=title)


def read_raw(raw: bytes, name: str, report: Report) -> Iterator[Story]:
    """The stories of lines of JSON, a page or a plain text, whichever it looks like."""
    if raw.lstrip().startswith(b"{"):
        yield from read_lines(raw.splitlines(), name, report)
    elif kind := kind_of(raw):
        yield from read_document(raw, kind, None, name=name)
    elif _is_page(raw):
        yield read_page(raw, name=name)
    else:
        yield _read_raw_text(raw, None, name)


def _read_address(url: str, fetcher: Fetcher | None, report: Report, reader: Reader) -> Iterator[Story]:
    """The story at an address, or every story that a feed there names."""
    if fetcher is None:
        fetcher = web_fetcher()
    page = fetcher.fetch(url)
    if not is_feed(page.body):
        yield reader.fetched(page, url)
        return
    entries = reader.feed(page.body, page.url)
    if not entries:
        raise StoryUnreadable(url, NO_ENTRIES)
    if len(entries) == MAX_ENTRIES:
        report(StoryUnreadable(url, f"of a feed, no more than {MAX_ENTRIES} stories are read at once"))
    for entry in entries:
        try:
            yield reader.fetched(fetcher.fetch(entry.url), entry.url)
        except StoryUnreadable as error:
            report(error)


def read_fetched(page: "Page", url: str) -> Story:
    """The Story of what was fetched; `url` is what errors call it. Raises StoryUnreadable."""
    address = cleaned_url(page.url)
    kind = kind_of(page.body, urlsplit(address).path, page.content_type)
    if kind:
        return replace(next(read_document(page.body, kind, address_id(address), name=url)), url=address)
    if page.content_type in PAGE_TYPES or (page.content_type not in TEXT_TYPES and _is_page(page.body)):
        return read_page(page.body, url=address, name=url, charset=page.charset)
    is_markdown = page.content_type == MARKDOWN_TYPE or urlsplit(address).path.lower().endswith(MARKDOWN_SUFFIXES)
    story = _read_raw_text(page.body, address_id(address), url, page.charset, is_markdown=is_markdown)
    return replace(story, url=address)


def _is_address(source: str) -> bool:
    """Whether a source begins with the name of a protocol, as http://, and is no file's name."""
    scheme, mark, _ = source.partition("://")
    bare = scheme.replace("+", "").replace(".", "").replace("-", "")
    return bool(mark) and scheme[:1].isalpha() and bare.isalnum() and scheme.isascii()


def _load(path: Path) -> bytes:
    try:
        with path.open("rb") as opened:
            return opened.read(MAX_STORY_BYTES + 1)
    except OSError as error:
        raise StoryUnreadable(str(path), (error.strerror or "it cannot be opened").lower()) from error


def _is_page(raw: bytes) -> bool:
    head = raw[:2000].lstrip().lower()
    return head.startswith((b"<!doctype html", b"<html", b"<head", b"<?xml")) or b"<html" in head


def _guarded(stories: Iterator[Story], report: Report) -> Iterator[Story]:
    try:
        yield from stories
    except StoryUnreadable as error:
        report(error)


def _raise(error: StoryUnreadable) -> None:
    raise error
