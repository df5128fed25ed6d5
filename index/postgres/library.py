"""One owner's library in a database: the verbs of `index.library.verbs` over rows of PostgreSQL.

A change is one transaction, which holds the owner's row; until it is made, readers see the generation before.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, LiteralString, Self

from index.encoding.embedding import Embedder, PackagedEmbedder, Vectors
from index.errors import LibraryUnreadable, NoSuchStory, StoryUnreadable
from index.library.intake import (
    Attributor,
    Held,
    Known,
    Prepared,
    Progress,
    is_outdated,
    split_digests,
    told_apart,
    workers_of_this_program,
)
from index.library.libraries import IDLE_S, MOST_OPEN, Claims, Libraries
from index.library.speakers import Generation
from index.library.verbs import WAIT_S, Found, StoryLibrary
from index.postgres import changing
from index.postgres.connecting import CONNECT_S, Database, migrate
from index.postgres.notes import OwnerNotes
from index.postgres.view import HEAD, Head, Moved, PassageSearch, View
from index.ranking.evidence import EvidenceRanker
from index.ranking.gathering import Passages
from index.remembering import let_go_of_texts
from index.story import Story

MAIN = "_main"
"""The owner of the library that a database's address alone names; no server or person can be called so."""
LONGEST_ID = 2_000
"""Bytes of a story's id; PostgreSQL indexes no more than 2,704."""
_TRIES = 100
_TABLES = (
    "postings", "passages", "statements", "story_speakers", "speakers", "stories", "versions", "settings", "feedback",
    "unanswered",
)  # fmt: skip


class PostgresLibrary(StoryLibrary):
    """An owner's stories in a database. Any number of threads, processes and machines may use it at once."""

    def __init__(
        self,
        database: Database,
        owner: str,
        embedder: Embedder,
        attributor: Attributor | None,
        ranker: EvidenceRanker,
    ) -> None:
        super().__init__(OwnerNotes(database, owner), embedder, attributor, ranker)
        self._database = database
        self._owner = owner
        self._view = View(database, owner, Head())
        self._closes_database = False

    @classmethod
    def open(
        cls,
        url: str,
        *,
        owner: str = MAIN,
        embedder: Embedder | None = None,
        attributor: Attributor | None = None,
        attribution: bool = True,
        ranker: EvidenceRanker | None = None,
        wait_s: float = WAIT_S,
        connect_s: float = CONNECT_S,
    ) -> Self:
        """An owner's library in the database at a postgresql:// address, whose tables are brought up to date first.

        Raises LibraryUnreadable where the database cannot be reached, LibraryUnwritable where it refuses the tables,
        LibraryTooNew. The rest is as `index.library.folder.Library.open` has it.
        """
        database = Database(url, wait_s=wait_s, connect_s=connect_s)
        migrate(database)
        reader = (attributor or workers_of_this_program().attributor(owner)) if attribution else None
        library = cls(database, owner, embedder or PackagedEmbedder(), reader, ranker or EvidenceRanker.load())
        library._closes_database = True
        return library

    def _remove(self, story_id: str) -> None:
        while True:
            self.repair()
            with self._database.writing(self._owner) as connection:
                head = changing.hold(connection, self._owner)
                if self._fits(head):
                    if not changing.delete_story(connection, self._owner, story_id):
                        raise NoSuchStory(story_id)
                    changing.merge_speakers(connection, self._owner)
                    changing.move_on(connection, self._owner, self._embedder.name)
                    return

    @property
    def damaged(self) -> bool:
        """Whether the vectors must be made anew before the next search, since another model made them."""
        return not self._fits(self._newest().head)

    def repair(self, *, progress: Progress | None = None) -> bool:
        """Makes the vectors anew where another model made them; whether there was anything to do.

        One process at a time does so; others wait for it.
        """
        if not self.damaged:
            return False
        made: dict[bytes, Vectors] = {}
        with self._database.alone() as connection:
            connection.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", (f"repair {self._owner}",))
            for _ in range(_TRIES):
                view = self._newest()
                if self._fits(view.head):
                    return False
                if self._rebuilt(view, made, progress):
                    return True
        raise LibraryUnreadable(self._database.where, "others change it faster than it can be rebuilt")

    def close(self) -> None:
        """Lets go of what is held in memory, and of the connections; both come back when they are needed."""
        self._view = View(self._database, self._owner, Head())
        if self._closes_database:
            self._database.close()

    def _read(self, ask: Callable[[Generation], Found]) -> Found:
        for _ in range(_TRIES):
            try:
                return ask(self._newest())
            except Moved:
                continue
        raise LibraryUnreadable(self._database.where, "others change it faster than it can be read")

    def _searched(self, ask: Callable[[Generation, Passages], Found]) -> Found:
        def asked(_: Generation) -> Found:
            self.repair()
            view = self._newest()
            return ask(view, PassageSearch(view))

        return self._read(asked)

    def _newest(self) -> View:
        rows = self._database.glance(HEAD, self._owner)
        head = Head(*rows[0]) if rows else Head()
        held = self._view
        if held.head != head:
            if held.head.generation and (
                head.generation != held.head.generation + 1 or head.stories < held.head.stories
            ):
                let_go_of_texts()  # a story may have been taken away: a change that adds is one step, and has more
            held = self._view = View(self._database, self._owner, head)
        return held

    def _fits(self, head: Head) -> bool:
        """Whether the vectors are of this library's model, or there are none."""
        return head.embedder in (None, self._embedder.name)

    def _held_count(self) -> int:
        return self._newest().head.stories

    def _held(self, batch: Sequence[Story]) -> tuple[Held, Known]:
        for story in batch:
            if len(story.id.encode("utf-8", "surrogatepass")) > LONGEST_ID:
                raise StoryUnreadable(story.id[:40] + "…", f"its id is longer than {LONGEST_ID:,} bytes")
        ids = [one.id for story in batch for one in ((story, told_apart(story)) if story.called else (story,))]
        self.repair()
        with self._database.reading(self._owner) as connection:
            return changing.held_stories(connection, self._owner, ids), self._known

    def _known(self, digests: Sequence[bytes]) -> Mapping[bytes, Vectors]:
        with self._database.reading(self._owner) as connection:
            return changing.known_vectors(connection, self._owner, digests, self._embedder.name)

    def _store(self, base: Held, prepared: Sequence[Prepared]) -> bool:
        with self._database.writing(self._owner) as connection:
            head = changing.hold(connection, self._owner)
            newest = changing.held_stories(connection, self._owner, [part.story.id for part in prepared])
            if not self._fits(head) or any(is_outdated(part, base, newest) for part in prepared):
                return False
            changing.put_prepared(connection, self._owner, prepared)
            changing.move_on(connection, self._owner, self._embedder.name)
        return True

    def _rebuilt(self, view: View, made: dict[bytes, Vectors], progress: Progress | None) -> bool:
        """Whether all vectors could be made anew before anybody changed the library; `made` keeps what was embedded."""
        parts = self._intake.rebuilt(view.stories, lambda _: made, progress)
        for part in parts:
            made.update(zip(split_digests(part.placed.digests), part.vectors, strict=True))
        with self._database.writing(self._owner) as connection:
            if changing.hold(connection, self._owner).generation != view.head.generation:
                return False
            changing.put_passages(connection, self._owner, parts)
            changing.move_on(connection, self._owner, self._embedder.name)
        return True


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
        most_open: int = MOST_OPEN,
        idle_s: float = IDLE_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = Database(url, wait_s=wait_s, connect_s=connect_s)
        migrate(self._database)
        super().__init__(embedder, attributor, ranker, most_open=most_open, idle_s=idle_s, wait_s=wait_s, clock=clock)
        self.shared = self.archive = self._open(MAIN)

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
        return PostgresLibrary(self._database, owner, self._embedder, attributor, self._ranker)

    def _notes_of(self, owner: str) -> OwnerNotes:
        return OwnerNotes(self._database, owner)

    def _delete(self, owner: str) -> bool:
        with self._database.writing(owner) as connection:
            held = connection.execute("SELECT FROM libraries WHERE owner = %s FOR UPDATE", (owner,)).fetchone()
            if held is None:
                return False
            for table in _TABLES:
                connection.execute(f"DELETE FROM {table} WHERE owner = %s", (owner,))  # noqa: S608 - of ours
            connection.execute("DELETE FROM libraries WHERE owner = %s", (owner,))
        return True
