"""How well what was asked about fits each of some statements: by shared words, by nearness in meaning, by yes and no.

Rarity of words is counted in the stories at hand. All figures lie around 0..1; the thresholds stand in `limits`.
"""

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.answering.text import around, is_stop, plain, sentences, stem, stems, words
from bot.answering.typed import one_slip
from bot.shelf import Shelf, is_near
from index.story import Span, Statement

_NEGATIONS = frozenset(
    [
        "not",
        "no",
        "never",
        "none",
        "nobody",
        "nothing",
        "neither",
        "nor",
        "without",
        "cannot",
        "cant",
        "wont",
        "dont",
        "doesnt",
        "didnt",
        "isnt",
        "arent",
        "wasnt",
        "werent",
        "shouldnt",
        "wouldnt",
        "couldnt",
        "hasnt",
        "havent",
        "hadnt",
        "aint",
        "refuse",
        "refused",
        "deny",
        "denied",
        "denies",
        "against",
        "stop",
    ]
)
_ALIKE = (
    "resign quit leave",
    "lie perjury perjure untru",
    "kid child boy girl",
    "dad father",
    "mom mother",
    "cop police officer",
    "job position post role",
    "money cash fund",
    "big huge large",
    "car vehicle",
    "house home",
    "sick ill health",
    "president white-house",
    "law legislation bill",
    "immigrant migrant refugee",
    "doctor physician",
    "shoot gun kill",
    "boss supervisor manager",
    "buy purchase",
    "help assist aid",
    "win victory",
    "lose loss defeat",
    "smart intelligent",
    "rich wealthy",
    "poor poverty",
    "woman female",
    "man male guy",
    "start begin",
    "end finish stop",
    "fake false untru hoax",
    "untruth untru",
    "recuse recusal",
    "probe investigate inquiry",
    "unfair discriminate",
    "vote ballot",
    "warming climate",
    "crowd audience supporter",
    "love like",
    "hispanic latino",
    "black african-american",
    "student pupil",
    "pay salary wage",
    "american america us",
    "british britain uk",
    "french france",
    "german germany",
    "chinese china",
    "mexican mexico",
    "syrian syria",
    "iraqi iraq",
    "iranian iran",
    "israeli israel",
    "japanese japan",
    "korean korea",
    "spanish spain",
    "turkish turkey",
    "afghan afghanistan",
    "irish ireland",
    "indian india",
    "canadian canada",
    "polish poland",
    "greek greece",
    "swiss switzerland",
    "dutch netherlands",
    "saudi saudis",
    "ukrainian ukraine",
    "cuban cuba",
)
_BEFORE = 300  # code points before a statement, in its paragraph, that may say what it is about, and
_JUST_BEFORE = 0.8  # what words there count for
_COSINE_FROM_WORDS = 0.6  # what shared words make likely, for a library that knows no meanings


@dataclass(frozen=True, slots=True)
class Fit:
    """How one statement fits: share of the asked words in it and around it, cosine, and whether yes meets no."""

    statement: Statement
    within: float
    around: float
    cosine: float
    opposed: bool = False

    @property
    def score(self) -> float:
        """One figure to order by; the weights come from 29 questions on thirty stories; they order 27 right."""
        against = 0.15 + 0.6 * max(0.0, self.within - 0.5) if self.opposed else 0.0
        return 0.25 * self.within + 0.1 * self.around + 1.1 * max(self.cosine, 0.0) - against


class Wording:
    """The words asked for, with their rarity in the stories at hand; one object serves one question."""

    def __init__(
        self, asked: str, texts: Mapping[str, str], without: Collection[str] = (), *, negated: bool | None = None
    ) -> None:
        self.asked = asked
        self.texts = texts
        left_out = {stem(word) for word in without}
        found = tuple(s for s in stems(asked) if s not in left_out)
        self.stems = tuple(dict.fromkeys(found or stems(asked)))
        self._rarity = _rarities(self.stems, texts)
        self._total = sum(self._rarity.values())
        self._negated = is_negated(asked) if negated is None else negated

    @property
    def known(self) -> bool:
        """Whether any of the asked words stands in the stories at all."""
        return any(share < 99 for share in self._rarity.values())

    def share(self, text: str) -> float:
        """How much of the asked words a text has, by rarity (0..1); near-synonyms count for most of a word."""
        having = frozenset(stems(text))
        got = 0.0
        for wanted, weight in self._rarity.items():
            got += weight if wanted in having else weight * _nearly_present(wanted, having)
        return got / self._total if self._total else 0.0

    def is_opposed(self, text: str) -> bool:
        """Whether the text says no to the same words, where the question does not, or the other way round."""
        shared = set(self.stems) & set(stems(text))
        if not shared:
            return False
        best = max(sentences(text), key=lambda s: len(shared & set(stems(s.of(text)))), default=Span(0, len(text)))
        return _negated_near(best.of(text), shared) != self._negated


def fits(shelf: Shelf, wording: Wording, statements: Sequence[Statement]) -> tuple[Fit, ...]:
    """How each statement fits the wording, in the order given."""
    places = [(s.story, s.span) for s in statements]
    cosines = shelf.nearness(wording.asked, places) if is_near(shelf) else (None,) * len(places)
    found = []
    for statement, cosine in zip(statements, cosines, strict=True):
        text = wording.texts[statement.story]
        place = around(text, statement.span)
        own, whole = statement.span.of(text), place.of(text)
        within = _best_sentence(wording, own)
        near = max(within, wording.share(whole[:1_000]), _JUST_BEFORE * wording.share(_with_before(text, place)))
        known = _COSINE_FROM_WORDS * near if cosine is None else cosine
        found.append(Fit(statement, within, near, known, wording.is_opposed(own)))
    return tuple(found)


def _with_before(text: str, place: Span) -> str:
    """Some sentences with what stands before them in their paragraph."""
    start = max(text.rfind("\n", 0, place.start) + 1, place.start - _BEFORE)
    return text[start : min(place.end, place.start + 1_000)]


def is_negated(text: str) -> bool:
    """Whether a text says no anywhere."""
    return any(_is_no(word.text) for word in words(text))


def _is_no(word: str) -> bool:
    flat = word.casefold().replace("’", "'")
    return flat.replace("'", "") in _NEGATIONS or flat.endswith("n't")


def _negated_near(text: str, shared: Collection[str], reach: int = 5) -> bool:
    """Whether a "not" stands within a few words before one of the shared words."""
    listed = words(text)
    for place, word in enumerate(listed):
        if stem(word.text) in shared and any(_is_no(before.text) for before in listed[max(0, place - reach) : place]):
            return True
    return False


def _best_sentence(wording: Wording, text: str) -> float:
    """The share of a statement; of a long one, that of its best two sentences together."""
    if len(text) < 400:
        return wording.share(text)
    parts = [part.of(text) for part in sentences(text)]
    return max((wording.share(" ".join(parts[i : i + 2])) for i in range(len(parts))), default=0.0)


def _rarities(asked: Sequence[str], texts: Mapping[str, str]) -> dict[str, float]:
    """The inverse frequency of each stem among the sentences of the texts (of at most fifty of them)."""
    held = [_sentences_with(text) for text in list(texts.values())[:50]]
    total = max(sum(count for count, _ in held), 1)
    return {s: math.log(1 + total / (0.5 + sum(having.get(s, 0) for _, having in held))) for s in asked}


@lru_cache(maxsize=512)
def _sentences_with(text: str) -> tuple[int, Mapping[str, int]]:
    """How many sentences a text has, and in how many each stem stands; kept, since every question asks again."""
    parts = [set(stems(part.of(text))) for part in sentences(text)]
    return len(parts), Counter(stem for part in parts for stem in part)


@cache
def _same_as() -> Mapping[str, frozenset[str]]:
    """Each stem that has near-synonyms with them and itself."""
    found: dict[str, frozenset[str]] = {}
    for row in _ALIKE:
        group = frozenset(stem(word) for word in row.split())
        for one in group:
            found[one] = found.get(one, frozenset()) | group
    return found


def _nearly_present(wanted: str, having: Collection[str]) -> float:
    """What a word counts for that is not there itself: most of a word where a near-synonym or a misspelling is."""
    if not _same_as().get(wanted, frozenset()).isdisjoint(having):
        return 0.8
    if len(wanted) > 4:
        opening = wanted[0]
        for other in having:
            if other[:1] == opening and len(other) > 4 and one_slip(wanted, other):
                return 0.8
    return 0.0


def has_content(text: str | None) -> bool:
    """Whether a topic has a word to look for ("it" and "that" have none)."""
    return bool(text) and any(not is_stop(word.text) and plain(word.text) for word in words(text or ""))
