"""The FAISS side: search over unit rows, exact while they are few, and near enough to exact when they are many."""

import numpy as np
import pytest

from index.search import vectors
from index.search.vectors import VectorIndex


def rows(count: int, dim: int = 16, seed: int = 1) -> "np.ndarray[tuple[int, int], np.dtype[np.float32]]":
    found = np.random.default_rng(seed).standard_normal((count, dim)).astype(np.float32)
    unit: np.ndarray[tuple[int, int], np.dtype[np.float32]] = found / np.linalg.norm(found, axis=1, keepdims=True)
    return unit


def test_the_nearest_are_those_of_a_plain_product() -> None:
    matrix, (query,) = rows(500), rows(1, seed=2)
    index = VectorIndex.of(matrix)
    kept = index.rows(np.arange(500))
    found, scores = index.nearest(query, 10)
    assert found.tolist() == np.argsort(-(kept @ query))[:10].tolist()
    assert scores == pytest.approx(np.sort(kept @ query)[::-1][:10], abs=1e-6)


def test_few_rows_are_kept_to_four_digits_in_a_third_of_the_room() -> None:
    matrix, (query,) = rows(500, 384), rows(1, 384, seed=2)
    index = VectorIndex.of(matrix)
    kept = index.rows(np.arange(500))
    assert kept == pytest.approx(matrix, abs=2**-13)
    assert kept @ query == pytest.approx(matrix @ query, abs=3e-4)
    assert VectorIndex.of(kept).rows(np.arange(500)).tobytes() == kept.tobytes()
    assert len(index.to_bytes()) < 0.34 * matrix.nbytes
    with pytest.raises(ValueError, match="not rows of steps"):
        VectorIndex.from_bytes(index.to_bytes()[:-1])


def test_only_rows_that_may_be_found_are_found() -> None:
    matrix, (query,) = rows(100), rows(1, seed=2)
    among = np.arange(0, 100, 7)
    found, _ = VectorIndex.of(matrix).nearest(query, 50, among=among)
    assert sorted(found.tolist()) == among.tolist()


def test_an_index_reads_back_as_it_was_written() -> None:
    index = VectorIndex.of(rows(20))
    again = VectorIndex.from_bytes(index.to_bytes())
    assert again.rows(np.arange(20)).tobytes() == index.rows(np.arange(20)).tobytes()
    assert again.to_bytes() == index.to_bytes()


def test_an_empty_index_finds_nothing() -> None:
    index = VectorIndex.from_bytes(VectorIndex.of(rows(0)).to_bytes())
    found, scores = index.nearest(rows(1)[0], 5)
    assert len(index) == len(found) == len(scores) == 0


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> "np.ndarray[tuple[int, int], np.dtype[np.float32]]":
    """Rows in groups, as texts are, and more than are compared one by one (a bound that is lowered here)."""
    monkeypatch.setattr(vectors, "EXACT_ROWS", 1_000)
    near = rows(60, seed=3)[np.arange(6_000) % 60] + 0.5 * rows(6_000, seed=4)
    unit: np.ndarray[tuple[int, int], np.dtype[np.float32]] = near / np.linalg.norm(near, axis=1, keepdims=True)
    return unit


def recall(index: VectorIndex, matrix: "np.ndarray[tuple[int, int], np.dtype[np.float32]]") -> float:
    """How many of the 10 nearest of 100 questions are found."""
    asked = rows(100, seed=5)
    exact = np.argsort(-(asked @ matrix.T), axis=1)[:, :10]
    found = [index.nearest(query, 10)[0] for query in asked]
    return float(np.mean([len(set(a) & set(b)) / 10 for a, b in zip(exact, found, strict=True)]))


def test_of_many_rows_nearly_all_of_the_nearest_are_found(
    many: "np.ndarray[tuple[int, int], np.dtype[np.float32]]",
) -> None:
    index = VectorIndex.of(many)
    assert not index.is_exact
    assert recall(index, many) >= 0.95
    assert len(index.to_bytes()) < 0.6 * many.nbytes
    assert index.rows(np.array([17, 4_999])) == pytest.approx(many[[17, 4_999]], abs=0.01)


def test_many_rows_read_back_and_are_found_among_those_that_may_be(
    many: "np.ndarray[tuple[int, int], np.dtype[np.float32]]",
) -> None:
    index = VectorIndex.from_bytes(VectorIndex.of(many).to_bytes())
    among = np.arange(0, len(many), 3)
    found, scores = index.nearest(many[300], 5, among=among)
    assert found[0] == 300
    assert scores[0] == pytest.approx(1, abs=0.01)
    assert set(found.tolist()) <= set(among.tolist())
    assert index.rows(found) @ many[300] == pytest.approx(scores, abs=1e-4)


@pytest.mark.parametrize("count", [500, 6_000])
def test_cosines_of_some_rows_are_those_of_the_rows_read_back(
    many: "np.ndarray[tuple[int, int], np.dtype[np.float32]]", count: int
) -> None:
    index = VectorIndex.of(many[:count])
    numbers = np.array([count - 1, 3, 250, 3])
    assert index.cosines(numbers, many[7]) == pytest.approx(index.rows(numbers) @ many[7], abs=1e-5)
    stretch = np.arange(40, 90)
    assert index.cosines(slice(40, 90), many[7]) == pytest.approx(index.rows(stretch) @ many[7], abs=1e-5)
    assert len(index.cosines(np.zeros(0, np.int64), many[7])) == 0


def test_joining_keeps_the_rows_and_their_order_however_often(
    many: "np.ndarray[tuple[int, int], np.dtype[np.float32]]",
) -> None:
    index = VectorIndex.joined(
        [(VectorIndex.of(many[:500]), np.arange(0, 500, 2)), (VectorIndex.of(many), np.arange(6_000))], 16
    )
    expected = np.concatenate([many[:500:2], many])
    assert len(index) == len(expected)
    for _ in range(5):
        index = VectorIndex.joined([(index, np.arange(len(index)))], 16)
    assert index.rows(np.arange(len(index))) == pytest.approx(expected, abs=0.01)
    assert recall(index, expected) >= 0.95


def test_what_an_earlier_version_wrote_is_read(many: "np.ndarray[tuple[int, int], np.dtype[np.float32]]") -> None:
    import faiss

    kind = faiss.ScalarQuantizer.QT_8bit
    earlier = faiss.IndexIVFScalarQuantizer(faiss.IndexFlatIP(16), 16, 20, kind, faiss.METRIC_INNER_PRODUCT, False)
    earlier.train(many)
    earlier.add(many)
    earlier.make_direct_map()
    index = VectorIndex.from_bytes(faiss.serialize_index(earlier).tobytes())
    assert index.rows(np.arange(len(many))) == pytest.approx(many, abs=0.02)
    assert recall(index, many) >= 0.93  # rounded to 8 bits twice


def test_another_kind_of_index_is_refused() -> None:
    import faiss

    by_distance = faiss.IndexFlatL2(4)
    for payload in (faiss.serialize_index(by_distance).tobytes(), b"", b"IxFI", b"not an index at all"):
        with pytest.raises(ValueError, match="index"):
            VectorIndex.from_bytes(payload)
