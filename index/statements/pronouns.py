"""Who "he" is: everybody lately spoken of, weighed by how lately and in which part of the sentence.

The weights follow the salience account of Lappin and Leass (1994): a subject outweighs an object, who spoke last
outweighs both, a name inside somebody's quotation hardly counts, and each sentence that passes halves it all.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.language.given_names import HE, IT, SHE, THEY, Gender
from index.statements.people import Somebody

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from index.statements.words import Layout

HE_SHE: dict[str, Gender] = {**dict.fromkeys(HE, "m"), **dict.fromkeys(SHE, "f")}
PLURAL = frozenset({*THEY, "both"})
NEUTER = frozenset(IT)
RELATIVE = frozenset({"who", "whom", "which", "that", "whose"})
SELF = frozenset({"i", "me", "my", "we", "us", "our", "myself", "ourselves", "you", "your"})
NARRATING = frozenset({"i", "me", "my"})

_SUBJECT, _PASSIVE, _OBJECT, _OBLIQUE, _OWNER, _MODIFIER, _OTHER = 1.0, 0.9, 0.5, 0.35, 0.4, 0.12, 0.45
_BY_RELATION = {
    "nsubj": _SUBJECT, "nsubjpass": _PASSIVE, "dobj": _OBJECT, "dative": _OBJECT, "iobj": _OBJECT, "pobj": _OBLIQUE,
    "poss": _OWNER, "compound": _MODIFIER, "nmod": _MODIFIER, "amod": _MODIFIER, "agent": _OBJECT,
}  # fmt: skip
SPEAKING = 0.8
_QUOTED = 0.15
_HALVED = 0.5
_REACH = 6
_REMEMBERED = 80
_UNKNOWN_GENDER: dict[Gender, float] = {"m": 0.75, "f": 0.6}
_LEAST = 0.08


@dataclass(frozen=True, slots=True)
class Reference:
    """One place where somebody was spoken of, by name or `pronoun`; `unit` counts the narrator's sentences."""

    somebody: Somebody
    token: int
    unit: int
    weight: float
    pronoun: bool = False


def narrated_units(doc: "Doc", layout: "Layout") -> list[int]:
    """For each token the number of its sentence, where sentences wholly inside quotation marks do not count."""
    units, unit, paragraph = [0] * len(doc), 0, -1
    for sentence in doc.sents:
        quoted = all(layout.quoted[token.i] or token.is_punct or token.is_space for token in sentence)
        begins = layout.paragraph[sentence.start] != paragraph
        paragraph = layout.paragraph[sentence.start]
        spoken = any(not token.is_space for token in sentence)
        if spoken and (not quoted or begins):
            unit += 1
        for token in sentence:
            if layout.paragraph[token.i] != paragraph:
                paragraph, unit = layout.paragraph[token.i], unit + 1
            units[token.i] = unit
    return units


def weight_of(token: "Token", quoted: bool) -> float:
    """How much being spoken of here counts, by the grammatical relation of the naming's head word."""
    relation = token.dep_
    if relation in {"appos", "conj", "flat"}:
        share = 0.8 if relation == "conj" else 1.0  # "the coach, Rui Faria," is one person, a pair is not
        relation = token.head.dep_
        weight = share * _BY_RELATION.get(relation, _OTHER)
    else:
        weight = _BY_RELATION.get(relation, _OTHER)
    if relation in {"nsubj", "nsubjpass"} and token.head.dep_ in {"ccomp", "relcl", "acl", "advcl"}:
        weight *= 0.8
    return weight * (_QUOTED if quoted else 1.0)


class Salience:
    """Who is on a reader's mind at the point that reading has reached."""

    def __init__(self) -> None:
        self._lately: deque[Reference] = deque(maxlen=_REMEMBERED)

    def note(self, reference: Reference) -> None:
        """Somebody was spoken of."""
        self._lately.append(reference)

    def weigh(
        self, unit: int, fits: Callable[[Somebody], float], *, since: int = 0, named: bool = False
    ) -> list[tuple[float, Somebody]]:
        """Everybody spoken of lately whom `fits` gives more than 0, heaviest first.

        Only what stands from the token `since` on counts, and with `named` nothing that is a pronoun.
        """
        totals: dict[int, float] = {}
        who: dict[int, Somebody] = {}
        latest: dict[int, int] = {}
        for reference in self._lately:
            distance = unit - reference.unit
            counts = distance <= _REACH and reference.token >= since and not (named and reference.pronoun)
            fit = fits(reference.somebody) if counts else 0.0
            if fit > 0:
                key = id(reference.somebody)
                who[key] = reference.somebody
                latest[key] = reference.token
                weight = fit * reference.weight * _HALVED**distance
                totals[key] = max(totals.get(key, 0.0), weight) + 0.25 * min(totals.get(key, 0.0), weight)
        ranked = sorted(totals, key=lambda key: (-totals[key], -latest[key]))
        return [(totals[key], who[key]) for key in ranked]

    def likeliest(
        self, unit: int, fits: Callable[[Somebody], float], *, since: int = 0, named: bool = False
    ) -> Somebody | None:
        """The heaviest as from `weigh`, or None where nobody fits."""
        ranked = self.weigh(unit, fits, since=since, named=named)
        return ranked[0][1] if ranked and ranked[0][0] >= _LEAST else None


def fits_gender(gender: Gender) -> Callable[[Somebody], float]:
    """How well a person fits "he" (m) or "she" (f): 0 for the other gender and for what is no person."""

    def fit(one: Somebody) -> float:
        if not one.is_person:
            return 0.0
        if one.gender is not None:
            return 1.0 if one.gender == gender else 0.0
        return min(
            0.95, _UNKNOWN_GENDER[gender] + 0.1 * (one.called[gender] - one.called["f" if gender == "m" else "m"])
        )

    return fit


def fits_body(one: Somebody) -> float:
    """How well somebody fits "it"."""
    return {"organisation": 1.0, "place": 0.5}.get(one.kind, 0.0) if not one.plural else 0.0


def fits_several(one: Somebody) -> float:
    """How well somebody fits "they"."""
    return 1.0 if one.plural or one.kind == "group" else 0.4 if one.kind == "organisation" else 0.0
