"""A library's folder in use: the newest generation for readers, a lock for one writer at a time, and the draft of the
next generation, built beside the one in force and then made the one in force.
"""

import errno
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from threading import RLock

import numpy as np

from index.encoding.embedding import Embedder
from index.errors import LibraryBusy, LibraryUnwritable, refusal
from index.library.speakers import merge_people
from index.remembering import let_go_of_texts
from index.search.vectors import VectorIndex
from index.search.words import WordIndex
from index.storing.disk import LOCK, Damaged, Disk, TooNew, digest_of, packed, sealed, unsealed
from index.storing.manifest import (
    CURRENT,
    FileRef,
    Manifest,
    SegmentRef,
    is_of_generation,
    load_manifest,
    save_current,
    stands_beside,
)
from index.storing.notes import NOTES, NOTES_COPY
from index.storing.segments import Embedded, Segment, joined, load_placed, load_segment, put_placed, save_segment
from index.storing.snapshot import Snapshot, load_snapshot
from index.storing.tables import delete_story, find_story_speakers, put_people

Load = Callable[[SegmentRef], Segment]
SPARE = "spare"
SPARE_BYTES = 16_384
"""What a library holds back, so that a full disk has room for the few small files that a removal needs."""
KEPT = frozenset([LOCK, NOTES, NOTES_COPY, SPARE])
"""The files that stand beside the generations."""
_BESIDE = frozenset(f"{name}{end}" for name in (CURRENT, *KEPT) for end in ("", ".old", ".new"))


class Draft:
    """Changes to one generation that nobody sees until they are published. `database` is its own copy."""

    def __init__(self, base: Snapshot, embedder: str, dim: int) -> None:
        self.database: sqlite3.Connection = base.copied_database()
        self._base = base
        self._embedder = embedder
        self._dim = dim
        manifest = base.manifest
        kept = manifest is not None and manifest.embedder == embedder
        self._refs = {ref.number: ref for ref in manifest.segments} if manifest and kept else {}
        self._fresh: dict[int, Segment] = {}
        self._next = manifest.next_segment if manifest else 0
        self._dead_at_most = 0.5  # of a segment's rows, before it is written anew

    def drop_segments(self) -> None:
        """Forgets every segment, for a rebuild; passages must then be put in again."""
        self._refs.clear()

    def put_passages(self, stories: Sequence[Embedded]) -> None:
        """Puts the passages of several stories into a new segment; their rows are given here."""
        if not stories:
            return
        first = 0
        for part in stories:
            put_placed(self.database, replace(part.placed, segment=self._next, first_row=first))
            first += part.placed.count
        matrix = np.concatenate([np.zeros((0, self._dim), np.float32), *(part.vectors for part in stories)])
        words = WordIndex.of(text for part in stories for text in part.texts)
        self._fresh[self._next] = Segment(VectorIndex.of(matrix), words)
        self._next += 1

    def remove_story(self, story_id: str) -> None:
        """Takes a story away in every version; no segment keeps a row of anything removed then."""
        delete_story(self.database, story_id)
        self._dead_at_most = 0.0

    def merge_speakers(self) -> None:
        """Finds anew who is who across the stories; needed when a story's speakers came, went or changed."""
        people, owners = merge_people(find_story_speakers(self.database))
        put_people(self.database, people, owners)

    @property
    def removes(self) -> bool:
        """Whether a story is taken away, so that less is written than was there."""
        return self._dead_at_most == 0.0

    def make_room(self, disk: Disk) -> None:
        """Takes away what can be made anew of the generation in force, and is needed no more once this one is.

        A removal that a full disk refused has room then. Raises OSError; the texts are still there, once.
        """
        before = self._base.manifest
        if before is None or before.is_bare or self._base.weak:
            return
        unsealed("texts", disk.read(before.texts.name), before.texts.name, digest=before.texts.digest)
        dropped = [ref for ref in before.segments if ref.number not in self._refs]
        for name in (SPARE, before.copy.name, *(part.name for ref in dropped for part in (ref.vectors, ref.words))):
            if disk.stamp(name) is not None:
                disk.delete(name)

    def publish(self, disk: Disk, load: Load, *, copied: bool = True) -> tuple[Manifest, Mapping[int, Segment]]:
        """Writes the generation and makes it the one in force. Returns its manifest, and the segments it made.

        Raises OSError with the generation before still in force. `load` gives the segments that are to be merged.
        Unless it is to be `copied`, the second copy of the texts is left for `_write_copy`.
        """
        self._merge(load)
        self.database.commit()
        if self.removes:
            self.database.execute("VACUUM")
        before = self._base.manifest
        number = before.generation + 1 if before else 1
        refs = dict(self._refs)
        for fresh, segment in self._fresh.items():
            refs[fresh] = save_segment(disk, segment, fresh, number)
        self.database.execute(f"PRAGMA user_version = {number}")
        payload = packed(self.database.serialize())
        names = (f"texts-{number:06}", f"texts-{number:06}.copy")
        content = sealed("texts", payload)
        for name in names if copied else names[:1]:
            disk.write(name, content)
            disk.sync(name)
        texts, copy = (FileRef(name, digest_of("texts", payload)) for name in names)
        segments = tuple(refs[key] for key in sorted(refs))
        noted = (before is not None and before.noted) or not {NOTES, NOTES_COPY}.isdisjoint(disk.names())
        manifest = Manifest(number, texts, copy, self._embedder, self._dim, segments, self._next, noted)
        save_current(disk, manifest, before.to_bytes() if before else None)
        if copied:
            _keep_spare(disk)
        return manifest, self._fresh

    def _merge(self, load: Load) -> None:
        """Joins small segments, and those of which too much is dead, so that there are never more than a few."""
        placed = load_placed(self.database)
        live = dict.fromkeys([*self._refs, *self._fresh], 0)
        for part in placed:
            live[part.segment] += part.count
        for number in [number for number, count in live.items() if not count]:
            self._refs.pop(number, None)
            self._fresh.pop(number, None)
            del live[number]
        group = self._mergeable(live)
        if len(group) < 2 and not any(self._has_died(number, live) for number in group):
            return
        parts = []
        first: dict[str, int] = {}
        offset = 0
        for number in group:
            inside = sorted((part for part in placed if part.segment == number), key=lambda part: part.first_row)
            for part in inside:
                first[part.story] = offset
                offset += part.count
            segment = self._fresh.pop(number, None) or load(self._refs[number])
            self._refs.pop(number, None)
            parts.append((segment, np.concatenate([np.zeros(0, np.int64), *(part.rows for part in inside)])))
        for part in placed:
            if part.story in first:
                put_placed(self.database, replace(part, segment=self._next, first_row=first[part.story]))
        self._fresh[self._next] = joined(parts, self._dim)
        self._next += 1

    def _mergeable(self, live: Mapping[int, int]) -> list[int]:
        """The newest segments, back to one more than twice as large as all after it, and any that has died."""
        group: set[int] = set()
        total = 0
        for number in sorted(live, reverse=True):
            if group and live[number] > 2 * total:
                break
            group.add(number)
            total += live[number]
        return sorted(group | {number for number in live if self._has_died(number, live)})

    def _has_died(self, number: int, live: Mapping[int, int]) -> bool:
        """Whether too many of a stored segment's rows are dead."""
        if number not in self._refs:
            return False
        rows = self._refs[number].rows
        return rows - live[number] > self._dead_at_most * rows


def _keep_spare(disk: Disk) -> None:
    """Holds a little room back, where there is any."""
    if disk.stamp(SPARE) is None:
        with suppress(OSError):
            disk.write(SPARE, bytes(SPARE_BYTES))


def _write_copy(disk: Disk, manifest: Manifest) -> None:
    """Writes the second copy of a generation's texts. Raises OSError."""
    disk.write(manifest.copy.name, disk.read(manifest.texts.name))
    disk.sync(manifest.copy.name)
    disk.sync_folder()


def _litter_of(disk: Disk, manifest: Manifest) -> tuple[str, ...]:
    """The library's own files that the generation in force does not need; whatever else lies there is somebody's."""
    own = (name for name in disk.names() if name in _BESIDE or is_of_generation(name))
    return tuple(name for name in own if name not in manifest.files | KEPT)


def _delete_litter(disk: Disk, manifest: Manifest) -> None:
    """Takes away what `_litter_of` finds; whoever calls it holds the lock."""
    for name in _litter_of(disk, manifest):
        disk.delete(name)


def _take_back_first(disk: Disk) -> None:
    """Takes away what a very first change has written that could not be made, so that nobody takes it for a library."""
    for name in disk.names():
        if is_of_generation(name) and "-000001" in name:
            disk.delete(name)


class Vault:
    """Generations of a library on a disk; `folder` is what errors call it."""

    def __init__(self, disk: Disk, folder: str, wait_s: float) -> None:
        self._disk = disk
        self.folder = folder
        self._wait_s = wait_s
        self._segments: dict[str, Segment] = {}
        self._changing = RLock()
        self._judged_sound: Snapshot | None = None
        self._snapshot = load_snapshot(disk, folder)

    def newest(self) -> Snapshot:
        """The generation in force, read anew only if another one has come."""
        held = self._snapshot
        if self._disk.stamp(CURRENT) != held.stamp:
            held = self._snapshot = load_snapshot(self._disk, self.folder)
            let_go_of_texts()  # another process changed it, and may have taken a story away
        return held

    def segments(self, snapshot: Snapshot) -> Mapping[int, Segment]:
        """The segments of a generation, verified before anything looks into them. Raises Damaged."""
        if snapshot.manifest is None:
            return {}
        return {ref.number: self._load(ref) for ref in snapshot.manifest.segments}

    def sound_segments(self, snapshot: Snapshot, embedder: Embedder) -> Mapping[int, Segment]:
        """Those segments that are whole and of this embedder: what a rebuild need not embed again."""
        manifest = snapshot.manifest
        if manifest is None or manifest.embedder != embedder.name:
            return {}
        sound: dict[int, Segment] = {}
        for ref in manifest.segments:
            with suppress(Damaged):
                sound[ref.number] = self._load(ref)
        return {number: part for number, part in sound.items() if part.vectors.dim == manifest.dim}

    def is_sound(self, snapshot: Snapshot, embedder: Embedder) -> bool:
        """Whether a generation can be searched with this embedder, and everything is there twice that should be."""
        manifest = snapshot.manifest
        if manifest is None or snapshot is self._judged_sound:
            return True
        if snapshot.weak or not self._is_kept_twice(manifest):
            return False
        if manifest.is_bare:
            return True
        rows = {number: len(part.vectors) for number, part in self.sound_segments(snapshot, embedder).items()}
        fits = all(part.first_row + part.count <= rows.get(part.segment, -1) for part in snapshot.placed)
        sound = fits and len(rows) == len(manifest.segments) and manifest.embedder == embedder.name
        self._judged_sound = snapshot if sound else None
        return sound

    def _is_kept_twice(self, manifest: Manifest) -> bool:
        """Whether what would be read if the pointer or the first copy of the texts were lost is whole."""
        try:
            if not manifest.is_bare:
                unsealed("texts", self._disk.read(manifest.copy.name), manifest.copy.name, digest=manifest.copy.digest)
            return stands_beside(self._disk, manifest)
        except (Damaged, TooNew, OSError):
            return False

    @contextmanager
    def writing(self) -> Iterator[Snapshot]:
        """The newest generation, held so that no other writer changes it. Raises LibraryBusy, LibraryUnwritable."""
        with self._changing:
            try:
                with self._disk.locked(self._wait_s):
                    yield self.newest()
            except OSError as error:
                raise LibraryUnwritable(self.folder, refusal(error)) from error

    def publish(self, draft: Draft, base: Snapshot) -> None:
        """Makes a draft the generation in force; only inside `writing`. Raises LibraryUnwritable."""
        try:
            manifest, made = self._published(draft, base)
        except (OSError, Damaged) as error:
            with suppress(OSError, TooNew):
                self._tidy_after_failure(base)
            why = refusal(error) if isinstance(error, OSError) else str(error)
            raise LibraryUnwritable(self.folder, why) from error
        fresh = {ref.vectors.digest: made[ref.number] for ref in manifest.segments if ref.number in made}
        kept = {ref.vectors.digest for ref in manifest.segments}
        self._segments = {digest: part for digest, part in {**self._segments, **fresh}.items() if digest in kept}
        self._snapshot = self._judged_sound = Snapshot(manifest, draft.database, self._disk.stamp(CURRENT))
        with suppress(OSError):
            _delete_litter(self._disk, manifest)

    def _published(self, draft: Draft, base: Snapshot) -> tuple[Manifest, Mapping[int, Segment]]:
        """Publishes a draft; one that takes a story away, on a full disk too. Raises OSError, Damaged."""
        try:
            return draft.publish(self._disk, self._load)
        except OSError as error:
            if not draft.removes or error.errno not in (errno.ENOSPC, errno.EDQUOT):
                raise
        self._tidy_after_failure(base)
        draft.make_room(self._disk)
        manifest, made = draft.publish(self._disk, self._load, copied=False)
        with suppress(OSError):  # without it the library is mended when it is next searched
            _delete_litter(self._disk, manifest)
            _write_copy(self._disk, manifest)
            _keep_spare(self._disk)
        return manifest, made

    def tidy(self) -> None:
        """Takes away what an interrupted change left behind, unless somebody is changing the library just now.

        Where anything of the library is lost, nothing is taken away before it is repaired.
        """
        held = self._snapshot
        with suppress(OSError, LibraryBusy):
            if held.manifest is None or held.weak or not _litter_of(self._disk, held.manifest):
                return
            with self._disk.locked(0):
                held = self.newest()
                if held.manifest is not None and not held.weak:
                    _delete_litter(self._disk, held.manifest)

    def forget(self) -> None:
        """Lets go of the segments in memory."""
        self._segments = {}

    def _tidy_after_failure(self, base: Snapshot) -> None:
        """Takes away what a draft has written; not where the disk refused to put the pointer back."""
        if base.manifest is None and self._disk.stamp(CURRENT) is None:
            _take_back_first(self._disk)
        elif base.manifest is not None and not base.weak and load_manifest(self._disk, CURRENT) == base.manifest:
            _delete_litter(self._disk, base.manifest)

    def _load(self, ref: SegmentRef) -> Segment:
        held = self._segments.get(ref.vectors.digest)
        if held is None:
            held = self._segments[ref.vectors.digest] = load_segment(self._disk, ref)
        return held
