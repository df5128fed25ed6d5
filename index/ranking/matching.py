"""How well sentences match a question by their words and their vectors, before anything trained looks at them."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Positions = NDArray[np.int64]

_SATURATION, _LENGTH_WEIGHT = 1.2, 0.5  # k1 and b of BM25; sentences differ little in length
_NEIGHBOUR_WEIGHT = 0.2  # of a sentence's neighbours in its own score; newsqa gains 1 point within 1,000 characters


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
