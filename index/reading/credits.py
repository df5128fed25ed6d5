"""The lines above a story that tell of it: who wrote it, where it appeared and on what day, alone or side by side.

A line is one only where all of it is understood: "The Wexley Gazette | 14 May 2024" is, a sentence with a day is not.
"""

import re
from dataclasses import dataclass
from datetime import date

from index.language.given_names import is_given_name
from index.language.lists import ordered_in, words_in
from index.language.phrases import Phrases, line_words
from index.language.words import NO_SPEAKERS, YEARS

LONGEST = 160
LONGEST_UNKNOWN = 4
"""Words of a name that nothing says is an outlet's; longer lines are mostly headings."""
ISO_DATE = r"\d{4}-\d{1,2}-\d{1,2}"
MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
WRITTEN_DATE = r"[A-Za-z]{3,9}\.? \d{1,2},? \d{4}|\d{1,2} [A-Za-z]{3,9}\.? \d{4}"
DAY_WRITTEN = re.compile(WRITTEN_DATE)
"""Whether its word is a month's, `parse_date` says."""
_AT_TIME = r"\d{1,2}[:.]\d\d(?:\s?[AaPp]\.?[Mm]\b\.?)?(?:\s[A-Z]{2,4}\b)?"
_DAY = re.compile(
    r"(?:\b(?:first |last )?(?:published|posted|updated|filed|dated?)(?:\s?:)?\s(?:on\s|at\s)?)?"
    rf"(?:\b{_AT_TIME},?\s)?"
    r"(?:\b(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b[.,]?\s)?"
    rf"(?P<day>\b{ISO_DATE}|\b(?:{WRITTEN_DATE}))(?!\w{{2}})"
    r"(?:T[\d:.]{2,12}(?:Z|[+-]\d\d:?\d\d)?"
    rf"|,?\s(?:at\s)?{_AT_TIME})?",
    re.IGNORECASE,
)
_MONTHS = frozenset(form for name in ordered_in("months") for form in (name, name[:3])) | {"sept"}
_APART = re.compile(r"\s*[|·•;]\s*|\s+(?:[–—]|--?)\s+|,\s+")
_WORD = r"[^\W\d_a-z][\w.'’\-]*"
_LINK = r"(?:de|la|le|del|der|van|von|da|di|bin|al|el|ten)"
_PERSON = rf"{_WORD}(?:[ ](?:{_LINK}[ ])?{_WORD}){{1,3}}"
_PEOPLE = re.compile(rf"{_PERSON}(?:(?:,? and |,? AND | & ){_PERSON}){{0,9}}")
_BY = re.compile(
    r"(?:(?:words|text|story|report|reporting|reported|written|posted|published|interview)\s)?by(?:\s*:\s*|\s)"
    r"|(?:words|text|story|report|reporting|authors?|reporter|byline)\s*:\s*",
    re.IGNORECASE,
)
_FROM = frozenset("source outlet publication publisher newspaper".split())
_WHERE = re.compile(r"\s(?P<how>in|at|for|of)\s(?=[A-Z])")
_ROLES = frozenset(
    """correspondent correspondents reporter reporters writer writers editor editors columnist columnists contributor
    contributors staff journalist journalists desk""".split()
)
_LASTS = Phrases("# ?- min|mins|minute|minutes ?read .")
_NAME = re.compile(rf"(?:The |the )?{_WORD}(?: (?:(?:of|and|the|for|&) ){{0,2}}{_WORD}){{0,5}}")
_OF_PLACES = frozenset("new north south east west los las san santa st saint port fort lake mount united".split())


@dataclass(frozen=True, slots=True)
class Credit:
    """What one line tells of its story.

    `sure` where it has a day, a "by" or a label; `named` where its outlet is called as outlets are; `role` where it
    says what somebody does.
    """

    author: str | None = None
    outlet: str | None = None
    day: date | None = None
    sure: bool = False
    named: bool = False
    role: bool = False


def read_credit(line: str) -> Credit | None:
    """What a line tells of its story, or None where any of it is something else."""
    line = " ".join(line.split()) if len(line) <= LONGEST else ""
    if not line or line[-1] in '!?:"”' or not any(map(str.isalnum, line)):
        return None
    days = [parse_date(found["day"]) for found in _DAY.finditer(line)]
    if None in days:
        return None
    told = _Told(sure=bool(days))
    parts = [part for part in _APART.split(_DAY.sub("|", line)) if part.strip(" ,|-–—()")]
    if not all(told.takes(part.strip()) for part in parts):
        return None
    author = ", ".join(told.authors) or None
    return Credit(author, told.outlet, days[0] if days else None, told.sure, told.named, told.role)


def is_named_as_outlet(name: str) -> bool:
    """Whether a name is one that outlets have: "The Wexley Gazette", "Times of India"."""
    words = name.casefold().split()
    ends = [word for word, after in zip(words, [*words[1:], ""], strict=True) if after in ("", "of")]
    return bool(_NAME.fullmatch(name)) and any(
        part in words_in("outlet_words") for word in ends for part in word.split("-")
    )


class _Told:
    """What the parts of one line have told so far."""

    def __init__(self, *, sure: bool) -> None:
        self.authors: list[str] = []
        self.outlet: str | None = None
        self.sure = sure
        self.named = False
        self.role = False
        self._by = False

    def takes(self, part: str) -> bool:
        """Whether the part is understood; what it tells is kept."""
        month, _, year = part.partition(" ")
        if year in YEARS and month.removesuffix(".").lower() in _MONTHS:
            self.sure = True
            return True
        if by := _BY.match(part):
            return self._takes_byline(part[by.end() :])
        label, colon, source = part.partition(":")
        if colon and label.rstrip().lower() in _FROM:
            self.sure = True
            return self._takes_outlet(source.lstrip())
        if _LASTS.open(line_words(part)) or _is_role(part):
            self.role = True
            return True
        if _PEOPLE.fullmatch(part) and not is_named_as_outlet(part) and (self._by or is_given_name(part.split()[0])):
            self.authors.append(part)
            return True
        return self._takes_outlet(part)

    def _takes_byline(self, names: str) -> bool:
        where = _WHERE.search(names)
        who = names[: where.start()] if where else names
        if is_named_as_outlet(who):
            self.sure = True
            return self._takes_outlet(who)
        if not _PEOPLE.fullmatch(who):
            return False
        self.authors.append(who)
        self.sure = self._by = True
        rest = names[where.end() :] if where else ""
        return not where or where["how"] in ("in", "at") or self._takes_outlet(rest)

    def _takes_outlet(self, name: str) -> bool:
        """Of two names that may be an outlet's, the first is, the other is where."""
        if not _NAME.fullmatch(name) or name.casefold() in NO_SPEAKERS:
            return False
        named = is_named_as_outlet(name) or name.startswith("The ")
        is_short = len(name.split()) == 1 and not (name.isupper() and len(name) <= 5)
        if not named and len(name.split()) > LONGEST_UNKNOWN:
            return False
        if named or (self.outlet is None and not is_short and name.split()[0].casefold() not in _OF_PLACES):
            self.outlet = self.outlet or name
            self.named = self.named or named
        return True


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


def _is_role(part: str) -> bool:
    """Whether it says what somebody who writes is: "Senior Politics Editor"."""
    *before, last = part.split(" ")
    plain = all(word and all(sign.isalnum() or sign in "_'’&-" for sign in word) for word in before)
    return last.lower() in _ROLES and len(before) <= 4 and plain
