"""The vectors of a segment's passages, searched by FAISS by inner product over unit rows.

A row's number is its position in the segment. FAISS checks nothing it reads, so bytes reach it only after their seal
has been verified (`index.storing.disk`).
"""

import math
import zlib
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.encoding.embedding import Vectors

if TYPE_CHECKING:
    import faiss

    Held = faiss.IndexFlat | faiss.IndexRefine

Rows = NDArray[np.int64]
_Parts = Callable[[], Iterable[Vectors]]
"""Gives rows a matrix at a time, anew each time that it is asked."""

STEP = np.float32(2**-12)
"""What the numbers of rows that are all compared are rounded to: the cosine of two real sentences is told to 0.0002."""
EXACT_ROWS = 10_000
"""Up to so many rows every one is compared, 1.5 KB a row in memory and a third of it on the disk. `onrecord bench`
measures this and what follows."""
LISTS_PER_ROOT = 2
"""More rows are sorted into this many lists times the square root of how many they are."""
SEARCHED_PER_ROOT = 0.8
"""So many times the square root of how many lists there are, are looked through: of 10⁵ rows 20, of 10⁶ rows 36."""
COMPARED, COMPARED_PER_ROOT = 200, 0.4
"""Of what is looked through, so many rows, or so many times the square root of how many there are, are compared by the
8 bits of each number; which these are is told by a code of 2 bits a number, counted from the middle of its list, which
is looked up for 32 rows at once. Among 10⁶ rows 400 hold 97 in 100 of the ten nearest, 200 hold 96."""
_CODE_BITS = 4  # of two numbers together: what FAISS looks up in a register
_TAUGHT_BY = 64  # rows a list; FAISS asks for 39 at the least
_ROUNDS = 8
_ROOM = 0.1  # how much further than the sample, at either end, the 8 bits of a number reach
_CHUNK_ROWS = 50_000
_STEPS = 255  # into which the reach of a number is divided; it is decoded as the middle of its step
_STEPPED = b"steps\n"
_INNER_PRODUCT = 0  # faiss.METRIC_INNER_PRODUCT


class VectorIndex:
    """Unit float32 rows in a FAISS index: all compared while they are few, lists of short codes before them when many.

    Immutable once made, so any number of threads may search it. Rows come back rounded, of a small index to `STEP` (a
    cosine by about 0.00007), of a large one to 8 bits (by about 0.001), and no further when it is joined with others.
    """

    def __init__(self, index: "Held") -> None:
        import faiss

        self._index = index
        self._exact: Vectors | None = None
        if isinstance(index, faiss.IndexFlat):
            shape = int(index.ntotal), int(index.d)
            raw = faiss.rev_swig_ptr(index.get_xb(), shape[0] * shape[1]) if shape[0] else np.zeros(0, np.float32)
            self._exact = raw.reshape(shape)

    @classmethod
    def of(cls, vectors: Vectors) -> "VectorIndex":
        """An index over these rows, shape (n, dim)."""
        return _index_over(lambda: [vectors], len(vectors), vectors.shape[1], None)

    @classmethod
    def joined(cls, parts: Sequence[tuple["VectorIndex", Rows]], dim: int) -> "VectorIndex":
        """An index over the kept rows of several, in order; only a part of them is in memory in full at any time."""
        chunks = [
            (part, kept[at : at + _CHUNK_ROWS]) for part, kept in parts for at in range(0, len(kept), _CHUNK_ROWS)
        ]
        count = sum(len(kept) for _, kept in parts)
        like = max((part for part, _ in parts if not part.is_exact), key=len, default=None)
        return _index_over(lambda: (part.rows(numbers) for part, numbers in chunks), count, dim, like)

    @classmethod
    def from_bytes(cls, payload: bytes) -> "VectorIndex":
        """The index that `to_bytes` gave; for verified bytes only. Raises ValueError where they are another index."""
        import faiss

        if payload.startswith(_STEPPED):
            return cls.of(_from_steps(payload))
        try:
            index = faiss.deserialize_index(np.frombuffer(payload, dtype=np.uint8))
        except RuntimeError as error:
            raise ValueError("not a FAISS index") from error
        if isinstance(index, faiss.IndexIVFScalarQuantizer):  # as earlier versions wrote it
            return cls.of(index.reconstruct_n())
        if isinstance(index, faiss.IndexFlat | faiss.IndexRefine) and index.metric_type == _INNER_PRODUCT:
            return cls(index)
        raise ValueError("not an inner-product index of rows or of lists")

    def to_bytes(self) -> bytes:
        """The index in FAISS's own format; of a small one the rows in steps, which is a third as much."""
        import faiss

        if self._exact is not None:
            return _in_steps(self._exact)
        return bytes(faiss.serialize_index(self._index).tobytes())

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dim(self) -> int:
        """How many numbers a row has."""
        return int(self._index.d)

    @property
    def is_exact(self) -> bool:
        """Whether every row is compared, so that nothing near is missed."""
        return self._exact is not None

    @property
    def held_bytes(self) -> int:
        """What it takes in memory: what FAISS holds."""
        return self._exact.nbytes if self._exact is not None else len(self.to_bytes())

    def cosines(self, numbers: Rows | slice, query: Vectors) -> Vectors:
        """The cosine of each of these rows to a unit vector (dim,), shape (n,)."""
        if self._exact is not None:
            return np.asarray(self._exact[numbers] @ query)
        lowest, steps = self._scale
        return np.asarray(self._codes[numbers].astype(np.float32) @ (steps * query) + (lowest + steps / 2) @ query)

    def rows(self, numbers: Rows) -> Vectors:
        """These rows, shape (n, dim)."""
        if self._exact is not None:
            return self._exact[numbers]
        lowest, steps = self._scale
        return np.asarray((self._codes[numbers] + np.float32(0.5)) * steps + lowest, dtype=np.float32)

    @cached_property
    def _scale(self) -> tuple[Vectors, Vectors]:
        """The lowest value of each number of a row, and how far apart its steps are."""
        import faiss

        trained: Vectors = faiss.vector_to_array(self._rounded.sq.trained)
        lowest, reach = trained.reshape(2, -1)
        return lowest, (reach / _STEPS).astype(np.float32)

    @cached_property
    def _codes(self) -> NDArray[np.uint8]:
        """The 8 bits of each number of each row, shape (n, dim), where FAISS has them."""
        import faiss

        codes: NDArray[np.uint8] = faiss.rev_swig_ptr(self._rounded.codes.data(), len(self) * self.dim)
        return codes.reshape(len(self), self.dim)

    @cached_property
    def _rounded(self) -> "faiss.IndexScalarQuantizer":
        import faiss

        # Its types give the base class, where it is always this one.
        rounded: faiss.IndexScalarQuantizer = faiss.downcast_index(self._index.refine_index)  # type: ignore[union-attr, assignment]
        return rounded

    def steps(self) -> "faiss.Float32Vector | None":
        """What the numbers of rounded rows are counted in; None for an index that is exact."""
        return None if self.is_exact else self._rounded.sq.trained

    def nearest(self, query: Vectors, count: int, *, among: Rows | None = None) -> tuple[Rows, Vectors]:
        """The rows nearest to one unit vector (dim,), best first, and their cosines; only those `among` the given."""
        count = min(count, len(self) if among is None else len(among))
        if count <= 0:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        if self._exact is not None:
            return _compared(self._exact, query, count, among)
        scores, rows = self._index.search(query.reshape(1, -1), count, params=self._limits(count, among))
        found = rows[0] >= 0
        return rows[0][found], scores[0][found]

    def _limits(self, count: int, among: Rows | None) -> "faiss.IndexRefineSearchParameters":
        """How far is looked for so many rows, of all or of some."""
        import faiss

        chosen = None
        if among is not None:
            listed = np.zeros(len(self), dtype=bool)
            listed[among] = True
            # Silenced here and below: the types that come with faiss lack these arguments and casts.
            chosen = faiss.IDSelectorBitmap(np.packbits(listed, bitorder="little"))  # type: ignore[call-arg, arg-type]
        compared = max(COMPARED, COMPARED_PER_ROOT * math.sqrt(len(self)))
        near = faiss.SearchParametersIVF(sel=chosen, nprobe=self._searched)  # type: ignore[call-arg]
        return faiss.IndexRefineSearchParameters(k_factor=max(1.0, compared / count), base_index_params=near)  # type: ignore[call-arg]

    @cached_property
    def _searched(self) -> int:
        import faiss

        lists: Any = faiss.downcast_index(self._index.base_index)  # type: ignore[union-attr]  # of the exact nobody asks
        return max(1, round(SEARCHED_PER_ROOT * math.sqrt(lists.nlist)))


def _in_steps(rows: Vectors) -> bytes:
    """Rows whose numbers are whole steps: the upper bytes, which have few values, are packed, the lower look random."""
    numbers = np.ascontiguousarray(np.rint(rows / STEP), dtype="<i2").view(np.uint8).reshape(-1, 2)
    head = _STEPPED + np.array(rows.shape, dtype="<i8").tobytes()
    return head + numbers[:, 0].tobytes() + zlib.compress(numbers[:, 1].tobytes(), 1)


def _from_steps(payload: bytes) -> Vectors:
    """The rows that `_in_steps` was given. Raises ValueError."""
    body = len(_STEPPED) + 16
    shape = np.frombuffer(payload[len(_STEPPED) : body], dtype="<i8")
    end = body + int(shape.prod())
    try:
        parts = payload[body:end], zlib.decompress(payload[end:])
    except zlib.error as error:
        raise ValueError("not rows of steps") from error
    numbers = np.stack([np.frombuffer(part, np.uint8) for part in parts], axis=1).reshape(-1).view("<i2")
    return numbers.reshape(shape).astype(np.float32) * STEP


def _rounded(rows: Vectors) -> Vectors:
    """Unit rows in whole steps."""
    return np.ascontiguousarray(np.rint(rows / STEP) * STEP, dtype=np.float32)


def _compared(matrix: Vectors, query: Vectors, count: int, among: Rows | None) -> tuple[Rows, Vectors]:
    """The best of all rows, or of those among which to look; of equals the earlier. One product is the quickest way."""
    scores: Vectors = (matrix if among is None else matrix[among]) @ query
    best = np.argpartition(-scores, count - 1)[:count]
    best = best[np.lexsort((best, -scores[best]))]
    return (best if among is None else among[best]), scores[best]


def _index_over(parts: _Parts, count: int, dim: int, like: VectorIndex | None) -> VectorIndex:
    """The index that suits so many rows; where they are rounded, then in the steps of `like`, if there is one."""
    import faiss

    if count <= EXACT_ROWS:
        exact = faiss.IndexFlatIP(dim)
        for part in parts():
            exact.add(_rounded(part))
        return VectorIndex(exact)
    index = _taught(parts, count, dim, like.steps() if like is not None else None)
    for part in parts():
        index.add(np.ascontiguousarray(part, dtype=np.float32))
    return VectorIndex(index)


def _taught(parts: _Parts, count: int, dim: int, steps: "faiss.Float32Vector | None") -> "faiss.IndexRefine":
    """Empty lists around centres that a sample of the rows was grouped by, before rows of 8 bits, in these steps."""
    import faiss

    lists = int(LISTS_PER_ROOT * count**0.5)
    every = max(1, count // (_TAUGHT_BY * lists))
    sample = np.ascontiguousarray(np.concatenate([part[::every] for part in parts()]), dtype=np.float32)
    codes = dim // 2 if dim % 2 == 0 else dim
    short = faiss.IndexIVFPQFastScan(faiss.IndexFlatIP(dim), dim, lists, codes, _CODE_BITS, _INNER_PRODUCT)
    short.cp.niter, short.cp.max_points_per_centroid, short.cp.min_points_per_centroid = _ROUNDS, _TAUGHT_BY, 1
    short.train(sample)
    whole = faiss.IndexScalarQuantizer(dim, faiss.ScalarQuantizer.QT_8bit, _INNER_PRODUCT)
    whole.sq.rangestat_arg = _ROOM
    whole.train(sample)
    if steps is not None:
        whole.sq.trained = steps
    return faiss.IndexRefine(short, whole)
