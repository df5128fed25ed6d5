"""How well sentences match a question by their words and their vectors, before anything trained looks at them; and
which stories do, by their best passages, the whole of them, their title and their date."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.language.words import YEARS, plain_words, stems_of
from index.story import Passage, Story

Floats = NDArray[np.float32]
Positions = NDArray[np.int64]

_SATURATION, _LENGTH_WEIGHT = 1.2, 0.5  # k1 and b of BM25; sentences differ little in length
_NEIGHBOUR_WEIGHT = 0.2  # of a sentence's neighbours in its own score; newsqa gains 1 point within 1,000 characters
BEST_OF_STORY = 3
SHORTLIST = 32  # stories that the dearer figures are worked out for
LOOKED_AT = 50  # passages that are looked at for being questions
OLDEST_YEARS = 10.0
# Fitted on 117 questions to 2,328 stories, each sixth of them with the other five.
_BEST, _MEANING, _WORDS = 0.6, 0.3, 0.6
_CENTRE, _TITLE, _PER_YEAR = 0.9, 0.3, 0.7
_CLOSING = "\"'”’)]"


def lexical_scores(asked: Sequence[str], sentences: Sequence[Sequence[str]]) -> Floats:
    """BM25 of each sentence, given as stems, for the stems asked; rarity is counted within these sentences."""
    scores = np.zeros(len(sentences), dtype=np.float32)
    lengths = np.array([len(sentence) for sentence in sentences], dtype=np.float32)
    norm = (
        1 - _LENGTH_WEIGHT + _LENGTH_WEIGHT * lengths / max(float(lengths.mean()), 1.0) if len(sentences) else lengths
    )
    rows = {stem: row for row, stem in enumerate(dict.fromkeys(asked))}
    every = np.zeros((len(rows), len(sentences)), dtype=np.float32)
    for at, sentence in enumerate(sentences):
        for stem in sentence:
            if stem in rows:
                every[rows[stem], at] += 1
    for times in every:
        rarity = _rarity(int(np.count_nonzero(times)), len(sentences))
        scores += rarity * times * (_SATURATION + 1) / (times + _SATURATION * norm)
    return scores


def rarities(asked: Sequence[str], sentences: Sequence[Sequence[str]]) -> dict[str, float]:
    """For each different stem asked, how rare it is among the sentences (BM25's inverse document frequency)."""
    present = [set(sentence) for sentence in sentences]
    total = len(present)
    having = {stem: sum(stem in words for words in present) for stem in dict.fromkeys(asked)}
    return {stem: _rarity(count, total) for stem, count in having.items()}


def _rarity(having: int, total: int) -> float:
    """BM25's inverse document frequency of what so many of all have."""
    return math.log(1 + (total - having + 0.5) / (having + 0.5))


def standardised(values: Floats) -> Floats:
    """The values with mean 0 and deviation 1; all 0 where they do not differ."""
    if not len(values):
        return values
    centred = values - np.add.reduce(values) / len(values)  # numpy's `std` would work the mean out once more
    return np.asarray(centred / (math.sqrt(centred @ centred / len(values)) + 1e-6), dtype=np.float32)


def smoothed(values: Floats) -> Floats:
    """The values with a little of the sentence before and after mixed in."""
    if len(values) < 2:
        return values
    padded = np.concatenate([values[:1], values, values[-1:]])
    return np.asarray(values + _NEIGHBOUR_WEIGHT * (padded[:-2] + padded[2:]), dtype=np.float32)


class Index(Protocol):
    """What is needed of `index.search.searching.PassageIndex`."""

    def passage(self, position: int) -> Passage:
        """The passage at a position."""
        ...

    def edges(self, positions: Positions) -> NDArray[np.int32]:
        """Where each passage begins and ends in its story, shape (n, 2)."""
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
    undated = YEARS.isdisjoint(plain_words(question))
    age = _ages(stories) if undated else np.zeros(len(stories), dtype=np.float32)
    scores = _CENTRE * standardised(centre) + _TITLE * standardised(titles) - _PER_YEAR * age
    return np.asarray(scores, dtype=np.float32)


def _ages(stories: Sequence[Story]) -> Floats:
    """By how many years each is older than the newest of them; news is asked about while it is new."""
    days = np.array([story.date.toordinal() if story.date else np.nan for story in stories])
    if np.isnan(days).all():
        return np.zeros(len(stories), dtype=np.float32)
    years = np.minimum((np.nanmax(days) - days) / 365.25, OLDEST_YEARS)
    return np.asarray(np.where(np.isnan(years), np.nanmean(years), years), dtype=np.float32)
