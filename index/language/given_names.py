"""What a given name tells, that these words are a person, and which pronoun to expect; which names are one; pronouns.

One list has the names of women (f), men (m) and either (x), the other a name a line with the short forms that news uses
for it, of which one may stand on several lines. They are read at the first question and kept.
"""

import unicodedata
from typing import Literal, NamedTuple

from index.language.lists import text_of
from index.remembering import once

Gender = Literal["f", "m"]
_NO_ACCENTS = str.maketrans(dict(zip("øØłŁđĐðıßæÆœ", "o O l L d D d i ss ae Ae oe".split(), strict=True)))
"""Letters of which Unicode knows no plain letter with an accent, but people do."""


def word_set(words: str) -> frozenset[str]:
    """The words of a text, for a list that reads as one."""
    return frozenset(words.split())


def folded(word: str) -> str:
    """The word in small letters, without accents and full stops, for comparing names."""
    if word.isascii():
        return word.lower().replace(".", "")
    plain = unicodedata.normalize("NFKD", word.translate(_NO_ACCENTS)).replace("’", "'")
    return "".join(char for char in plain.casefold() if not unicodedata.combining(char) and char != ".")


def _given_names() -> dict[str, Gender | None]:
    found: dict[str, Gender | None] = {}
    for line in text_of("given_names").splitlines():
        letter, _, names = line.partition(" ")
        if letter in {"f", "m", "x"}:
            found |= {folded(name): "f" if letter == "f" else "m" if letter == "m" else None for name in names.split()}
    return found


def _name_families() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """The families that a name is of, each called by its first name, and the names of each family."""
    of: dict[str, frozenset[str]] = {}
    names: dict[str, frozenset[str]] = {}
    for family in map(str.split, text_of("short_names").splitlines()):
        for name in family:
            of[name] = of.get(name, frozenset()) | {family[0]}
            names[family[0]] = names.get(family[0], frozenset()) | {name}
    return of, names


def given_name_forms(word: str) -> frozenset[str]:
    """The given names that can be one person's with this one, in small letters: "robert" and "bobby" for "Bob"."""
    of, names = once(_name_families)
    return frozenset().union(*(names[family] for family in of.get(folded(word), ())))


def is_given_name(word: str) -> bool:
    """Whether people are often called this."""
    return folded(word) in once(_given_names)


def gender_of(word: str) -> Gender | None:
    """The gender that the given name suggests, None where it suggests none or is not known."""
    return once(_given_names).get(folded(word))


def same_given_name(one: str, other: str) -> bool:
    """Whether two given names can be one person's: equal, an initial of the other, or a short form (Bob, Robert)."""
    a, b = folded(one), folded(other)
    if a == b or (a and b and (len(a) == 1 or len(b) == 1) and a[0] == b[0]):
        return True
    of, _ = once(_name_families)
    return bool(of.get(a, frozenset()) & of.get(b, frozenset()))


class Pronoun(NamedTuple):
    """One pronoun as its sentence has it."""

    subject: str
    object: str
    owner: str
    owned: str
    oneself: str


HE, SHE, THEY, IT = (Pronoun(*line.split()) for line in text_of("pronouns").splitlines())
