"""Which files make up a library just now: the one thing that changes when a change becomes visible.

`current` is the pointer. Each manifest also stays beside it under its generation's number, so that a lost or damaged
pointer can be found again (`index.storing.recovering`).
"""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace

from index.storing.disk import Disk, replace_file
from index.storing.sealing import Damaged, TooNew, sealed, unsealed

CURRENT = "current"
MANIFEST = "manifest-"
_OF_GENERATION = re.compile(r"(?:manifest|texts|vectors|words)-\d{6,}(?:-\d{4,})?(?:\.copy)?(?:\.old|\.new)?")


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
    """One generation of a library. `texts` is kept twice, in `texts` and `copy`; `embedder` made all the vectors.

    One without texts is of a library to which notes were written, and no story yet. `noted` says that there are notes,
    so that their files cannot go missing unseen.
    """

    generation: int
    texts: FileRef
    copy: FileRef
    embedder: str
    dim: int
    segments: tuple[SegmentRef, ...]
    next_segment: int = 0
    noted: bool = False

    @property
    def is_bare(self) -> bool:
        """Whether no story was ever written."""
        return not self.texts.name

    @property
    def name(self) -> str:
        """The file under which this manifest stays."""
        return f"{MANIFEST}{self.generation:06}"

    @property
    def files(self) -> frozenset[str]:
        """Every file that this generation needs, the pointer included."""
        parts = [ref.name for segment in self.segments for ref in (segment.vectors, segment.words)]
        return frozenset([CURRENT, self.name, self.texts.name, self.copy.name, *parts]) - {""}

    def to_bytes(self) -> bytes:
        """The manifest as a sealed file."""
        return sealed("manifest", json.dumps(asdict(self), sort_keys=True).encode("utf-8"))


def is_of_generation(name: str) -> bool:
    """Whether a file's name is one that a generation's files have, the pointer's apart."""
    return _OF_GENERATION.fullmatch(name) is not None


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


def save_current(disk: Disk, manifest: Manifest, before: bytes | None) -> None:
    """Makes this generation the one in force, all of whose files are on the disk already.

    If the disk fails after the pointer has moved, the pointer of `before` is put back, and the error raised.
    """
    raw = manifest.to_bytes()
    disk.write(manifest.name, raw)
    disk.sync(manifest.name)
    replace_file(disk, CURRENT, raw, before)


def says_noted(disk: Disk) -> bool:
    """Whether any manifest that can be read says that the library has notes."""
    return any(manifest.noted for manifest in _readable(disk))


def note_noted(disk: Disk) -> None:
    """Has a generation say that the library has notes; whoever calls it holds the lock.

    Where the pointer is lost it is left so, for whoever finds it again. Raises OSError.
    """
    names = disk.names()
    if CURRENT not in names and any(map(is_of_generation, names)):
        return
    try:
        before = read_manifest(disk.read(CURRENT), CURRENT) if CURRENT in names else None
    except (Damaged, TooNew):
        return
    if before is not None and before.noted:
        return
    bare = Manifest(0, FileRef("", ""), FileRef("", ""), "", 0, ())
    noted = replace(before or bare, generation=(before or bare).generation + 1, noted=True)
    save_current(disk, noted, before.to_bytes() if before else None)
    if before is not None:
        disk.delete(before.name)


def _readable(disk: Disk) -> Iterator[Manifest]:
    for name in disk.names():
        if name == CURRENT or name.startswith(MANIFEST):
            with suppress(Damaged, TooNew, FileNotFoundError):
                yield read_manifest(disk.read(name), name)
