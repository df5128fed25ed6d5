"""Which stories a question is put to: the one chosen, or those of a day or an outlet that the question names."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bot.shelf import Shelf
from index.language import ordered_in

_MONTHS, _DAYS = ordered_in("months"), ordered_in("days")
_MONTH_OF = {name: at for at, month in enumerate(_MONTHS, 1) for name in (month, month[:3])} | {"sept": 9}
_SPANS = [f"{which} {unit}" for which in ("this", "last", "past") for unit in ("week", "month", "year")]
_RELATIVE = ("yesterday", "today", "tonight", "this morning", *_SPANS)
_OF_DAYS = {f"{which} {day}": at for which in ("on", "last", "this", "this past") for at, day in enumerate(_DAYS)}
_OF_YEARS = ("in", "since", "before", "after", "during", "back in")
_DAY = r"(\d{1,2})[dhnrst]{0,2}"
_CALENDAR = re.compile(
    rf",? ({'|'.join((*_OF_YEARS, 'on', 'from'))}) (?:{_DAY} (?:of )?)?({'|'.join(m[:3] for m in _MONTHS)})"
    rf"([a-z]*)\.?(?: {_DAY}\b)?(?:,? ((19|20)\d\d))?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class When:
    """A stretch of days, both ends included; `weekday` (0 is Monday) where only a day of the week was named."""

    first: date = date.min
    last: date = date.max
    weekday: int | None = None

    def holds(self, day: date | None) -> bool:
        """Whether a story of that day is meant; one without a date is not."""
        if day is None:
            return False
        return self.first <= day <= self.last and (self.weekday is None or day.weekday() == self.weekday)


_OUTLET = re.compile(
    r",? (?:in|according to|as reported by|from) (?:the )?(?P<name>\S+(?: \S+){0,3}?)(?:'s)?"
    r"(?: (?:story|article|report|piece|coverage))?$",
    re.IGNORECASE,
)
LONGEST = 1_000  # code points of a question that are read
_LONGEST_END = 80  # code points at the end of a question in which a time or an outlet is looked for


def one_line(question: str) -> str:
    """The question with single spaces and without the marks at its end, cut to what is looked at."""
    return " ".join(question[: 4 * LONGEST].split())[:LONGEST].rstrip(" ?!.")


def split_when(question: str, today: date | None) -> tuple[str, When | None]:
    """The question without the time at its end, and that time: "what did Ryan say | in March"."""
    bare = one_line(question)
    lower = bare.lower()
    for words in (*_RELATIVE, *_OF_DAYS):
        if lower.endswith(f" {words}"):
            when = _relative(words, today) if words in _RELATIVE else When(weekday=_OF_DAYS[words])
            return (bare[: -len(words) - 1].removesuffix(","), when) if when else (question, None)
    found = _CALENDAR.search(bare, max(0, len(bare) - _LONGEST_END))
    if found:
        when = _calendar(found, today)
        return (bare[: found.start()], when) if when else (question, None)
    return _in_numbers(bare) or (question, None)


def _relative(words: str, today: date | None) -> When | None:
    if today is None:
        return None
    if words == "yesterday":
        return When(today - timedelta(days=1), today - timedelta(days=1))
    if words in ("today", "tonight", "this morning"):
        return When(today, today)
    which, unit = words.split()
    if unit == "week":
        monday = today - timedelta(days=today.weekday())
        start = monday - timedelta(days=0 if which == "this" else 7)
        return When(start, start + timedelta(days=6) if which == "last" else today)
    if unit == "month":
        first = today.replace(day=1)
        return (
            When(first, today)
            if which == "this"
            else When((first - timedelta(days=1)).replace(day=1), first - timedelta(days=1))
        )
    year = today.year - (which != "this")
    return When(date(year, 1, 1), date(year, 12, 31))


def _calendar(found: re.Match[str], today: date | None) -> When | None:
    how, first, name, rest, second, written, _ = found.groups()
    how, year, day = how.lower(), int(written or 0), int(first or second or 0)
    month = _MONTH_OF.get(f"{name}{rest}".lower())
    if month is None:
        return None
    if not year:
        if today is None:
            return None
        year = today.year if (month, day or 1) <= (today.month, today.day) else today.year - 1
    try:
        if day:
            return _bounded(how, date(year, month, day), date(year, month, day))
        after = date(year + month // 12, month % 12 + 1, 1)
    except ValueError:
        return None
    return _bounded(how, date(year, month, 1), after - timedelta(days=1))


def _in_numbers(bare: str) -> tuple[str, When | None] | None:
    """The question without "before 2016" or "on 2017-03-02" at its end, and that time."""
    words, _, last = bare.rpartition(" ")
    if not (last.isascii() and last[:4].isdecimal() and 1900 <= int(last[:4]) < 2100 and len(last) in (4, 10)):
        return None
    hows = _OF_YEARS if len(last) == 4 else ("on",)
    how = next((how for how in reversed(hows) if words.lower().endswith(f" {how}")), None)
    try:
        days = (date(int(last), 1, 1), date(int(last), 12, 31)) if len(last) == 4 else (date.fromisoformat(last),) * 2
    except ValueError:
        return None
    return (words[: -len(how) - 1].removesuffix(","), _bounded(how, *days)) if how else None


def _bounded(how: str, first: date, last: date) -> When:
    if how == "since":
        return When(first=first)
    if how == "before":
        return When(last=first - timedelta(days=1))
    return When(first=last + timedelta(days=1)) if how == "after" else When(first, last)


def outlet_named(question: str, shelf: Shelf) -> tuple[str, str | None]:
    """The question without "in the KUSI story" or "according to KUSI" at its end, and that outlet, if it is held."""
    bare = one_line(question)
    found = _OUTLET.search(bare, max(0, len(bare) - _LONGEST_END))
    if not found:
        return question, None
    wanted = found["name"].casefold().removesuffix("'s")
    outlets = (story.source for story in shelf.stories if story.source)
    source = next((outlet for outlet in outlets if outlet.casefold() in (wanted, f"the {wanted}")), None)
    return (bare[: found.start()], source) if source else (question, None)
