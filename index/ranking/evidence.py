"""Evidence for a question: the sentences that answer it, best first, and how likely they answer it.

Sentences are ordered by what is cheap to know about them; where the reader's weights are there, it reads the likeliest
ones closely, and its opinion joins in. Nothing heavy is imported before the first question.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from index.language.words import stems_of
from index.ranking.features import Asked, features_of, find_telling, stems_held, telling_of
from index.ranking.lines import NO_VOICES, Line, Linked, Voices
from index.ranking.matching import Floats, Positions, smoothed, standardised
from index.ranking.weighing import Weights, alone_features, answerable_features, probability, to_read_alone
from index.ranking.windows import Sentence
from index.remembering import once
from index.story import Hit, Passage, Span

if TYPE_CHECKING:
    from index.ranking.reader import Read, Reader

STORIES_SHOWN = 5  # of a whole library at least so many stories are offered, where so many match
OF_FIRST, OF_OTHERS = 3, 1  # passages of the first story, and of each other, that come before that
SURE_OF_WORDS = -2.5
"""The logarithm of a probability from which words are given as the answer: of the less likely ones that newsqa's
questions got, three in five were wrong."""
CLOSEST = 3  # sentences, the best ones, that are asked together for a yes or a no
LOOKED_AT = 8  # passages that are looked at for an answer where nothing is re-ranked


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Passages that may answer, a column for each thing known of them; those of one story come together, in its order.

    `stories` has a number for each one's story and `places` its place there; `dense` and `dense_in_context` are its
    cosines to the question alone and to the question after the earlier turns, `words` its word score; `story_scores`
    say how well its story as a whole matches, comparable within one question, 0 where only one is asked. `look_up`
    gives one of them by its number, with its text: where nothing is re-ranked only few are looked up. `voices` tell who
    speaks in them.
    """

    stories: Positions
    places: Positions
    dense: Floats
    dense_in_context: Floats
    words: Floats
    story_scores: Floats
    look_up: Callable[[int], tuple[Passage, str]]
    voices: Voices = NO_VOICES

    def __len__(self) -> int:
        return len(self.stories)

    @property
    def several(self) -> bool:
        """Whether they are of more than one story."""
        return len(self) > 0 and bool(self.stories[0] != self.stories[-1])

    def texts(self, numbers: Iterable[int]) -> list[str]:
        """The texts of some of them."""
        return [self.look_up(at)[1] for at in numbers]

    def lines(self) -> list[Line]:
        """Who speaks in each."""
        return self.voices.lines([self.look_up(at)[0] for at in range(len(self))])

    def linked(self, asked: Asked) -> Linked:
        """Whom of those who speak in their stories a question names."""
        stories = dict.fromkeys(self.look_up(int(own[0]))[0].story for own in self.by_story(np.arange(len(self))))
        return Linked.of(asked.text, asked.context, self.voices.speakers_of(list(stories)))

    def by_story(self, numbers: Positions) -> list[Positions]:
        """Some of them, given by ascending numbers, story by story."""
        if not self.several:
            return [numbers]
        edges = np.flatnonzero(np.diff(self.stories[numbers])) + 1
        return np.split(numbers, edges)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found: `hits` best first; `answerable`, the calibrated probability (0..1) that they answer the question;
    `mark`, the story and the words that answer a question of fact, where the judge found some.

    Where the judge has read, `answers` has for each hit the probability that it is one of those that answer; `signs`
    are what makes an answer likely or not, columns as `weighing.ANSWERABLE_NAMES`. The likeliest sentences are read
    once more, each without the others: `alone` is what the best tells then, columns as `weighing.ALONE_NAMES`.
    `closest` are the best few sentences as they were read, `named` the words of the question that name somebody, and
    `verdict` is the logarithm of the odds that all that was read says yes.
    """

    hits: tuple[Hit, ...] = ()
    answerable: float = 0.0
    mark: tuple[str, Span] | None = None
    answers: tuple[float, ...] = ()
    signs: tuple[float, ...] = ()
    alone: tuple[float, ...] = ()
    closest: tuple[Sentence, ...] = ()
    named: tuple[Span, ...] = ()
    verdict: float = 0.0


class EvidenceRanker:
    """Orders candidates. Safe to share between threads; the reader is loaded with the first question.

    With `reranking` off, candidates stay in the order of their cosines and word scores.
    """

    def __init__(
        self, weights: Weights, reader: Reader | None = None, *, load_reader: bool = False, reranking: bool = True
    ) -> None:
        self._weights = weights
        self._reader = reader
        self._wanted = load_reader
        self.reranking = reranking
        self._loading = Lock()

    @classmethod
    def load(cls, *, reader: bool = True, reranking: bool = True) -> EvidenceRanker:
        """The ranker with its stored weights; with `reader` off, or without the reader's file, it does without."""
        return cls(Weights.load(), load_reader=reader and reranking, reranking=reranking)

    def rank(self, asked: Asked, candidates: Candidates, *, limit: int = 10) -> Evidence:
        """The best `limit` of the candidates for a question, which are of one story where they are re-ranked."""
        if not len(candidates) or not asked.text.strip():
            return Evidence()
        return self._reranked(asked, candidates, limit) if self.reranking else self.as_found(asked, candidates, limit)

    def _reranked(self, asked: Asked, candidates: Candidates, limit: int) -> Evidence:
        texts = candidates.texts(range(len(candidates)))
        lines, linked = candidates.lines(), candidates.linked(asked)
        cosines = candidates.dense, candidates.dense_in_context
        features = features_of(asked, texts, *cosines, candidates.places.tolist(), lines, linked)
        scores = self._weights.base_scores(features)
        sentences = _as_read(texts, scores, lines, linked)

        named, context, reader = linked.named_words(), " ".join(asked.context), self._loaded()
        read = None
        if reader is not None:
            read = reader.read(asked.text, sentences, context=context, named=named)
            chosen = to_read_alone(self._weights.summed_scores(scores, read))
            read = reader.with_alone(read, asked.text, sentences, chosen, context=context, named=named)
            scores = self._weights.read_scores(scores, read, features)
        answerable = answerable_features(telling_of(features), read, asked, stems_held(texts), linked)
        order = _falling(scores)[:limit].tolist()
        hits = tuple(Hit(candidates.look_up(at)[0], float(scores[at])) for at in order)
        sure = self._weights.answerable(answerable)
        if reader is None or read is None:
            return Evidence(hits, sure, signs=tuple(answerable.tolist()))

        answers = tuple(probability(float(read.answers[at])) for at in order)
        if order[0] not in read.alone:
            read = reader.with_alone(read, asked.text, sentences, order[:1], context=context, named=named)
        alone = read.alone[order[0]]
        return Evidence(
            hits, sure, _mark(candidates, read), answers, tuple(answerable.tolist()), alone_features(alone),
            tuple(sentences[at] for at in order[:CLOSEST]), tuple(named), read.verdict,
        )  # fmt: skip

    def as_found(self, asked: Asked, candidates: Candidates, limit: int) -> Evidence:
        """By the sum of both scores; only the best few are looked at for whether they answer."""
        if not len(candidates):
            return Evidence()
        scores = smoothed(standardised(candidates.dense_in_context) + standardised(candidates.words))
        if candidates.several:
            scores = np.asarray(scores + self._weights.story * candidates.story_scores, dtype=np.float32)
        telling: list[list[float]] = []
        held: set[str] = set()
        order = _falling(scores)
        for own in candidates.by_story(np.sort(order[:LOOKED_AT])):
            stems = [stems_of(text) for text in candidates.texts(own.tolist())]
            telling.append(find_telling(asked, stems, candidates.dense[own], candidates.dense_in_context[own]))
            held.update(*stems)
        seen = answerable_features([max(column) for column in zip(*telling, strict=True)], None, asked, held)
        stories = candidates.stories.tolist()
        chosen = [int(order[at]) for at in spread_out([stories[at] for at in order.tolist()])[:limit]]
        hits = tuple(Hit(candidates.look_up(at)[0], float(scores[at])) for at in chosen)
        return Evidence(hits, self._weights.answerable(seen))

    def _loaded(self) -> Reader | None:
        if self._wanted:
            with self._loading:
                if self._wanted:
                    self._reader = once(_stored_reader)
                    self._wanted = False
        return self._reader


def words_told(question: str, context: Sequence[str], text: str, place: Span, speaker: str = "") -> Span | None:
    """The words of one place of a text, read by itself, that answer a question after the turns of `context`; `speaker`
    is who speaks there. None where there are none, or they are not likely, and where there is no reader."""
    reader = once(_stored_reader)
    if reader is None:
        return None
    sentence = Sentence(place.of(text), place=1, rank=0, label=speaker)
    read = reader.read(question, [sentence], context=" ".join(context))
    if read.words is None or read.spans[0] < SURE_OF_WORDS or read.relevance[0] < read.nothing:
        return None
    _, start, end = read.words
    return Span(place.start + start, place.start + end)


def _stored_reader() -> Reader | None:
    """The judge as it is stored, one for all rankers of a process, since reading changes nothing; None without it."""
    from index.ranking.reader import READER, Reader

    return Reader.load() if READER.exists() else None


def _as_read(texts: Sequence[str], scores: Floats, lines: Sequence[Line], linked: Linked) -> list[Sentence]:
    """The candidates with their places and ranks."""
    ranks = np.empty(len(texts), dtype=np.int64)
    ranks[_falling(scores)] = np.arange(len(texts))
    return [
        Sentence(text, place, rank, line.label, linked.code(line, text))
        for place, (text, rank, line) in enumerate(zip(texts, ranks.tolist(), lines, strict=True), start=1)
    ]


def _mark(candidates: Candidates, read: Read | None) -> tuple[str, Span] | None:
    """The likeliest words, unless they are not likely, or less so than that there are none."""
    if read is None or read.words is None or read.spans[read.words[0]] < max(read.no_words, SURE_OF_WORDS):
        return None
    number, start, end = read.words
    passage, _ = candidates.look_up(number)
    return passage.story, Span(passage.span.start + start, passage.span.start + end)


def _falling(scores: Floats) -> Positions:
    """The numbers of some scores, the highest first; of equals the earlier."""
    return np.argsort(-scores, kind="stable")


def spread_out(stories: Sequence[Hashable]) -> list[int]:
    """The places of hits, given by the stories that they are of, best first: so that a further one of a story waits
    until enough stories have been heard."""
    heard: dict[Hashable, int] = {}
    chosen: list[int] = []
    waiting: list[int] = []
    several = min(STORIES_SHOWN, len(set(stories)))
    for at, story in enumerate(stories):
        if len(heard) < several and heard.get(story, 0) >= (OF_FIRST if story == stories[0] else OF_OTHERS):
            waiting.append(at)
            continue
        heard[story] = heard.get(story, 0) + 1
        chosen.append(at)
    return chosen + waiting
