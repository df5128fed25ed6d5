"""The vector index at several sizes: how long a search takes, what it finds of the nearest, and what it weighs."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from bot.terminal.benchmark.figures import Figure, middle_ms, timed
from bot.terminal.benchmark.material import MadeVectors, questions
from index.encoding import PackagedEmbedder, Vectors
from index.search import VectorIndex

_ASKED = 100
_NEAREST = 10
_FOUND = 200  # as many as the library asks for
_CHUNK = 50_000


def searched(sizes: tuple[int, ...], *, sentences: int) -> Iterator[Figure]:
    """Questions searched for among made vectors, beside the encoder's forward pass and exact search."""
    embedder = PackagedEmbedder()
    made = MadeVectors(embedder, sentences=sentences)
    asked = questions(_ASKED)
    vectors = embedder.embed(asked)
    forward = middle_ms([timed(partial(embedder.embed, [question])) for question in asked])
    for size in sizes:
        yield from _searched(made, size, vectors, forward)


def _searched(made: MadeVectors, size: int, asked: Vectors, forward: float) -> Iterator[Figure]:
    matrix = np.concatenate([made.rows(min(_CHUNK, size - at)) for at in range(0, size, _CHUNK)])
    index = VectorIndex.of(matrix)
    exact, exact_s = _compared(matrix, asked)
    del matrix
    taken = middle_ms([timed(partial(index.nearest, row, _FOUND)) for row in asked])
    found = [index.nearest(row, _NEAREST)[0] for row in asked]
    recall = float(
        np.mean([len(near & set(rows.tolist())) / _NEAREST for near, rows in zip(exact, found, strict=True)])
    )
    part, among = "search", f"among {size:,} made vectors"
    yield Figure(f"search {among}, median", taken, "ms", forward, "the encoder's forward pass", part, size)
    yield Figure(f"search {among}, median", taken, "ms", middle_ms(exact_s), "all compared", part, size)
    yield Figure(f"recall@{_NEAREST} {among}", recall, "", 1.0, "exact search", part, size)
    yield Figure(
        f"index {among}",
        index.held_bytes / 1e6,
        "MB",
        asked.nbytes / len(asked) * size / 1e6,
        "the vectors",
        part,
        size,
    )


def _compared(matrix: Vectors, asked: Vectors) -> tuple[list[set[int]], list[float]]:
    """The nearest of all rows to each question, and how many seconds it took to compare them all."""
    nearest: list[set[int]] = []

    def compare(row: Vectors) -> None:
        nearest.append(set(np.argpartition(-(matrix @ row), _NEAREST)[:_NEAREST].tolist()))

    return nearest, [timed(partial(compare, row)) for row in asked]
