"""The taught reader as it answers questions, without torch: it scores as `index.ranking.training.network` does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.encoding.layers import Layers, PieceEmbeddings
from index.encoding.packaged import Floats, expanded, log_probabilities, mapped_tensors, packaged_tensors
from index.encoding.sentences import usable_cores
from index.ranking.windows import TABLES, Window

MOST_THREADS = 4
"""Cores that read one window together: two answer a lone asker a third sooner, and cost many askers a fourteenth."""
_HEADS = ("span", "weighing", "relevance", "nothing", "answerable", "verdict")


@dataclass(frozen=True, slots=True)
class Reading:
    """Logarithms of probabilities over a window: where an answer starts and ends (piece; piece 0 says "nowhere"), and
    which sentence answers (the last one says "none"). `answerable` is a raw score for there being an answer at all,
    `answers` for each sentence that it is one of those that answer; `verdict` is the logarithm of the odds of a yes."""

    start: Floats
    end: Floats
    sentences: Floats
    answerable: float
    answers: Floats
    verdict: float


class ReaderInference:
    """Windows in, a `Reading` out; it changes nothing, so threads may share it."""

    def __init__(self, embeddings: PieceEmbeddings, layers: Layers, tensors: Mapping[str, Floats]) -> None:
        self._embeddings = embeddings
        self._layers = layers
        self._tables = [tensors[f"tables.{name}.weight"] for name in TABLES]
        self._heads = {name: (tensors[f"{name}.weight"].T, tensors[f"{name}.bias"]) for name in _HEADS}

    @classmethod
    def load(cls, path: Path, *, int8: bool = True) -> ReaderInference:
        """The reader stored at `path`. Raises OSError where it is missing, ValueError where it is another file.

        With `int8` it counts as coarsely as its matrices are stored: a third sooner, and the figures on questions stay.
        """
        stored = expanded(mapped_tensors(path))
        if not {f"{name}.weight" for name in _HEADS} <= stored.keys():
            raise ValueError("the file holds no reader")
        layers = Layers.of(stored, int8=int8, masked=False, threads=min(MOST_THREADS, usable_cores()))
        return cls(PieceEmbeddings.of(packaged_tensors()), layers, stored)

    def read(self, window: Window) -> Reading:
        """What is to be read, read."""
        ids, kinds = (np.array([row], dtype=np.int64) for row in (window.ids, window.kinds))
        features = np.array(window.features)
        hidden = self._embeddings.hidden(ids, kinds=kinds)
        for column, table in enumerate(self._tables):
            hidden += table[features[:, column]]
        (states,) = self._layers.states(hidden)
        sentence = np.array(window.sentence)
        spans = self._head("span", states)
        spans[(sentence < 0) & (np.arange(len(sentence)) > 0)] = -1e4
        pooled, scores = self._told(states, sentence)
        told = np.append(scores, self._head("nothing", states[0]))
        start, end = log_probabilities(spans.T)
        answering = np.exp(log_probabilities(scores)) @ pooled
        no, yes = self._head("verdict", np.concatenate([states[0], answering])).tolist()
        answerable = float(self._head("answerable", states[0])[0])
        return Reading(start, end, log_probabilities(told), answerable, scores, yes - no)

    def _told(self, states: Floats, sentence: NDArray[np.int64]) -> tuple[Floats, Floats]:
        """Each sentence as the mean of the pieces that weigh most in it, and how well it answers."""
        weighing = self._head("weighing", states)[:, 0]
        count = max(int(sentence.max()) + 1, 1)
        pooled = np.zeros((count, states.shape[1]), dtype=np.float32)
        scores = np.full(count, -1e4, dtype=np.float32)
        for number in np.unique(sentence[sentence >= 0]):
            inside = sentence == number
            pooled[number] = np.exp(log_probabilities(weighing[inside])) @ states[inside]
            scores[number] = self._head("relevance", pooled[number])[0]
        return pooled, scores

    def _head(self, name: str, states: Floats) -> Floats:
        matrix, bias = self._heads[name]
        found: Floats = states @ matrix + bias
        return found
