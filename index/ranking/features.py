"""What is known about each sentence of a story as evidence for one question: a row of numbers for every sentence.

Everything is cheap enough to be computed while somebody waits: no parser, no model.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from index.language.phrases import Phrases
from index.language.words import YEARS, Traits, plain_words, stems_of, traits_of
from index.ranking.lines import NAMED_FROM, Line, Linked
from index.ranking.matching import Floats, lexical_scores, rarities, standardised

NAMES = (
    "dense", "dense in context", "words", "words in context",
    "dense before", "dense after", "words before", "words after",
    "cosine", "coverage", "coverage with neighbours", "pairs of words", "names",
    "opening", "nearness to opening", "length", "no full stop", "asks", "quotes",
    "new name for who", "time for when", "place for where", "number for how many", "reason for why", "new name",
    "number",
    "where the last turn was", "just after the last turn", "soon after the last turn", "before the last turn",
    "opening in a conversation", "nearness in a conversation", "length in a conversation",
    "the one named says it", "one of that role says it", "somebody says it", "another than the one named says it",
    "has the name of the one named",
)  # fmt: skip
_TIME = YEARS.union(
    """january february march april may june july august september october november december jan feb aug sept oct nov
    dec monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow tonight morning evening
    afternoon night noon midnight century decade ago last next week month year years during since until""".split()
)
_PLACE = re.compile(r"\b(?:in|at|near|from|to|outside|off|across|of) (?:the )?(?:[a-z]+ )?[A-Z]\w+")
_NUMBER = frozenset(
    """one two three four five six seven eight nine ten eleven twelve dozen dozens twenty thirty forty fifty hundred
    hundreds thousand thousands million millions billion billions half twice once several both""".split()
)
_DIGITS = frozenset("0123456789")
_REASON = Phrases("because|since|after|over|to|for|cited|citing|led", "so that", "in order", "as a result")
_NOT = frozenset("not never without cannot".split())
_ENDS = tuple(".!?:;,…")
_WHO, _WHEN, _WHERE, _COUNT, _WHY = range(5)
_ASKING = (
    Phrases("who|whose|whom", "what|which ?* ?* ?* ?* name|person|company|group|team|country|man|woman",
            "what|which ?* ?* ?* ?* player|actor|singer|president|minister|organization|organisation|party|agency"),
    Phrases("when", "what|which ?* year|day|date|month|time|century|decade"),
    Phrases("where", "what|which ?* city|country|state|place|town|nation|region|location|area|river|province|county",
            "what|which ?* village|airport|stadium"),
    Phrases("how many|much|old|long|far|big|large|tall|often|fast|high|deep", "number|percentage|amount of",
            "what number|percent*|age|amount|price|cost"),
    Phrases("why", "what|which ?* reason|cause", "what caused|led|made", "how come"),
)  # fmt: skip


TELLING = ("cosine", "coverage", "coverage with neighbours")
TELLING_COLUMNS = [NAMES.index(name) for name in TELLING]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its earlier turns, oldest first."""

    text: str
    context: tuple[str, ...] = ()

    @classmethod
    def after(cls, turns: Sequence[str], question: str) -> Asked:
        """The question after these turns, of which the blank ones are left out."""
        return cls(question, tuple(turn for turn in turns if turn.strip()))

    @property
    def wordings(self) -> list[str]:
        """What is embedded of it: the question, and the question with what came before it where something did."""
        return [self.text, self.in_context] if self.context else [self.text]

    @property
    def in_context(self) -> str:
        """The question with what came before it in front."""
        return " ".join([*self.context[-2:], self.text])

    @property
    def names(self) -> frozenset[str]:
        """The stems of the names in the question."""
        return traits_of(self.text).names

    @property
    def is_negated(self) -> bool:
        """Whether it asks for what is not, or did not happen: stories seldom say."""
        text = self.text.casefold().replace("’", "'")
        return "n't" in text or "no longer" in text or not _NOT.isdisjoint(plain_words(text))


def stems_held(texts: Sequence[str]) -> frozenset[str]:
    """Every stem in some sentences."""
    return frozenset(stem for text in texts for stem in traits_of(text).stems)


def kinds_asked(question: str) -> tuple[bool, ...]:
    """Whether the question asks who, when, where, how many, why."""
    words = plain_words(question.casefold())
    return tuple(phrases.stand_in(words) for phrases in _ASKING)


def features_of(
    asked: Asked,
    texts: Sequence[str],
    dense: Floats,
    dense_in_context: Floats,
    places: Sequence[int] | None = None,
    lines: Sequence[Line] = (),
    linked: Linked | None = None,
) -> Floats:
    """One row per sentence of ONE story in reading order, columns as in NAMES; `dense` are cosines to the question.

    `places` says where in the story the sentences stand, where some of it is left out; `lines` who speaks in each, and
    `linked` whom of them the question names.
    """
    traits = [traits_of(text) for text in texts]
    sentences = [trait.stems for trait in traits]
    stems, wide = stems_of(asked.text), stems_of(asked.in_context)
    words = lexical_scores(stems, sentences)
    words_wide = lexical_scores(wide, sentences) if asked.context else words
    talk = float(bool(asked.context))
    columns = [
        standardised(dense),
        talk * standardised(dense_in_context),
        standardised(words),
        talk * standardised(words_wide),
    ]
    meaning, wording = columns[0] + columns[1], columns[2] + columns[3]
    columns += [_moved(meaning, 1), _moved(meaning, -1), _moved(wording, 1), _moved(wording, -1)]
    columns += [_cosine(asked, dense, dense_in_context)]
    columns += map(np.array, _coverages(stems or wide, sentences))
    columns += _overlaps(asked, wide, traits)
    columns += _positions_and_forms(texts, places)
    columns += _kinds(asked, texts, traits)
    columns += _after_last_turn(asked, sentences)
    columns += [talk * columns[NAMES.index(name)] for name in ("opening", "nearness to opening", "length")]
    columns += _voices(texts, lines, linked)
    return np.stack(columns, axis=1).astype(np.float32)


def telling_of(features: Floats) -> list[float]:
    """The highest of each of the columns TELLING in rows of `features_of`."""
    highest: list[float] = features[:, TELLING_COLUMNS].max(axis=0).tolist()
    return highest


def find_telling(
    asked: Asked, sentences: Sequence[Sequence[str]], dense: Floats, dense_in_context: Floats
) -> list[float]:
    """What `telling_of` says, without working out the rest: for some sentences of ONE story, given as stems."""
    asked_stems = stems_of(asked.text) or stems_of(asked.in_context)
    return [float(_cosine(asked, dense, dense_in_context).max()), *map(max, _coverages(asked_stems, sentences))]


def _cosine(asked: Asked, dense: Floats, dense_in_context: Floats) -> Floats:
    return dense_in_context if asked.context else dense


def _moved(values: Floats, by: int) -> Floats:
    """The values of the sentence before (`by` 1) or after (-1); 0 beyond the ends."""
    moved = np.zeros_like(values)
    if by > 0:
        moved[by:] = values[:-by]
    else:
        moved[:by] = values[-by:]
    return moved


def _coverages(asked: Sequence[str], sentences: Sequence[Sequence[str]]) -> tuple[list[float], list[float]]:
    """How much of the stems asked each sentence has, by rarity; and how much it has with the sentences beside it."""
    weight = rarities(asked, sentences)
    total = sum(weight.values()) or 1.0
    sets = [weight.keys() & sentence for sentence in sentences]
    around = [set().union(*sets[max(0, at - 1) : at + 2]) for at in range(len(sets))]
    # in the order of the question, not of a set: the same sums in every process
    own, near = (
        [sum(weight[stem] for stem in weight if stem in held) / total for held in each] for each in (sets, around)
    )
    return own, near


def _overlaps(asked: Asked, wide: Sequence[str], traits: Sequence[Traits]) -> list[Floats]:
    """How many of the question's pairs of words a sentence has, and how many of its names."""
    pairs = set(pairwise(wide))
    asked_names = traits_of(asked.in_context).names
    return [
        np.array([len(pairs.intersection(pairwise(trait.stems))) for trait in traits]),
        np.array([len(asked_names.intersection(trait.stems)) / max(len(asked_names), 1) for trait in traits]),
    ]


def _positions_and_forms(texts: Sequence[str], given: Sequence[int] | None) -> list[Floats]:
    places = np.array(range(len(texts)) if given is None else given, dtype=np.float32)
    return [
        (places == 0).astype(np.float32),
        1 / (1 + places),
        np.log([max(len(text), 10) / 100 for text in texts]),
        np.array([not text.removesuffix("\n").rstrip("\"'”’)]").endswith(_ENDS) for text in texts]),
        np.array([text.rstrip("\"'”’").endswith("?") for text in texts]),
        np.array(['"' in text or "“" in text for text in texts]),
    ]  # fmt: skip


def _kinds(asked: Asked, texts: Sequence[str], traits: Sequence[Traits]) -> list[Floats]:
    """Whether a sentence holds the kind of thing asked for, and what it holds in any case."""
    wanted = kinds_asked(asked.text)
    asking = traits_of(asked.in_context)
    known = asking.names.union(asking.stems)
    fresh = np.array([min(len(trait.names - known), 3) / 3 for trait in traits])
    words = [plain_words(text.casefold()) for text in texts]
    pairs = zip(words, texts, strict=True)
    number = _flags(not (_NUMBER.isdisjoint(each) and _DIGITS.isdisjoint(text)) for each, text in pairs)
    nothing: Floats = np.zeros(len(texts), dtype=np.float32)
    return [
        fresh * wanted[_WHO],
        _flags(not _TIME.isdisjoint(each) for each in words) if wanted[_WHEN] else nothing,
        _flags(bool(_PLACE.search(text)) for text in texts) if wanted[_WHERE] else nothing,
        number * wanted[_COUNT],
        _flags(_REASON.stand_in(each) for each in words) if wanted[_WHY] else nothing,
        fresh,
        number,
    ]  # fmt: skip


def _voices(texts: Sequence[str], lines: Sequence[Line], linked: Linked | None) -> list[Floats]:
    """Who says each sentence, and whether the question names them."""
    if linked is None or not lines:
        return [np.zeros(len(texts), dtype=np.float32)] * 5
    strengths = [linked.strengths(line) for line in lines]
    name = np.array([name for name, _ in strengths], dtype=np.float32)
    role = np.array([role for _, role in strengths], dtype=np.float32)
    said = np.array([bool(line.speakers) for line in lines], dtype=np.float32)
    others = said * float(linked.anybody) * (np.maximum(name, role) < NAMED_FROM)
    mentioned = np.array([linked.mentions(text) for text in texts], dtype=np.float32)
    return [name, role, said, others.astype(np.float32), mentioned]


def _flags(each: Iterable[bool]) -> Floats:
    return np.fromiter(each, dtype=np.float32)


def _after_last_turn(asked: Asked, sentences: Sequence[Sequence[str]]) -> list[Floats]:
    """Where a sentence stands to the one that the last turn seems to be about: conversations go on from there."""
    apart = np.full(len(sentences), -99)
    if asked.context:
        apart = np.arange(len(sentences)) - int(np.argmax(lexical_scores(stems_of(asked.context[-1]), sentences)))
    return [apart == 0, apart == 1, (apart > 1) & (apart <= 4), (apart < 0) & (apart > -4)]
