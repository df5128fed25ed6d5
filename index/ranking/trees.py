"""Boosted decision trees, as they score sentences: a few arrays, walked down level by level for all rows at once.

What grows them is `index.ranking.training.fitting`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.encoding.packaged import mapped_tensors
from index.ranking.matching import Floats

TREES = Path(__file__).parent / "weights" / "trees.safetensors"
_PARTS = ("feature", "threshold", "left", "right", "value", "root")


@dataclass(frozen=True, slots=True)
class Trees:
    """All nodes of all trees in one row: the column that each looks at (-1: a leaf), the number up to which one goes
    left, both children, and the score of a leaf; `root` has where each tree begins."""

    feature: NDArray[np.int32]
    threshold: Floats
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: Floats
    root: NDArray[np.int32]

    @classmethod
    def load(cls, path: Path = TREES) -> Trees:
        """The stored trees. Raises OSError where the file is missing, ValueError where it is another."""
        stored: Mapping[str, NDArray[np.generic]] = mapped_tensors(path)
        if set(stored) != set(_PARTS):
            raise ValueError("the file holds no trees")
        feature, left, right, root = (np.array(stored[part], np.int32) for part in ("feature", "left", "right", "root"))
        threshold, value = (np.array(stored[part], np.float32) for part in ("threshold", "value"))
        return cls(feature, threshold, left, right, value, root)

    def score(self, rows: Floats) -> Floats:
        """The sum of all trees for each row; shape (n,) for rows of shape (n, columns)."""
        at = np.tile(self.root, (len(rows), 1))
        number = np.arange(len(rows))[:, None]
        while True:
            feature = self.feature[at]
            inner = feature >= 0
            if not inner.any():
                return np.asarray(self.value[at].sum(axis=1), dtype=np.float32)
            goes_left = rows[number, np.maximum(feature, 0)] <= self.threshold[at]
            at = np.where(inner, np.where(goes_left, self.left[at], self.right[at]), at)
