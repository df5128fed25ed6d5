"""Runs from the scores of tags: only legal paths, and of these the best."""

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.encoding.tags import best_chain, best_path, runs_of

ROWS = st.lists(st.lists(st.floats(-9, 0, width=32), min_size=5, max_size=5), min_size=1, max_size=5)


def is_legal(path: tuple[int, ...]) -> bool:
    return all(tag == 0 or tag % 2 or before in {tag, tag - 1} for before, tag in zip((0, *path), path, strict=False))


def total(scores: NDArray[np.float32], path: tuple[int, ...]) -> float:
    return float(sum(row[tag] for row, tag in zip(scores.tolist(), path, strict=True)))


def test_a_run_begins_with_a_begin_tag_and_goes_on_with_its_own() -> None:
    assert runs_of([0, 1, 2, 2, 0, 3, 4, 1, 0]) == [(1, 4), (5, 7), (7, 8)]


def test_a_piece_that_leans_the_other_way_breaks_no_run() -> None:
    scores = np.log([[0.1, 0.8, 0.1], [0.45, 0.2, 0.35], [0.1, 0.05, 0.85]]).astype(np.float32)
    assert scores.argmax(axis=1).tolist() == [1, 0, 2]
    assert best_path(scores) == [1, 2, 2]


@given(ROWS)
def test_no_legal_path_scores_higher(rows: list[list[float]]) -> None:
    scores = np.array(rows, dtype=np.float32)
    path = tuple(best_path(scores))
    legal = [one for one in product(range(5), repeat=len(rows)) if is_legal(one)]
    assert path in legal
    assert total(scores, path) >= max(total(scores, one) for one in legal) - 1e-4


@given(ROWS, st.integers(0, 99))
def test_no_legal_chain_scores_higher_with_its_moves(rows: list[list[float]], seed: int) -> None:
    scores, moves = np.array(rows, dtype=np.float32), np.random.default_rng(seed).normal(size=(5, 5)).astype(np.float32)

    def chained(path: tuple[int, ...]) -> float:
        steps = zip((0, *path), path, strict=False)
        return total(scores, path) + sum(float(moves[before, tag]) for before, tag in steps)

    path = tuple(best_chain(scores, moves))
    legal = [one for one in product(range(5), repeat=len(rows)) if is_legal(one)]
    assert path in legal
    assert chained(path) >= max(map(chained, legal)) - 1e-4
