"""From a library's index to the evidence for a question: the likeliest stories first, then the sentences in them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.ranking.evidence import Candidate, Evidence, EvidenceRanker
from index.ranking.features import Asked
from index.ranking.matching import Floats, lexical_scores, standardised
from index.ranking.wording import stems_of
from index.story import Passage, Story

STORIES_READ = 8  # and more where more passages are wanted
BEST_OF_STORY = 3
_BEST, _MEANING, _WHOLE, _TITLE = 0.7, 0.8, 1.2, 0.6  # tried on 117 questions to 2,328 stories
Positions = NDArray[np.int64]
Embed = Callable[[Sequence[str]], Floats]


class Passages(Protocol):
    """What is needed of `index.searching.PassageIndex`."""

    def passage(self, position: int) -> Passage:
        """The passage at a position."""
        ...

    def candidates(
        self, question: str, query: Floats, stories: Collection[str] | None
    ) -> tuple[Positions, Floats, Floats]:
        """Positions in order with their cosines and word scores."""
        ...

    def cosines(self, positions: Positions, query: Floats) -> Floats:
        """The cosine of each passage to a unit vector."""
        ...

    def story_words(self, question: str) -> dict[str, float]:
        """BM25 of the question against whole stories, those without any of its words left out."""
        ...


@dataclass(frozen=True, slots=True)
class Gathering:
    """Where evidence comes from: an index of passages, the stories they are of, and what embeds a question."""

    index: Passages
    stories: Mapping[str, Story]
    embed: Embed
    ranker: EvidenceRanker

    def evidence(
        self, question: str, *, context: Sequence[str] = (), limit: int = 10, stories: Collection[str] | None = None
    ) -> Evidence:
        """The best passages for a question, of the stories named or of all."""
        asked = Asked(question, tuple(turn for turn in context if turn.strip()))
        vectors = self.embed([asked.text, asked.in_context] if asked.context else [asked.text])
        several = stories is None or len(set(stories)) > 1
        most = max(STORIES_READ, limit // 2)
        scores = (
            self.likely_stories(asked, vectors[-1], stories, most) if several else dict.fromkeys(stories or (), 0.0)
        )
        positions, _, _ = self.index.candidates(asked.in_context, vectors[-1], list(scores))
        passages = [self.index.passage(int(position)) for position in positions]
        dense = [self.index.cosines(positions, vector) for vector in (vectors[0], vectors[-1])]
        candidates = [
            Candidate(
                passage,
                passage.span.of(self.stories[passage.story].text),
                float(alone),
                float(wide),
                scores[passage.story],
            )
            for passage, alone, wide in zip(passages, *dense, strict=True)
        ]
        return self.ranker.rank(question, candidates, context=asked.context, limit=limit)

    def likely_stories(
        self, asked: Asked, query: Floats, stories: Collection[str] | None, most: int
    ) -> dict[str, float]:
        """The likeliest stories, at most so many, with scores: of their best passages, the whole, and the title."""
        positions, dense, words = self.index.candidates(asked.in_context, query, stories)
        if not len(positions):
            return {}
        together = standardised(dense) + standardised(words)
        best: dict[str, list[tuple[float, float]]] = {}
        for position, score, cosine in zip(positions, together, dense, strict=True):
            best.setdefault(self.index.passage(int(position)).story, []).append((float(score), float(cosine)))
        keys = list(best)
        whole = self.index.story_words(asked.in_context)
        titles = [stems_of(self.stories[key].title or "") for key in keys]
        parts = (
            (_BEST, [max(score for score, _ in found) for found in best.values()]),
            (_MEANING, [_mean_of_best([cosine for _, cosine in found]) for found in best.values()]),
            (_WHOLE, [whole.get(key, 0.0) for key in keys]),
            (_TITLE, lexical_scores(stems_of(asked.in_context), titles)),
        )
        scores = np.sum([weight * standardised(np.array(part, dtype=np.float32)) for weight, part in parts], axis=0)
        order = np.argsort(-scores, kind="stable")[:most]
        return {keys[int(at)]: float(scores[at]) for at in order}


def _mean_of_best(found: Sequence[float]) -> float:
    """The mean of the best few, of which there may be fewer."""
    return sum(sorted(found, reverse=True)[:BEST_OF_STORY]) / BEST_OF_STORY
