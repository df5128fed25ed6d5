"""From a library's index to the evidence for a question: the likeliest stories first (by their best passages, the
whole of them, their title and their date), then the sentences in them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.language.words import is_year, plain_words, stems_of
from index.ranking.evidence import Candidates, Evidence, EvidenceRanker
from index.ranking.features import Asked
from index.ranking.lines import NO_VOICES, Voices
from index.ranking.matching import Floats, Positions, lexical_scores, smoothed, standardised
from index.story import Passage, Story

BEST_OF_STORY = 3
SHORTLIST = 32  # stories that the dearer figures are worked out for
LOOKED_AT = 50  # passages that are looked at for being questions
OLDEST_YEARS = 10.0
# Fitted on 117 questions to 2,328 stories, each sixth of them with the other five.
_BEST, _MEANING, _WORDS = 0.6, 0.3, 0.6
_CENTRE, _TITLE, _PER_YEAR = 0.9, 0.3, 0.7
_CLOSING = "\"'”’)]"


class Index(Protocol):
    """What is needed of `index.search.searching.PassageIndex`."""

    def passage(self, position: int) -> Passage:
        """The passage at a position."""
        ...

    def edges(self, positions: Positions) -> NDArray[np.int32]:
        """Where each passage begins and ends in its story, shape (n, 2)."""
        ...

    def positions(self, story: str) -> Positions:
        """The positions of a story's passages, in reading order."""
        ...

    def cosines(self, positions: Positions, query: Floats) -> Floats:
        """The cosine of each passage to a unit vector."""
        ...

    def centre_cosines(self, numbers: Positions, query: Floats) -> Floats:
        """The mean cosine of each story's passages to a unit vector."""
        ...

    def story_numbers(self, positions: Positions) -> Positions:
        """The number of the story that each position is in."""
        ...

    def story_id(self, number: int) -> str:
        """The id of a story by its number."""
        ...

    def story_words(self, question: str) -> Floats:
        """BM25 of the question against whole stories, by their numbers."""
        ...


@dataclass(frozen=True, slots=True)
class Found:
    """Passages found for a question: positions in order, with their cosines and word scores."""

    positions: Positions
    dense: Floats
    words: Floats


def likely_stories(
    index: Index, stories: Mapping[str, Story], question: str, query: Floats, found: Found, most: int
) -> dict[str, float]:
    """The likeliest stories, at most so many, with scores that are comparable within one question."""
    if not len(found.positions):
        return {}
    story_of = index.story_numbers(found.positions)  # in order, as the positions are
    opens = np.diff(story_of, prepend=-1) != 0
    numbers, member = story_of[opens], np.cumsum(opens) - 1
    together = standardised(found.dense) + standardised(found.words)
    asks = _asking(index, stories, found.positions, story_of, together)
    together = np.where(asks, -9.0, together)
    first = (
        _BEST * standardised(_best(together, opens))
        + _MEANING * standardised(_mean_of_best(np.where(asks, 0.0, found.dense), member, len(numbers)))
        + _WORDS * standardised(index.story_words(question)[numbers])
    )
    shortlist = np.argsort(-first, kind="stable")[: max(SHORTLIST, most)]
    ids = [index.story_id(int(numbers[at])) for at in shortlist]
    centre = index.centre_cosines(numbers[shortlist], query)
    scores = first[shortlist] + _looked_at_closely([stories[key] for key in ids], question, centre)
    order = np.argsort(-scores, kind="stable")[:most]
    return {ids[int(at)]: float(scores[at]) for at in order}


def _asking(
    index: Index, stories: Mapping[str, Story], positions: Positions, story_of: Positions, scores: Floats
) -> NDArray[np.bool_]:
    """Which of the best passages are questions themselves: one that repeats the question is no answer to it."""
    asks = np.zeros(len(positions), dtype=np.bool_)
    best = np.argsort(-scores, kind="stable")[:LOOKED_AT]
    numbers = story_of[best].tolist()
    texts = {number: stories[index.story_id(number)].text for number in set(numbers)}
    starts, ends = index.edges(positions[best]).T.tolist()
    asks[best] = [
        "".join(texts[number][max(start, end - 4) : end].split()).rstrip(_CLOSING).endswith("?")
        for number, start, end in zip(numbers, starts, ends, strict=True)
    ]
    return asks


def _best(scores: Floats, opens: NDArray[np.bool_]) -> Floats:
    """The best score of each story, whose passages come together."""
    return np.maximum.reduceat(scores.astype(np.float32), np.flatnonzero(opens))


def _mean_of_best(scores: Floats, member: Positions, count: int) -> Floats:
    """The mean of each story's best few, of which there may be fewer."""
    order = np.lexsort((-scores, member))
    starts = np.searchsorted(member[order], np.arange(count))
    rank = np.arange(len(order)) - starts[member[order]]
    kept = order[rank < BEST_OF_STORY]
    return (np.bincount(member[kept], weights=scores[kept], minlength=count) / BEST_OF_STORY).astype(np.float32)


def _looked_at_closely(stories: Sequence[Story], question: str, centre: Floats) -> Floats:
    """What speaks for each of a few stories: all of it in meaning, given by `centre`, its title, and how new it is."""
    titles = lexical_scores(stems_of(question), [stems_of(story.title or "") for story in stories])
    dated = any(map(is_year, plain_words(question)))
    age = np.zeros(len(stories), dtype=np.float32) if dated else _ages(stories)
    scores = _CENTRE * standardised(centre) + _TITLE * standardised(titles) - _PER_YEAR * age
    return np.asarray(scores, dtype=np.float32)


def _ages(stories: Sequence[Story]) -> Floats:
    """By how many years each is older than the newest of them; news is asked about while it is new."""
    days = np.array([story.date.toordinal() if story.date else np.nan for story in stories])
    if np.isnan(days).all():
        return np.zeros(len(stories), dtype=np.float32)
    years = np.minimum((np.nanmax(days) - days) / 365.25, OLDEST_YEARS)
    return np.asarray(np.where(np.isnan(years), np.nanmean(years), years), dtype=np.float32)


STORIES_READ = 8  # and more where more passages are wanted
FROM_EACH = 10  # sentences of each of several stories that are weighed closely
FROM_ONE = 96  # and of one story alone
Embed = Callable[[Sequence[str]], Floats]


class Passages(Index, Protocol):
    """What is needed of `index.search.searching.PassageIndex`."""

    def __len__(self) -> int: ...
    def best(self, question: str, query: Floats) -> tuple[Positions, Floats, Floats]:
        """The positions best by either score in the whole library, in order, with their cosines and word scores."""
        ...

    def candidates(
        self, question: str, query: Floats, stories: Collection[str] | None
    ) -> tuple[Positions, Floats, Floats]:
        """Positions in order with their cosines and word scores."""
        ...


@dataclass(frozen=True, slots=True)
class Gathering:
    """Where evidence comes from: an index of passages, the stories they are of, and what embeds a question."""

    index: Passages
    stories: Mapping[str, Story]
    embed: Embed
    ranker: EvidenceRanker
    voices: Voices = NO_VOICES

    def evidence(
        self, question: str, *, context: Sequence[str] = (), limit: int = 10, stories: Collection[str] | None = None
    ) -> Evidence:
        """The best passages for a question, of the stories named or of all."""
        asked = Asked.after(context, question)
        return self.ranker.rank(asked, self.candidates(asked, limit, stories), limit=limit)

    def candidates(self, asked: Asked, limit: int = 10, stories: Collection[str] | None = None) -> Candidates:
        """The sentences that may answer, of the stories named or of all."""
        if stories is None and len(self.stories) == 1:
            stories = tuple(self.stories)
        vectors = self.embed(asked.wordings)
        if stories is None or len(set(stories)) > 1:
            found = Found(*self._found(asked.in_context, vectors[-1], stories))
            most = max(STORIES_READ, limit // 2)
            scores = likely_stories(self.index, self.stories, asked.in_context, vectors[-1], found, most)
        else:
            scores = dict.fromkeys(stories, 0.0)
        return self._candidates(asked, vectors, scores)

    def _found(self, question: str, query: Floats, stories: Collection[str] | None) -> tuple[Positions, Floats, Floats]:
        """The passages by which the stories are told."""
        if stories is None:
            return self.index.best(question, query)
        return self.index.candidates(question, query, stories)

    def _candidates(self, asked: Asked, vectors: Floats, scores: Mapping[str, float]) -> Candidates:
        """The likeliest sentences of each story, in reading order."""
        positions, dense, words = self.index.candidates(asked.in_context, vectors[-1], list(scores))
        alone = self.index.cosines(positions, vectors[0]) if asked.context else dense
        several = len(scores) > 1
        numbers = self.index.story_numbers(positions) if several else np.zeros(len(positions), dtype=np.int64)
        kept = _best_of_each(numbers, dense, words, FROM_EACH if several else FROM_ONE)
        own = numbers[kept]
        story_scores = np.zeros(len(kept), dtype=np.float32)
        if several:
            of_story = {number: scores[self.index.story_id(number)] for number in dict.fromkeys(own.tolist())}
            story_scores[:] = [of_story[number] for number in own.tolist()]

        def look_up(at: int) -> tuple[Passage, str]:
            passage = self.index.passage(int(positions[kept[at]]))
            return passage, passage.span.of(self.stories[passage.story].text)

        return Candidates(
            stories=own,
            places=kept - np.searchsorted(numbers, own) if several else kept,
            dense=alone[kept],
            dense_in_context=dense[kept],
            words=words[kept],
            story_scores=story_scores,
            look_up=look_up,
            voices=self.voices,
        )


def _best_of_each(numbers: Positions, dense: Floats, words: Floats, most: int) -> Positions:
    """The places of the sentences to weigh: of each story at most so many, the best by meaning and words together."""
    if len(numbers) <= most or np.bincount(numbers - numbers.min()).max() <= most:
        return np.arange(len(numbers))
    score = smoothed(standardised(dense) + standardised(words))
    order = np.lexsort((-score, numbers))
    edges = np.searchsorted(numbers[order], np.unique(numbers))
    rank = np.arange(len(order)) - np.repeat(edges, np.diff([*edges, len(order)]))
    kept: Positions = np.sort(order[rank < most])
    return kept
