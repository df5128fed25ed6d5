"""Finding the passages nearest to a question: candidates by meaning and by words, then one score for each.

The score adds up the two z-scored scores and a little of the neighbouring passages' (a sentence beside a good one is
worth more).
"""

from bisect import bisect_right
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray

from index.encoding.embedding import Vectors
from index.remembering import Remembered
from index.search.words import COMMON, K1, MANY_ROWS, B, LiveWords, Scores, find_words
from index.storing.segments import Placed, Segment
from index.story import Hit, Passage

CANDIDATES = 200
"""So many passages are looked at for their meaning."""
BY_WORDS = 100
"""And so many for their words: twice as many told the stories of no question better."""
TERMS_KEPT = 256
"""Words whose weight in each story is kept: most of a question are words of every question."""
PASSAGES_KEPT = 16_384
"""Passages that are kept once they were looked up: a channel's questions come back to a few stories."""
NEIGHBOUR_WEIGHT = 0.2
Positions = NDArray[np.int64]


class PassageIndex:
    """All live passages of a library in one row of positions, with the segments that hold their vectors and words."""

    def __init__(self, placed: Sequence[Placed], segments: Mapping[int, Segment]) -> None:
        self._placed = placed
        self._segments = segments
        self._numbers = sorted(segments)
        self._first = np.cumsum([0, *(part.count for part in placed)])
        self._starts: list[int] = self._first.tolist()  # the same, quicker to look up one by one
        self._story_at = {part.story: at for at, part in enumerate(placed)}
        self._story_weights: Remembered[str, Scores] = Remembered(TERMS_KEPT)
        self._passages: Remembered[int, Passage] = Remembered(PASSAGES_KEPT)
        # The last question's scores: it is asked twice.
        self._words_met: Remembered[str, Scores] = Remembered(1)
        self._stories_met: Remembered[str, Scores] = Remembered(1)

    def __len__(self) -> int:
        return int(self._first[-1])

    def passage(self, position: int) -> Passage:
        """The passage at a position."""
        return self._passages.get(position, lambda: self._look_up(position))

    def _look_up(self, position: int) -> Passage:
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

    def candidates(
        self, question: str, query: Vectors, stories: Collection[str] | None
    ) -> tuple[Positions, Scores, Scores]:
        """Positions in order, with cosine and BM25: all passages of one story, the best of several, and neighbours."""
        words = self._words(question)
        if stories is None:
            by_meaning, _ = self._nearest(query)
            within = self._with_neighbours(np.union1d(by_meaning, best_words(words)))
            return within, self.cosines(within, query), words[within]
        chosen = sorted(self._story_at.keys() & set(stories), key=self._story_at.__getitem__)
        within = np.concatenate([np.zeros(0, np.int64), *map(self._range, chosen)])
        dense = np.concatenate([np.zeros(0, np.float32), *(self._story_cosines(story, query) for story in chosen)])
        if len(within) > 4 * CANDIDATES:
            kept = narrowed(within, dense, words[within], self._with_neighbours)
            within, dense = within[kept], dense[kept]
        return within, dense, words[within]

    def best(self, question: str, query: Vectors) -> tuple[Positions, Scores, Scores]:
        """The positions best by either score in the whole library, in order, with cosine and BM25."""
        words = self._words(question)
        by_meaning, cosines = self._nearest(query)
        by_words = best_words(words)
        found, first = np.unique(np.concatenate([by_words, by_meaning]), return_index=True)
        return found, np.concatenate([self.cosines(by_words, query), cosines])[first], words[found]

    def centre_cosines(self, numbers: Positions, query: Vectors) -> Scores:
        """For each of these stories, by number, the mean cosine of all its passages to a unit vector."""
        found: Scores = self._centres[numbers] @ query
        return found

    def story_words(self, question: str) -> Scores:
        """BM25 of a question against whole stories, by their numbers."""
        return self._stories_met.get(question, lambda: self._score_stories(question))

    def _score_stories(self, question: str) -> Scores:
        scores = np.zeros(len(self._placed), dtype=np.float32)
        for term in dict.fromkeys(find_words(question)):
            scores += self._story_weights.get(term, partial(self._weigh_stories, term))
        return scores

    def _weigh_stories(self, term: str) -> Scores:
        """What a term adds to the score of each story."""
        found = [(self._story_of_row[number], *self._segments[number].words.postings(term)) for number in self._numbers]
        times = np.zeros(len(self._placed), dtype=np.float32)
        if len(self) > MANY_ROWS and sum(len(rows) for _, rows, _ in found) > COMMON * len(self):
            return times
        for story_of, rows, counts in found:
            stories = story_of[rows]
            live = slice(None) if self._in_one_row else stories >= 0
            times += np.bincount(stories[live], weights=counts[live], minlength=len(times)).astype(np.float32)
        having = int((times > 0).sum())
        idf = np.log(1 + (len(times) - having + 0.5) / (having + 0.5))
        norm = K1 * (1 - B + B * self._story_lengths / max(float(self._story_lengths.mean()), 1.0))
        return np.asarray(idf * times * (K1 + 1) / (times + norm), dtype=np.float32)

    @cached_property
    def _centres(self) -> Vectors:
        """The mean vector of each story's passages (story, dimension)."""
        centres = np.zeros((len(self._placed), self._dim), dtype=np.float32)
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

    def _story_cosines(self, story: str, query: Vectors) -> Scores:
        """The cosine of each passage of a story to a unit vector."""
        part = self._placed[self._story_at[story]]
        return self._segments[part.segment].vectors.cosines(slice(part.first_row, part.first_row + part.count), query)

    def cosines(self, positions: Positions, query: Vectors) -> Scores:
        """The cosine of each of these passages to a unit vector (dim,)."""
        if self._in_one_row:
            return self._segments[self._numbers[0]].vectors.cosines(positions, query)
        segment, row, _ = self._places
        cosines = np.zeros(len(positions), dtype=np.float32)
        for number in self._numbers:
            here = segment[positions] == number
            if here.any():
                cosines[here] = self._segments[number].vectors.cosines(row[positions[here]], query)
        return cosines

    @cached_property
    def _dim(self) -> int:
        return next((part.vectors.dim for part in self._segments.values()), 1)

    def _words(self, question: str) -> Scores:
        """BM25 of a question against every passage, by position."""
        return self._words_met.get(question, lambda: self._live_words.scores(question))

    @cached_property
    def _live_words(self) -> LiveWords:
        _, _, position = self._places
        return LiveWords([(self._segments[number].words, position[number]) for number in self._numbers])

    @cached_property
    def _in_one_row(self) -> bool:
        """Whether there is one segment, whose rows are the positions."""
        places = self._places[2].values()
        return len(places) == 1 and all(np.array_equal(rows, np.arange(len(self))) for rows in places)

    @cached_property
    def _among(self) -> dict[int, Positions | None]:
        """For each segment which rows to look among; None for all."""
        _, _, position = self._places
        return {number: None if (at >= 0).all() else np.flatnonzero(at >= 0) for number, at in position.items()}

    def _nearest(self, query: Vectors) -> tuple[Positions, Scores]:
        """The positions nearest in meaning in the whole library, nearest first, with their cosines."""
        _, _, position = self._places
        found, cosines = [np.zeros(0, np.int64)], [np.zeros(0, np.float32)]
        for number in self._numbers:
            rows, scores = self._segments[number].vectors.nearest(query, CANDIDATES, among=self._among[number])
            found.append(position[number][rows])
            cosines.append(scores)
        every, nearness = np.concatenate(found), np.concatenate(cosines)
        nearest = np.argsort(-nearness, kind="stable")[:CANDIDATES]
        return every[nearest], nearness[nearest]

    def _with_neighbours(self, positions: Positions) -> Positions:
        """These positions and the ones before and after each in its story, in order."""
        before, after = np.maximum(positions - 1, 0), np.minimum(positions + 1, len(self) - 1)
        story = self._story_of[positions]
        kept = [positions, before[self._story_of[before] == story], after[self._story_of[after] == story]]
        return np.unique(np.concatenate(kept))


def best_hits(passages: Sequence[Passage], dense: Scores, words: Scores, limit: int) -> tuple[Hit, ...]:
    """The best of these passages, in reading order, by their cosine and BM25, best first; of equals the earlier."""
    scores = _summed(passages, dense, words)
    order = np.argsort(-scores, kind="stable")[:limit]
    return tuple(Hit(passages[int(at)], float(scores[at])) for at in order)


def _summed(passages: Sequence[Passage], dense: Scores, words: Scores) -> Scores:
    """Z-scored cosine plus z-scored BM25, plus a fifth of the mean of those next to it that are among these too."""
    own = _standardised(dense) + _standardised(words)
    around = np.zeros_like(own)
    count = np.zeros_like(own)
    for at in range(1, len(own)):
        if passages[at].story == passages[at - 1].story:
            around[at] += own[at - 1]
            around[at - 1] += own[at]
            count[at - 1 : at + 1] += 1
    return (own + NEIGHBOUR_WEIGHT * around / np.maximum(count, 1)).astype(np.float32)


def narrowed(within: Positions, dense: Scores, words: Scores, beside: Callable[[Positions], Positions]) -> Positions:
    """Which of these positions to keep, by their numbers: the best by either score, and those `beside` them."""
    by_meaning = np.argsort(-dense, kind="stable")[:CANDIDATES]
    return np.flatnonzero(np.isin(within, beside(within[np.union1d(by_meaning, best_words(words))])))


def best_words(words: Scores) -> Positions:
    """The positions with the highest scores above 0, in no order."""
    found = np.flatnonzero(words > 0)
    if len(found) > BY_WORDS:
        found = found[np.argpartition(-words[found], BY_WORDS)[:BY_WORDS]]
    return found


def _standardised(scores: Scores) -> Scores:
    spread = float(scores.std()) if len(scores) else 0.0
    standard: Scores = (scores - scores.mean()) / spread if spread > 1e-9 else np.zeros_like(scores)
    return standard
