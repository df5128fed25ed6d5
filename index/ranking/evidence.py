"""Evidence for a question: the sentences that answer it, best first, and how likely they answer it.

Sentences are ordered by what is cheap to know about them; where the reader's weights are there, it reads the likeliest
ones closely, and its opinion joins in. Nothing heavy is imported before the first question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from index.ranking.features import Asked, features_of, stems_held
from index.ranking.matching import Floats, smoothed, standardised
from index.ranking.weighing import Weights, answerable_features, reader_features
from index.ranking.windows import Sentence
from index.story import Hit, Passage, Span

if TYPE_CHECKING:
    from index.ranking.reader import Read, Reader

STORIES_SHOWN = 5  # of a whole library at least so many stories are offered, where so many match
PER_STORY = 2
LOOKED_AT = 8  # passages that are looked at for an answer where nothing is re-ranked


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may answer, with its cosines to the question alone and to the question after the earlier turns.

    `story_score` says how well its story as a whole matches, comparable within one question; 0 where only one is asked;
    `words` is its word score, `place` its place in the story, where that is not its place among the candidates.
    Candidates of one story come together and in reading order.
    """

    passage: Passage
    text: str
    dense: float
    dense_in_context: float
    story_score: float = 0.0
    words: float = 0.0
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found: `hits` best first; `answerable`, the calibrated probability (0..1) that they answer the question;
    and `mark`, the story and the words that answer a question of fact, where the reader found some."""

    hits: tuple[Hit, ...] = ()
    answerable: float = 0.0
    mark: tuple[str, Span] | None = None


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
        self._reranking = reranking
        self._loading = Lock()

    @classmethod
    def load(cls, *, reader: bool = True, reranking: bool = True) -> EvidenceRanker:
        """The ranker with its stored weights; with `reader` off, or without the reader's file, it does without."""
        return cls(Weights.load(), load_reader=reader and reranking, reranking=reranking)

    def rank(
        self, question: str, candidates: Sequence[Candidate], *, context: Sequence[str] = (), limit: int = 10
    ) -> Evidence:
        """The best `limit` of the candidates for a question; `context` has the earlier turns, oldest first."""
        if not candidates or not question.strip():
            return Evidence()
        asked = Asked(question, tuple(turn for turn in context if turn.strip()))
        return self._reranked(asked, candidates, limit) if self._reranking else self._as_found(asked, candidates, limit)

    def _reranked(self, asked: Asked, candidates: Sequence[Candidate], limit: int) -> Evidence:
        features = _features(asked, candidates)
        scores = self._with_stories(self._weights.base_scores(features) + _words_among_stories(candidates), candidates)
        read = self._read(asked, candidates, scores)
        if read is not None:
            scores = self._weights.read_scores(scores, reader_features(read))
        held = stems_held([one.text for one in candidates])
        answerable = self._weights.answerable(answerable_features(features, read, asked, held))
        return Evidence(_chosen(candidates, scores, limit), answerable, _mark(candidates, read))

    def _as_found(self, asked: Asked, candidates: Sequence[Candidate], limit: int) -> Evidence:
        """By the sum of both scores; only the best few are looked at for whether they answer."""
        dense = np.array([one.dense_in_context for one in candidates], dtype=np.float32)
        words = np.array([one.words for one in candidates], dtype=np.float32)
        scores = self._with_stories(smoothed(standardised(dense) + standardised(words)), candidates)
        hits = _chosen(candidates, scores, limit)
        best = [candidates[at] for at in sorted(np.argsort(-scores, kind="stable")[:LOOKED_AT])]
        held = stems_held([one.text for one in best])
        seen = answerable_features(_features(asked, best), None, asked, held)
        return Evidence(hits, self._weights.answerable(seen))

    def _with_stories(self, scores: Floats, candidates: Sequence[Candidate]) -> Floats:
        return np.asarray(scores + [self._weights.story * one.story_score for one in candidates], dtype=np.float32)

    def _read(self, asked: Asked, candidates: Sequence[Candidate], scores: Floats) -> Read | None:
        reader = self._loaded()
        if reader is None:
            return None
        order = _reading_order(candidates, scores)
        ranks = np.empty(len(order), dtype=np.int64)
        ranks[order] = np.arange(len(order))
        places, place = [], 0
        for at, one in enumerate(candidates):
            place += 2 if at and one.passage.story != candidates[at - 1].passage.story else 1
            places.append(place)
        sentences = [Sentence(one.text, places[at], int(ranks[at])) for at, one in enumerate(candidates)]
        return reader.read(asked.text, sentences, context=" ".join(asked.context))

    def _loaded(self) -> Reader | None:
        if self._wanted:
            with self._loading:
                if self._wanted:
                    from index.ranking.reader import READER, Reader

                    self._reader = Reader.load() if READER.exists() else None
                    self._wanted = False
        return self._reader


def _words_among_stories(candidates: Sequence[Candidate]) -> Floats:
    """What the words asked are worth by how rare they are in the library: features count within one story only."""
    if len({one.passage.story for one in candidates}) < 2:
        return np.zeros(len(candidates), dtype=np.float32)
    return standardised(np.array([one.words for one in candidates], dtype=np.float32))


def _reading_order(candidates: Sequence[Candidate], scores: Floats) -> list[int]:
    """What to read, best first; of several stories, one sentence of each before two more of any."""
    order = [int(at) for at in np.argsort(-scores, kind="stable")]
    heard: dict[str, int] = {}
    turns: dict[int, int] = {}
    for at in order:
        story = candidates[at].passage.story
        heard[story] = heard.get(story, 0) + 1
        turns[at] = heard[story] // 2
    return order if len(heard) == 1 else sorted(order, key=turns.__getitem__)


def _features(asked: Asked, candidates: Sequence[Candidate]) -> Floats:
    """The rows of `features_of`, worked out story by story."""
    groups = (list(group) for _, group in groupby(candidates, key=lambda one: one.passage.story))
    return np.concatenate([_features_in_story(asked, group) for group in groups])


def _features_in_story(asked: Asked, group: Sequence[Candidate]) -> Floats:
    places = [at if one.place is None else one.place for at, one in enumerate(group)]
    return features_of(asked, [one.text for one in group], *_cosines(group), places)


def _cosines(group: Sequence[Candidate]) -> tuple[Floats, Floats]:
    alone = np.array([one.dense for one in group], dtype=np.float32)
    return alone, np.array([one.dense_in_context for one in group], dtype=np.float32)


def _mark(candidates: Sequence[Candidate], read: Read | None) -> tuple[str, Span] | None:
    """The likeliest words, unless the reader thinks it likelier that there are none."""
    if read is None or read.words is None or read.spans[read.words[0]] < read.no_words:
        return None
    number, start, end = read.words
    passage = candidates[number].passage
    return passage.story, Span(passage.span.start + start, passage.span.start + end)


def _chosen(candidates: Sequence[Candidate], scores: Floats, limit: int) -> tuple[Hit, ...]:
    """The best, save that a third passage of one story waits until enough stories have been heard."""
    order = [int(at) for at in np.argsort(-scores, kind="stable")]
    several = min(STORIES_SHOWN, len({one.passage.story for one in candidates}))
    counts: dict[str, int] = {}
    chosen: list[int] = []
    waiting: list[int] = []
    for at in order:
        story = candidates[at].passage.story
        if len(counts) < several and counts.get(story, 0) >= PER_STORY:
            waiting.append(at)
            continue
        counts[story] = counts.get(story, 0) + 1
        chosen.append(at)
        if len(chosen) == limit and len(counts) >= several:
            break
    kept = [*chosen, *waiting][:limit] if len(chosen) < limit else chosen[:limit]
    return tuple(Hit(candidates[at].passage, float(scores[at])) for at in kept)
