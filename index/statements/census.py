"""Everybody whom a story names: its people, its bodies with their acronyms, and the accounts they write from."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.statements.given_names import folded
from index.statements.namings import Naming
from index.statements.people import People, Somebody
from index.story import Span

_HANDLE = re.compile(r"(?<![\w@.])@[A-Za-z0-9_]{2,30}")
_BRACKETED = re.compile(r"\(\s*(?:the )?[“\"]?([A-Z][A-Za-z.&]{1,9})[”\"]?\s*\)")
_SMALL = frozenset("of the and for on in to a an at".split())
_ARTICLE = re.compile(r"^(?:the|The) (?=\S)")


@dataclass(slots=True)
class Census:
    """Everybody whom a story names, and who is meant at each naming (in the namings' order)."""

    everybody: list[Somebody]
    meant: list[Somebody | None]
    by_handle: dict[str, Somebody]


def take_census(text: str, namings: Sequence[Naming]) -> Census:
    """Everybody whom the namings name, joined."""
    people = People(text)
    people.join(namings)
    census = Census(people.everybody, [people.meant.get(n) for n in range(len(namings))], {})
    rest = [(n, naming) for n, naming in enumerate(namings) if census.meant[n] is None]
    _join_handles(census, text, namings)
    _join_bodies(census, [row for row in rest if row[1].words[:1] != "@"], text)
    return census


def _initials(words: str) -> set[str]:
    parts = re.findall(r"[A-Za-z]+", words)
    every = "".join(part[0] for part in parts).lower()
    return {every, "".join(part[0] for part in parts if part.lower() not in _SMALL).lower()}


def _shorts(naming: Naming) -> set[str]:
    """The short forms under which a body's long name may come back."""
    words = [word for word in naming.key.split() if word != "the"]
    if len(words) < 2 or naming.kind != "organisation":
        return set()
    ends = {words[0], words[-1]} if len(words) < 5 else {words[0]}
    return {short for short in _initials(naming.words) | ends if len(short) > 1 and short not in _SMALL}


def _bracketed(text: str, span: Span) -> tuple[int, str] | None:
    """Where the acronym in brackets right behind a name starts, and the acronym."""
    found = _BRACKETED.match(text, span.end + 1) if text[span.end : span.end + 1] == " " else None
    return (found.start(1), folded(found.group(1))) if found else None


def _join_bodies(census: Census, rest: Iterable[tuple[int, Naming]], text: str) -> None:
    rows = sorted(rest, key=lambda row: (-len(row[1].words.split()), row[1].start))
    by_key: dict[str, Somebody] = {}
    by_short: defaultdict[str, list[Somebody]] = defaultdict(list)
    for n, naming in rows:
        key = folded(_ARTICLE.sub("", naming.words))
        found = by_key.get(key)
        if found is None and len(by_short.get(key, ())) == 1:
            found = by_short[key][0]
        if found is None:
            found = Somebody(naming.kind)
            census.everybody.append(found)
            for short in _shorts(naming):
                by_short[short].append(found)
        by_key[key] = found
        acronym = _bracketed(text, naming.span)
        if acronym is not None and acronym[1] in _initials(naming.words):
            by_key[acronym[1]] = found
        found.take(naming, text)
        words = " ".join(_ARTICLE.sub("", naming.words).split())
        if not found.words or (found.words.isupper() and len(words) > len(found.words)):
            found.words = words
        census.meant[n] = found


def _join_handles(census: Census, text: str, namings: Sequence[Naming]) -> None:
    """Give the accounts in the text to the people beside them, or to those whose names they contain."""
    ends = {naming.span.end: census.meant[n] for n, naming in enumerate(namings)}
    people = [one for one in census.everybody if one.last]
    for found in _HANDLE.finditer(text):
        key = found.group().lower()
        if key in census.by_handle:
            continue
        beside = re.search(r"[\s(]{1,3}$", text[max(0, found.start() - 3) : found.start()])
        owner = ends.get(found.start() - len(beside.group())) if beside else None
        owner = owner or _named_in(key, people)
        if owner is None:
            owner = Somebody("person", words=found.group())
            owner.forms[found.group()] += 1
            census.everybody.append(owner)
        census.by_handle[key] = owner
        owner.handles.append(found.group())
    for n, naming in enumerate(namings):
        if naming.words[:1] == "@":
            census.meant[n] = census.by_handle.get(naming.words.lower())


def _named_in(handle: str, people: Sequence[Somebody]) -> Somebody | None:
    """The one person whose surname the handle contains, with nobody else of that surname."""
    inside = [one for one in people if len(one.last) > 3 and folded(one.last).replace(" ", "") in handle]
    if len(inside) > 1:
        inside = [one for one in inside if one.first and folded(one.first) in handle]
    return inside[0] if len(inside) == 1 else None
