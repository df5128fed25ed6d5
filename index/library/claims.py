"""What is being worked on, by whom, and what is done: so that what a process dies over is taken up by another, once.

A claim is a name and nothing more. Whoever holds one says from time to time that it is still there; a holder that has
been silent loses its claims to whoever looks first.
"""

import os
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, LiteralString

from index.errors import LibraryUnwritable
from index.storing.disk import make_private_folder

Run = Callable[[LiteralString, Mapping[str, object]], list[tuple[Any, ...]]]
"""Runs one statement as a transaction of its own, and gives its rows; values stand in it as %(name)s."""

MOST_TRIES = 3
"""Holders that a claim has at most: what every process dies over is not handed on for ever."""
KEPT_S = 3_600.0
"""Seconds after which a claim is forgotten, done or not."""
_TABLE = """
    CREATE TABLE IF NOT EXISTS claims (
        name text PRIMARY KEY, holder text NOT NULL, begun double precision NOT NULL, seen double precision NOT NULL,
        tries integer NOT NULL DEFAULT 1, done boolean NOT NULL DEFAULT false
    )"""
_TAKE = """
    INSERT INTO claims (name, holder, begun, seen) VALUES (%(name)s, %(holder)s, %(now)s, %(now)s)
    ON CONFLICT (name) DO UPDATE SET seen = excluded.seen WHERE claims.holder = excluded.holder AND NOT claims.done
    RETURNING name"""
_FINISH = "UPDATE claims SET done = true WHERE name = %(name)s AND holder = %(holder)s"
_KEEP = "UPDATE claims SET seen = %(now)s WHERE holder = %(holder)s AND NOT done"
_INHERIT = """
    UPDATE claims SET holder = %(holder)s, seen = %(now)s, tries = tries + 1
    WHERE NOT done AND holder <> %(holder)s AND seen <= %(silent)s AND tries < %(most)s RETURNING name"""
_FORGET = "DELETE FROM claims WHERE begun <= %(old)s"


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims of all processes that share a store. Times are seconds since 1970. Raises what the store's do."""

    run: Run

    def take(self, name: str, holder: str, now: float) -> bool:
        """Whether this is the holder's to do: not where another has it, or where it is done."""
        return bool(self.run(_TAKE, {"name": name, "holder": holder, "now": now}))

    def finish(self, name: str, holder: str) -> None:
        """Notes that what the holder has is done; nobody gets it any more."""
        self.run(_FINISH, {"name": name, "holder": holder})

    def look(self, holder: str, now: float, silent_s: float) -> tuple[str, ...]:
        """Says that the holder is there, and gives it what the holders silent for so long have left undone."""
        self.run(_FORGET, {"old": now - KEPT_S})
        self.run(_KEEP, {"holder": holder, "now": now})
        given = {"holder": holder, "now": now, "silent": now - silent_s, "most": MOST_TRIES}
        return tuple(name for (name,) in self.run(_INHERIT, given))


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
