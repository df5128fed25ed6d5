"""Which files make up a library just now: the one thing that changes when a change becomes visible.

`current` is the pointer. Each manifest also stays beside it under its generation's number, so that a damaged pointer
can be found again.
"""

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass

from index.storing.disk import Disk, replace_file
from index.storing.sealing import Damaged, sealed, unsealed

CURRENT = "current"
_FIRST = "manifest-000001"


@dataclass(frozen=True, slots=True)
class FileRef:
    """A sealed file: its name, and the digest of what is in it."""

    name: str
    digest: str


@dataclass(frozen=True, slots=True)
class SegmentRef:
    """Passages added together: `rows` of them, with their vectors and their words."""

    number: int
    rows: int
    vectors: FileRef
    words: FileRef


@dataclass(frozen=True, slots=True)
class Manifest:
    """One generation of a library. `texts` is kept twice, in `texts` and `copy`; `embedder` made all the vectors."""

    generation: int
    texts: FileRef
    copy: FileRef
    embedder: str
    dim: int
    segments: tuple[SegmentRef, ...]
    next_segment: int = 0

    @property
    def name(self) -> str:
        """The file under which this manifest stays."""
        return f"manifest-{self.generation:06}"

    @property
    def files(self) -> frozenset[str]:
        """Every file that this generation needs, the pointer included."""
        parts = [ref.name for segment in self.segments for ref in (segment.vectors, segment.words)]
        return frozenset([CURRENT, self.name, self.texts.name, self.copy.name, *parts])

    def to_bytes(self) -> bytes:
        """The manifest as a sealed file."""
        return sealed("manifest", json.dumps(asdict(self), sort_keys=True).encode("utf-8"))


def read_manifest(raw: bytes, name: str) -> Manifest:
    """The manifest that a sealed file holds. Raises Damaged or TooNew."""
    payload = unsealed("manifest", raw, name)
    try:
        fields = json.loads(payload)
        segments = tuple(
            SegmentRef(part["number"], part["rows"], FileRef(**part["vectors"]), FileRef(**part["words"]))
            for part in fields.pop("segments")
        )
        texts, copy = FileRef(**fields.pop("texts")), FileRef(**fields.pop("copy"))
        return Manifest(texts=texts, copy=copy, segments=segments, **fields)
    except (ValueError, KeyError, TypeError) as error:
        raise Damaged(name) from error


def load_current(disk: Disk) -> tuple[Manifest | None, bool]:
    """The manifest in force, None for a library that is empty; and whether the pointer itself gave it.

    Raises Damaged where none can be trusted, or TooNew.
    """
    names = disk.names()
    damaged: Damaged | None = None
    for name in (CURRENT, *sorted((name for name in names if name.startswith("manifest-")), reverse=True)):
        if name not in names:
            continue
        try:
            manifest = read_manifest(disk.read(name), name)
        except Damaged as error:
            damaged = damaged or error
            continue
        if name == CURRENT or manifest.files <= {*names, CURRENT}:
            return manifest, name == CURRENT
    if damaged is not None and not _is_interrupted_start(names):
        raise damaged
    return None, True


def _is_interrupted_start(names: Collection[str]) -> bool:
    """Whether the very first change stopped before its pointer was there: then the library is still empty."""
    return CURRENT not in names and [name for name in names if name.startswith("manifest-")] == [_FIRST]


def save_current(disk: Disk, manifest: Manifest, before: bytes | None) -> None:
    """Makes this generation the one in force, all of whose files are on the disk already.

    If the disk fails after the pointer has moved, the pointer of `before` is put back, and the error raised.
    """
    raw = manifest.to_bytes()
    disk.write(manifest.name, raw)
    disk.sync(manifest.name)
    replace_file(disk, CURRENT, raw, before)
