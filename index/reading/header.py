"""What a plain text says about itself before it starts: date, dateline, headline.

All of it is read, none of it is taken off: the text stays as it came.
"""

import re
from dataclasses import dataclass
from datetime import date

from index.story import Span

MAX_TITLE = 110
_ISO_DATE = r"\d{4}-\d{1,2}-\d{1,2}"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_WRITTEN_DATE = rf"{_MONTH} \d{{1,2}},? \d{{4}}|\d{{1,2}} {_MONTH} \d{{4}}"
_DATED = re.compile(
    rf"\s*(?:(?:date|dated|published|updated|posted)\b[ \t]*+(?:(?:on\b|:)[ \t]*+)?)({_ISO_DATE}|{_WRITTEN_DATE})"
    rf"(?:[T ]\d{{2}}:\d{{2}}\S*)?[ \t]*[-–—|:]?\s*|\s*({_ISO_DATE})[ \t]*(?:[-–—|:][ \t]*|\n\s*)"
    rf"|\s*({_WRITTEN_DATE})[ \t]*\n\s*",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"[ \t]*(title|headline|subtitle|subheading|standfirst|deck|authors?|by|byline|source|outlet|publisher|publication"
    r"|section|category|tags|date|dated|published|updated|url|link|place|location)[ \t]*:[ \t]+(\S[^\n]*)\n",
    re.IGNORECASE,
)
_FENCE = re.compile(r"\s*(?:-{3,}|={3,}|\*{3,}|_{3,})[ \t]*\n")
_WORD = r"[^\W\d_a-z][\w.'’\-]*"
_PLACE = rf"{_WORD}(?:(?:,[ ]|[ ]|/)(?:{_WORD}|of|de|la|del|al|the|and))*\.?"
_DASH = r"(?:[—–]|--+|-(?=\s))"
_DATELINE = re.compile(
    rf"\s*(?:(?P<place>{_PLACE})(?:,?[ ]{_MONTH}[ ]\d{{1,2}}(?:,[ ]\d{{4}})?)?,?[ \t]+)?"
    rf"(?:\((?P<outlet>(?![RDI]-)[^()\n]{{2,40}})\)|/(?P<wire>[^/()\n]{{2,40}})/(?=[ \t]*{_DASH}))"
    rf"(?P<dash>[ \t]*{_DASH})?[ \t]*"
)
_PLACE_ONLY = re.compile(rf"\s*(?P<place>[^\W\d_a-z]{{3,}}{_PLACE[len(_WORD) :]})[ \t]*{_DASH}[ \t]+")
_PLACE_DATE = re.compile(rf",?[ ]+{_MONTH}[ ]\d{{1,2}}(?:,[ ]\d{{4}})?$")
_FULL_NAME = rf"{_WORD}(?:[ ]{_WORD}){{1,3}}"
_BYLINE = re.compile(
    rf"\s*(?:By|BY)[ \t]+(?P<author>{_FULL_NAME}(?:(?:,[ ]|,? and |,? AND ){_FULL_NAME}){{0,9}})"
    r"(?:[ \t]*[,|•·–—-][^\n]{0,60})?[ \t]*\n"
)
_RELEASE = re.compile(r"\s*(?:for immediate|press|news|media) release[ \t]*+(?::[ \t]*+)?\n", re.IGNORECASE)
_HEADING = re.compile(r"\s*#{1,2}[ \t]+(\S[^\n]*)\n?")
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
    """The fields and lines above a story; `about` are the stretches that tell of the story itself, not the headline."""

    fields: dict[str, str]
    title: str | None
    date: date | None
    author: str | None
    about: tuple[Span, ...]
    end: int


def read_header(text: str) -> Header:
    """Date, dateline, headline and the fields (`Author: …`) that open a plain text or a Markdown one."""
    top = _read_top(text)
    place, outlet, at = _read_dateline(text, top.end)
    dated = re.search(_WRITTEN_DATE, text[top.end : at])
    return Header(
        title=top.title or title_from(text[at:]),
        source=top.fields.get("source") or outlet,
        date=top.date or (parse_date(dated[0]) if dated else None),
        author=top.author,
        url=top.fields.get("url"),
        place=top.fields.get("place") or place,
        body_start=at,
    )


def about_spans(text: str) -> tuple[Span, ...]:
    """The stretches of a story's top that tell of the story, not of its news: fields, byline, date, "press release"."""
    return _read_top(text).about


def fields_end(text: str) -> int:
    """Where the `Name: value` lines end that a text opens with; 0 where it opens with none."""
    return _read_fields(text)[1]


def parse_date(written: object) -> date | None:
    """The day that an ISO or a written date names, or None where it names none."""
    if not isinstance(written, str) or not written.strip() or len(written) > 60:
        return None
    try:
        return date.fromisoformat(written.strip()[:10])
    except ValueError:
        pass
    import dateparser

    found = dateparser.parse(written, languages=["en"], settings={"REQUIRE_PARTS": ["year", "month", "day"]})
    return found.date() if found is not None else None


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


def _read_top(text: str) -> _Top:
    fields, at = _read_fields(text)
    release = _RELEASE.match(text, at)
    at, day = _read_date(text, release.end() if release else at, parse_date(fields.get("date")))
    above = Span(0, at)
    headline = _HEADING.match(text, at)
    title = fields.get("title") or (_heading_words(headline[1]) if headline else None)
    at = headline.end() if headline else at
    if title is None:
        title, at = _read_headline(text, at)
    told = at
    at, day = _read_date(text, at, day)
    byline = _BYLINE.match(text, at)
    at, day = _read_date(text, byline.end() if byline else at, day)
    author = fields.get("author") or (byline["author"] if byline else None)
    return _Top(fields, title, day, author, (above, Span(told, at)), at)


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


def _heading_words(line: str) -> str:
    """A heading's words, without the marks that may close it."""
    return line[0] + line[1:].rstrip(" \t").rstrip("#").rstrip(" \t")


def _read_headline(text: str, at: int) -> tuple[str | None, int]:
    """A short first line that is no sentence, with a blank line after it."""
    match = re.compile(r"\s*(\S[^\n]{5,150})\n[ \t]*\n(?=\s*\S)").match(text, at)
    if (
        match is None
        or _BYLINE.match(text, at)
        or match[1].rstrip()[-1] in ".,;:\"”’')"
        or _read_dateline(text, at)[2] != at
    ):
        return None, at
    return match[1].strip(), match.end()


def _read_dateline(text: str, at: int) -> tuple[str | None, str | None, int]:
    """Place and outlet of "LONDON, England (CNN) -- ", "(CNN) --", "PARIS — ", and where the words after it begin."""
    head = text[at : at + 160]
    match = _DATELINE.match(head)
    if match and (match["dash"] or _is_outlet(match["outlet"], match["place"])) and len(match["place"] or "") <= 60:
        return _place(match["place"]), (match["outlet"] or match["wire"]).strip(), at + match.end()
    match = _PLACE_ONLY.match(head)
    if match and len(match["place"]) <= 60 and match["place"][:3].isupper():
        return _place(match["place"]), None, at + match.end()
    return None, None, at


def _is_outlet(outlet: str, place: str | None) -> bool:
    """Whether a bracket with no dash after it is an outlet's name: it begins with capitals ("CNNBusiness", "AP")."""
    return len(outlet) >= 2 and outlet[:2].isupper() and (place is None or len(place.split()) <= 4)


def _place(place: str | None) -> str | None:
    return _PLACE_DATE.sub("", place).strip(" ,") if place else None
