"""Which stories a question is put to: the one chosen, or those of a day or an outlet that the question names."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bot.shelf import Shelf
from index.language import ordered_in

_MONTHS, _DAYS = ordered_in("months"), ordered_in("days")
_MONTH = "|".join(f"{m}|{m[:3]}" if m != "may" else m for m in _MONTHS) + "|sept"
_DAY = "|".join(_DAYS)
_WHEN = re.compile(
    rf",? (?:(?P<rel>yesterday|today|tonight|this morning|(?:this|last|past) (?:week|month|year))"
    rf"|(?:on|last|this|this past) (?P<day>{_DAY})"
    rf"|(?P<since>on|in|since|before|after|during|back in|from) (?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)? (?:of "
    rf")?)?(?P<month>{_MONTH})\.?(?: (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d))?(?:,? (?P<year>(?:19|20)\d\d))?"
    rf"|(?P<since2>in|since|before|after|during|back in) (?P<only>(?:19|20)\d\d)"
    rf"|on (?P<iso>(?:19|20)\d\d-\d\d-\d\d))$",
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
    found = _WHEN.search(bare, max(0, len(bare) - _LONGEST_END))
    when = _read(found, today) if found else None
    return (bare[: found.start()], when) if found and when else (question, None)


def _read(found: re.Match[str], today: date | None) -> When | None:
    if found["day"]:
        return When(weekday=_DAYS.index(found["day"].lower()))
    if found["rel"]:
        return _relative(found["rel"].lower(), today) if today else None
    if found["iso"]:
        try:
            day = date.fromisoformat(found["iso"])
        except ValueError:
            return None
        return When(day, day)
    return _calendar(found, today)


def _relative(words: str, today: date) -> When:
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
    how = (found["since"] or found["since2"] or "in").lower()
    year = int(found["only"] or found["year"] or 0)
    if found["only"]:
        return _bounded(how, date(year, 1, 1), date(year, 12, 31))
    month = next(i for i, name in enumerate(_MONTHS, 1) if name.startswith((found["month"] or "").lower()[:3]))
    day = int(found["d1"] or found["d2"] or 0)
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
