"""Whom words that are no name describe: what a story tells of each speaker, compared word by word with the words.

A speaker is described by their roles, by the words to which the story attributes what they say ("Morag Sinclair, who
runs the shop"), and by what stands beside their name. How much each counts is learned, and so is which words are alike
in it (`likeness`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

import numpy as np

from index.encoding.packaged import Floats, log_probabilities
from index.language.given_names import HE, SHE, THEY, Gender, gender_of
from index.language.words import EMPTY_WORDS, stem_of
from index.ranking.likeness import Likeness, Words, WordVectors
from index.ranking.linking import Link, NamedWord, known_by, letters_of, links_of, words_named
from index.remembering import once
from index.statements.nouns import FEMALE, MALE
from index.story import Speaker, Statement

_REACH = 12  # words to either side of a name that can describe whom it names
_FADES = 0.88  # how much less with each word between
_ALIKE, _BEGIN = 0.5, 4
"""The share of the longer of two stems that begins both, and its letters, from which they may be one family's
("prosecutor", "prosecuting"; "shopkeeper", "shop")."""
_THERE = 0.3  # how much a word describes somebody from which it counts as theirs
_ENDS = frozenset('.!?;:“”"\n')
_TITLES = frozenset("dr mr ms mrs prof sen rep gov".split())  # whose full stop ends no sentence
_GENERAL = "man woman guy lady girl boy gentleman bloke chap dude person people folks one"
_ANYBODY = frozenset(map(stem_of, _GENERAL.split()))
_MEN = MALE | frozenset("guy bloke chap dude".split())
_GENDERS: Mapping[str, Gender] = {**dict.fromkeys(HE, "m"), **dict.fromkeys(SHE, "f")}
_PARTS = 5  # of what is told of somebody
_SOME = 3  # of the names and of the other words for somebody that go into a vector
_PRONOUNS = frozenset(_GENDERS) | frozenset(THEY)
_OWN = (
    "names", "roles", "mentions", "before", "behind", "all", "last word", "others' all", "others' last word",
    "sole role", "nothing of it", "unlike gender", "like gender", "only unlike gender",
    "only like gender", "person", "unnamed", "group", "body", "group of several", "share of statements",
    "first to speak", "cosine told", "cosine told beyond others'", "cosine beside", "cosine beside beyond others'",
    "linked name", "linked role",
)  # fmt: skip
_NOBODYS = (
    "nobody", "best all", "best last word", "words not there", "words only in names", "words", "speakers",
    "second all", "every word is somebody's", "best cosine told", "best cosine beside",
)  # fmt: skip
SIGNS = (*_OWN, *_NOBODYS)
"""What is known of a speaker beside some words, and of there being nobody whom they mean."""
Stems = Mapping[str, float]
Beside = tuple[int, NamedWord, float]
"""A word beside a name: -1 before or 1 behind it, and how much it describes."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a story tells of a speaker: stems, with how much each describes them, of their names, roles, of what
    their words are attributed to, and of what stands before and behind their name; and how much of all is theirs."""

    speaker: Speaker
    parts: tuple[Stems, ...]
    gender: Gender | None
    share: float
    first: bool

    def held(self, stem: str) -> list[float]:
        """How much a word describes them, by each of the parts, and at most."""
        each = [_held(stem, part) for part in self.parts]
        return [*each, max(each)]


@dataclass(frozen=True, slots=True)
class Tale:
    """Who speaks in a story as it tells of them, the words of the story, and those that only names have.

    `vectors` (speaker, 2, width) are of what is told of each and of what stands beside their name."""

    told: tuple[Told, ...]
    words: frozenset[str]
    names: frozenset[str]
    vectors: Floats


@dataclass(frozen=True, slots=True)
class Described:
    """How likely each speaker, by id, is the one whom words describe, and how likely it is none of them."""

    chances: Mapping[str, float] = field(default_factory=dict)
    nobody: float = 0.0


def tale_of(text: str, speakers: Sequence[Speaker], statements: Sequence[Statement]) -> Tale:
    """What a story tells of those who speak in it."""
    words = words_named(text)
    places: dict[str, list[int]] = {}
    small = set()
    for at, word in enumerate(words):
        if text[word.span.start].isupper():
            places.setdefault(word.letters, []).append(at)
        else:
            small.add(word.letters)
    first = next((one.speaker for one in statements if one.speaker), None)
    by_speaker: dict[str | None, list[Statement]] = {}
    for one in statements:
        by_speaker.setdefault(one.speaker, []).append(one)
    told: list[Told] = []
    texts: list[Words] = []
    for speaker in speakers:
        own = by_speaker.get(speaker.id, [])
        called = {word for name in known_by(speaker).names for word in name}
        mentions = [words_named(one.mention.of(text)) for one in own if one.mention]
        share = len(own) / max(1, len(statements))
        beside = tuple(_beside(speaker, called, text, words, places))
        parts = (*_said_of(speaker, called, mentions), *(_likeliest_of(beside, step) for step in (-1, 1)))
        told.append(Told(speaker, parts, _gender(speaker, mentions), share, speaker.id == first))
        texts += dict.fromkeys(_telling(speaker, called, mentions), 1.0), _together(beside)
    vectors = once(WordVectors.load).means(texts)
    names = frozenset(places)
    return Tale(tuple(told), names | small, names - small, vectors.reshape(len(told), 2, vectors.shape[1]))


def described_by(who: str, tale: Tale) -> Described:
    """Whom some words describe."""
    scores = once(Likeness.load).score(np.array(signs_of(who, tale), np.float32), vector_of(who), tale.vectors)
    *shares, nobody = np.exp(log_probabilities(scores)).tolist()
    chances: dict[str, float] = {}
    for one, share in zip(tale.told, shares, strict=True):
        chances[one.speaker.id] = chances.get(one.speaker.id, 0.0) + share
    return Described(chances, nobody)


def vector_of(who: str) -> Floats:
    """The direction of the words of a description, (width)."""
    (found,) = once(WordVectors.load).means([dict.fromkeys((word.letters for word in words_named(who)), 1.0)])
    return np.asarray(found)


def likeliest(found: Iterable[Described]) -> Described:
    """What is likeliest of anybody in any of several stories: of each story its own speakers alone are compared, so
    that many others who say something elsewhere make nobody unlikelier."""
    chances: dict[str, float] = {}
    nobody = [1.0]
    for one in found:
        nobody.append(one.nobody)
        for key, chance in one.chances.items():
            chances[key] = max(chance, chances.get(key, 0.0))
    return Described(chances, min(nobody))


def signs_of(who: str, tale: Tale) -> list[list[float]]:
    """The SIGNS of each speaker beside some words, and at last those of nobody."""
    every = words_named(who)
    typed = [word for word in every if word.letters not in EMPTY_WORDS] or list(every)
    stems = list(dict.fromkeys(word.stem for word in typed))
    own = [stem for stem in stems if stem not in _ANYBODY]
    telling = own or stems
    held = [[one.held(stem) for stem in telling] for one in tale.told]
    covered = _covered(held, len(telling))
    last = [each[-1][-1] if each else 0.0 for each in held]
    most = _most_of_others([row[-1] for row in covered]), _most_of_others(last)
    cosines = (tale.vectors @ vector_of(who)).T.tolist()
    beyond = [[one - other for one, other in zip(part, _most_of_others(part), strict=True)] for part in cosines]
    links = links_of(who, [one.speaker for one in tale.told])
    rows = []
    for at, one in enumerate(tale.told):
        link = links.get(one.speaker.id, Link())
        beside = [*covered[at], last[at], most[0][at], most[1][at], _role_alone(one.speaker, who, stems)]
        nothing = bool(own) and covered[at][-1] == 0
        fitting = _fitting(every, typed, one, only=not own, nothing=nothing)
        like = [part[at] for pair in zip(cosines, beyond, strict=True) for part in pair]
        rows.append([*beside, float(nothing), *fitting, *like, link.name, link.role, *[0.0] * len(_NOBODYS)])
    best, second = [*sorted((row[-1] for row in covered), reverse=True), 0.0, 0.0][:2]
    whole = [float(min((row[-1] for row in each), default=0.0) > _THERE) for each in held]
    nobodys = [
        1.0, best, max(last, default=0.0), _share(typed, lambda word: word not in tale.words),
        _share(typed, tale.names.__contains__), float(len(telling)), math.log1p(len(tale.told)), second,
        max(whole, default=0.0), *(max(part, default=0.0) for part in cosines),
    ]  # fmt: skip
    return [*rows, [*[0.0] * len(_OWN), *nobodys]]


def _covered(held: Sequence[Sequence[Sequence[float]]], count: int) -> list[list[float]]:
    """How much of `count` stems describes each speaker, by each of the parts and at most, rare stems counting more."""
    rarity = [1 / (1 + math.log1p(sum(each[at][-1] > _THERE for each in held))) for at in range(count)]
    whole = sum(rarity) or 1
    return [
        [sum(rare * row[part] for rare, row in zip(rarity, each, strict=True)) / whole for part in range(_PARTS + 1)]
        for each in held
    ]


def _share(typed: Sequence[NamedWord], fits: Callable[[str], bool]) -> float:
    """The share of typed words whose letters fit."""
    return [fits(word.letters) for word in typed].count(True) / max(1, len(typed))


def _most_of_others(values: Sequence[float]) -> list[float]:
    """For each value the most of all the others, 0 where there is none."""
    best, second = [*sorted(values, reverse=True), 0.0, 0.0][:2]
    once = values.count(best) == 1
    return [second if once and value == best else best for value in values] if len(values) > 1 else [0.0] * len(values)


def _said_of(
    speaker: Speaker, called: AbstractSet[str], mentions: Sequence[Sequence[NamedWord]]
) -> tuple[Stems, Stems, Stems]:
    """The stems of a speaker's names, of their roles, and of what their words are attributed to."""
    names = {stem_of(word): 1.0 for word in called}
    roles = {stem: 1.0 for role in known_by(speaker).roles for stem in role}
    return (
        names,
        roles,
        {word.stem: 1.0 for one in mentions for word in one if word.letters not in called | EMPTY_WORDS},
    )


def _telling(speaker: Speaker, called: AbstractSet[str], mentions: Sequence[Sequence[NamedWord]]) -> Iterator[str]:
    """The words that tell who a speaker is: of their roles, of some of what their words are attributed to, and of some
    of their names."""
    told = [one for one in mentions if any(word.letters not in called | _PRONOUNS for word in one)]
    own = list(dict.fromkeys(tuple(word.letters for word in one) for one in told))[:_SOME]
    for phrase in (*speaker.roles, *speaker.aliases[:_SOME], speaker.name):
        own.append(tuple(word.letters for word in words_named(phrase)))
    return (word for words in own for word in words)


def _beside(
    speaker: Speaker, called: AbstractSet[str], text: str, words: Sequence[NamedWord], places: Mapping[str, list[int]]
) -> Iterator[Beside]:
    """The words before and behind a speaker's name, within its sentence: the nearer, the more they describe."""
    at_names = [at for last in {name[-1]: None for name in known_by(speaker).names} for at in places.get(last, ())]
    for step in (-1, 1):
        for at in at_names:
            much = 1.0
            for word in _onwards(text, words, at, step):
                if word.letters not in called:
                    much *= _FADES
                    if word.letters not in EMPTY_WORDS:
                        yield step, word, much


def _likeliest_of(beside: Iterable[Beside], side: int) -> Stems:
    """The stems to one side of a name, each as much as where it stands nearest."""
    stems: dict[str, float] = {}
    for step, word, much in beside:
        if step == side:
            stems[word.stem] = max(much, stems.get(word.stem, 0.0))
    return stems


def _together(beside: Iterable[Beside]) -> Words:
    """The words to both sides of a name, each as much as wherever it stands together."""
    words: dict[str, float] = {}
    for _, word, much in beside:
        words[word.letters] = words.get(word.letters, 0.0) + much
    return words


def _onwards(text: str, words: Sequence[NamedWord], at: int, step: int) -> Iterable[NamedWord]:
    """The words from a place on to one side, until a sentence ends."""
    for there in range(at + step, at + step * (_REACH + 1), step):
        if not 0 <= there < len(words):
            return
        left, right = words[min(there, there - step)], words[max(there, there - step)]
        if not _ENDS.isdisjoint(text[left.span.end : right.span.start]) and left.letters not in _TITLES:
            return
        yield words[there]


def _gender(speaker: Speaker, mentions: Sequence[Sequence[NamedWord]]) -> Gender | None:
    """What the pronouns that stand for somebody say they are, or else their given name."""
    told = [_GENDERS[one[0].letters] for one in mentions if len(one) == 1 and one[0].letters in _GENDERS]
    name = letters_of(speaker.name) if speaker.kind == "person" else ()
    return told[-1] if told else gender_of(name[0]) if name else None


def _held(stem: str, part: Stems) -> float:
    """How much a word, or the likest of its family, describes."""
    if stem in part:
        return part[stem]
    family = stem[:_BEGIN]
    return max((much * _likeness(stem, own) for own, much in part.items() if own.startswith(family)), default=0.0)


def _likeness(one: str, other: str) -> float:
    """The share of the longer of two stems that begins both; 0 where that is little."""
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    share = same / max(len(one), len(other))
    return share if same >= _BEGIN and share >= _ALIKE else 0.0


def _role_alone(speaker: Speaker, who: str, stems: Sequence[str]) -> float:
    """The most of one role that the words have."""
    roles = known_by(speaker).roles_meant(who)
    return max((len(role.intersection(stems)) / len(role) for role, _ in roles), default=0.0)


def _fitting(
    every: Sequence[NamedWord], typed: Sequence[NamedWord], one: Told, *, only: bool, nothing: bool
) -> list[float]:
    """How somebody fits words by what they are, whatever is told of them; `only` tells that the words say no more, and
    `nothing` that what more they say is not told of this one, so that being a man makes nobody the archbishop."""
    letters = {word.letters for word in every}
    wanted = "f" if letters & FEMALE else "m" if letters & _MEN else None
    told = wanted is not None and one.gender is not None
    unlike, like = told and wanted != one.gender, told and wanted == one.gender and not nothing
    last = typed[-1].letters if typed else ""
    several = last.endswith("s") and not last.endswith("ss") and one.speaker.kind != "person"
    kinds = [one.speaker.kind == kind for kind in ("person", "unnamed", "group", "organisation")]
    signs = [unlike, like, only and unlike, only and like, *kinds, several]
    return [*map(float, signs), one.share, float(one.first)]
