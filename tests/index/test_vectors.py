"""The FAISS side: exact search over unit rows."""

import numpy as np
import pytest

from index.vectors import VectorIndex


def rows(count: int, dim: int = 16, seed: int = 1) -> "np.ndarray[tuple[int, int], np.dtype[np.float32]]":
    found = np.random.default_rng(seed).standard_normal((count, dim)).astype(np.float32)
    unit: np.ndarray[tuple[int, int], np.dtype[np.float32]] = found / np.linalg.norm(found, axis=1, keepdims=True)
    return unit


def test_the_nearest_are_those_of_a_plain_product() -> None:
    matrix, (query,) = rows(500), rows(1, seed=2)
    found, scores = VectorIndex.of(matrix).nearest(query, 10)
    assert found.tolist() == np.argsort(-(matrix @ query))[:10].tolist()
    assert scores == pytest.approx(np.sort(matrix @ query)[::-1][:10], abs=1e-6)


def test_only_rows_that_may_be_found_are_found() -> None:
    matrix, (query,) = rows(100), rows(1, seed=2)
    among = np.arange(0, 100, 7)
    found, _ = VectorIndex.of(matrix).nearest(query, 50, among=among)
    assert sorted(found.tolist()) == among.tolist()


def test_an_index_reads_back_as_it_was_written() -> None:
    index = VectorIndex.of(rows(20))
    again = VectorIndex.from_bytes(index.to_bytes())
    assert again.matrix.tobytes() == index.matrix.tobytes()
    assert again.to_bytes() == index.to_bytes()


def test_an_empty_index_finds_nothing() -> None:
    index = VectorIndex.from_bytes(VectorIndex.of(rows(0)).to_bytes())
    found, scores = index.nearest(rows(1)[0], 5)
    assert len(index) == len(found) == len(scores) == 0


def test_another_kind_of_index_is_refused() -> None:
    import faiss

    by_distance = faiss.IndexFlatL2(4)
    for payload in (faiss.serialize_index(by_distance).tobytes(), b"", b"IxFI", b"not an index at all"):
        with pytest.raises(ValueError, match="index"):
            VectorIndex.from_bytes(payload)
