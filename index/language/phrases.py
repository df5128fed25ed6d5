"""Phrases as lists have them, looked up in the words of a line: whether it begins with one, or holds one.

A phrase is a row of places, each with what may stand there, parted by bars:

    sign|log_in ?now      several words are tied together; a place that may be empty has a question mark before it
    contribut* to         whatever begins so; # is a number, * any word
    get access … to       up to twelve words of one sentence
    read more ~80         so many code points follow at most, and no sentence ends in them
    related :|.           a mark follows that sets a name apart, or nothing (with - a dash does, too)
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

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
    def firsts(self) -> frozenset[str]:
        """The words that may stand first here, or # for a number; nothing where they are not known before."""
        if self.beginnings or self.optional or self.sign not in ("", "#"):
            return frozenset(("",))
        return self.words | {words[0] for words in self.several} | frozenset(self.sign)


_Row = tuple[_Place, ...]


class Phrases:
    """Phrases, given here or in the file of a list, a line each; they are read when they are first looked for."""

    def __init__(self, *rows: str, listed: str | None = None) -> None:
        self._rows = rows
        self._listed = listed

    @cached_property
    def _by_word(self) -> Mapping[str, Sequence[_Row]]:
        """The phrases by the words that they begin with; under nothing those of which these are not known before."""
        found: dict[str, list[_Row]] = {"": []}
        for row in (*self._rows, *(text_of(self._listed).splitlines() if self._listed else ())):
            places = tuple(map(_Place.of, row.split()))
            for word in places[0].firsts:
                found.setdefault(word, []).append(places)
        return found

    def open(self, line: Sequence[str], at: int = 0) -> bool:
        """Whether one of them stands at the beginning of a line's words, or at one of them."""
        known, word = self._by_word, line[at] if at < len(line) else ""
        rows = (*known.get("#" if word.isdigit() else word, ()), *known[""]) if word else known[""]
        return any(_fits(row, 0, line, at) for row in rows)

    def stand_in(self, line: Sequence[str]) -> bool:
        """Whether one of them stands anywhere in a line's words."""
        known = self._by_word
        if not known[""] and "#" not in known and known.keys().isdisjoint(line):
            return False
        return any(self.open(line, at) for at in range(len(line)))


def _fits(row: _Row, number: int, line: Sequence[str], at: int) -> bool:
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
