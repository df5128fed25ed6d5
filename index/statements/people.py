"""Joins the places that name somebody into the somebodies: full name, surname, title, handle, acronym.

A bare surname goes to a person of that surname only where gender and title allow it; where several are left, to the
one whom the story is about. A title never makes two names one.
"""

import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from index.language.given_names import Gender, folded, gender_of, is_given_name, same_given_name
from index.statements.names import ARTICLES_OF_NAMES, goes_before_first_name, is_company, is_title, town_of
from index.statements.namings import Naming, NamingKind
from index.statements.nouns import is_human, role_word, role_words
from index.statements.offices import title_from
from index.story import Span

_KIN = frozenset(
    "wife husband son daughter brother sister father mother widow nephew niece children sons daughters".split()
)
_KIN_BEHIND = re.compile(
    r",\s+(?:his|her|the|[\w.’' -]{2,40}['’]s)\s[^,.;\n]{0,40}?"
    r"\b(?:wife|husband|son|daughter|brother|sister|father|mother|widow|nephew|niece)\b",
    re.IGNORECASE,
)
_NEAR = 40
_LEAST_LETTERS = 5  # of a surname that is recognised although misspelt
_OF_ONE_NAME = 100  # people of one surname who are told apart


@dataclass(slots=True, eq=False)
class Somebody:
    """One person or body of a story while it is being read; becomes a Speaker at the end.

    `described` marks an unnamed source, known only by words that `noun` heads; `kin` one introduced as a relative;
    `parts` are the people who are several together.
    """

    kind: NamingKind
    first: str = ""
    last: str = ""
    gender: Gender | None = None
    full: Counter[str] = field(default_factory=Counter)
    forms: Counter[str] = field(default_factory=Counter)
    roles: Counter[str] = field(default_factory=Counter)
    role_words: set[str] = field(default_factory=set)
    handles: list[str] = field(default_factory=list)
    namings: list[Naming] = field(default_factory=list)
    words: str = ""
    plural: bool = False
    described: bool = False
    noun: str = ""
    middle: tuple[str, ...] = ()
    kin: bool = False
    called: Counter[Gender] = field(default_factory=Counter)
    placed: bool = False
    first_at: int = sys.maxsize
    named_in_full: list[Naming] = field(default_factory=list)
    in_headlines: bool = False
    parts: "tuple[Somebody, ...]" = ()

    @property
    def name(self) -> str:
        """The canonical name: the fullest that the story uses most, or the only one it has."""
        if self.words:
            return self.words
        if self.full:
            best = max(self.full.values())
            return next(name for name, count in self.full.items() if count == best)
        return next(iter(self.forms), self.last)

    @property
    def is_person(self) -> bool:
        """Whether "he" or "she" can mean them."""
        return self.kind == "person" and not self.plural

    def has_surname(self, word: str) -> bool:
        """Whether it stands before their last name as a surname of theirs."""
        return bool(self.middle) and folded(self.middle[-1]) == folded(word)

    def take_role(self, role: str) -> None:
        """Remember a title or description of theirs."""
        role = " ".join(role.split())
        if any(map(str.isalpha, role)):
            self.roles[role] += 1
            own = re.split(r"['’]s?\s", role)[-1]
            self.role_words |= role_words(own)

    def take(self, naming: Naming, text: str) -> None:
        """Remember a place that names them."""
        self.namings.append(naming)
        self.first_at = min(self.first_at, naming.start)
        self.placed = self.placed or naming.kind == "place"
        self.in_headlines = self.in_headlines or (naming.headline and len(self.namings) <= _NEAR)
        self.forms[naming.words] += 1
        whole = " ".join(naming.span.of(text).split())
        if whole != naming.words:
            self.forms[whole] += 1
        if naming.kind == "person" and naming.name.first and not self.has_surname(naming.name.first):
            self.named_in_full.append(naming)
            shown = naming.name.full
            self.middle = self.middle or naming.name.middle
            self.full[shown.title() if shown.isupper() else shown] += 1
        self.gender = self.gender or naming.name.gender
        titles = naming.name.titles
        alone = len(titles) == 1 and not text.endswith((" of ", " to ", " for ", " the "), 0, naming.span.start)
        if naming.name.title and (alone or any(is_title(word) or is_human(word) for word in titles)):
            self.take_role(text[title_from(text, naming.span.start) : naming.span.start] + naming.name.title)
        self.role_words |= {role_word(title) for title in naming.name.titles if folded(title) == "dr"}


class People:
    """The people of a story, joined name by name; `meant` says who each naming means, by the naming's number."""

    def __init__(self, text: str) -> None:
        self.everybody: list[Somebody] = []
        self.meant: dict[int, Somebody] = {}
        self._text = text
        self._by_last: defaultdict[str, list[Somebody]] = defaultdict(list)
        self._by_first: defaultdict[str, list[Somebody]] = defaultdict(list)
        self._by_letters: defaultdict[str, set[str]] = defaultdict(set)

    def join(self, namings: Sequence[Naming]) -> None:
        """Full names first, over the whole story; then the single words that have one reading; then the rest."""
        self._join_full_names(namings)
        singles = [(n, one) for n, one in enumerate(namings) if not one.name.first and one.words[:1] != "@"]
        bodies = {folded(naming.words.split()[0]) for naming in namings if _is_company(naming)}
        bodies |= {town_of(naming.words) for naming in namings}
        open_yet: list[tuple[int, Naming, list[Somebody]]] = []
        for n, naming in singles:
            candidates = self._candidates(naming)
            if naming.key in bodies and not naming.name.titles and not _named_before(candidates, naming):
                continue  # "Ford said profit fell", before anybody called Ford
            if len(candidates) > 1:
                open_yet.append((n, naming, candidates))
            elif candidates:
                self._take(n, naming, candidates[0])
            elif naming.kind == "person":
                self._take(n, naming, self._new(naming))
        for n, naming, candidates in open_yet:
            self._take(n, naming, self._likeliest(_named_before(candidates, naming) or candidates, naming))

    def _join_full_names(self, namings: Sequence[Naming]) -> None:
        doubled = {_surnames(naming.name.middle[-1], naming) for naming in namings if naming.name.middle}
        surnames: list[tuple[int, Naming]] = []
        for n, naming in enumerate(namings):
            if naming.kind != "person" or not naming.name.first:
                continue
            if _surnames(naming.name.first, naming) in doubled and not is_given_name(naming.name.first):
                surnames.append((n, naming))
            else:
                self.meant[n] = self._full_name(naming)
        for n, naming in surnames:
            self._take(n, naming, self._of_two_surnames(naming))

    def _take(self, n: int, naming: Naming, one: Somebody) -> None:
        one.take(naming, self._text)
        self.meant[n] = one

    def _new(self, naming: Naming) -> Somebody:
        name = naming.name
        new = Somebody(
            "person", name.first, name.last, name.gender or (gender_of(name.last) if not name.first else None)
        )
        if name.nickname:
            new.forms[f"{name.nickname} {name.last}"] += 1
            new.gender = new.gender or gender_of(name.nickname)
        self._by_last[last_word(name.last)].append(new)
        if name.first:
            self._by_first[folded(name.first)].append(new)
            last = last_word(name.last)
            self._by_letters["".join(sorted(last))].add(last)
        self.everybody.append(new)
        return new

    def _full_name(self, naming: Naming) -> Somebody:
        known = self._by_last[last_word(naming.name.last)][:_OF_ONE_NAME]
        one = next((one for one in known if _same_person(one, naming)), None) or self._new(naming)
        one.kin = one.kin or self._introduced_as_kin(naming.span)
        one.take(naming, self._text)
        return one

    def _of_two_surnames(self, naming: Naming) -> Somebody:
        """Whose surnames two words are: "Parlow Cone" is Cindy Parlow Cone. Of 4,903 statements of 350 public stories
        that nobody had looked at five get the whole name so, all of them rightly."""
        known = self._by_last[last_word(naming.name.last)][:_OF_ONE_NAME]
        return next((one for one in known if one.has_surname(naming.name.first)), None) or self._full_name(naming)

    def _introduced_as_kin(self, span: Span) -> bool:
        before, behind = self._text[max(0, span.start - 40) : span.start], self._text[span.end : span.end + 80]
        words = before.lower().split() if before[-1:].isspace() else []
        words = words[:-2] if words[-1:] == ["and"] and words[-2:][0].isalnum() else words
        last = words[-1].removesuffix(",") if words else ""
        kin = last.rpartition("-")[2] in _KIN or (last == "lady" and words[-2:-1] == ["first"])
        return kin or _KIN_BEHIND.match(behind) is not None

    def _candidates(self, naming: Naming) -> list[Somebody]:
        key = last_word(naming.name.last)
        known = (self._by_last.get(key) or self._misspelt(key))[:_OF_ONE_NAME]
        named = [one for one in known if _fits(one, naming)]
        heads = [one for one in known if not one.kin or not one.first]
        if named and not heads and naming.kind == "person":
            first = min(one.first_at for one in named)
            return named if first < naming.start and not naming.name.titles else []
        if named:
            return named
        if naming.kind in {"person", "place"} and all(map(goes_before_first_name, naming.name.titles)):
            return [one for one in self._by_first.get(key, [])[:_OF_ONE_NAME] if _fits(one, naming)]
        return []

    def _misspelt(self, key: str) -> list[Somebody]:
        """The people whose surname has two letters next to each other in another order: "Pelsoi" for "Pelosi"."""
        if len(key) < _LEAST_LETTERS:
            return []
        alike = [last for last in self._by_letters.get("".join(sorted(key)), ()) if _is_swapped(key, last)]
        return self._by_last[alike[0]] if len(alike) == 1 else []

    def _likeliest(self, candidates: Sequence[Somebody], naming: Naming) -> Somebody:
        titles = {role_word(word) for word in naming.name.titles}
        introduced = min(candidates, key=lambda one: one.namings[0].start if one.namings else 0)

        def weight(one: Somebody) -> float:
            full = one.named_in_full
            near = any(0 <= naming.start - other.start < _NEAR for other in full[-_NEAR:])
            return (
                0.8 * math.log1p(min(len(full), _NEAR))
                + 1.5 * one.in_headlines
                + 0.8 * near
                + 1.0 * (one is introduced)
                + 3.0 * len(titles & one.role_words)
                - 1.5 * one.kin
            )

        return max(candidates, key=weight)


def _surnames(first: str, naming: Naming) -> tuple[str, str]:
    """A word that may be a surname before the last one, and that, folded."""
    return folded(first), last_word(naming.name.last)


def last_word(name: str) -> str:
    """The last word of a surname, folded, without an Arabic article: "al-Rashid" may come back as "Rashid"."""
    words = folded(name).split()
    if not words:
        return ""
    article, hyphen, rest = words[-1].partition("-")
    return rest if hyphen and rest and article in ARTICLES_OF_NAMES else words[-1]


def _is_swapped(one: str, other: str) -> bool:
    at = next((at for at in range(len(one)) if one[at] != other[at]), len(one))
    return at + 1 < len(one) and other == one[:at] + one[at + 1] + one[at] + one[at + 2 :]


def _is_company(naming: Naming) -> bool:
    return naming.kind == "organisation" and is_company(naming.words)


def _named_before(candidates: Sequence[Somebody], naming: Naming) -> list[Somebody]:
    """Those whom the story names in full before this place."""
    return [one for one in candidates if one.named_in_full and one.named_in_full[0].start < naming.start]


def _same_person(one: Somebody, naming: Naming) -> bool:
    name = naming.name
    if not one.first:
        return False
    if not (same_given_name(one.first, name.first) or (name.nickname and same_given_name(one.first, name.nickname))):
        return False
    middles = {folded(middle)[:1] for middle in (*one.middle, *name.middle)}
    if one.middle and name.middle and len(middles) > max(len(one.middle), len(name.middle)):
        return False
    return not (name.suffix and any(folded(name.suffix) not in folded(form) for form in one.full))


def _fits(one: Somebody, naming: Naming) -> bool:
    gender, last = naming.name.gender, folded(naming.name.last)
    if " " in last and last != folded(one.last):
        return False  # "St. Louis" is no Louis
    return not (gender and one.gender and gender != one.gender)
