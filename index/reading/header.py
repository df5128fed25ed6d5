"""What a plain text says about itself before it starts: date, dateline, headline.

All of it is read, none of it is taken off: the text stays as it came.
"""

import re
from dataclasses import dataclass
from datetime import date

from index.reading.above import Above, read_above, read_dateline
from index.reading.credits import ISO_DATE, WRITTEN_DATE, parse_date
from index.story import Span

MAX_TITLE = 110
_DATED = re.compile(
    rf"\s*(?:(?:date|dated|published|updated|posted)\b[ \t]*+(?:(?:on\b|:)[ \t]*+)?)({ISO_DATE}|{WRITTEN_DATE})"
    rf"(?:[T ]\d{{2}}:\d{{2}}\S*)?[ \t]*[-–—|:]?\s*|\s*({ISO_DATE})[ \t]*(?:[-–—|:][ \t]*|\n\s*)"
    rf"|\s*({WRITTEN_DATE})[ \t]*\n\s*",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"[ \t]*(title|headline|subtitle|subheading|standfirst|deck|authors?|by|byline|source|outlet|publisher|publication"
    r"|section|category|tags|date|dated|published|updated|url|link|place|location)[ \t]*:[ \t]+(\S[^\n]*)\n",
    re.IGNORECASE,
)
_FENCE = re.compile(r"\s*(?:-{3,}|={3,}|\*{3,}|_{3,})[ \t]*\n")
_RELEASE = re.compile(r"\s*(?:for immediate|press|news|media) release[ \t]*+(?::[ \t]*+)?\n", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<![A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})[.!?]['\"”’)]*(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Header:
    """What stood before the body, and where the body begins (a code point offset into the whole text)."""

    title: str | None
    source: str | None
    date: date | None
    author: str | None
    url: str | None
    place: str | None
    body_start: int


@dataclass(frozen=True, slots=True)
class _Top:
    """The fields and lines above a story; `about` are the stretches that tell of the story itself."""

    fields: dict[str, str]
    title: str | None
    date: date | None
    above: Above
    about: tuple[Span, ...]
    end: int


def read_header(text: str, title: str | None = None) -> Header:
    """What opens a text: fields (`Author: …`), headline (the title, where that is known), credits and dateline."""
    top = _read_top(text, title)
    place, outlet, at = read_dateline(text, top.end)
    dated = re.search(WRITTEN_DATE, text[top.end : at])
    return Header(
        title=top.title or title_from(text[at:]),
        source=top.fields.get("source") or top.above.outlet or outlet,
        date=top.date or (parse_date(dated[0]) if dated else None),
        author=top.fields.get("author") or top.above.author,
        url=top.fields.get("url"),
        place=top.fields.get("place") or place,
        body_start=at,
    )


def about_spans(text: str, title: str | None = None) -> tuple[Span, ...]:
    """The stretches of a story's top that tell of the story, not of its news: title, fields, byline, outlet, day,
    "press release".
    """
    top = _read_top(text, title)
    headline = top.above.headline if title else None
    return (*top.about, headline) if headline else top.about


def fields_end(text: str) -> int:
    """Where the `Name: value` lines end that a text opens with; 0 where it opens with none."""
    return _read_fields(text)[1]


def title_from(body: str) -> str | None:
    """A title for a story that has none: its first sentence, cut at a word before 110 characters."""
    line = next((line.strip() for line in body.split("\n", 50) if line.strip()), "")
    sentence_end = _SENTENCE_END.search(line)
    sentence = line[: sentence_end.start()] if sentence_end and sentence_end.start() > 20 else line
    sentence = " ".join(sentence[: MAX_TITLE * 4].split())
    if len(sentence) <= MAX_TITLE:
        return sentence or None
    cut = sentence[: MAX_TITLE - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(",;:—– ") + "…"


def _read_top(text: str, title: str | None) -> _Top:
    fields, at = _read_fields(text)
    release = _RELEASE.match(text, at)
    at = release.end() if release else at
    title = fields.get("title") or title
    begins, day = at, parse_date(fields.get("date"))
    above = read_above(text, at, title)
    if above.end == at:
        begins, day = _read_date(text, at, day)
        above = read_above(text, begins, title)
    end, day = _read_date(text, above.end, day or above.day)
    about = (Span(0, begins), *above.spans, Span(above.end, end))
    return _Top(fields, title or above.title, day, above, about, end)


def _read_fields(text: str) -> tuple[dict[str, str], int]:
    """The `Name: value` lines at the very top, fenced by `---` or at least two of them."""
    fence = _FENCE.match(text)
    at = fence.end() if fence else 0
    fields: dict[str, str] = {}
    names = {
        "headline": "title", "by": "author", "byline": "author", "authors": "author", "outlet": "source",
        "publisher": "source", "publication": "source", "published": "date", "dated": "date", "link": "url",
        "location": "place",
    }  # fmt: skip
    while field := _FIELD.match(text, at):
        name = field[1].casefold()
        fields.setdefault(names.get(name, name), field[2].strip().strip("\"'"))
        at = field.end()
    if fence and (closing := _FENCE.match(text, at)):
        return fields, closing.end()
    return (fields, at) if len(fields) >= 2 else ({}, 0)


def _read_date(text: str, at: int, known: date | None) -> tuple[int, date | None]:
    match = _DATED.match(text, at)
    day = parse_date(match[1] or match[2] or match[3]) if match else None
    return (match.end(), known or day) if match and day else (at, known)
