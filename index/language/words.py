"""Words as they are compared: stems, the words that carry no content, and what a word looks like.

A few suffix rules serve better than a dictionary here: they must only make "killed" and "killing" meet.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from index.language.lists import words_in
from index.remembering import remembered

_WORD = re.compile(r"\$?\d[\d,.:]*\d%?|\w+(?:[’']\w+)*|[$£€]|[^\w\s]")
EMPTY_WORDS = words_in("empty")
"""Words that carry no content."""


class Word(NamedTuple):
    """One word or mark of a text: its code points in that text, its stem (lower case), and whether it has content."""

    start: int
    end: int
    stem: str
    has_content: bool


def words_of(text: str) -> tuple[Word, ...]:
    """The words and marks of a text in order."""
    return tuple(Word(*match.span(), *_known(match.group())) for match in _WORD.finditer(text))


def known_words(text: str) -> Iterator[tuple[str, str, bool]]:
    """The words and marks of a text in order, each with its stem and whether it has content."""
    return ((word, *_known(word)) for word in _WORD.findall(text))


@remembered(65_536)
def _known(word: str) -> tuple[str, bool]:
    """The stem of a word or mark, and whether it has content."""
    lower = word.casefold()
    has_content = lower not in EMPTY_WORDS and (_is_content(lower[-1]) or _is_content(lower[0]))
    return stem_of(lower), has_content


@remembered(16_384)
def stems_of(text: str) -> tuple[str, ...]:
    """The stems of the words with content, in order; kept, because stories are asked about again and again."""
    return tuple(stem for stem, has_content in map(_known, _WORD.findall(text)) if has_content)


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
