"""The libraries of many owners in one database, and the jobs that one process at a time does for all of them."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, LiteralString

from index.encoding.embedding import Embedder, PackagedEmbedder
from index.library.claims import Claims
from index.library.intake import Attributor
from index.library.libraries import IDLE_S, MOST_OPEN, Libraries
from index.postgres.connecting import CONNECT_S, MOST_CONNECTIONS, Database, migrate
from index.postgres.library import MAIN, WAIT_S, PostgresLibrary
from index.postgres.notes import OwnerNotes
from index.ranking.evidence import EvidenceRanker
from index.search.searching import SumOfScores
from index.workers.workers import Workers

_TABLES = (
    "postings", "passages", "statements", "story_speakers", "speakers", "stories", "versions", "settings", "feedback",
    "unanswered",
)  # fmt: skip


class PostgresLibraries(Libraries):
    """Libraries in the database at an address; the one that the address alone names is shared by all.

    All use one pool of connections. Raises what `PostgresLibrary.open` raises.
    """

    def __init__(
        self,
        url: str,
        *,
        embedder: Embedder | None = None,
        attributor: Attributor | None = None,
        ranker: EvidenceRanker | None = None,
        wait_s: float = WAIT_S,
        connect_s: float = CONNECT_S,
        most_connections: int = MOST_CONNECTIONS,
        most_open: int = MOST_OPEN,
        idle_s: float = IDLE_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = Database(url, wait_s=wait_s, connect_s=connect_s, most_connections=most_connections)
        migrate(self._database)
        self._embedder = embedder or PackagedEmbedder()
        self._attributor = attributor
        self._ranker = ranker or EvidenceRanker.load()
        self.workers = Workers()
        self.archive = self._open(MAIN)
        super().__init__(self.archive, self.workers, most_open=most_open, idle_s=idle_s, wait_s=wait_s, clock=clock)

    @property
    def claims(self) -> Claims:
        """What the processes of all machines are working on. They raise LibraryBusy, LibraryUnwritable."""
        return Claims(self._claimed)

    def owners(self) -> tuple[str, ...]:
        """Everybody who has a library in the database."""
        rows = self._database.glance("SELECT owner FROM libraries WHERE owner <> %s ORDER BY owner", MAIN)
        return tuple(owner for (owner,) in rows)

    def close(self) -> None:
        """Lets go of every library and connection."""
        super().close()
        self._database.close()

    @contextmanager
    def alone(self, job: str) -> Iterator[bool]:
        """Whether this process is to do a job: while the block lasts, every other one is told that it is not.

        A process that dies gives the job back. Raises LibraryUnreadable.
        """
        with self._database.alone() as connection:
            row = connection.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", (f"job {job}",)).fetchone()
            yield bool(row and row[0])

    def _claimed(self, statement: LiteralString, values: Mapping[str, object]) -> list[tuple[Any, ...]]:
        with self._database.writing(MAIN) as connection:
            done = connection.execute(statement, values)
            return done.fetchall() if done.description else []

    def _open(self, owner: str) -> PostgresLibrary:
        attributor = self._attributor or self.workers.attributor(owner)
        return PostgresLibrary(self._database, owner, self._embedder, attributor, SumOfScores(), self._ranker)

    def _notes_of(self, owner: str) -> OwnerNotes:
        return OwnerNotes(self._database, owner)

    def _delete(self, owner: str) -> bool:
        with self._database.writing(owner) as connection:
            held = connection.execute("SELECT FROM libraries WHERE owner = %s FOR UPDATE", (owner,)).fetchone()
            if held is None:
                return False
            for table in _TABLES:
                connection.execute(f"DELETE FROM {table} WHERE owner = %s", (owner,))  # noqa: S608
            connection.execute("DELETE FROM libraries WHERE owner = %s", (owner,))
        return True
