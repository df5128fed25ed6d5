"""Which files make up a library just now: the one thing that changes when a change becomes visible; found again where
its pointer or a copy is lost.

`current` is the pointer. Each manifest also stays beside it under its generation's number. What is missing is damage,
never emptiness: a library is empty only where nothing says that it ever was another.
"""

import json
import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace

from index.storing.disk import (
    Damaged,
    Disk,
    TooNew,
    digest_of,
    replace_files,
    sealed,
    sealed_format,
    unpacked,
    unsealed,
)
from index.storing.tables import database_from, new_database

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
    replace_files(disk, (CURRENT,), raw, {CURRENT: before})


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


@dataclass(frozen=True, slots=True)
class InForce:
    """A generation and its texts, as SQLite serialised them. `weak`: the pointer, or what stands in for it, is lost."""

    manifest: Manifest
    texts: bytes
    weak: bool


def load_in_force(disk: Disk) -> InForce | None:
    """The generation in force, None for a library that nothing was ever written to.

    Raises Damaged where none can be trusted, TooNew, and OSError where the disk does not give what it has.
    """
    names = disk.names()
    pointed = load_manifest(disk, CURRENT) if CURRENT in names else None
    if pointed is not None and stands_beside(disk, pointed):
        with suppress(Damaged, FileNotFoundError):
            texts, weak = load_texts(disk, pointed)
            return InForce(pointed, texts, weak)
    found = _found_again(disk, names, pointed)
    if found is None and not _is_interrupted_start(disk, names):
        raise Damaged(CURRENT if pointed is None else pointed.texts.name)
    return found


def load_texts(disk: Disk, manifest: Manifest) -> tuple[bytes, bool]:
    """The database's bytes from whichever copy is whole, and whether the other one is not.

    Raises Damaged, or OSError where the disk does not give one of them: then it is not known whether it is whole.
    """
    if manifest.is_bare:
        return new_database().serialize(), False
    failures: list[Damaged | OSError] = []
    for ref in (manifest.texts, manifest.copy):
        try:
            stored = unsealed("texts", disk.read(ref.name), ref.name, digest=ref.digest)
            return unpacked(stored, ref.name), bool(failures)
        except (Damaged, OSError) as error:
            failures.append(error)
    refused = [error for error in failures if isinstance(error, OSError) and not isinstance(error, FileNotFoundError)]
    raise (refused or failures)[0]


def load_manifest(disk: Disk, name: str) -> Manifest | None:
    """A manifest, where the file has one. Raises TooNew, OSError."""
    try:
        return read_manifest(disk.read(name), name)
    except (Damaged, FileNotFoundError):
        return None


def stands_beside(disk: Disk, manifest: Manifest) -> bool:
    """Whether the manifest is kept under its own name too, as that of a generation in force is."""
    return load_manifest(disk, manifest.name) == manifest


def _found_again(disk: Disk, names: Collection[str], pointed: Manifest | None) -> InForce | None:
    """The newest generation that is whole enough, none older than the one pointed to.

    Without a pointer it has to be the newest of all: what is older may lack what was stored, or have what was removed.
    """
    known = {manifest.generation: manifest for manifest in _manifests(disk, names)}
    if pointed is not None:
        known = {number: each for number, each in known.items() if number > pointed.generation}
        known[pointed.generation] = pointed
    for newer in _texts_alone(disk, names, newer_than=max(known, default=0)):
        return newer
    tried = sorted(known, reverse=True)
    for number in tried if pointed is not None else tried[:1]:
        with suppress(Damaged, FileNotFoundError):
            return InForce(known[number], load_texts(disk, known[number])[0], weak=True)
    return None


def _manifests(disk: Disk, names: Collection[str]) -> Iterator[Manifest]:
    for name in names:
        if name.startswith(MANIFEST) and is_of_generation(name):
            manifest = load_manifest(disk, name)
            if manifest is not None and manifest.name == name:  # else it has the bytes of another generation
                yield manifest


def _texts_alone(disk: Disk, names: Collection[str], *, newer_than: int) -> Iterator[InForce]:
    """Texts without a manifest, the newest first: what was derived from them is made anew."""
    for name in sorted((name for name in names if name.startswith("texts-") and is_of_generation(name)), reverse=True):
        number = _number(name)
        with suppress(Damaged, FileNotFoundError):
            raw = disk.read(name)
            stored = unsealed("texts", raw, name)
            texts = unpacked(stored, name)
            if number > newer_than and _generation_of(texts) in (number, 0):
                digest = digest_of("texts", stored, sealed_format(raw))
                stem = name.removesuffix(".copy")
                refs = FileRef(stem, digest), FileRef(f"{stem}.copy", digest)
                yield InForce(Manifest(number, *refs, embedder="", dim=0, segments=()), texts, weak=True)


def _generation_of(texts: bytes) -> int:
    """The generation that a database was written for; 0 where an earlier version of this program wrote it."""
    return int(database_from(texts).execute("PRAGMA user_version").fetchone()[0])


def _is_interrupted_start(disk: Disk, names: Collection[str]) -> bool:
    """Whether nothing was ever in force: nothing is there, or what a very first change left when it stopped."""
    left = [name for name in names if is_of_generation(name)]
    first = all(_number(name) == 1 for name in left)
    return CURRENT not in names and first and not any(True for _ in _manifests(disk, names))


def _number(name: str) -> int:
    """The generation that a file's name says it is of."""
    return int(name.split("-")[1].partition(".")[0])
