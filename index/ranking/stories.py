"""Which stories of a library a question is about: their best passages, the whole of them, their title, their date."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.language.words import stems_of
from index.ranking.matching import Floats, Positions, lexical_scores, standardised
from index.story import Passage, Story

BEST_OF_STORY = 3
SHORTLIST = 32  # stories that the dearer figures are worked out for
LOOKED_AT = 50  # passages that are looked at for being questions
OLDEST_YEARS = 10.0
# Fitted on 117 questions to 2,328 stories, each sixth of them with the other five.
_BEST, _MEANING, _WORDS = 0.6, 0.3, 0.6
_CENTRE, _TITLE, _PER_YEAR = 0.9, 0.3, 0.7
_ASKS = re.compile(r"\?[\s\"'”’)\]]*$")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")


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
        _ASKS.search(texts[number], max(start, end - 4), end) is not None
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
    age = np.zeros(len(stories), dtype=np.float32) if _YEAR.search(question) else _ages(stories)
    scores = _CENTRE * standardised(centre) + _TITLE * standardised(titles) - _PER_YEAR * age
    return np.asarray(scores, dtype=np.float32)


def _ages(stories: Sequence[Story]) -> Floats:
    """By how many years each is older than the newest of them; news is asked about while it is new."""
    days = np.array([story.date.toordinal() if story.date else np.nan for story in stories])
    if np.isnan(days).all():
        return np.zeros(len(stories), dtype=np.float32)
    years = np.minimum((np.nanmax(days) - days) / 365.25, OLDEST_YEARS)
    return np.asarray(np.where(np.isnan(years), np.nanmean(years), years), dtype=np.float32)
