"""Finding the passages nearest to a question: candidates by meaning and by words, then one score for each.

How candidates are ordered is a Scorer's business; the default adds up the two z-scored scores and a little of the
neighbouring passages' (a sentence beside a good one is worth more).
"""

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.embedding import Vectors
from index.storing.segments import Placed, Segment
from index.story import Hit, Passage, Span
from index.words import COMMON, K1, MANY_ROWS, B, Scores, WordIndex, count_live, find_words, score_words

CANDIDATES = 200
NEIGHBOUR_WEIGHT = 0.2
Positions = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Candidates:
    """What a Scorer orders: passages in reading order, story after story, each with its two scores.

    `texts` are their words; `dense` their cosine to the question, `words` their BM25 score.
    """

    question: str
    passages: tuple[Passage, ...]
    texts: tuple[str, ...]
    dense: Scores
    words: Scores


class Scorer(Protocol):
    """Orders candidates."""

    def score(self, candidates: Candidates) -> Scores:
        """One number for each candidate, a higher one for a better match."""
        ...


class SumOfScores:
    """The default Scorer: z-scored cosine plus z-scored BM25, plus a fifth of the neighbours' mean."""

    def score(self, candidates: Candidates) -> Scores:
        """One number for each candidate; neighbours are the passages next to it that are candidates too."""
        own = _standardised(candidates.dense) + _standardised(candidates.words)
        around = np.zeros_like(own)
        count = np.zeros_like(own)
        for at in range(1, len(own)):
            if candidates.passages[at].story == candidates.passages[at - 1].story:
                around[at] += own[at - 1]
                around[at - 1] += own[at]
                count[at - 1 : at + 1] += 1
        return (own + NEIGHBOUR_WEIGHT * around / np.maximum(count, 1)).astype(np.float32)


class PassageIndex:
    """All live passages of a library in one row of positions, with the segments that hold their vectors and words."""

    def __init__(self, placed: Sequence[Placed], segments: Mapping[int, Segment]) -> None:
        self._placed = placed
        self._segments = segments
        self._numbers = sorted(segments)
        self._first = np.cumsum([0, *(part.count for part in placed)])
        self._starts: list[int] = self._first.tolist()  # the same, quicker to look up one by one
        self._story_at = {part.story: at for at, part in enumerate(placed)}
        self._words_of: tuple[str, Scores] = "", np.zeros(0, np.float32)  # of the last question, which is asked twice
        self._story_words_of: tuple[str, Scores] = self._words_of

    def __len__(self) -> int:
        return int(self._first[-1])

    def passage(self, position: int) -> Passage:
        """The passage at a position."""
        at = bisect_right(self._starts, position) - 1
        return self._placed[at].passage(position - self._starts[at])

    def edges(self, positions: Positions) -> NDArray[np.int32]:
        """Where each passage begins and ends in its story, shape (n, 2)."""
        return self._edges[positions]

    @cached_property
    def _edges(self) -> NDArray[np.int32]:
        return np.concatenate([np.zeros((0, 2), np.int32), *(part.spans[:, :2] for part in self._placed)])

    def story_numbers(self, positions: Positions) -> Positions:
        """The number of the story that each position is in, counted in the index's own order."""
        return np.searchsorted(self._first, positions, side="right") - 1

    def story_id(self, number: int) -> str:
        """The id of a story by its number."""
        return self._placed[number].story

    def positions(self, story: str) -> Positions:
        """The positions of a story's passages, in reading order; none where it is not held."""
        return self._range(story) if story in self._story_at else np.zeros(0, np.int64)

    def meet_words(self, question: str) -> None:
        """Works out what `candidates` and `story_words` need of a question's words, ahead of its vector."""
        self._word_scores(question)
        if len(self._placed) > 1:
            self.story_words(question)

    def candidates(
        self, question: str, query: Vectors, stories: Collection[str] | None
    ) -> tuple[Positions, Scores, Scores]:
        """Positions in order, with cosine and BM25: all passages of one story, the best of several, and neighbours."""
        words = self._word_scores(question)
        if stories is not None:
            ranges = [self.positions(story) for story in dict.fromkeys(stories)]
            within: Positions = np.sort(np.concatenate([np.zeros(0, np.int64), *ranges]))
            if len(within) > 4 * CANDIDATES:
                within = self._narrowed(within, self._cosines(within, query), words[within])
        else:
            within = self._nearest(query, words)
        return within, self._cosines(within, query), words[within]

    def cosines(self, positions: Positions, query: Vectors) -> Scores:
        """The cosine of each of these passages to a unit vector (dim,)."""
        return self._cosines(positions, query)

    def centre_cosines(self, numbers: Positions, query: Vectors) -> Scores:
        """For each of these stories, by number, the mean cosine of all its passages to a unit vector."""
        found: Scores = self._centres[numbers] @ query
        return found

    def story_words(self, question: str) -> Scores:
        """BM25 of a question against whole stories, by their numbers."""
        asked, scores = self._story_words_of
        if asked != question:
            scores = self._new_story_words(question)
            self._story_words_of = question, scores
        return scores

    def _new_story_words(self, question: str) -> Scores:
        counts: dict[str, Scores] = {}
        for term in dict.fromkeys(find_words(question)):
            found = [
                (self._story_of_row[number], *self._segments[number].words.postings(term)) for number in self._numbers
            ]
            if len(self) > MANY_ROWS and sum(len(rows) for _, rows, _ in found) > COMMON * len(self):
                continue
            for story_of, rows, times in found:
                here = story_of[rows]
                held = here >= 0
                in_each = np.bincount(here[held], weights=times[held], minlength=len(self._placed)).astype(np.float32)
                counts[term] = counts.get(term, np.float32(0)) + in_each
        scores = np.zeros(len(self._placed), dtype=np.float32)
        norm = K1 * (1 - B + B * self._story_lengths / max(float(self._story_lengths.mean()), 1.0))
        for times_by_story in counts.values():
            having = int((times_by_story > 0).sum())
            idf = np.log(1 + (len(self._placed) - having + 0.5) / (having + 0.5))
            scores += idf * times_by_story * (K1 + 1) / (times_by_story + norm)
        return scores

    @cached_property
    def _centres(self) -> Vectors:
        """The mean vector of each story's passages (story, dimension)."""
        dimension = next((part.vectors.dim for part in self._segments.values()), 1)
        centres = np.zeros((len(self._placed), dimension), dtype=np.float32)
        for at, part in enumerate(self._placed):
            if part.count:
                centres[at] = self._segments[part.segment].vectors.rows(np.asarray(part.rows, np.int64)).mean(axis=0)
        return centres

    @cached_property
    def _story_of(self) -> Positions:
        """The story, by its place, of each position."""
        return np.repeat(np.arange(len(self._placed)), np.diff(self._first))

    @cached_property
    def _story_of_row(self) -> dict[int, Positions]:
        """For each segment the story of each of its rows, by its place, or -1 where the row is dead."""
        _, _, position = self._places
        return {number: np.where(at >= 0, self._story_of[at], -1) for number, at in position.items()}

    @cached_property
    def _story_lengths(self) -> Scores:
        """How many words each story has."""
        segment, row, _ = self._places
        lengths = np.zeros(len(self), dtype=np.float32)
        for number in self._numbers:
            here = segment == number
            lengths[here] = self._segments[number].words.lengths[row[here]]
        return np.bincount(self._story_of, weights=lengths, minlength=len(self._placed)).astype(np.float32)

    def nearness(self, query: Vectors, places: Sequence[tuple[str, Span]]) -> tuple[float, ...]:
        """The highest cosine of a unit vector to the passages that each span touches; -1 where it touches none."""
        touched = [self._touched(story, span) for story, span in places]
        edges = np.cumsum([0, *map(len, touched)])
        cosines = self._cosines(np.concatenate([np.zeros(0, np.int64), *touched]), query)
        return tuple(float(cosines[a:b].max()) if b > a else -1.0 for a, b in pairwise(edges))

    def _touched(self, story: str, span: Span) -> Positions:
        at = self._story_at.get(story)
        if at is None:
            return np.zeros(0, np.int64)
        spans = self._placed[at].spans
        inside: Positions = np.flatnonzero((spans[:, 0] < span.end) & (spans[:, 1] > span.start)) + self._first[at]
        return inside

    def _range(self, story: str) -> Positions:
        at = self._story_at[story]
        return np.arange(self._first[at], self._first[at + 1], dtype=np.int64)

    @cached_property
    def _places(self) -> tuple[NDArray[np.int32], Positions, dict[int, Positions]]:
        """The segment and row of each position, and the position of each row of each segment (-1 where it is dead)."""
        segment = np.zeros(len(self), dtype=np.int32)
        row = np.zeros(len(self), dtype=np.int64)
        position = {number: np.full(len(part.vectors), -1, np.int64) for number, part in self._segments.items()}
        for part, first in zip(self._placed, self._first, strict=False):
            here = slice(int(first), int(first) + part.count)
            segment[here], row[here] = part.segment, part.rows
            position[part.segment][part.rows] = np.arange(here.start, here.stop)
        return segment, row, position

    def _cosines(self, positions: Positions, query: Vectors) -> Scores:
        segment, row, _ = self._places
        cosines = np.zeros(len(positions), dtype=np.float32)
        for number in self._numbers:
            here = segment[positions] == number
            if here.any():
                cosines[here] = self._segments[number].vectors.rows(row[positions[here]]) @ query
        return cosines

    def _word_scores(self, question: str) -> Scores:
        asked, scores = self._words_of
        if asked != question:
            scores = self._new_word_scores(question)
            self._words_of = question, scores
        return scores

    def _new_word_scores(self, question: str) -> Scores:
        scored = score_words(question, self._live_words, self._live_totals)
        if self._in_one_row:
            return scored[0]
        scores = np.zeros(len(self), dtype=np.float32)
        for number, found in zip(self._numbers, scored, strict=True):
            live, places = self._live[number]
            scores[places] = found[live]
        return scores

    @cached_property
    def _live_words(self) -> list[tuple[WordIndex, NDArray[np.bool_]]]:
        return [(self._segments[number].words, self._live[number][0]) for number in self._numbers]

    @cached_property
    def _live_totals(self) -> tuple[int, int]:
        return count_live(self._live_words)

    @cached_property
    def _in_one_row(self) -> bool:
        """Whether there is one segment, whose rows are the positions."""
        places = self._places[2].values()
        return len(places) == 1 and all(np.array_equal(rows, np.arange(len(self))) for rows in places)

    @cached_property
    def _live(self) -> dict[int, tuple[NDArray[np.bool_], Positions]]:
        """For each segment which of its rows are live, and the positions of those."""
        _, _, position = self._places
        return {number: (position[number] >= 0, position[number][position[number] >= 0]) for number in self._numbers}

    def _nearest(self, query: Vectors, words: Scores) -> Positions:
        """The positions best by either score in the whole library, and those beside them."""
        _, _, position = self._places
        found: list[Positions] = []
        cosines: list[Scores] = []
        for number in self._numbers:
            live = position[number]
            among = None if (live >= 0).all() else np.flatnonzero(live >= 0)
            rows, scores = self._segments[number].vectors.nearest(query, CANDIDATES, among=among)
            found.append(live[rows])
            cosines.append(scores)
        if not found:
            return np.zeros(0, np.int64)
        by_meaning = np.concatenate(found)[np.argsort(-np.concatenate(cosines), kind="stable")[:CANDIDATES]]
        return self._with_neighbours(np.union1d(by_meaning, _best(words)))

    def _narrowed(self, within: Positions, cosines: Scores, words: Scores) -> Positions:
        best = np.argsort(-cosines, kind="stable")[:CANDIDATES]
        return np.intersect1d(self._with_neighbours(within[np.union1d(best, _best(words))]), within)

    def _with_neighbours(self, positions: Positions) -> Positions:
        """These positions and the ones before and after each in its story, in order."""
        story = np.searchsorted(self._first, positions, side="right")
        kept = [positions]
        for step in (-1, 1):
            beside = positions + step
            inside = (beside >= 0) & (beside < len(self))
            same = np.searchsorted(self._first, beside, side="right") == story
            kept.append(beside[inside & same])
        return np.unique(np.concatenate(kept))


def best_hits(passages: Sequence[Passage], scores: Scores, limit: int) -> tuple[Hit, ...]:
    """The best of these, best first; of equals the earlier."""
    order = np.argsort(-scores, kind="stable")[:limit]
    return tuple(Hit(passages[int(at)], float(scores[at])) for at in order)


def _best(words: Scores) -> Positions:
    """The positions with the highest scores above 0, in no order."""
    found = np.flatnonzero(words > 0)
    if len(found) > CANDIDATES:
        found = found[np.argpartition(-words[found], CANDIDATES)[:CANDIDATES]]
    return found


def _standardised(scores: Scores) -> Scores:
    spread = float(scores.std()) if len(scores) else 0.0
    standard: Scores = (scores - scores.mean()) / spread if spread > 1e-9 else np.zeros_like(scores)
    return standard
