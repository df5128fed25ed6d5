"""What the reader of questions is taught by: the probability of a whole path of tags among all legal ones."""

from itertools import product

import pytest
import torch

from bot.questions.training.__main__ import unlikeliness

TAGS, MOVES = 5, torch.linspace(-0.7, 0.9, 25).reshape(5, 5)
SCORES = torch.sin(torch.arange(20.0)).reshape(1, 4, TAGS)
REAL = torch.ones(1, 4, dtype=torch.bool)


def unlikely(path: tuple[int, ...], scores: torch.Tensor = SCORES, real: torch.Tensor = REAL) -> float:
    return unlikeliness(scores, torch.tensor([path]), real, MOVES).item()


def test_the_probabilities_of_all_paths_are_one_and_illegal_paths_have_none() -> None:
    every = {path: unlikely(path) for path in product(range(TAGS), repeat=4)}
    assert sum(torch.exp(torch.tensor([-one for one in every.values()])).tolist()) == pytest.approx(1, abs=1e-4)
    assert every[(0, 2, 0, 0)] > 1_000
    assert every[(2, 2, 0, 0)] > 1_000
    assert every[(1, 2, 3, 4)] < 20


def test_what_fills_a_line_up_counts_nothing() -> None:
    longer = torch.cat([SCORES, torch.full((1, 2, TAGS), 3.0)], 1)
    real = torch.tensor([[True] * 4 + [False] * 2])
    assert unlikely((1, 2, 0, 3, 0, 0), longer, real) == pytest.approx(unlikely((1, 2, 0, 3)), abs=1e-4)
