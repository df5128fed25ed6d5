"""A library's folder in use: the newest generation for readers, a lock and a draft for one writer at a time."""

import errno
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from threading import RLock

from index.encoding.embedding import Embedder
from index.errors import LibraryBusy, LibraryUnwritable, refusal
from index.remembering import let_go_of_texts
from index.storing.disk import Damaged, Disk, TooNew, unsealed
from index.storing.draft import Draft, delete_litter, keep_spare, litter_of, take_back_first, write_copy
from index.storing.manifest import CURRENT, Manifest, SegmentRef, load_manifest, stands_beside
from index.storing.segments import Segment, load_segment
from index.storing.snapshot import Snapshot, load_snapshot


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
            delete_litter(self._disk, manifest)

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
            delete_litter(self._disk, manifest)
            write_copy(self._disk, manifest)
            keep_spare(self._disk)
        return manifest, made

    def tidy(self) -> None:
        """Takes away what an interrupted change left behind, unless somebody is changing the library just now.

        Where anything of the library is lost, nothing is taken away before it is repaired.
        """
        held = self._snapshot
        with suppress(OSError, LibraryBusy):
            if held.manifest is None or held.weak or not litter_of(self._disk, held.manifest):
                return
            with self._disk.locked(0):
                held = self.newest()
                if held.manifest is not None and not held.weak:
                    delete_litter(self._disk, held.manifest)

    def forget(self) -> None:
        """Lets go of the segments in memory."""
        self._segments = {}

    def _tidy_after_failure(self, base: Snapshot) -> None:
        """Takes away what a draft has written; not where the disk refused to put the pointer back."""
        if base.manifest is None and self._disk.stamp(CURRENT) is None:
            take_back_first(self._disk)
        elif base.manifest is not None and not base.weak and load_manifest(self._disk, CURRENT) == base.manifest:
            delete_litter(self._disk, base.manifest)

    def _load(self, ref: SegmentRef) -> Segment:
        held = self._segments.get(ref.vectors.digest)
        if held is None:
            held = self._segments[ref.vectors.digest] = load_segment(self._disk, ref)
        return held
