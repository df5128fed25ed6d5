"""Joins the places that name somebody into the somebodies: full name, surname, title, handle, acronym.

A bare surname goes to a person of that surname only where gender and title allow it; where several are left, to the
one whom the story is about. A title never makes two names one.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from index.statements.given_names import Gender, folded, gender_of, is_given_name, same_given_name
from index.statements.namings import Naming, NamingKind
from index.statements.nouns import role_word

_HANDLE = re.compile(r"(?<![\w@.])@[A-Za-z0-9_]{2,30}")
_ACRONYM = re.compile(r"[A-Z][A-Za-z]?[A-Z]{1,5}s?")
_SMALL = frozenset("of the and for on in to a an".split())


@dataclass(slots=True, eq=False)
class Somebody:
    """One person or body of a story while it is being read; becomes a Speaker at the end.

    `described` marks an unnamed source, known by a description only.
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

    def take_role(self, role: str) -> None:
        """Remember a title or description of theirs."""
        role = " ".join(role.split())
        if role:
            self.roles[role] += 1
            self.role_words |= {role_word(word) for word in re.findall(r"[\w.-]+", role)}

    def take(self, naming: Naming, text: str) -> None:
        """Remember a place that names them."""
        self.namings.append(naming)
        self.forms[naming.words] += 1
        whole = " ".join(naming.span.of(text).split())
        if whole != naming.words:
            self.forms[whole] += 1
        if naming.kind == "person" and naming.name.first:
            shown = naming.name.full
            self.full[shown.title() if shown.isupper() else shown] += 1
        self.gender = self.gender or naming.name.gender
        if naming.name.title:
            self.take_role(naming.name.title)


@dataclass(slots=True)
class Census:
    """Everybody whom a story names, and who is meant at each naming (in the namings' order)."""

    everybody: list[Somebody]
    meant: list[Somebody | None]
    by_handle: dict[str, Somebody]

    def namesakes(self, surname: str) -> list[Somebody]:
        """The people of that surname."""
        key = folded(surname)
        return [one for one in self.everybody if one.kind == "person" and _last_word(one.last) == key]


def _last_word(name: str) -> str:
    words = folded(name).split()
    return words[-1] if words else ""


def take_census(text: str, namings: Sequence[Naming]) -> Census:
    """Everybody whom the namings name, joined."""
    census = Census([], [None] * len(namings), {})
    by_last: defaultdict[str, list[Somebody]] = defaultdict(list)
    numbered = list(enumerate(namings))
    people = [(n, naming) for n, naming in numbered if naming.kind == "person"]
    for n, naming in people:
        if naming.name.first:
            census.meant[n] = _full_name(census, by_last, naming, text)
    by_first: defaultdict[str, list[Somebody]] = defaultdict(list)
    for one in census.everybody:
        by_first[folded(one.first)].append(one)
    for n, naming in numbered:
        if census.meant[n] is None and not naming.name.first and naming.words[:1] != "@":
            census.meant[n] = _single_name(census, by_last, by_first, naming, text)
    _bodies(census, [(n, naming) for n, naming in numbered if census.meant[n] is None], text)
    _handles(census, text, namings)
    return census


def _full_name(census: Census, by_last: dict[str, list[Somebody]], naming: Naming, text: str) -> Somebody:
    name = naming.name
    key = _last_word(name.last)
    for one in by_last[key]:
        if same_given_name(one.first, name.first) or (name.nickname and same_given_name(one.first, name.nickname)):
            if name.suffix and any(folded(name.suffix) not in folded(form) for form in one.full):
                continue
            one.take(naming, text)
            return one
    new = Somebody("person", name.first, name.last, name.gender)
    if name.nickname:
        new.forms[f"{name.nickname} {name.last}"] += 1
        new.gender = new.gender or gender_of(name.nickname)
    new.take(naming, text)
    by_last[key].append(new)
    census.everybody.append(new)
    return new


def _fits(one: Somebody, naming: Naming) -> bool:
    gender = naming.name.gender
    return not (gender and one.gender and gender != one.gender)


def _single_name(
    census: Census,
    by_last: dict[str, list[Somebody]],
    by_first: dict[str, list[Somebody]],
    naming: Naming,
    text: str,
) -> Somebody | None:
    key = _last_word(naming.name.last)
    candidates = [one for one in by_last.get(key, ()) if _fits(one, naming)]
    if not candidates and not naming.name.titles and naming.kind in {"person", "place"}:
        candidates = [one for one in by_first.get(key, ()) if one.first]
    if candidates:
        chosen = _likeliest(candidates, naming)
        chosen.take(naming, text)
        return chosen
    if naming.kind != "person":
        return None
    new = Somebody("person", "", naming.name.last, naming.name.gender)
    if is_given_name(naming.words):
        new.gender = new.gender or gender_of(naming.words)
    new.take(naming, text)
    by_last[key].append(new)
    census.everybody.append(new)
    return new


def _likeliest(candidates: Sequence[Somebody], naming: Naming) -> Somebody:
    if len(candidates) == 1:
        return candidates[0]
    titles = {role_word(word) for word in naming.name.titles}

    def weight(one: Somebody) -> float:
        full = [other for other in one.namings if other.name.first]
        near = max((other.start for other in full if other.start <= naming.start), default=-10_000)
        about = 1.5 if any(other.headline for other in full) else 0.0
        recent = 1.2 if naming.start - near < 40 else 0.5 if naming.start - near < 120 else 0.0
        titled = 3.0 * len(titles & one.role_words)
        return 2 * math.log1p(len(full)) + about + recent + titled

    return max(candidates, key=weight)


def _initials(words: str) -> set[str]:
    parts = re.findall(r"[A-Za-z]+", words)
    return {
        "".join(part[0] for part in parts).lower(),
        "".join(part[0] for part in parts if part.lower() not in _SMALL).lower(),
    }


def _bodies(census: Census, rest: Iterable[tuple[int, Naming]], text: str) -> None:
    """Join the namings of organisations, groups and places."""
    rows = sorted(rest, key=lambda row: (-len(row[1].words.split()), row[1].start))
    by_key: dict[str, Somebody] = {}
    by_short: dict[str, list[Somebody]] = defaultdict(list)
    for n, naming in rows:
        key = re.sub(r"^the ", "", folded(naming.words))
        found = by_key.get(key)
        if found is None:
            known = by_short.get(key, [])
            found = known[0] if len({id(one) for one in known}) == 1 else None
        if found is None:
            found = Somebody(naming.kind if naming.words[:1] != "@" else "person")
            census.everybody.append(found)
            words = key.split()
            if len(words) > 1 and naming.kind == "organisation":
                shorts = _initials(naming.words) | {words[-1] if len(words) < 4 else "", words[0]}
                for short in shorts - {""} - _SMALL:
                    if len(short) > 1 and found not in by_short[short]:
                        by_short[short].append(found)
            by_key[key] = found
        found.take(naming, text)
        if len(naming.words) > len(found.words) or (found.words.isupper() and not naming.words.isupper()):
            found.words = " ".join(re.sub(r"^(?:the|The) (?!\w+$)", "", naming.words).split())
        census.meant[n] = found


def _handles(census: Census, text: str, namings: Sequence[Naming]) -> None:
    """Give the accounts in the text to the people beside them, or to those whose names they contain."""
    starts = {naming.span.end: census.meant[n] for n, naming in enumerate(namings)}
    people = [one for one in census.everybody if one.kind == "person" and one.last]
    for found in _HANDLE.finditer(text):
        handle = found.group()
        key = handle.lower()
        owner = census.by_handle.get(key)
        if owner is None:
            beside = re.search(r"[\s(]{1,3}$", text[max(0, found.start() - 3) : found.start()])
            owner = starts.get(found.start() - len(beside.group())) if beside else None
        if owner is None:
            inside = [one for one in people if len(one.last) > 3 and folded(one.last).replace(" ", "") in key]
            owner = inside[0] if len(inside) == 1 else None
        if owner is not None and key not in census.by_handle:
            census.by_handle[key] = owner
            owner.handles.append(handle)
