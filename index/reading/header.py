"""What a plain text says about itself before it starts: date, headline, who wrote it, where it appeared, and the
dateline that opens its first sentence.

All of it is read, none of it is taken off: the text stays as it came.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice, takewhile

from index.reading.credits import DAY_WRITTEN, ISO_DATE, MONTH, WRITTEN_DATE, Credit, parse_date, read_credit
from index.story import Span

MOST_LINES = 12
LONGEST_HEADLINE, LONGEST_STANDFIRST = 151, 200
_LINE = re.compile(r"[^\r\n]+")
_MARKS = ("# ", "## ", "#\t", "##\t")
_RULES = frozenset("-=*_")
_BLANK = re.compile(r"(?:\r\n|[\r\n])[ \t]*[\r\n]")
_WORD = r"[^\W\d_a-z][\w.'’\-]*"
_PLACE = rf"{_WORD}(?:(?:,[ ]|[ ]|/)(?:{_WORD}|of|de|la|del|al|the|and))*\.?"
_DASH = r"(?:[—–]|--+|-(?=\s))"
_DATELINE = re.compile(
    rf"\s*(?:(?P<place>{_PLACE})(?:,?[ ]{MONTH}[ ]\d{{1,2}}(?:,[ ]\d{{4}})?)?,?[ \t]+)?"
    rf"(?:\((?P<outlet>(?![RDI]-)[^()\n]{{2,40}})\)|/(?P<wire>[^/()\n]{{2,40}})/(?=[ \t]*{_DASH}))"
    rf"(?P<dash>[ \t]*{_DASH})?[ \t]*"
)
_ON_DAY = rf",?[ ]+{MONTH}[ ]\d{{1,2}}(?:,[ ]\d{{4}})?"
_PLACE_ONLY = re.compile(rf"\s*(?P<place>[^\W\d_a-z]{{3,}}{_PLACE[len(_WORD) :]}(?:{_ON_DAY})?)[ \t]*{_DASH}[ \t]+")
_PLACE_DATE = re.compile(rf"{_ON_DAY}$")
_PROSE_ENDS = frozenset('.!?:"”')


@dataclass(frozen=True, slots=True)
class Above:
    """What the lines above a story tell of it, where they stand (the headline apart), and where they end."""

    title: str | None
    headline: Span | None
    credits: tuple[Credit, ...]
    spans: tuple[Span, ...]
    end: int

    @property
    def author(self) -> str | None:
        """Whoever wrote it."""
        return next((one.author for one in self.credits if one.author), None)

    @property
    def outlet(self) -> str | None:
        """Where it appeared: a name that outlets have before any other."""
        return next((one.outlet for one in sorted(self.credits, key=lambda one: not one.named) if one.outlet), None)

    @property
    def day(self) -> date | None:
        """When it appeared."""
        return next((one.day for one in self.credits if one.day), None)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without the white space around it; `apart` with a blank line below it, `marked` with a heading's mark."""

    span: Span
    words: str
    credit: Credit | None
    apart: bool
    marked: bool

    @property
    def counts(self) -> bool:
        """Whether it tells of the story by itself."""
        return self.credit is not None and (self.credit.sure or self.credit.named)


def read_above(text: str, at: int, title: str | None) -> Above:
    """The headline and the credits from here on; where a title is known, only its own line is the headline."""
    lines = list(_lines(text, at))
    headline = _find_headline(text, lines, title)
    told = list(_told(lines, headline))
    if not told or not text[told[-1].span.end :].strip():
        return Above(None, None, (), (), at)
    own = None if headline is None else lines[headline]
    spans: list[Span] = []
    for line in (line for line in told if line is not own):
        joined = spans and not text[spans[-1].end : line.span.start].strip()
        spans[-1:] = [Span(spans[-1].start, line.span.end)] if joined else [*spans[-1:], line.span]
    told_of = tuple(line.credit for line in told if line.credit and line is not own)
    words, span = (own.words, own.span) if own is not None else (None, None)
    return Above(words, span, told_of, tuple(spans), told[-1].span.end)


def _lines(text: str, at: int) -> Iterator[_Line]:
    written = (found for found in _LINE.finditer(text, at) if not found[0].isspace())
    for found in islice(written, MOST_LINES):
        words = found[0].strip()
        start = found.start() + len(found[0]) - len(found[0].lstrip())
        span = Span(start, start + len(words))
        marked = words.startswith(_MARKS)
        bare = words.strip("# \t") if marked else words
        credit = Credit() if len(words) >= 3 and _RULES.issuperset(words) else read_credit(words)
        yield _Line(span, bare or words, credit, _BLANK.match(text, found.end()) is not None, marked)


def _find_headline(text: str, lines: Sequence[_Line], title: str | None) -> int | None:
    """Which line is the headline: the title's, or the first behind lines that tell of the story by themselves."""
    if title is not None:
        at = next((at for at, line in enumerate(lines) if line.words == title and _stands_apart(lines, at)), None)
        return None if at is None or title.endswith(".") or _has_dateline(text, lines[at]) else at
    opening = sum(1 for _ in takewhile(lambda line: line.counts, lines))
    return next((at for at in (opening, 0) if _is_headline(text, lines, at)), None)


def _is_headline(text: str, lines: Sequence[_Line], at: int) -> bool:
    """Whether a line is marked as a heading, or is a short one that is no sentence, with a blank line after it."""
    if not _stands_apart(lines, at):
        return False
    line = lines[at]
    is_credit = line.credit is not None and (line.credit.sure or not any(map(str.isalnum, line.words)))
    is_short = 6 <= len(line.words) <= LONGEST_HEADLINE and line.words[-1] not in ".,;:\"”’')"
    return line.marked or (is_short and not is_credit and not _has_dateline(text, line))


def _has_dateline(text: str, line: _Line) -> bool:
    return read_dateline(text, line.span.start)[2] != line.span.start


def _stands_apart(lines: Sequence[_Line], at: int) -> bool:
    return at + 1 < len(lines) and (lines[at].apart or lines[at].marked or lines[at + 1].counts)


def _told(lines: Sequence[_Line], headline: int | None) -> Iterator[_Line]:
    """The lines that tell of the story; one under the headline that does not may stand before the rest of them."""
    if headline is not None:
        yield from (line for line in lines[:headline] if line.credit)
        yield lines[headline]
    at = 0 if headline is None else headline + 1
    run = _run(lines, at)
    is_standfirst = headline is not None and at < len(lines) and len(lines[at].words) <= LONGEST_STANDFIRST
    if not run and is_standfirst:
        run = [
            line for line in _run(lines, at + 1) if any(one.credit and one.credit.sure for one in _run(lines, at + 1))
        ]
    yield from run


def _run(lines: Sequence[_Line], at: int) -> list[_Line]:
    """The credits that follow one another from here on, up to the last that is surely one; none where none is."""
    run = list(takewhile(lambda line: line.credit is not None, lines[at:]))
    while run and run[-1].credit and not run[-1].counts and not run[-1].credit.author and not run[-1].credit.role:
        run.pop()
    return run if any(line.counts for line in run) else []


def read_dateline(text: str, at: int) -> tuple[str | None, str | None, int]:
    """Place and outlet of "LONDON, England (CNN) -- ", "(CNN) --", "PARIS — ", and where the words after it begin."""
    head = text[at : at + 160]
    match = _DATELINE.match(head)
    told = match and (match["dash"] or (_is_outlet(match["outlet"], match["place"]) and _opens_prose(text, at)))
    if match and told and len(match["place"] or "") <= 60:
        return _place(match["place"]), (match["outlet"] or match["wire"]).strip(), at + match.end()
    match = _PLACE_ONLY.match(head)
    if match and len(match["place"]) <= 60 and match["place"][:3].isupper():
        return _place(match["place"]), None, at + match.end()
    return None, None, at


def _opens_prose(text: str, at: int) -> bool:
    """Whether the line that begins here ends as sentences do: "Crane Foods, Inc. (CRN) Earnings Call" is a headline."""
    line = text[at:].lstrip().partition("\n")[0].rstrip()
    return line[-1:] in _PROSE_ENDS


def _is_outlet(outlet: str, place: str | None) -> bool:
    """Whether a bracket with no dash after it is an outlet's name: it begins with capitals ("CNNBusiness", "AP")."""
    return len(outlet) >= 2 and outlet[:2].isupper() and (place is None or len(place.split()) <= 4)


def _place(place: str | None) -> str | None:
    return _PLACE_DATE.sub("", place).strip(" ,") if place else None


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
_CONTACT = re.compile(
    r"\s*(?:(?:media|press) )?contacts?[ \t]*+:[^\n]*\n(?:[^\S\n]*\S[^\n]*\n){0,6}[ \t]*\n", re.IGNORECASE
)
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
    dated = DAY_WRITTEN.search(text, top.end, at)
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
    contact = _CONTACT.match(text, release.end()) if release else None
    at = contact.end() if contact else release.end() if release else at
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
