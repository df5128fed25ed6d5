"""Settings, feedback and unanswered questions of a library, in a small SQLite database of their own.

It stands beside the generations and not in them: one more verdict must not write all texts again, and a user who is
forgotten must not live on in an older generation. It is written whole and anew, so that no unused page keeps what was
deleted, sealed, and in two copies that are replaced together; where they differ, the one changed last counts.
"""

import errno
import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from string import whitespace
from threading import RLock
from typing import LiteralString

from index.errors import LibraryDamaged, LibraryTooNew, LibraryUnreadable, LibraryUnwritable, refusal
from index.storing.disk import FORMAT, Damaged, Disk, Stamp, TooNew, replace_files, sealed, unsealed
from index.storing.manifest import note_noted, says_noted
from index.storing.tables import database_from, new_database
from index.story import Feedback, Json, Unanswered

NOTES, NOTES_COPY = "notes", "notes.copy"
_COPIES = NOTES_COPY, NOTES
MOST_UNANSWERED = 1_000
LONGEST_QUESTION = 500
_SCHEMA = """
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE feedback (
    story TEXT NOT NULL, version INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    verdict TEXT NOT NULL, user TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (story, version, start, "end", user)
) WITHOUT ROWID;
CREATE TABLE unanswered (
    key TEXT PRIMARY KEY, question TEXT NOT NULL, reason TEXT NOT NULL, count INTEGER NOT NULL, last TEXT NOT NULL
) WITHOUT ROWID;
"""
_ENDING = f"{whitespace}?!.,;:…\"'“”‘’"


class Notes:
    """The notes of one library. Reads see the newest; a change is there at once and whole, or raises and is not.

    Raises LibraryBusy, LibraryUnwritable, and LibraryDamaged where neither copy can be read.
    """

    def __init__(self, disk: Disk, folder: str, wait_s: float) -> None:
        self._disk = disk
        self._folder = folder
        self._wait_s = wait_s
        self._using = RLock()
        self._held: tuple[tuple[Stamp | None, ...], sqlite3.Connection] | None = None

    def settings(self) -> Mapping[str, Json]:
        """Every setting by its name."""
        with self._reading() as database:
            rows = database.execute("SELECT name, value FROM settings ORDER BY name")
            return {name: json.loads(value) for name, value in rows}

    def set_setting(self, name: str, value: Json) -> None:
        """Keeps a setting in place of what it was; None takes it away."""
        with self._changing(less=value is None) as database:
            database.execute("DELETE FROM settings WHERE name = ?", (name,))
            if value is not None:
                database.execute("INSERT INTO settings VALUES (?, ?)", (name, json.dumps(value, ensure_ascii=False)))

    def feedback(self) -> tuple[Feedback, ...]:
        """All verdicts, oldest first."""
        with self._reading() as database:
            rows = database.execute('SELECT story, version, start, "end", verdict, user, at FROM feedback ORDER BY at')
            return tuple(_feedback_of(*row) for row in rows)

    def keep_feedback(self, given: Feedback) -> None:
        """Keeps a verdict, in place of the same user's earlier one on the same words."""
        about = (given.story, given.version, given.start, given.end, given.verdict, given.user)
        with self._changing() as database:
            database.execute(
                "INSERT OR REPLACE INTO feedback VALUES (?, ?, ?, ?, ?, ?, ?)", (*about, _stored(given.when))
            )

    def unanswered(self) -> tuple[Unanswered, ...]:
        """Questions without an answer, the most often asked first, then the latest; at most 1,000 are kept."""
        with self._reading() as database:
            rows = database.execute(
                "SELECT question, reason, count, last FROM unanswered ORDER BY count DESC, last DESC, key"
            )
            return tuple(Unanswered(question, why, count, _time(last)) for question, why, count, last in rows)

    def note_unanswered(self, question: str, reason: str, when: datetime) -> None:
        """Counts a question that got no answer; past 1,000 different ones, those not asked for longest are dropped."""
        asked, key = asked_key(question)
        if not key:
            return
        with self._changing() as database:
            database.execute(
                "INSERT INTO unanswered VALUES (?, ?, ?, 1, ?) ON CONFLICT (key) DO UPDATE SET count = count + 1, "
                "question = excluded.question, reason = excluded.reason, last = excluded.last",
                (key, asked, reason, _stored(when)),
            )
            database.execute(
                "DELETE FROM unanswered WHERE key NOT IN (SELECT key FROM unanswered ORDER BY last DESC LIMIT ?)",
                (MOST_UNANSWERED,),
            )

    def forget_user(self, user: str) -> int:
        """Takes away everything kept under a user's id, from every file; how many notes that were."""
        return self._deleted_from_feedback("user = ?", user)

    def forget_all_but(self, stories: Collection[str]) -> int:
        """Takes away everything kept about other stories than these and a shared library's; how many notes it was."""
        others = "story NOT IN (SELECT value FROM json_each(?)) AND story NOT LIKE 'shared:%'"
        return self._deleted_from_feedback(others, json.dumps(sorted(stories)))

    def _deleted_from_feedback(self, which: LiteralString, value: str) -> int:
        """Deletes feedback; nothing is written where no copy has any of it."""
        with self._using:
            try:
                lost, copies = self._copies()
            except (OSError, TooNew):
                lost, copies = True, []
        found = f"SELECT 1 FROM feedback WHERE {which} LIMIT 1"  # noqa: S608 - words of this module
        if not lost and not any(database.execute(found, (value,)).fetchone() for database in copies):
            return 0
        with self._changing(less=True) as database:
            return database.execute(f"DELETE FROM feedback WHERE {which}", (value,)).rowcount  # noqa: S608

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._using:
            stamps = self._stamps()
            if self._held is None or self._held[0] != stamps:
                self._held = stamps, self._load()
            yield self._held[1]

    @contextmanager
    def _changing(self, *, less: bool = False) -> Iterator[sqlite3.Connection]:
        """The notes as they are now, to be changed and then saved; nobody else changes them meanwhile.

        What makes them `less` can be saved on a full disk too.
        """
        with self._using:
            try:
                with self._disk.locked(self._wait_s):
                    database = self._load()
                    yield database
                    self._save(database, less=less)
            except OSError as error:
                raise LibraryUnwritable(self._folder, refusal(error)) from error

    def _stamps(self) -> tuple[Stamp | None, ...]:
        return tuple(map(self._disk.stamp, _COPIES))

    def _load(self) -> sqlite3.Connection:
        """The notes, of the copy changed last; none where there never were any."""
        try:
            lost, copies = self._copies()
            if not copies and (lost or says_noted(self._disk)):
                raise LibraryDamaged(self._folder, "its settings and feedback are")
        except TooNew as error:
            raise LibraryTooNew(self._folder, error.found, FORMAT) from error
        except OSError as error:
            raise LibraryUnreadable(self._folder, refusal(error)) from error
        return max(copies, key=_changes) if copies else new_database(_SCHEMA)

    def _copies(self) -> tuple[bool, list[sqlite3.Connection]]:
        """Whether a copy is damaged, and those that are whole."""
        damaged, whole = False, []
        for name in _COPIES:
            try:
                whole.append(database_from(unsealed("notes", self._disk.read(name), name)))
            except FileNotFoundError:
                continue
            except Damaged:
                damaged = True
        return damaged, whole

    def _save(self, database: sqlite3.Connection, *, less: bool) -> None:
        """Writes both copies; the first new name is the moment at which the change is made."""
        database.commit()
        fresh = _written_anew(database)
        fresh.execute(f"PRAGMA user_version = {_changes(database) + 1}")
        before = {name: self._disk.read(name) if self._disk.stamp(name) else None for name in _COPIES}
        content = sealed("notes", fresh.serialize())
        try:
            replace_files(self._disk, _COPIES, content, before)
        except OSError as error:
            if not less or error.errno not in (errno.ENOSPC, errno.EDQUOT):
                raise
            self._save_in_turn(content)
        self._held = self._stamps(), fresh
        with suppress(OSError):  # it is tried again with the next change
            note_noted(self._disk)

    def _save_in_turn(self, content: bytes) -> None:
        """Writes one copy in the room of the old one, while the other is whole, and then the other. Raises OSError."""
        for name in _COPIES:
            for left in (f"{name}.new", f"{name}.old"):
                if self._disk.stamp(left) is not None:
                    self._disk.delete(left)
        newest = max(_COPIES, key=self._changes_in)
        for name in (*(one for one in _COPIES if one != newest), newest):
            if self._disk.stamp(name) is not None:
                self._disk.delete(name)
            self._disk.write(f"{name}.new", content)
            self._disk.sync(f"{name}.new")
            self._disk.rename(f"{name}.new", name)
            self._disk.sync_folder()

    def _changes_in(self, name: str) -> int:
        """How often a copy has been changed; -1 where it is not whole."""
        try:
            return _changes(database_from(unsealed("notes", self._disk.read(name), name)))
        except (Damaged, FileNotFoundError):
            return -1


def asked_key(question: str) -> tuple[str, str]:
    """A question as it is kept, and what wordings of the same question share; empty where nothing was asked."""
    asked = " ".join(question.encode("utf-8", "replace").decode().split())[:LONGEST_QUESTION]
    return asked, asked.casefold().rstrip(_ENDING)


def _written_anew(database: sqlite3.Connection) -> sqlite3.Connection:
    """The same tables in a database of their own, row by row: as statements, a thousand watches took 10 ms of 14."""
    fresh = sqlite3.connect(":memory:", check_same_thread=False)
    for table, made in database.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'").fetchall():
        fresh.execute(made)
        rows = database.execute(f"SELECT * FROM {table}")  # noqa: S608 - a table of this module
        given = ", ".join("?" * len(rows.description))
        fresh.executemany(f"INSERT INTO {table} VALUES ({given})", rows)  # noqa: S608 - the same
    fresh.commit()
    return fresh


def _changes(database: sqlite3.Connection) -> int:
    """How often the notes have been changed; 0 where an earlier version of this program wrote them."""
    return int(database.execute("PRAGMA user_version").fetchone()[0])


def _feedback_of(story: str, version: int, start: int, end: int, verdict: str, user: str, at: str) -> Feedback:
    return Feedback(story, version, start, end, verdict, user, _time(at))


def _time(stored: str) -> datetime:
    return datetime.fromisoformat(stored)


def _stored(when: datetime) -> str:
    """A time as text that sorts; raises ValueError where it has no time zone."""
    if when.tzinfo is None:
        raise ValueError("a time without a time zone")
    return when.astimezone(UTC).isoformat(timespec="microseconds")
