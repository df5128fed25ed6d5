"""The next generation of a library, built beside the one in force and then made the one in force."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

import numpy as np

from index.library.speakers import Appearance, merge_people
from index.search.vectors import VectorIndex
from index.search.words import WordIndex
from index.storing.disk import LOCK, Disk, digest_of, packed, sealed, unsealed
from index.storing.manifest import CURRENT, FileRef, Manifest, SegmentRef, is_of_generation, save_current
from index.storing.notes import NOTES, NOTES_COPY
from index.storing.segments import Embedded, Segment, joined, load_placed, put_placed, save_segment
from index.storing.snapshot import Snapshot
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
        found = find_story_speakers(self.database)
        people, owners = merge_people(Appearance(story, speaker, person) for story, speaker, person in found)
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
        Unless it is to be `copied`, the second copy of the texts is left for `write_copy`.
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
            keep_spare(disk)
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


def keep_spare(disk: Disk) -> None:
    """Holds a little room back, where there is any."""
    if disk.stamp(SPARE) is None:
        with suppress(OSError):
            disk.write(SPARE, bytes(SPARE_BYTES))


def write_copy(disk: Disk, manifest: Manifest) -> None:
    """Writes the second copy of a generation's texts. Raises OSError."""
    disk.write(manifest.copy.name, disk.read(manifest.texts.name))
    disk.sync(manifest.copy.name)
    disk.sync_folder()


def litter_of(disk: Disk, manifest: Manifest) -> tuple[str, ...]:
    """The library's own files that the generation in force does not need; whatever else lies there is somebody's."""
    own = (name for name in disk.names() if name in _BESIDE or is_of_generation(name))
    return tuple(name for name in own if name not in manifest.files | KEPT)


def delete_litter(disk: Disk, manifest: Manifest) -> None:
    """Takes away what `litter_of` finds; whoever calls it holds the lock."""
    for name in litter_of(disk, manifest):
        disk.delete(name)


def take_back_first(disk: Disk) -> None:
    """Takes away what a very first change has written that could not be made, so that nobody takes it for a library."""
    for name in disk.names():
        if is_of_generation(name) and "-000001" in name:
            disk.delete(name)
