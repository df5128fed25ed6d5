"""From a library's index to the evidence for a question: the likeliest stories first, then the sentences in them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from index.ranking.evidence import Candidates, Evidence, EvidenceRanker
from index.ranking.features import Asked
from index.ranking.lines import NO_VOICES, Voices
from index.ranking.matching import Floats, Found, Index, Positions, likely_stories, smoothed, standardised
from index.story import Passage, Story

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
