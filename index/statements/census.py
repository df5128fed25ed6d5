"""Everybody whom a story names: its people, its bodies with their acronyms, and the accounts they write from."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.statements.given_names import folded, word_set
from index.statements.names import town_of
from index.statements.namings import Naming
from index.statements.people import People, Somebody, last_word
from index.story import Span

_HANDLE = re.compile(r"(?<![\w@.])@[A-Za-z0-9_]{2,30}")
_BEFORE_NAME = (
    "the|real|official|iam|mr|mrs|ms|dr|prof|rev|sen|senator|rep|gov|governor|mayor|president|judge|chief|sheriff|coach|"
    "justice|secretary|sec|pm|lt|sgt|capt|team|vote|elect"
)
_BEHIND_NAME = "official|press|hq|tv|news|mep|mp|msp|md|phd|jr|us|for[a-z]+|[a-z]{2}"
_BRACKETED = re.compile(r"\(\s*(?:the )?[“\"]?([A-Z][A-Za-z.&]{1,9})[”\"]?\s*\)")
_SMALL = word_set("of the and for on in to a an at")
_ARTICLE = re.compile(r"^(?:the|The) (?=\S)")


@dataclass(slots=True)
class Census:
    """Everybody whom a story names, and who is meant at each naming (in the namings' order)."""

    everybody: list[Somebody]
    meant: list[Somebody | None]
    by_handle: dict[str, Somebody]

    def surnamed(self, word: str) -> Somebody | None:
        """The person of that surname whom the story names most."""
        key = folded(word)
        known = [one for one in self.everybody if one.kind == "person" and one.last and last_word(one.last) == key]
        return max(known, key=lambda one: len(one.namings), default=None)


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
    town = town_of(naming.words)
    if town:
        return {town, naming.key.split(" of ")[0]}
    words = [word for word in naming.key.split() if word != "the"]
    if len(words) < 2 or naming.kind != "organisation":
        return set()
    ends = {words[0], words[-1]} if len(words) < 5 else {words[0]}
    return {short for short in _initials(naming.words) | ends if len(short) > 1 and short not in _SMALL}


def _acronyms(text: str) -> dict[str, Span]:
    """Each acronym that stands in brackets behind the words whose initials it has, and where these words are."""
    found: dict[str, Span] = {}
    for bracketed in _BRACKETED.finditer(text):
        short = folded(bracketed.group(1)).replace("&", "")
        before = text[max(0, bracketed.start() - 120) : bracketed.start()].rstrip()
        words = list(re.finditer(r"[\w’'&-]+", before.rpartition("\n")[2]))
        offset = bracketed.start() - len(text[max(0, bracketed.start() - 120) : bracketed.start()])
        offset += len(before) - len(before.rpartition("\n")[2])
        for start in range(len(words) - 1, -1, -1):
            long = before.rpartition("\n")[2][words[start].start() :]
            if short in _initials(long) and long[:1].isupper():
                found[short] = Span(offset + words[start].start(), offset + words[-1].end())
                break
    return found


def _join_bodies(census: Census, rest: Iterable[tuple[int, Naming]], text: str) -> None:
    rows = sorted(rest, key=lambda row: (-len(row[1].words.split()), row[1].start))
    by_key: dict[str, Somebody] = {}
    by_short: defaultdict[str, list[Somebody]] = defaultdict(list)
    spelled = _acronyms(text)
    for short, span in spelled.items():
        body = by_key.setdefault(folded(span.of(text)), Somebody("organisation", words=" ".join(span.of(text).split())))
        body.forms[body.words] += 1
        by_key[short] = body
    for n, naming in rows:
        key = folded(_ARTICLE.sub("", naming.words))
        inside = next((short for short, span in spelled.items() if span.covers(naming.span)), None)
        found = by_key.get(inside or key)
        if found is None and len(by_short.get(key, ())) == 1:
            found = by_short[key][0]
        if found is None:
            found = Somebody(naming.kind)
            for short in _shorts(naming):
                by_short[short].append(found)
        by_key.setdefault(key, found)
        if not found.namings:
            census.everybody.append(found)
        found.take(naming, text)
        words = " ".join(_ARTICLE.sub("", naming.words).split())
        if not found.words or (found.words.isupper() and len(words) > len(found.words)):
            found.words = words
        census.meant[n] = found


def _join_handles(census: Census, text: str, namings: Sequence[Naming]) -> None:
    """Give the accounts in the text to the people beside them, or to those whose names they contain."""
    ends = {naming.span.end: census.meant[n] for n, naming in enumerate(namings)}
    people = [one for one in census.everybody if one.last and one.is_person]
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
    """The one person whose name the handle is, but for a title before or a place behind: "@SenLee", "@AnnLeeOH"."""
    bare = re.sub(r"[\W_\d]", "", handle)
    inside = [one for one in people if len(one.last) > 3 and _is_handle_of(bare, one)]
    if len(inside) > 1:
        inside = [one for one in inside if one.first and folded(one.first) in handle]
    return inside[0] if len(inside) == 1 else None


def _is_handle_of(handle: str, one: Somebody) -> bool:
    first, last = (re.escape(re.sub(r"\W", "", folded(part))) for part in (one.first, one.last))
    given = f"(?:{first}|{first[:1]}[a-z]?)?" if first else ""
    return re.fullmatch(rf"(?:{_BEFORE_NAME})?{given}{last}(?:{_BEHIND_NAME})?", handle) is not None
