"""One generation of a library as it is read: immutable, verified, and kept by whoever still reads it."""

import sqlite3
from functools import cached_property
from threading import RLock

from index.errors import LibraryDamaged, LibraryTooNew, LibraryUnreadable, NoSuchStory, refusal
from index.library.speakers import STORIES_KEPT, Appearance, Generation
from index.remembering import Remembered
from index.statements import EXTRACTOR
from index.storing.disk import FORMAT, Damaged, Disk, Stamp, TooNew
from index.storing.manifest import CURRENT, Manifest, load_in_force
from index.storing.segments import DIGEST_BYTES, Placed, load_placed
from index.storing.tables import (
    bring_up_to_date,
    database_from,
    find_speakers,
    find_statements,
    find_story,
    find_story_speakers,
    new_database,
    newest_stories,
    next_version,
)
from index.story import Passage, Speaker, Statement, Story

_TRIES = 20


class Snapshot(Generation):
    """The stories and all that came of them, at one generation; `manifest` is None for a library never written to.

    `weak` says that the pointer or the first copy of the texts was damaged, and another had to be read.
    """

    def __init__(
        self, manifest: Manifest | None, database: sqlite3.Connection, stamp: Stamp | None, *, weak: bool = False
    ) -> None:
        super().__init__()
        self.manifest = manifest
        self.stamp = stamp
        self.weak = weak
        self._database = database
        self._reading = RLock()
        self._stories_asked: Remembered[tuple[str, int | None], Story] = Remembered(STORIES_KEPT)

    @cached_property
    def stories(self) -> tuple[Story, ...]:
        """Every story in its newest version, in the order in which they came."""
        with self._reading:
            return tuple(newest_stories(self._database))

    @cached_property
    def placed(self) -> tuple[Placed, ...]:
        """Where the passages of each story are."""
        with self._reading:
            return load_placed(self._database)

    @cached_property
    def _placed_by_story(self) -> dict[str, Placed]:
        return {part.story: part for part in self.placed}

    @cached_property
    def rows_by_digest(self) -> dict[bytes, tuple[int, int]]:
        """The segment and row that has the vector of a text, by the text's digest."""
        return {
            part.digests[at * DIGEST_BYTES : (at + 1) * DIGEST_BYTES]: (part.segment, part.first_row + at)
            for part in self.placed
            for at in range(part.count)
        }

    @cached_property
    def _speakers(self) -> tuple[Speaker, ...]:
        with self._reading:
            return tuple(find_speakers(self._database))

    @cached_property
    def _statements(self) -> tuple[Statement, ...]:
        with self._reading:
            return tuple(find_statements(self._database, None, None))

    @cached_property
    def attributed(self) -> frozenset[str]:
        """The stories that this version of the program has read for statements, or has tried to."""
        with self._reading:
            rows = self._database.execute("SELECT id FROM stories WHERE newest AND attributed >= ?", (EXTRACTOR,))
            return frozenset(row[0] for row in rows)

    @cached_property
    def unfound(self) -> dict[str, str]:
        """The stories over which it failed, and why."""
        with self._reading:
            rows = self._database.execute(
                "SELECT id, unfound FROM stories WHERE newest AND attributed >= ? AND unfound IS NOT NULL "
                "ORDER BY place_in_library",
                (EXTRACTOR,),
            )
            return dict(rows.fetchall())

    def story(self, story_id: str, version: int | None = None) -> Story:
        """One story, by default its newest version. Raises NoSuchStory."""
        return self._stories_asked.get((story_id, version), lambda: self._find_story(story_id, version))

    def _find_story(self, story_id: str, version: int | None) -> Story:
        with self._reading:
            found = find_story(self._database, story_id, version)
        if found is None:
            raise NoSuchStory(story_id, version)
        return found

    def _find_statements(self, story_id: str, version: int) -> tuple[Statement, ...]:
        with self._reading:
            return tuple(find_statements(self._database, story_id, version))

    def _find_appearances(self, story_id: str) -> tuple[Appearance, ...]:
        with self._reading:
            return tuple(find_story_speakers(self._database, story_id))

    def passages(self, story_id: str | None) -> tuple[Passage, ...]:
        """The passages of one story or of all, in reading order. Raises NoSuchStory."""
        if story_id is not None:
            self.story(story_id)
        parts = self.placed if story_id is None else tuple(filter(None, [self._placed_by_story.get(story_id)]))
        return tuple(part.passage(at) for part in parts for at in range(part.count))

    def next_version(self, story_id: str) -> int:
        """The number that a new text under this id gets."""
        with self._reading:
            return next_version(self._database, story_id)

    def copied_database(self) -> sqlite3.Connection:
        """A copy to change; this snapshot stays as it is."""
        with self._reading:
            return database_from(self._database.serialize())


def load_snapshot(disk: Disk, folder: str) -> Snapshot:
    """The generation in force. Raises LibraryDamaged where neither copy is whole, LibraryTooNew, LibraryUnreadable."""
    for last_try in (*([False] * _TRIES), True):
        stamp = disk.stamp(CURRENT)
        try:
            found = load_in_force(disk)
            if found is None:
                return Snapshot(None, new_database(), stamp)
            if not found.weak or disk.stamp(CURRENT) == stamp or last_try:
                database = database_from(found.texts)
                bring_up_to_date(database)
                return Snapshot(found.manifest, database, stamp, weak=found.weak)
        except TooNew as error:
            raise LibraryTooNew(folder, error.found, FORMAT) from error
        except (Damaged, FileNotFoundError) as error:
            # Another process may have moved on to its next generation while this one was being read.
            if last_try or disk.stamp(CURRENT) == stamp:
                raise LibraryDamaged(folder, str(error)) from error
        except OSError as error:
            raise LibraryUnreadable(folder, refusal(error)) from error
    raise AssertionError("the last try returns or raises")
