"""Several people who are spoken of as one: "Ann Lee and Rui Diaz", "they" behind it, "both women", "the Lees"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from index.language.given_names import folded
from index.statements.mentions import Phrase
from index.statements.namings import Naming
from index.statements.nouns import FEMALE, MALE, is_human
from index.statements.people import Somebody
from index.statements.reading_position import ReadingPosition

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_MOST = 6  # who are named in one breath and can be meant together
_TWO = frozenset({"both", "two", "pair", "couple", "duo"})
_PLURALS = {"men": "man", "women": "woman", "people": "person", "wives": "wife"}


def as_one(position: ReadingPosition, parts: Sequence[Somebody | None]) -> Somebody | None:
    """The speaker that some people are together; the first alone where there is but one."""
    people = list({one.name: one for one in parts if one is not None}.values())
    if len(people) < 2:
        return parts[0] if parts else None
    names = [one.name for one in people]
    made = position.body(", ".join(names[:-1]) + " and " + names[-1], "group")
    made.plural = True
    genders = {one.gender for one in people}
    made.gender = genders.pop() if len(genders) == 1 else None
    made.parts = made.parts or tuple(people)
    return made


def listed_until(position: ReadingPosition, naming: Naming) -> list[Somebody]:
    """The people of a list that ends with this one: "Lee, Diaz and Wu" at Wu; nobody where it ends no list."""
    found, top = [position.meant(naming.start)], top_of(position.doc, naming)
    if any(child.dep_ == "conj" and child.i >= naming.end for child in top.children):
        return []
    while top.dep_ == "conj" and len(found) < _MOST:
        before = position.index.of(top.head.i)
        if before is None or before is naming:
            break
        found.append(position.meant(before.start))
        naming, top = before, top_of(position.doc, before)
    people = [one for one in reversed(found) if one is not None and one.kind == "person"]
    return people if len(people) == len(found) > 1 else []


def top_of(doc: Doc, naming: Naming) -> Token:
    """The word of a naming on which the rest of it hangs."""
    for token in doc[naming.start : naming.end]:
        if not naming.start <= token.head.i < naming.end or token.head.i == token.i:
            return token
    return doc[naming.end - 1]


def described_together(position: ReadingPosition, phrase: Phrase) -> Somebody | None:
    """Who "both women" or "the two" are: the two people who were last spoken of together."""
    words = [token.lower_ for token in position.doc[phrase.first : phrase.stop]]
    if not _TWO & set(words) or words[0] not in {"both", "the"}:
        return None
    noun = _PLURALS.get(words[-1], words[-1].removesuffix("s"))
    if words[-1] not in _TWO and not is_human(noun) and noun != "person":
        return None
    gender = "f" if noun in FEMALE else "m" if noun in MALE else None

    def fits(one: Somebody) -> float:
        return float(len(one.parts) == 2 and (gender is None or one.gender in {None, gender}))

    return position.salience.likeliest(position.units[phrase.first], fits)


def family_of_name(position: ReadingPosition, naming: Naming) -> Somebody | None:
    """The people of a surname in the plural, "the Lees", where the story names two of them at least."""
    article = position.doc[naming.start - 1].lower_ if naming.start else ""
    if article != "the" or " " in naming.words or not naming.words.endswith("s"):
        return None
    singular = {folded(naming.words)[:-1], folded(naming.words).removesuffix("es")}
    singular.discard(folded(naming.words))
    own = [one for surname in sorted(singular) for one in position.census.family(surname)]
    return as_one(position, own) if 1 < len(own) <= _MOST else None
