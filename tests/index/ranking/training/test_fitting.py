"""The few weights that are fitted: on made numbers, the column that tells gets the weight."""

import numpy as np
import pytest

from index.ranking.training.fitting import Choice, fit_chance, fit_choice


def test_a_column_that_marks_the_right_sentence_gets_the_weight() -> None:
    chance = np.random.default_rng(3)
    choices = []
    for _ in range(40):
        rows = chance.normal(size=(6, 3)).astype(np.float32)
        choices.append(Choice(rows, rows[:, 1] == rows[:, 1].max()))
    weights = fit_choice(choices)
    assert weights[1] > 5 * max(abs(weights[0]), abs(weights[2]))


def test_a_chance_rises_with_what_goes_with_it() -> None:
    rows = np.linspace(-1, 1, 40, dtype=np.float32)[:, None]
    weights = fit_chance(rows, rows[:, 0] > 0.2, np.ones(40, dtype=np.float32))
    assert weights[0] > 0
    assert -weights[1] / weights[0] == pytest.approx(0.2, abs=0.1)
