"""A library: stories, and everything derived from them, kept on disk and searched.

Readers see one whole generation at a time; writers build the next one beside it. See `index.storing` for how.
"""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Self

from index.encoding.embedding import Embedder, PackagedEmbedder
from index.errors import LibraryUnreadable, NoSuchStory
from index.library.intake import Attributor, Prepared, Progress, is_outdated, vectors_in, workers_of_this_program
from index.library.verbs import Found, Generation, Prepare, StoryLibrary
from index.ranking.evidence import EvidenceRanker
from index.ranking.gathering import Passages
from index.search.searching import PassageIndex
from index.storing.disk import Damaged, Disk, LocalDisk
from index.storing.draft import Draft
from index.storing.notes import Notes
from index.storing.segments import Segment
from index.storing.snapshot import Snapshot
from index.storing.tables import put_attributed, put_story, relabel_story
from index.storing.vault import Vault
from index.story import Story

WAIT_S = 60.0
_TRIES = 20
_log = logging.getLogger(__name__)
Rebuilding = Callable[[], AbstractContextManager[Progress]]
"""Entered while a library is rebuilt, so that somebody can be told; gives what is called with the progress."""


class Library(StoryLibrary):
    """Stories kept on disk and searched. Any number of threads and processes may read, one at a time changes it.

    Every verb reads the newest generation. Changes raise LibraryBusy when another writer holds the library for longer
    than `wait_s`, LibraryUnwritable when the disk refuses; either way the library is what it was.
    """

    def __init__(
        self,
        vault: Vault,
        notes: Notes,
        embedder: Embedder,
        attributor: Attributor | None,
        ranker: EvidenceRanker,
        rebuilding: Rebuilding | None = None,
    ) -> None:
        super().__init__(notes, embedder, attributor, ranker)
        self._vault = vault
        self._rebuilding = rebuilding or self._logged
        self._index: tuple[Snapshot, PassageIndex] | None = None

    @classmethod
    def open(
        cls,
        folder: str | Path,
        *,
        embedder: Embedder | None = None,
        attributor: Attributor | None = None,
        attribution: bool = True,
        ranker: EvidenceRanker | None = None,
        disk: Disk | None = None,
        wait_s: float = WAIT_S,
        rebuilding: Rebuilding | None = None,
    ) -> Self:
        """The library in a folder, empty where there is none yet. Raises LibraryDamaged or LibraryTooNew.

        Without an embedder it is the packaged model's, without an attributor `index.statements`' own; neither is loaded
        before it is needed. With `attribution` off, stories are stored and searched but not read for statements.
        `rebuilding` is entered whenever the library has to be rebuilt; without it, the log says so.
        """
        reader = (attributor or workers_of_this_program().attributor()) if attribution else None
        files = disk or LocalDisk(Path(folder))
        vault = Vault(files, str(folder), wait_s)
        vault.tidy()
        notes = Notes(files, str(folder), wait_s)
        ranker = ranker or EvidenceRanker.load()
        return cls(vault, notes, embedder or PackagedEmbedder(), reader, ranker, rebuilding)

    def _remove(self, story_id: str) -> None:
        self._sound()
        with self._vault.writing() as base:
            if story_id not in base.by_id:
                raise NoSuchStory(story_id)
            if self._vault.is_sound(base, self._embedder):
                draft = self._draft(base)
                draft.remove_story(story_id)
                draft.merge_speakers()
                self._vault.publish(draft, base)
                return
        self._remove(story_id)  # another writer came between, with another model

    @property
    def damaged(self) -> bool:
        """Whether something must be rebuilt before the next search: it is damaged, or another model made it."""
        return not self._vault.is_sound(self._vault.newest(), self._embedder)

    def repair(self, *, progress: Progress | None = None) -> bool:
        """Rebuilds what is damaged from the stored texts; whether there was anything to do.

        Only passages whose vectors are lost are embedded again.
        """
        if not self.damaged:
            return False
        with self._vault.writing() as base:
            if self._vault.is_sound(base, self._embedder):
                return False
            with self._rebuilding() as told:
                draft = self._draft(base)
                draft.drop_segments()
                known = vectors_in(base.rows_by_digest, self._vault.sound_segments(base, self._embedder))
                draft.put_passages(self._intake.rebuilt(base.stories, known, progress or told))
                self._vault.publish(draft, base)
        return True

    @contextmanager
    def _logged(self) -> Iterator[Progress]:
        _log.warning("rebuilding the library in %s, which is damaged or of another model", self._vault.folder)
        yield lambda done, total: None

    def close(self) -> None:
        """Lets go of what is held in memory; it is read again when it is needed."""
        self._index = None
        self._vault.forget()

    def _read(self, ask: Callable[[Generation], Found]) -> Found:
        return ask(self._vault.newest())

    def _searched(self, ask: Callable[[Generation, Passages], Found]) -> Found:
        return ask(*self._searchable())

    def _held_count(self) -> int:
        return len(self._vault.newest().stories)

    def _searchable(self) -> tuple[Snapshot, PassageIndex]:
        """The newest generation and the index over its passages, sound."""
        held = self._index
        snapshot = self._vault.newest()
        if held is not None and held[0] is snapshot:
            return held
        snapshot, segments = self._sound()
        made = self._index = snapshot, PassageIndex(snapshot.placed, segments)
        return made

    def _sound(self) -> tuple[Snapshot, Mapping[int, Segment]]:
        """The newest generation and its segments, repaired first where they must be."""
        for _ in range(_TRIES):
            self.repair()
            snapshot = self._vault.newest()
            # Where another process has moved on in between, the segments of this generation may be gone already.
            with suppress(Damaged):
                if self._vault.is_sound(snapshot, self._embedder):
                    return snapshot, self._vault.segments(snapshot)
        raise LibraryUnreadable(self._vault.folder, "others change it faster than it can be read")

    def _change(self, batch: Sequence[Story], prepare: Prepare) -> dict[str, str]:
        while True:
            base, segments = self._sound()
            prepared, same = prepare(base, vectors_in(base.rows_by_digest, segments), batch)
            outcomes = {**dict.fromkeys(same, "unchanged"), **{part.story.id: part.outcome for part in prepared}}
            if not prepared or self._store(base, prepared):
                return outcomes

    def _store(self, base: Snapshot, prepared: Sequence[Prepared]) -> bool:
        """Whether these could be stored: not where another writer came between with the same stories or a model."""
        with self._vault.writing() as newest:
            if newest is not base and any(is_outdated(part, base, newest) for part in prepared):
                return False
            if not self._vault.is_sound(newest, self._embedder):
                return False
            draft = self._draft(newest)
            for part in prepared:
                if part.embedded is not None:
                    put_story(draft.database, part.story)
                else:
                    relabel_story(draft.database, part.story)
                if part.attributed is not None:
                    put_attributed(draft.database, part.story, part.attributed)
            draft.put_passages([part.embedded for part in prepared if part.embedded is not None])
            draft.merge_speakers()
            self._vault.publish(draft, newest)
        return True

    def _draft(self, base: Snapshot) -> Draft:
        known = base.manifest is not None and base.manifest.embedder == self._embedder.name
        return Draft(base, self._embedder.name, base.manifest.dim if base.manifest and known else self._embedder.dim)
