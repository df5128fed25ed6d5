"""The day on which a page says that its story appeared: not when it was changed, nor when anything else appeared.

What the page's own data says comes first; where that is told in UTC, the day that the page shows beside it wins.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from index.language.lists import ordered_in
from index.language.phrases import line_words
from index.story import Span

_MONTHS = {form: number for number, name in enumerate(ordered_in("months"), start=1) for form in (name, name[:3])} | {
    "sept": 9
}
_MONTH = r"(?P<{}>[a-z]{{3,9}})"
_WRITTEN = re.compile(
    rf"\b{_MONTH.format('m1')}\.?,? (?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y1>\d{{4}})\b"
    rf"|\b(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[ -]{_MONTH.format('m2')}\.?,?[ -](?P<y2>\d{{4}})\b"
    r"|\b(?P<y3>(?:19|20)\d\d)[-/.](?P<m3>\d{1,2})[-/.](?P<d3>\d{1,2})(?!\d)"
    r"|(?<![\d./-])(?P<a4>\d{1,2})(?P<s4>[/.-])(?P<b4>\d{1,2})(?P=s4)(?P<y4>(?:19|20)\d\d|\d\d)(?![\d./-])",
    re.IGNORECASE,
)
_IN_URL = re.compile(
    r"/((?:19|20)\d\d)(?:/[a-z]{2,20})?[/-](\d{1,2}|[a-z]{3})[/-](\d{1,2})(?=[/-]|$)|[/_-]((?:19"
    r"|20)\d\d)-?(\d\d)-?(\d\d)(?=[/_.-]|$)",
    re.IGNORECASE,
)
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):?(\d\d)\S*?)?(?P<zone>Z|[+-]00:?00)?$", re.IGNORECASE)
_CHANGED = frozenset(
    "update updated modified edited changed last corrected revised reviewed accessed retrieved expire expires event"
    " since copyright ©".split()
)
_SHOWN = frozenset("published posted first originally created issued release released filed on date".split())
_OLDEST, _NEWEST = 1850, 2100
_LOOKED_AT = 1_000  # code points of a text in which days are looked for
PUBLISHED_NAMES = tuple(
    "article:published_time og:article:published_time og:published_time datepublished article:published"
    " rnews:datepublished dc.date.issued dcterms.issued dcterms.date.issued originalpublicationdate"
    " article_date_original publication_date publicationdate publish_date publishdate publish-date published_time"
    " published-date published pubdate pub_date sailthru.date parsely-pub-date cxenseparse:recs:publishtime"
    " bt:pubdate shareaholic:article_published_time displaydate pdate ptime dc.date.created dcterms.created"
    " datecreated citation_publication_date citation_date article.published article.created created date_published"
    " releasedate iso-8601-publish-date vr:published_time video:release_date dc.date dcterms.date dc:date date"
    " article.date page_date content_date timestamp".split()
)
"""The names under which pages give it, the surest first."""


@dataclass(frozen=True, slots=True)
class Told:
    """A day as data tells it; `utc` that it is given in UTC, and another day where the story appeared, maybe."""

    day: date
    utc: bool = False


def read_told(value: str | None) -> Told | None:
    """The day of a date given for programs: ISO, seconds since 1970, or written out."""
    value = (value or "").strip()[:80]
    if value.isdecimal() and value.isascii() and len(value) in (10, 13):
        return Told(datetime.fromtimestamp(int(value[:10]), UTC).date(), utc=True)
    if value.isdecimal() and value.isascii() and len(value) == 8:
        value = f"{value[:4]}-{value[4:6]}-{value[6:]}"
    if iso := _ISO.match(value):
        day = _day(iso[1], iso[2], iso[3])
        at_midnight = iso[4] == "00" and iso[5] == "00"
        return Told(day, utc=bool(iso["zone"]) and not at_midnight) if day else None
    day = next((day for day, _ in days_in(value)), None)
    return Told(day, utc=value.rstrip().endswith(("GMT", "UTC", "Z", "+0000"))) if day else None


def day_in_url(url: str | None) -> date | None:
    """The day in an address such as /2024/05/14/ or /2024/may/14/."""
    found = _IN_URL.search((url or "")[:500])
    if found is None:
        return None
    return _day(*found.group(1, 2, 3)) if found[1] else _day(*found.group(4, 5, 6))


def days_in(text: str) -> Iterator[tuple[date, Span]]:
    """The days that a text names whole, each with where it stands; figures that may mean two days name none."""
    for found in _WRITTEN.finditer(text[:_LOOKED_AT]):
        if found["y1"]:
            day = _day(found["y1"], found["m1"], found["d1"])
        elif found["y2"]:
            day = _day(found["y2"], found["m2"], found["d2"])
        elif found["y3"]:
            day = _day(found["y3"], found["m3"], found["d3"])
        else:
            day = _in_figures(found["a4"], found["b4"], found["y4"])
        if day:
            yield day, Span(*found.span())


def shown_day(lines: Iterable[str]) -> date | None:
    """The first day that short lines above a story show as the day on which it appeared."""
    for line in lines:
        if len(line) > 220 or (len(line.split()) > 9 and _SHOWN.isdisjoint(line_words(line))):
            continue
        for day, at in days_in(line):
            before = line_words(line[max(0, at.start - 40) : at.start])
            telling = [word for word in before if word in _CHANGED or word in _SHOWN]
            if _CHANGED.isdisjoint(telling) or (telling[-1] in _SHOWN and "last" not in before):
                return day
    return None


def settled_day(published: Sequence[Told], shown: date | None, in_url: date | None) -> date | None:
    """The day on which the story appeared, from what data, the page and its address say; None where nobody does."""
    for told in published:
        if shown and shown == in_url and abs(shown - told.day) <= timedelta(days=1):
            return shown
        if shown and told.utc and shown != told.day and abs(shown - told.day) <= timedelta(days=1):
            return shown
        if in_url and told.utc and shown is None and abs(in_url - told.day) == timedelta(days=1):
            return in_url
        return told.day
    return shown or in_url


def _in_figures(first: str, second: str, year: str) -> date | None:
    """The day of 14/05/2024 or 05/14/2024; none of 05/04/2024, which is one day here and another there."""
    one, two = int(first), int(second)
    whole = year if len(year) == 4 else f"20{year}"
    if one == two or one > 12:
        return _day(whole, second, first)
    return _day(whole, first, second) if two > 12 else None


def _day(year: str, month: str, day: str) -> date | None:
    number = int(month) if month.isdecimal() else _MONTHS.get(month.casefold(), 0)
    try:
        found = date(int(year), number, int(day))
    except ValueError:
        return None
    return found if _OLDEST <= found.year <= _NEWEST else None
