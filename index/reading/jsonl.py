"""Lines of JSON to Stories, one a line: `{"id", "title"?, "source"?, "date"?, "author"?, "url"?, "text"}`.

A line that gives no story is reported with its number, and the rest is still read.
"""

import gzip
import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from index.errors import StoryUnreadable
from index.reading.bounds import BOUNDS
from index.reading.credits import parse_date
from index.reading.header import read_header
from index.reading.text import MAX_STORY_BYTES, short_title, text_id, too_long
from index.story import SHARED, Story

Report = Callable[[StoryUnreadable], None]


def load_jsonl(path: Path, unreadable: Report, *, max_bytes: int | None = None) -> Iterator[Story]:
    """The stories of a `.jsonl` or `.jsonl.gz` file, in its order, held one at a time.

    Of one that holds, or unpacks to, more than `max_bytes`, what is beyond is reported and not read.
    """
    try:
        with path.open("rb") as opened:
            lines = gzip.GzipFile(fileobj=opened) if path.suffix == ".gz" else opened
            yield from read_lines(_bounded_lines(lines, str(path), max_bytes), str(path), unreadable)
    except StoryUnreadable as error:
        unreadable(error)
    except (OSError, EOFError, zlib.error) as error:
        unreadable(StoryUnreadable(str(path), _why(error)))


def read_lines(lines: Iterable[bytes], name: str, unreadable: Report) -> Iterator[Story]:
    """The story of each line that gives one; empty lines are nothing."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield _read_line(line)
        except ValueError as error:
            unreadable(StoryUnreadable(name, str(error), line=number))


def _bounded_lines(opened: BinaryIO | gzip.GzipFile, name: str, max_bytes: int | None) -> Iterator[bytes]:
    """The lines of a file; of one longer than the limit, only its beginning, which then gives no story."""
    went_on, read = False, 0
    while line := opened.readline(MAX_STORY_BYTES + 1):
        read += len(line)
        if max_bytes is not None and read > max_bytes:
            raise StoryUnreadable(name, f"it holds more than {max_bytes:,} bytes")
        if not went_on:
            yield line
        went_on = not line.endswith(b"\n")


def _read_line(line: bytes) -> Story:
    """One line's Story. Raises ValueError with the reason as half a sentence."""
    if len(line) > MAX_STORY_BYTES:
        raise ValueError(f"it is longer than {MAX_STORY_BYTES:,} bytes")
    try:
        fields = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise ValueError("it is not a line of JSON in UTF-8") from error
    if not isinstance(fields, dict):
        raise ValueError("it is not a JSON object")  # noqa: TRY004 - reported as an unreadable line
    text = fields.get("text")
    if not isinstance(text, str) or not any(character.isalnum() for character in text):
        raise ValueError("it has no text")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("its text has half a character (a lone surrogate)")
    if len(text) > BOUNDS.story_chars:
        raise ValueError(too_long())
    return _story_of(fields, text)


def _story_of(fields: dict[str, object], text: str) -> Story:
    header = read_header(text)
    given = fields.get("id")
    if isinstance(given, bool) or not isinstance(given, str | int | None):
        raise ValueError("its id is not a string")  # noqa: TRY004 - reported as an unreadable line
    identity = _words(str(given)) if given is not None else None
    if identity is not None and identity.startswith(SHARED):
        raise ValueError(f"its id begins with “{SHARED}”, which stories of a shared library do")
    title = short_title(_words(fields.get("title")) or header.title)
    return Story(
        id=identity or text_id(text, title),
        text=text,
        title=title,
        source=_words(fields.get("source")) or header.source,
        date=parse_date(fields.get("date")) or header.date,
        author=_words(fields.get("author")),
        url=_words(fields.get("url")),
        place=_words(fields.get("place")) or header.place,
    )


def _words(value: object) -> str | None:
    """A field as words: a list is joined with commas, what cannot be stored is left out."""
    if isinstance(value, list):
        value = ", ".join(item.strip() for item in value if isinstance(item, str) and item.strip())
    if not isinstance(value, str):
        return None
    return value.encode("utf-8", "ignore").decode("utf-8").strip() or None


def _why(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) and error.strerror else "the file is damaged").lower()
