"""Settings, feedback and unanswered questions of an owner: rows beside the stories, with no generation of their own."""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime

from index.postgres.connecting import Database, Session
from index.storing.notes import MOST_UNANSWERED, asked_key
from index.story import Feedback, Json, Unanswered


class OwnerNotes:
    """The notes of one owner. Raises LibraryBusy, LibraryUnwritable, LibraryUnreadable."""

    def __init__(self, database: Database, owner: str) -> None:
        self._database = database
        self._owner = owner

    def settings(self) -> Mapping[str, Json]:
        """Every setting by its name."""
        with self._database.reading(self._owner) as connection:
            query = "SELECT name, value FROM settings WHERE owner = %s ORDER BY name"
            return {name: json.loads(value) for name, value in connection.execute(query, (self._owner,))}

    def set_setting(self, name: str, value: Json) -> None:
        """Keeps a setting in place of what it was; None takes it away."""
        with self._changing() as connection:
            if value is None:
                connection.execute("DELETE FROM settings WHERE owner = %s AND name = %s", (self._owner, name))
                return
            connection.execute(
                "INSERT INTO settings VALUES (%s, %s, %s) "
                "ON CONFLICT (owner, name) DO UPDATE SET value = excluded.value",
                (self._owner, name, json.dumps(value, ensure_ascii=False)),
            )

    def feedback(self) -> tuple[Feedback, ...]:
        """All verdicts, oldest first."""
        query = (
            "SELECT story, version, span_start, span_end, verdict, asker, at FROM feedback WHERE owner = %s ORDER BY at"
        )
        with self._database.reading(self._owner) as connection:
            rows = connection.execute(query, (self._owner,)).fetchall()
        return tuple(
            Feedback(story, version, start, end, verdict, user, at.astimezone(UTC))
            for story, version, start, end, verdict, user, at in rows
        )

    def keep_feedback(self, given: Feedback) -> None:
        """Keeps a verdict, in place of the same user's earlier one on the same words."""
        about = (given.story, given.version, given.start, given.end, given.verdict, given.user)
        with self._changing() as connection:
            connection.execute(
                "INSERT INTO feedback VALUES (%s, %s, %s, %s, %s, %s, %s, %s) "
                "ON CONFLICT (owner, story, version, span_start, span_end, asker) "
                "DO UPDATE SET verdict = excluded.verdict, at = excluded.at",
                (self._owner, *about, _zoned(given.when)),
            )

    def unanswered(self) -> tuple[Unanswered, ...]:
        """Questions without an answer, the most often asked first, then the latest; at most 1,000 are kept."""
        query = (
            "SELECT question, reason, times, last FROM unanswered WHERE owner = %s ORDER BY times DESC, last DESC, key"
        )
        with self._database.reading(self._owner) as connection:
            rows = connection.execute(query, (self._owner,)).fetchall()
        return tuple(
            Unanswered(question, reason, count, last.astimezone(UTC)) for question, reason, count, last in rows
        )

    def note_unanswered(self, question: str, reason: str, when: datetime) -> None:
        """Counts a question that got no answer; past 1,000 different ones, those not asked for longest are dropped."""
        asked, key = asked_key(question)
        if not key:
            return
        with self._changing() as connection:
            connection.execute(
                "INSERT INTO unanswered VALUES (%s, %s, %s, %s, 1, %s) ON CONFLICT (owner, key) DO UPDATE SET "
                "times = unanswered.times + 1, question = excluded.question, reason = excluded.reason, "
                "last = excluded.last",
                (self._owner, hashlib.sha256(key.encode()).digest(), asked, reason, _zoned(when)),
            )
            connection.execute(
                "DELETE FROM unanswered WHERE owner = %(owner)s AND key NOT IN "
                "(SELECT key FROM unanswered WHERE owner = %(owner)s ORDER BY last DESC LIMIT %(most)s)",
                {"owner": self._owner, "most": MOST_UNANSWERED},
            )

    def forget_user(self, user: str) -> int:
        """Takes away everything kept under a user's id; how many notes that were."""
        with self._database.writing(self._owner) as connection:
            query = "DELETE FROM feedback WHERE owner = %s AND asker = %s"
            return connection.execute(query, (self._owner, user)).rowcount

    def forget_all_but(self, stories: Collection[str]) -> int:
        """Takes away everything kept about other stories than these and a shared library's; how many notes it was."""
        query = "DELETE FROM feedback WHERE owner = %s AND story <> ALL(%s) AND story NOT LIKE 'shared:%%'"
        with self._database.writing(self._owner) as connection:
            return connection.execute(query, (self._owner, list(stories))).rowcount

    @contextmanager
    def _changing(self) -> Iterator[Session]:
        with self._database.writing(self._owner) as connection:
            connection.execute("INSERT INTO libraries (owner) VALUES (%s) ON CONFLICT DO NOTHING", (self._owner,))
            yield connection


def _zoned(when: datetime) -> datetime:
    """The time; raises ValueError where it has no time zone."""
    if when.tzinfo is None:
        raise ValueError("a time without a time zone")
    return when
