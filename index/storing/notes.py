"""Settings, feedback and unanswered questions of a library, in a small SQLite database of their own.

It stands beside the generations and not in them: one more verdict must not write all texts again, and a user who is
forgotten must not live on in an older generation. It is written whole and anew, so that no unused page keeps what was
deleted, sealed, and in two copies, each replaced at once.
"""

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import RLock

from index.errors import LibraryDamaged, LibraryTooNew, LibraryUnreadable, LibraryUnwritable, refusal
from index.notes import Feedback, Json, Unanswered
from index.storing.disk import Disk, Stamp, replace_file
from index.storing.sealing import FORMAT, Damaged, TooNew, sealed, unsealed
from index.storing.tables import database_from

NOTES, NOTES_COPY = "notes", "notes.copy"
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
_ENDING = re.compile(r"[\s?!.,;:…\"'“”‘’]+$")


class Notes:
    """The notes of one library. Reads see the newest; a change is there at once and whole, or raises and is not.

    Raises LibraryBusy, LibraryUnwritable, and LibraryDamaged where neither copy can be read.
    """

    def __init__(self, disk: Disk, folder: str, wait_s: float) -> None:
        self._disk = disk
        self._folder = folder
        self._wait_s = wait_s
        self._using = RLock()
        self._held: tuple[Stamp | None, sqlite3.Connection] | None = None

    def settings(self) -> Mapping[str, Json]:
        """Every setting by its name."""
        with self._reading() as database:
            rows = database.execute("SELECT name, value FROM settings ORDER BY name")
            return {name: json.loads(value) for name, value in rows}

    def set_setting(self, name: str, value: Json) -> None:
        """Keeps a setting in place of what it was; None takes it away."""
        with self._changing() as database:
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
        if not self._disk.stamp(NOTES) and not self._disk.stamp(NOTES_COPY):
            return 0
        with self._changing() as database:
            return database.execute("DELETE FROM feedback WHERE user = ?", (user,)).rowcount

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._using:
            stamp = self._disk.stamp(NOTES)
            if self._held is None or self._held[0] != stamp:
                self._held = stamp, self._load()
            yield self._held[1]

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        """The notes as they are now, to be changed and then saved; nobody else changes them meanwhile."""
        with self._using:
            try:
                with self._disk.locked(self._wait_s):
                    database = self._load()
                    yield database
                    self._save(database)
            except OSError as error:
                raise LibraryUnwritable(self._folder, refusal(error)) from error

    def _load(self) -> sqlite3.Connection:
        if not self._disk.stamp(NOTES):
            return _new_database()
        for name in (NOTES, NOTES_COPY):
            try:
                return database_from(unsealed("notes", self._disk.read(name), name))
            except (Damaged, FileNotFoundError):
                continue
            except TooNew as error:
                raise LibraryTooNew(self._folder, error.found, FORMAT) from error
            except OSError as error:
                raise LibraryUnreadable(self._folder, refusal(error)) from error
        raise LibraryDamaged(self._folder, "its settings and feedback are")

    def _save(self, database: sqlite3.Connection) -> None:
        """Writes the copy and then the notes themselves, whose new name is the moment at which the change is made."""
        database.commit()
        fresh = sqlite3.connect(":memory:", check_same_thread=False)
        fresh.executescript("\n".join(database.iterdump()))
        content = sealed("notes", fresh.serialize())
        before = self._disk.read(NOTES) if self._disk.stamp(NOTES) else None
        for name in (NOTES_COPY, NOTES):
            replace_file(self._disk, name, content, before)
        self._held = self._disk.stamp(NOTES), fresh


def asked_key(question: str) -> tuple[str, str]:
    """A question as it is kept, and what wordings of the same question share; empty where nothing was asked."""
    asked = " ".join(question.encode("utf-8", "replace").decode().split())[:LONGEST_QUESTION]
    return asked, _ENDING.sub("", asked.casefold())


def _new_database() -> sqlite3.Connection:
    database = sqlite3.connect(":memory:", check_same_thread=False)
    database.executescript(_SCHEMA)
    return database


def _feedback_of(story: str, version: int, start: int, end: int, verdict: str, user: str, at: str) -> Feedback:
    return Feedback(story, version, start, end, verdict, user, _time(at))


def _time(stored: str) -> datetime:
    return datetime.fromisoformat(stored)


def _stored(when: datetime) -> str:
    """A time as text that sorts; raises ValueError where it has no time zone."""
    if when.tzinfo is None:
        raise ValueError("a time without a time zone")
    return when.astimezone(UTC).isoformat(timespec="microseconds")
