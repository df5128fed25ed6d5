"""The vectors of a segment's passages, searched by FAISS: exact inner product over unit rows.

A row's number is its position in the segment. FAISS checks nothing it reads, so bytes reach it only after their seal
has been verified (`index.storing.sealing`).
"""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.embedding import Vectors

if TYPE_CHECKING:
    import faiss

Rows = NDArray[np.int64]


class VectorIndex:
    """Unit float32 rows in an exact FAISS index; immutable once made, so any number of threads may search it."""

    def __init__(self, index: "faiss.IndexFlat") -> None:
        import faiss

        self._index = index
        count, dim = int(index.ntotal), int(index.d)
        empty = np.zeros((0, dim), np.float32)
        self.matrix: Vectors = faiss.rev_swig_ptr(index.get_xb(), count * dim).reshape(count, dim) if count else empty

    @classmethod
    def of(cls, vectors: Vectors) -> "VectorIndex":
        """An index over these rows, shape (n, dim)."""
        import faiss

        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(index)

    @classmethod
    def from_bytes(cls, payload: bytes) -> "VectorIndex":
        """The index that `to_bytes` gave; for verified bytes only. Raises ValueError where they are another index."""
        import faiss

        try:
            index = faiss.deserialize_index(np.frombuffer(payload, dtype=np.uint8))
        except RuntimeError as error:
            raise ValueError("not a FAISS index") from error
        if not isinstance(index, faiss.IndexFlat) or index.metric_type != faiss.METRIC_INNER_PRODUCT:
            raise ValueError("not an exact inner-product index")
        return cls(index)

    def to_bytes(self) -> bytes:
        """The index in FAISS's own format."""
        import faiss

        return bytes(faiss.serialize_index(self._index).tobytes())

    def __len__(self) -> int:
        return len(self.matrix)

    def nearest(self, query: Vectors, count: int, *, among: Rows | None = None) -> tuple[Rows, Vectors]:
        """The rows nearest to one unit vector (dim,), best first, and their cosines; only those `among` the given."""
        import faiss

        count = min(count, len(self) if among is None else len(among))
        if count <= 0:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        limits = None if among is None else faiss.SearchParameters(sel=faiss.IDSelectorBatch(among))  # type: ignore[call-arg]
        scores, rows = self._index.search(query.reshape(1, -1), count, params=limits)
        found = rows[0] >= 0
        return rows[0][found], scores[0][found]
