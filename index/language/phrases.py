"""Phrases as lists have them, looked up in the words of a line: whether it begins with one, or holds one.

A phrase is a row of places, each with what may stand there, parted by bars:

    sign|log_in ?now      several words are tied together; a place that may be empty has a question mark before it
    contribut* to         whatever begins so; # is a number, * any word
    get access … to       up to twelve words of one sentence
    read more ~80         so many code points follow at most, and no sentence ends in them
    related :|.           a mark follows that sets a name apart, or nothing (with - a dash does, too)
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.language.lists import text_of

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+|[^\w\s]|_")
_MARKS = {":": frozenset(":|»>"), "-": frozenset("–—-")}
_SIGNS = (".", "#")
_CLOSING = frozenset(".:…?")
_ENDS = frozenset(".!?")
_GAP = 12


def line_words(text: str) -> tuple[str, ...]:
    """A line's words and marks as they are compared: small letters, without hyphens."""
    words = _WORD.findall(text.casefold().replace("’", "'"))
    return tuple(words) if "-" not in text else tuple(word.replace("-", "") or word for word in words)


@dataclass(frozen=True, slots=True)
class _Place:
    """What may stand at a place of a phrase: whole words, several together, beginnings, and the signs above."""

    sign: str
    most: int
    optional: bool
    words: frozenset[str]
    several: tuple[tuple[str, ...], ...]
    beginnings: tuple[str, ...]

    @classmethod
    def of(cls, written: str) -> "_Place":
        """A place as it is written in a list."""
        optional = len(written) > 1 and written.startswith("?")
        if written == "…" or written.startswith("~"):
            return cls(written[0], int(written[1:] or _GAP), optional, frozenset(), (), ())
        forms = written.removeprefix("?").split("|") if optional else written.split("|")
        single = [form for form in forms if "_" not in form and not form.endswith("*")]
        marks = (_MARKS.get(form, frozenset((form,))) for form in single if form not in _SIGNS)
        return cls(
            "".join(form for form in single if form in _SIGNS), 0, optional, frozenset().union(*marks),
            tuple(tuple(form.split("_")) for form in forms if "_" in form),
            tuple(form[:-1] for form in forms if form.endswith("*")),
        )  # fmt: skip

    @property
    def firsts(self) -> frozenset[str] | None:
        """The words that may stand first here, or # for a number; None where they are not known before."""
        if self.beginnings or self.optional or self.sign not in ("", "#"):
            return None
        return self.words | {words[0] for words in self.several} | frozenset(self.sign)


class Phrases:
    """The phrases of a list, by the words that they begin with."""

    def __init__(self, rows: Sequence[str]) -> None:
        self._by_word: dict[str, list[tuple[_Place, ...]]] = {}
        self._others: list[tuple[_Place, ...]] = []
        for row in rows:
            places = tuple(map(_Place.of, row.split()))
            firsts = places[0].firsts
            for word in firsts or ():
                self._by_word.setdefault(word, []).append(places)
            if firsts is None:
                self._others.append(places)

    @classmethod
    def in_list(cls, name: str) -> "Phrases":
        """The phrases that stand in the file of a list, a line each."""
        return cls([row for row in text_of(name).splitlines() if row])

    def open(self, line: Sequence[str], at: int = 0) -> bool:
        """Whether one of them stands at the beginning of a line's words, or at one of them."""
        word = line[at] if at < len(line) else ""
        rows = self._by_word.get("#" if word.isdigit() else word, ())
        return any(_fits(row, 0, line, at) for row in (*rows, *self._others))

    def stand_in(self, line: Sequence[str]) -> bool:
        """Whether one of them stands anywhere in a line's words."""
        known = self._by_word
        if not self._others and "#" not in known and known.keys().isdisjoint(line):
            return False
        return any(self.open(line, at) for at in range(len(line)))


def _fits(row: Sequence[_Place], number: int, line: Sequence[str], at: int) -> bool:
    """Whether the rest of a phrase stands at a word of a line."""
    if number == len(row):
        return True
    place = row[number]
    if place.sign == "~":
        return sum(len(word) + 1 for word in line[at:]) <= place.most and _ENDS.isdisjoint(line[at:])
    if place.sign == "…":
        limit = next((end for end in range(at, len(line)) if line[end] in _ENDS), len(line))
        return any(_fits(row, number + 1, line, after) for after in range(at, min(limit, at + place.most) + 1))
    if place.optional and _fits(row, number + 1, line, at):
        return True
    return any(_fits(row, number + 1, line, after) for after in _after(place, line, at))


def _after(place: _Place, line: Sequence[str], at: int) -> list[int]:
    """Where a phrase may go on, behind what stands at this place of it."""
    if "." in place.sign and len(line) - at < 5 and _CLOSING.issuperset(line[at:]):
        return [at]
    if at >= len(line):
        return []
    word = line[at]
    found = [at + len(words) for words in place.several if line[at : at + len(words)] == words]
    known = word in place.words or ("#" in place.sign and word.isdigit())
    if known or (place.beginnings and word.startswith(place.beginnings)):
        found.append(at + 1)
    return found
