"""The few weights that are fitted: on made numbers, the column that tells gets the weight."""

from pathlib import Path

import numpy as np
import pytest

from index.ranking.training.fitting import Choice, fit_chance, fit_choice, grow_chance, grow_joint, grow_trees
from index.ranking.training.network import save_trees
from index.ranking.weighing import Trees


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


def test_trees_put_the_right_sentence_first_and_are_the_same_when_stored(tmp_path: Path) -> None:
    chance = np.random.default_rng(5)
    choices = []
    for _ in range(120):
        rows = chance.normal(size=(12, 4)).astype(np.float32)
        choices.append(Choice(rows, (np.abs(rows[:, 2]) < 0.3) & (rows[:, 0] > 0)))
    trees = grow_trees(choices[:100])
    save_trees(trees, tmp_path / "trees.safetensors")
    stored = Trees.load(tmp_path / "trees.safetensors")
    usable = [one for one in choices[100:] if one.right.any()]
    first = [one.right[int(np.argmax(trees.score(one.rows)))] for one in usable]
    assert sum(first) >= 0.8 * len(usable)
    assert all(np.array_equal(trees.score(one.rows), stored.score(one.rows)) for one in usable)
    assert trees.score(choices[0].rows)[3] == trees.score(choices[0].rows[3:4])[0]


def test_trees_correct_what_scores_get_wrong() -> None:
    chance = np.random.default_rng(7)
    choices, starts = [], []
    for _ in range(160):
        rows = chance.normal(size=(12, 3)).astype(np.float32)
        right = rows[:, 0] - 3 * (rows[:, 1] > 0.5) == (rows[:, 0] - 3 * (rows[:, 1] > 0.5)).max()
        choices.append(Choice(rows, right))
        starts.append(3 * rows[:, 0])
    trees = grow_joint(choices[:120], starts[:120])
    unseen = list(zip(choices[120:], starts[120:], strict=True))
    before, after = (
        sum(bool(one.right[int(np.argmax(start + share * trees.score(one.rows)))]) for one, start in unseen)
        for share in (0, 1)
    )
    assert after > before


def test_trees_tell_the_odds_of_what_happens() -> None:
    rows = np.linspace(-1, 1, 400, dtype=np.float32)[:, None]
    happened = rows[:, 0] > 0.2
    scores = grow_chance(rows, happened, np.ones(400, dtype=np.float32)).score(rows)
    assert ((scores > 0) == happened).mean() > 0.97
