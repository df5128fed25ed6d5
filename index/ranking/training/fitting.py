"""Fits the few weights of `weighing`, which sentence first and is there an answer, by likelihood with a small penalty.

Imports torch for its optimiser.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from index.ranking.features import NAMES
from index.ranking.matching import Floats
from index.ranking.weighing import Trees

Flags = NDArray[np.bool_]
TREES_GROWN = 300
_GROWING = {
    "objective": "lambdarank", "num_leaves": 15, "learning_rate": 0.05, "min_data_in_leaf": 60, "feature_fraction": 0.6,
    "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 2.0, "lambdarank_truncation_level": 5, "seed": 3,
    "num_threads": 1, "deterministic": True, "verbose": -1,
}  # fmt: skip
_JOINING: dict[str, Any] = {
    "num_leaves": 7, "learning_rate": 0.05, "min_data_in_leaf": 40, "min_sum_hessian_in_leaf": 2.0,
    "feature_fraction": 0.5, "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5.0, "seed": 3, "num_threads": 1,
    "deterministic": True, "verbose": -1,
}  # fmt: skip
JOINT_GROWN = 100
_CHANCE: dict[str, Any] = {
    "objective": "binary", "num_leaves": 8, "learning_rate": 0.03, "min_data_in_leaf": 30, "feature_fraction": 0.4,
    "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 10.0, "seed": 1, "num_threads": 1, "deterministic": True,
    "verbose": -1,
}  # fmt: skip
CHANCE_GROWN = 300
LENGTH_COST = 0.8  # off the weight of length: what is shown first should be short, so that more fits on a screen


@dataclass(frozen=True, slots=True)
class Choice:
    """One question's sentences: a row of numbers each, which of them hold the answer, and what the question counts."""

    rows: Floats
    right: Flags
    weight: float = 1.0


def fit_choice(choices: Sequence[Choice], penalty: float = 2e-4) -> Floats:
    """A weight for each column, so that the right sentences get the largest share of a softmax over each question's."""
    usable = [choice for choice in choices if choice.right.any() and not choice.right.all()]
    count, most, columns = len(usable), max(len(choice.rows) for choice in usable), usable[0].rows.shape[1]
    rows, right = torch.zeros(count, most, columns), torch.zeros(count, most, dtype=torch.bool)
    real = torch.zeros(count, most, dtype=torch.bool)
    for at, choice in enumerate(usable):
        size = len(choice.rows)
        rows[at, :size], right[at, :size] = torch.from_numpy(choice.rows), torch.from_numpy(choice.right)
        real[at, :size] = True
    spread = rows[real].std(0) + 1e-6
    scaled = rows / spread
    shares = torch.tensor([choice.weight for choice in usable])

    def loss(weights: Tensor) -> Tensor:
        scores = (scaled @ weights).masked_fill(~real, -1e4)
        found = torch.logsumexp(scores.masked_fill(~right, -1e4), 1) - torch.logsumexp(scores, 1)
        return -(shares * found).sum() / shares.sum() + penalty * (weights**2).sum()

    return np.asarray((_minimised(loss, columns) / spread).numpy(), dtype=np.float32)


def fit_base(choices: Sequence[Choice]) -> Floats:
    """Weights for `features.NAMES`."""
    weights = fit_choice(choices)
    weights[NAMES.index("length")] -= LENGTH_COST
    return weights


def grow_trees(choices: Sequence[Choice]) -> Trees:
    """Trees that put a sentence that answers before one that does not (LambdaMART; Burges 2010), by LightGBM."""
    import lightgbm

    usable = [choice for choice in choices if choice.right.any() and not choice.right.all()]
    rows = np.concatenate([choice.rows for choice in usable])
    right = np.concatenate([choice.right for choice in usable]).astype(int)
    counts = np.concatenate([np.full(len(choice.rows), choice.weight) for choice in usable])
    data = lightgbm.Dataset(rows, right, weight=counts, group=[len(choice.rows) for choice in usable])
    return _trees_of(lightgbm.train(_GROWING, data, num_boost_round=TREES_GROWN).dump_model())


def grow_joint(choices: Sequence[Choice], starts: Sequence[Floats]) -> Trees:
    """Trees that correct scores, `starts`, so that the right sentences get the largest share of a softmax over each
    question's: gradient boosting (Friedman 2001) of the loss that `fit_choice` has."""
    import lightgbm

    both = [(one, start) for one, start in zip(choices, starts, strict=True) if one.right.any()]
    right = np.concatenate([one.right for one, _ in both]).astype(int)
    data = lightgbm.Dataset(
        np.concatenate([one.rows for one, _ in both]),
        right,
        init_score=np.concatenate([start for _, start in both]).astype(float),
    )
    edges = np.cumsum([0, *(len(one.right) for one, _ in both)])

    def slopes(scores: NDArray[np.float64], _: object) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        first, second = np.zeros_like(scores), np.zeros_like(scores)
        for (one, _), begin, end in zip(both, edges[:-1], edges[1:], strict=True):
            share = np.exp(scores[begin:end] - scores[begin:end].max())
            share /= share.sum()
            wanted = share * right[begin:end]
            first[begin:end] = one.weight * (share - wanted / wanted.sum())
            second[begin:end] = one.weight * np.maximum(share * (1 - share), 1e-3)
        return first, second

    return _trees_of(lightgbm.train(_JOINING | {"objective": slopes}, data, num_boost_round=JOINT_GROWN).dump_model())


def grow_chance(rows: Floats, happened: Flags, shares: Floats) -> Trees:
    """Trees whose sum is the logarithm of the odds that something happens; `shares` say how much each row counts."""
    import lightgbm

    data = lightgbm.Dataset(rows, happened.astype(int), weight=shares)
    return _trees_of(lightgbm.train(_CHANCE, data, num_boost_round=CHANCE_GROWN).dump_model())


def _trees_of(grown: dict[str, Any]) -> Trees:
    """Trees as LightGBM tells of them."""
    nodes: dict[str, list[float]] = {part: [] for part in ("feature", "threshold", "left", "right", "value")}
    roots = [_flattened(tree["tree_structure"], nodes) for tree in grown["tree_info"]]
    feature, left, right = (np.array(nodes[part], dtype=np.int32) for part in ("feature", "left", "right"))
    threshold, value = (np.array(nodes[part], dtype=np.float32) for part in ("threshold", "value"))
    return Trees(feature, threshold, left, right, value, np.array(roots, dtype=np.int32))


def _flattened(node: dict[str, Any], nodes: dict[str, list[float]]) -> int:
    """Puts a node and all below it into the row; where it stands there."""
    at = len(nodes["feature"])
    is_leaf = "leaf_value" in node
    entry = {
        "feature": -1 if is_leaf else node["split_feature"], "threshold": 0.0 if is_leaf else node["threshold"],
        "value": node["leaf_value"] if is_leaf else 0.0, "left": 0, "right": 0,
    }  # fmt: skip
    for part, number in entry.items():
        nodes[part].append(number)
    if not is_leaf:
        nodes["left"][at] = _flattened(node["left_child"], nodes)
        nodes["right"][at] = _flattened(node["right_child"], nodes)
    return at


def fit_chance(rows: Floats, happened: Flags, shares: Floats) -> Floats:
    """Weights of a logistic regression, the constant last; `shares` say how much each row counts."""
    values = torch.from_numpy(rows)
    middle, spread = values.mean(0), values.std(0) + 1e-6
    scaled = (values - middle) / spread
    wanted, counts = torch.from_numpy(happened).float(), torch.from_numpy(shares)

    def loss(weights: Tensor) -> Tensor:
        scores = scaled @ weights[:-1] + weights[-1]
        missed = torch.nn.functional.binary_cross_entropy_with_logits(scores, wanted, weight=counts, reduction="sum")
        return missed / counts.sum() + 1e-3 * (weights[:-1] ** 2).sum()

    fitted = _minimised(loss, rows.shape[1] + 1)
    plain = fitted[:-1] / spread
    return np.asarray(torch.cat([plain, (fitted[-1] - (plain * middle).sum())[None]]).numpy(), dtype=np.float32)


def _minimised(loss: Callable[[Tensor], Tensor], count: int) -> Tensor:
    weights = torch.zeros(count, requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=100, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        optimiser.zero_grad()
        value = loss(weights)
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimiser.step(closure)  # type: ignore[no-untyped-call]
    return weights.detach()
