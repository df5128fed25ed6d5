"""A library: stories and what is derived from them, kept on disk and searched; and those of many owners in a folder.

Readers see one whole generation at a time; writers build the next one beside it. See `index.storing` for how.
"""

import logging
import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import Any, LiteralString, Self

from index.encoding.embedding import Embedder, PackagedEmbedder
from index.errors import LibraryBusy, LibraryUnreadable, LibraryUnwritable, NoSuchStory, refusal
from index.library.intake import (
    Attributor,
    Held,
    Known,
    Prepared,
    Progress,
    is_outdated,
    vectors_in,
    workers_of_this_program,
)
from index.library.libraries import IDLE_S, MOST_OPEN, Claims, Libraries, is_owner
from index.library.speakers import Generation
from index.library.verbs import WAIT_S, Found, StoryLibrary
from index.ranking.evidence import EvidenceRanker
from index.ranking.gathering import Passages
from index.search.searching import PassageIndex
from index.storing.disk import Damaged, Disk, LocalDisk, make_private_folder
from index.storing.notes import Notes
from index.storing.segments import Segment
from index.storing.snapshot import Snapshot
from index.storing.tables import put_attributed, put_story, relabel_story
from index.storing.vault import Draft, Vault
from index.story import Story
from index.workers.workers import ALONE

_TRIES = 20
_GONE = ".gone-"
_CLAIMS = ".claims"
_TABLE = """
    CREATE TABLE IF NOT EXISTS claims (
        name text PRIMARY KEY, holder text NOT NULL, begun double precision NOT NULL, seen double precision NOT NULL,
        tries integer NOT NULL DEFAULT 1, done boolean NOT NULL DEFAULT false
    )"""
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

    def _held(self, batch: Sequence[Story]) -> tuple[Held, Known]:
        base, segments = self._sound()
        return base, vectors_in(base.rows_by_digest, segments)

    def _store(self, base: Held, prepared: Sequence[Prepared]) -> bool:
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


class FolderLibraries(Libraries):
    """Libraries under one folder; `shared` is the folder of the shared one. Raises what `Library.open` raises."""

    def __init__(
        self,
        folder: str | Path,
        *,
        embedder: Embedder | None = None,
        attributor: Attributor | None = None,
        ranker: EvidenceRanker | None = None,
        shared: str | Path | None = None,
        most_open: int = MOST_OPEN,
        idle_s: float = IDLE_S,
        wait_s: float = WAIT_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._folder = Path(folder)
        super().__init__(embedder, attributor, ranker, most_open=most_open, idle_s=idle_s, wait_s=wait_s, clock=clock)
        if shared is not None:
            self.shared = self._opened(Path(shared), ALONE)
        for left in self._folder.glob(f"{_GONE}*"):
            shutil.rmtree(left, ignore_errors=True)

    def owners(self) -> tuple[str, ...]:
        """Everybody who has a library on the disk."""
        if not self._folder.is_dir():
            return ()
        return tuple(sorted(path.name for path in self._folder.iterdir() if is_owner(path.name)))

    @property
    def claims(self) -> Claims:
        """What the processes of this machine are working on."""
        return claims_in(self._folder / _CLAIMS)

    @contextmanager
    def alone(self, job: str) -> Iterator[bool]:
        """Whether this process is to do a job, and no other one of this machine meanwhile."""
        with ExitStack() as held:
            try:
                held.enter_context(LocalDisk(self._folder / f".job-{job}").locked(wait_s=0))
            except LibraryBusy:
                yield False
                return
            except OSError as error:
                raise LibraryUnwritable(str(self._folder), refusal(error)) from error
            yield True

    def _open(self, owner: str) -> Library:
        return self._opened(self._folder / owner, owner)

    def _notes_of(self, owner: str) -> Notes:
        folder = self._folder / owner
        return Notes(LocalDisk(folder), str(folder), self._wait_s)

    def _opened(self, folder: Path, owner: str) -> Library:
        attributor = self._attributor or self.workers.attributor(owner)
        return Library.open(folder, embedder=self._embedder, attributor=attributor, ranker=self._ranker)

    def _delete(self, owner: str) -> bool:
        folder = self._folder / owner
        if not folder.exists():
            return False
        gone = self._folder / f"{_GONE}{token_hex(8)}"
        try:
            folder.rename(gone)
        except OSError as error:
            raise LibraryUnwritable(str(folder), refusal(error)) from error
        shutil.rmtree(gone, ignore_errors=True)  # what is left is deleted at the next start
        return True


def claims_in(file: Path) -> Claims:
    """Claims in a file, for the processes of one machine; it is made when something is first claimed.

    They raise LibraryUnwritable.
    """

    def run(statement: LiteralString, values: Mapping[str, object]) -> list[tuple[Any, ...]]:
        try:
            make_private_folder(file.parent)
            os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))  # whatever SQLite puts beside it is then as private
            with closing(sqlite3.connect(file)) as database, database:
                database.execute(_TABLE)
                return database.execute(statement % {name: f":{name}" for name in values}, dict(values)).fetchall()
        except (OSError, sqlite3.Error):
            raise LibraryUnwritable(str(file.parent), "the disk refused to note what is under way") from None

    return Claims(run)
