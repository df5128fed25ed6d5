"""Letters and mailboxes to stories: what a newsletter or a press office sent, with its subject, sender and day."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from itertools import islice

from index.errors import StoryUnreadable
from index.reading.pages import read_page
from index.reading.text import decoded, read_text, text_id
from index.story import Story

MAX_LETTERS = 1_000
MAX_PARTS = 200
MAX_HEADER = 2_000
_FROM, _ESCAPED = b"\nFrom ", b"\n>From "
_FORWARDED = re.compile(r"^(?:\s*(?:fwd?|fw|re|aw|wg)\s*:|\s*\[(?:external|ext)\])+\s*", re.IGNORECASE)
_SAME_LINE = 50
"""Code points: lines this long that follow one another were broken by a program that writes mail."""
_PLAIN_ENOUGH = 30


def read_mailbox(raw: bytes, *, name: str) -> Iterator[Story]:
    """The story of each letter that has one, at most 1,000. Raises StoryUnreadable where none has."""
    found = False
    for letter in (b"\n" + raw).split(_FROM, MAX_LETTERS + 1)[1 : MAX_LETTERS + 1]:
        try:
            story = read_letter(letter.partition(b"\n")[2].replace(_ESCAPED, _FROM), None, name=name)
        except StoryUnreadable:
            continue
        found = True
        yield story
    if not found:
        raise StoryUnreadable(name, "no letter in it has words")


def read_letter(raw: bytes, identity: str | None, *, name: str) -> Story:
    """The story of one letter: its HTML as a page is read, or its plain text. Raises StoryUnreadable."""
    try:
        letter = message_from_bytes(raw)
        pages, plains = _parts(letter)
    except (MessageError, RecursionError, LookupError, ValueError, TypeError, AttributeError) as error:
        raise StoryUnreadable(name, "it is no letter that can be read") from error
    text, plain = _page_words(pages), "\n".join(map(_unwrapped, plains))
    if not text or len(plain.split()) >= max(_PLAIN_ENOUGH, len(text.split())):
        text = plain
    subject = _FORWARDED.sub("", _header(letter, "Subject"))[:300].strip() or None
    story = read_text(text, identity or text_id(text, subject), name=name)
    sender = parseaddr(_header(letter, "From"))[0].strip(" \"'")
    return replace(
        story,
        title=subject or story.title,
        source=sender[:100] or story.source,
        date=_day(letter) or story.date,
    )


def _parts(letter: Message) -> tuple[list[bytes], list[str]]:
    """The HTML and the plain texts of a letter, what is attached to it left out."""
    pages: list[bytes] = []
    plains: list[str] = []
    for part in islice(letter.walk(), MAX_PARTS):
        if part.is_multipart() or part.get_content_disposition() == "attachment":
            continue
        kind, content = part.get_content_type(), part.get_payload(decode=True)
        if not isinstance(content, bytes) or kind not in ("text/html", "text/plain"):
            continue
        charset = str(part.get_content_charset() or "") or None
        if kind == "text/html":
            pages.append(decoded(content, declared=[charset]).encode("utf-8", "replace"))
        else:
            plains.append(decoded(content, declared=[charset]).replace("\r\n", "\n").replace("\x00", ""))
    return pages, plains


def _page_words(pages: list[bytes]) -> str:
    found: list[str] = []
    for page in pages[:5]:
        try:
            found.append(read_page(page, "letter").text)
        except StoryUnreadable:
            continue
    return "\n".join(found)


def _unwrapped(plain: str) -> str:
    """A plain text whose paragraphs are a line each, where a program broke them."""
    paragraphs: list[str] = []
    for block in re.split(r"\n[ \t]*\n", plain):
        lines = [line.rstrip() for line in block.split("\n") if line.strip()]
        broken = len(lines) > 1 and all(len(line) >= _SAME_LINE or line.endswith(" ") for line in lines[:-1])
        paragraphs.extend([" ".join(line.strip() for line in lines)] if broken else lines)
    return "\n".join(paragraphs)


def _header(letter: Message, name: str) -> str:
    value = str(letter.get(name, ""))[:MAX_HEADER]
    with suppress(MessageError, LookupError, ValueError):
        value = str(make_header(decode_header(value)))
    return " ".join(value.encode("utf-8", "replace").decode("utf-8").split())


def _day(letter: Message) -> date | None:
    try:
        return parsedate_to_datetime(_header(letter, "Date")[:100]).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
