"""What can be chosen while somebody types, found fast among tens of thousands: the event loop waits for it."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, chain, islice

from bot.discord_side.limits import CHOICES_MAX

FORM_MAX = 200
"""Code points of one form by which something is found: twice what is shown of it."""
FORMS_MAX = 40
"""Forms by which one thing is found."""
SEARCHED_MAX = 2_000_000
"""Code points of all forms together that are searched at a keystroke, those offered first before the others."""
WORDS_MAX = 40_000
"""Words whose near spellings are looked for."""
NEAR_MIN = 70
"""How alike (0-100) a word has to be to stand for one that nothing has."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: what is shown, what is sent, and the forms (in lower case) that it is found by.

    `own` says of a story that it is the library's own, and not one shared by all; `family` that it stands for several
    people of one surname, which is worth offering only to somebody who types it.
    """

    shown: str
    value: str
    forms: tuple[str, ...]
    own: bool = True
    family: bool = False


class Choices:
    """Choices in an order, with all their forms in one text, a line each, so that a search is one of the text."""

    def __init__(self, choices: Iterable[Choice] = ()) -> None:
        self.all = tuple(choices)
        lines = ["".join(f"\n{_kept(form)}" for form in choice.forms[:FORMS_MAX]) for choice in self.all]
        self._text = "".join(lines)[:SEARCHED_MAX]
        self._starts = list(accumulate(map(len, lines), initial=0))
        self._words = tuple(islice(dict.fromkeys(self._text.split()), WORDS_MAX))

    @property
    def searched(self) -> int:
        """Code points that are searched for what is typed."""
        return len(self._text)

    def matching(self, typed: str, *, only_own: bool = False) -> tuple[Choice, ...]:
        """At most 25 choices for what is typed so far: those that begin so, whose words do, then near spellings."""
        wanted = re.escape(" ".join(typed.casefold().split()))
        if not wanted:
            return self._first((one for one in self.all if not one.family), only_own=only_own)
        exact = chain.from_iterable(self._holding(before + wanted) for before in ("\n", " ", ""))
        return self._first(exact, only_own=only_own) or self._first(self._near(typed), only_own=only_own)

    def _first(self, found: Iterable[Choice], *, only_own: bool) -> tuple[Choice, ...]:
        first: dict[Choice, None] = {}
        for choice in found:
            if choice.own or not only_own:
                first[choice] = None
            if len(first) == CHOICES_MAX:
                break
        return tuple(first)

    def _holding(self, pattern: str) -> Iterator[Choice]:
        """The choices with a form in which the pattern is found, in their order, some more than once."""
        for found in re.finditer(pattern, self._text):
            yield self.all[bisect_right(self._starts, found.start()) - 1]

    def _near(self, typed: str) -> Iterator[Choice]:
        from rapidfuzz import fuzz, process

        wanted = typed.casefold().strip()
        near = process.extract(wanted, self._words, scorer=fuzz.ratio, limit=3, score_cutoff=NEAR_MIN)
        words = "|".join(re.escape(word) for word, _, _ in near)
        return self._holding(rf"(?<=[\n ])(?:{words})(?![^\n ])") if words else iter(())


def _kept(form: str) -> str:
    """As much of a form as is searched, in one line."""
    return " ".join(form[: 2 * FORM_MAX].split())[:FORM_MAX]
