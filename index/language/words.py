"""Words as they are compared: stems, the words that carry no content, and what a word looks like.

A few suffix rules serve better than a dictionary here: they must only make "killed" and "killing" meet.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

from index.language.lists import lines_in, words_in
from index.remembering import remembered

_WORD = re.compile(r"\$?\d[\d,.:]*\d%?|\w+(?:[’']\w+)*|[$£€]|[^\w\s]")
EMPTY_WORDS = words_in("empty")
"""Words that carry no content."""
NO_SPEAKERS = lines_in("no_speakers")
"""What stands before a colon, or on a line of its own, and is nobody's name: "Note", "Read more"."""
_NAME_SHAPES = (1, 3)  # a capital though it opens nothing, and all capitals
YEARS = frozenset(map(str, range(1500, 2100)))
"""Those of which news can tell."""
_RUN = re.compile(r"\w+")
_OF_NAME = re.compile(r"[^\W\d_][\w.'’-]*")


class Word(NamedTuple):
    """One word or mark of a text: its code points in that text, its stem (lower case), and whether it has content."""

    start: int
    end: int
    stem: str
    has_content: bool


@dataclass(frozen=True, slots=True)
class Traits:
    """What a text holds, whatever is asked: the stems of its words with content, in order, and those of its names."""

    stems: tuple[str, ...]
    names: frozenset[str]


def words_of(text: str) -> tuple[Word, ...]:
    """The words and marks of a text in order."""
    return tuple(Word(*match.span(), *_known(match.group())) for match in _WORD.finditer(text))


@remembered(65_536)
def _known(word: str) -> tuple[str, bool]:
    """The stem of a word or mark, and whether it has content."""
    lower = word.casefold()
    has_content = lower not in EMPTY_WORDS and (_is_content(lower[-1]) or _is_content(lower[0]))
    return stem_of(lower), has_content


@remembered(65_536)
def traits_of(text: str) -> Traits:
    """The traits of a text, mostly one sentence; kept, because stories are asked about again and again."""
    stems, names = [], []
    for at, word in enumerate(_WORD.findall(text)):
        stem, has_content = _known(word)
        if has_content:
            stems.append(stem)
            if word[0].isupper() and shape_of(word, opens=at == 0) in _NAME_SHAPES:
                names.append(stem)
    return Traits(tuple(stems), frozenset(names))


def stems_of(text: str) -> tuple[str, ...]:
    """The stems of the words with content, in order."""
    return traits_of(text).stems


def plain_words(text: str) -> list[str]:
    """The words of a text as letters and figures alone, in order: "Lee's" has two."""
    return _RUN.findall(text)


def parts_of_names(text: str) -> list[str]:
    """What may be a part of a name, in order: "O'Neil", "St.", "Al-Amin"."""
    return _OF_NAME.findall(text)


def stem_of(word: str) -> str:
    """The part of a lower-case word that its forms share, near enough."""
    for mark in ("'s", "’s", "'", "’"):
        word = word.removesuffix(mark)
    if len(word) < 4 or not word.isalpha():
        return word
    for ending, keep in (
        ("ies", "y"),
        ("ied", "y"),
        ("sses", "ss"),
        ("ingly", ""),
        ("edly", ""),
        ("ing", ""),
        ("ed", ""),
        ("ers", ""),
        ("er", ""),
        ("es", ""),
        ("s", ""),
        ("ly", ""),
        ("e", ""),
    ):
        if word.endswith(ending) and not word.endswith("ss") and len(word) - len(ending) >= 3:
            word = word.removesuffix(ending) + keep
            break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "aeiousl":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 4 else word


def _is_content(character: str) -> bool:
    return character.isalnum() or character == "_"


def shape_of(word: str, *, opens: bool) -> int:
    """A word's look, 0..5: lower case, capitalised, capitalised as it opens, all capitals, number, mark."""
    if any(map(str.isdecimal, word)):
        return 4
    if not any(map(_is_content, word)):
        return 5
    if not word[0].isupper():
        return 0
    if len(word) > 1 and word.isupper():
        return 3
    return 2 if opens else 1
