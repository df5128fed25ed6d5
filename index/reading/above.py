"""The lines above a story: its headline, those that say who wrote it, where it appeared and when, and the dateline that
opens its first sentence.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice, takewhile

from index.reading.credits import MONTH, Credit, read_credit
from index.story import Span

MOST_LINES = 12
LONGEST_HEADLINE, LONGEST_STANDFIRST = 151, 200
_LINE = re.compile(r"[^\r\n]+")
_MARK = re.compile(r"#{1,2}[ \t]+(?=\S)")
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
_PLACE_ONLY = re.compile(rf"\s*(?P<place>[^\W\d_a-z]{{3,}}{_PLACE[len(_WORD) :]})[ \t]*{_DASH}[ \t]+")
_PLACE_DATE = re.compile(rf",?[ ]+{MONTH}[ ]\d{{1,2}}(?:,[ ]\d{{4}})?$")


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
        mark = _MARK.match(words)
        bare = words[mark.end() :].rstrip("#").rstrip() if mark else words
        credit = Credit() if len(words) >= 3 and _RULES.issuperset(words) else read_credit(words)
        yield _Line(span, bare or words, credit, _BLANK.match(text, found.end()) is not None, mark is not None)


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
