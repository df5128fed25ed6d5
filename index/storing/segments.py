"""Passages added together, with their vectors and words; and where in the segments each story's passages are."""

import hashlib
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.encoding.embedding import Vectors
from index.search.vectors import Rows, VectorIndex
from index.search.words import WordIndex
from index.storing.disk import Damaged, Disk, digest_of, packed, sealed, unpacked, unsealed
from index.storing.manifest import FileRef, SegmentRef
from index.story import Passage, Span

DIGEST_BYTES = 16
Numbers = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Segment:
    """Vectors and words of the same rows; immutable."""

    vectors: VectorIndex
    words: WordIndex


@dataclass(frozen=True, slots=True)
class Placed:
    """Where one story's passages are: `count` rows of a segment from `first_row`, in reading order.

    `spans` has a row (start, end, paragraph) for each; `digests` the digest of what was embedded, 16 bytes each.
    """

    story: str
    version: int
    segment: int
    first_row: int
    spans: Numbers
    digests: bytes

    @property
    def count(self) -> int:
        """How many passages the story has."""
        return len(self.spans)

    @property
    def rows(self) -> Rows:
        """The rows of the segment."""
        return np.arange(self.first_row, self.first_row + self.count, dtype=np.int64)

    def passage(self, at: int) -> Passage:
        """The passage at a position of the story."""
        start, end, paragraph = self.spans[at].tolist()
        return Passage(self.story, self.version, Span(start, end), paragraph)


@dataclass(frozen=True, slots=True)
class Embedded:
    """The passages of a story (with no place in a segment yet), their vectors and their words."""

    placed: Placed
    vectors: Vectors
    texts: tuple[str, ...]


def passage_digest(embedded: str) -> bytes:
    """What tells whether a text was embedded before."""
    return hashlib.sha256(embedded.encode("utf-8", "surrogatepass")).digest()[:DIGEST_BYTES]


def spans_of(passages: Sequence[Passage]) -> Numbers:
    """Passages as rows of (start, end, paragraph)."""
    rows = [(passage.span.start, passage.span.end, passage.paragraph) for passage in passages]
    return np.array(rows, dtype=np.int32).reshape(-1, 3)


def load_segment(disk: Disk, ref: SegmentRef) -> Segment:
    """A segment as it was written, both files verified first. Raises Damaged."""
    try:
        vectors = unsealed("vectors", disk.read(ref.vectors.name), ref.vectors.name, digest=ref.vectors.digest)
        words = unsealed("words", disk.read(ref.words.name), ref.words.name, digest=ref.words.digest)
        segment = Segment(VectorIndex.from_bytes(vectors), WordIndex.from_bytes(unpacked(words, ref.words.name)))
    except (OSError, ValueError) as error:
        raise Damaged(ref.vectors.name) from error
    if not len(segment.vectors) == len(segment.words.lengths) == ref.rows:
        raise Damaged(ref.vectors.name)
    return segment


def save_segment(disk: Disk, segment: Segment, number: int, generation: int) -> SegmentRef:
    """Writes a segment's two files and waits until the disk has them."""
    refs = []
    for kind, payload in (("vectors", segment.vectors.to_bytes()), ("words", packed(segment.words.to_bytes()))):
        name = f"{kind}-{generation:06}-{number:04}"
        disk.write(name, sealed(kind, payload))
        disk.sync(name)
        refs.append(FileRef(name, digest_of(kind, payload)))
    return SegmentRef(number, len(segment.vectors), *refs)


def joined(parts: Sequence[tuple[Segment, Rows]], dim: int) -> Segment:
    """One segment of the kept rows of several, in order."""
    vectors = VectorIndex.joined([(part.vectors, kept) for part, kept in parts], dim)
    return Segment(vectors, WordIndex.joined([(part.words, kept) for part, kept in parts]))


def load_placed(database: sqlite3.Connection) -> tuple[Placed, ...]:
    """Where every story's passages are, in the order of the library."""
    rows = database.execute(
        "SELECT t.id, t.version, p.segment, p.first_row, p.spans, p.digests "
        "FROM stories t JOIN passages p ON p.story = t.id WHERE t.newest ORDER BY t.place_in_library"
    )
    return tuple(
        Placed(story, version, segment, first, np.frombuffer(spans, dtype="<i4").reshape(-1, 3), digests)
        for story, version, segment, first, spans, digests in rows
    )


def put_placed(database: sqlite3.Connection, placed: Placed) -> None:
    """Stores where a story's passages are, in place of where they were."""
    spans = placed.spans.astype("<i4").tobytes()
    row = (placed.story, placed.segment, placed.first_row, placed.count, spans, placed.digests)
    database.execute("INSERT OR REPLACE INTO passages VALUES (?, ?, ?, ?, ?, ?)", row)
