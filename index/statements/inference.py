"""The statement tagger as it reads stories, without torch: it scores as `index.statements.training.network` does."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.encoding.layers import Layers, PieceEmbeddings
from index.encoding.packaged import (
    Floats,
    expanded,
    log_probabilities,
    mapped_tensors,
    packaged_tensors,
    stored_facts,
)
from index.encoding.sentences import usable_cores
from index.errors import StoriesError
from index.statements.decoding import Decision, WindowScores
from index.statements.features import Vocabulary

Ints = NDArray[np.int64]
WEIGHTS = Path(__file__).parent / "weights" / "tagger.safetensors"
FORMAT = "onrecord-tagger-1"
POINTER_WIDTH, DISTANCES = 128, 32
PLACES = 512  # of the longest window
_TAGS = ("content", "cue", "source")
_ERF = (0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429)  # Abramowitz and Stegun, 7.1.26
_ERF_STEP = 0.3275911


class TaggerInference:
    """Windows in, scores out; it changes nothing, so threads may share it."""

    def __init__(
        self, embeddings: PieceEmbeddings, layers: Layers, tensors: Mapping[str, Floats], vocabulary: Vocabulary
    ) -> None:
        self._embeddings = embeddings
        self._layers = layers
        self._tables = [tensors[f"tables.{name}.weight"] for name in vocabulary.sizes()]
        self._nearness = np.ascontiguousarray(tensors["nearness.weight"][distance_buckets(PLACES)].transpose(2, 0, 1))
        heads = ("trunk", *_TAGS, "asks", "offers")
        self._heads = {name: (tensors[f"{name}.weight"].T, tensors[f"{name}.bias"]) for name in heads}

    @classmethod
    def load(cls, path: Path) -> tuple[TaggerInference, Vocabulary, Decision]:
        """The tagger stored at `path`, with its labels and decision settings. Raises WeightsUnusable."""
        vocabulary, decision = load_facts(path)
        stored = expanded(mapped_tensors(path))
        layers = Layers.of(stored, masked=False, threads=usable_cores())
        return cls(PieceEmbeddings.of(packaged_tensors()), layers, stored, vocabulary), vocabulary, decision

    def score(self, ids: Ints, features: Ints, head: Ints) -> WindowScores:
        """Scores of a window. `ids`, `head`: (piece,); `features`: (piece, table)."""
        hidden = self._embeddings.hidden(ids[None])
        for column, table in enumerate(self._tables):
            hidden += table[features[:, column]]
        states = self._layers.states(hidden)[0]
        trunk = _bent(self._head("trunk", np.concatenate([states, states[head]], axis=-1)))
        content, cue, source = (log_probabilities(self._head(name, trunk)) for name in _TAGS)
        to_source, to_cue = self._pointers(trunk)
        return WindowScores(content, cue, source, to_source, to_cue)

    def _pointers(self, trunk: Floats) -> Floats:
        """Where each piece points to: for speakers, and for cues."""
        length = len(trunk)
        split = (length, 2, POINTER_WIDTH)
        asks = self._head("asks", trunk).reshape(split).transpose(1, 0, 2)
        offers = self._head("offers", trunk).reshape(split).transpose(1, 2, 0)
        raw = asks @ offers
        raw /= np.float32(POINTER_WIDTH**0.5)
        raw += self._nearness[:, :length, :length]
        return log_probabilities(raw)

    def _head(self, name: str, states: Floats) -> Floats:
        matrix, bias = self._heads[name]
        found: Floats = states @ matrix + bias
        return found


def distance_buckets(length: int) -> Ints:
    """A row of the nearness table for every (from, to) pair: signed, logarithmic, with one row for [CLS]."""
    places = np.arange(length)
    apart = places[None, :] - places[:, None]
    size = np.minimum((np.log2(np.abs(apart).astype(np.float32) + 1) * np.float32(1.7)).astype(np.int64), 14)
    rows: Ints = np.where(apart >= 0, size, size + 15)
    rows[:, 0] = DISTANCES - 1
    return rows


def _bent(states: Floats) -> Floats:
    """The states times how likely a number of the normal distribution lies below each."""
    size = np.abs(states) * np.float32(0.5**0.5)
    step = 1 / (1 + np.float32(_ERF_STEP) * size)
    series = np.zeros_like(step)
    for factor in reversed(_ERF):
        series = (series + np.float32(factor)) * step
    erf = np.sign(states) * (1 - series * np.exp(-size * size))
    bent: Floats = states * (1 + erf) / 2
    return bent


class WeightsUnusable(StoriesError):
    """The tagger's weights, or the model they build on, are missing or not the ones they should be."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"The statement tagger cannot use “{path.name}”: {reason}.")


def load_facts(path: Path) -> tuple[Vocabulary, Decision]:
    """The labels and decision settings of stored weights. Raises WeightsUnusable."""
    if not path.is_file():
        raise WeightsUnusable(path, "the file is missing")
    try:
        facts = json.loads(stored_facts(path)["onrecord"])
    except (ValueError, KeyError, TypeError, OSError) as failure:
        raise WeightsUnusable(path, "it is damaged") from failure
    if facts["format"] != FORMAT:
        raise WeightsUnusable(path, f"its format is {facts['format']}")
    settings = facts["decision"]
    vocabulary = Vocabulary(*(tuple(facts["labels"][name]) for name in ("tags", "deps", "ents")))
    return vocabulary, Decision(**settings | {"calibration": tuple(settings["calibration"])})
