"""The libraries of many owners: opened when somebody asks, closed when nobody does.

Thousands of owners fit one process: only the few in use are in memory, and all share one embedder, one ranker
and the worker processes that read for them. What the processes that share a store are working on, they claim, so that
what one dies over is taken up by another, once.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from threading import Condition, Lock
from typing import Any, LiteralString

from index.encoding.embedding import Embedder, PackagedEmbedder
from index.errors import LibraryBusy
from index.library.intake import Attributor
from index.library.joined import Joined
from index.library.verbs import NotesKept, StoryLibrary
from index.ranking.evidence import EvidenceRanker
from index.remembering import let_go_of_texts
from index.workers.workers import Workers

MOST_OPEN = 64
IDLE_S = 600.0
_OF_OWNERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")
Run = Callable[[LiteralString, Mapping[str, object]], list[tuple[Any, ...]]]
"""Runs one statement as a transaction of its own, and gives its rows; values stand in it as %(name)s."""
MOST_TRIES = 3
"""Holders that a claim has at most: what every process dies over is not handed on for ever."""
KEPT_S = 3_600.0
"""Seconds after which a claim is forgotten, done or not."""
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
    """The claims of all processes that share a store. Times are seconds since 1970. Raises what the store's do.

    A claim is a name and nothing more. Whoever holds one says from time to time that it is still there; a holder that
    has been silent loses its claims to whoever looks first.
    """

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


@dataclass(slots=True)
class _Place:
    """One owner's library while it is in memory; `users` are those inside `of` just now."""

    users: int = 0
    used_at: float = 0.0
    library: StoryLibrary | None = None
    opening: Lock = field(default_factory=Lock)


class Libraries(ABC):
    """The libraries of many owners. Safe to use from any number of threads.

    `shared` is a library that every owner may ask beside the own one, and none changes. An attributor finds statements
    in place of worker processes.
    """

    def __init__(
        self,
        embedder: Embedder | None,
        attributor: Attributor | None,
        ranker: EvidenceRanker | None,
        *,
        most_open: int,
        idle_s: float,
        wait_s: float,
        clock: Callable[[], float],
    ) -> None:
        self.shared: StoryLibrary | None = None
        self.workers = Workers()
        self._embedder = embedder or PackagedEmbedder()
        self._attributor = attributor
        self._ranker = ranker or EvidenceRanker.load()
        self._most_open = most_open
        self._idle_s = idle_s
        self._wait_s = wait_s
        self._clock = clock
        self._leaving: set[str] = set()
        self._places: dict[str, _Place] = {}
        self._changed = Condition()

    @abstractmethod
    def owners(self) -> tuple[str, ...]:
        """Everybody who has a library."""

    @abstractmethod
    def _open(self, owner: str) -> StoryLibrary:
        """An owner's library."""

    @abstractmethod
    def _notes_of(self, owner: str) -> NotesKept:
        """The notes of an owner's library."""

    @abstractmethod
    def _delete(self, owner: str) -> bool:
        """Deletes an owner's whole library, which nobody uses, at once or not at all; whether there was one."""

    @property
    @abstractmethod
    def claims(self) -> Claims:
        """What the processes that share these libraries are working on."""

    @abstractmethod
    def alone(self, job: str) -> AbstractContextManager[bool]:
        """Whether this process is to do a job: while the block lasts, every other one is told that it is not.

        A process that dies gives the job back. Raises LibraryUnreadable, LibraryUnwritable.
        """

    @contextmanager
    def of(self, owner: str) -> Iterator[StoryLibrary]:
        """One owner's own library, open as long as the block lasts; empty, and kept nowhere, until it is added to.

        An owner is named by lower-case letters, digits and dashes, at most 64. Raises ValueError for any other name,
        LibraryBusy where the library is being deleted all the time, and what opening a library raises.
        """
        _check(owner)
        place = self._entered(owner)
        try:
            with place.opening:
                if place.library is None:
                    place.library = self._open(owner)
                library = place.library
            self._close(self._surplus())
            yield library
        finally:
            self._left(place)

    @contextmanager
    def shelf(self, owner: str) -> Iterator[StoryLibrary | Joined]:
        """What an owner may ask: the own library, and the shared one beside it where there is one."""
        with self.of(owner) as library:
            yield library if self.shared is None else Joined(library, self.shared)

    @property
    def open_count(self) -> int:
        """How many libraries are in memory."""
        return sum(place.library is not None for place in tuple(self._places.values()))

    def get_ready(self) -> None:
        """Has a worker process load what the first addition needs, if worker processes do that; does not wait."""
        if self._attributor is None:
            self.workers.get_ready()

    def forget(self, owner: str) -> bool:
        """Deletes an owner's whole library, when nobody uses it any more; whether there was one.

        It is gone at once or not at all. Other owners do not wait for it. Raises LibraryUnwritable, and LibraryBusy
        where somebody uses it all the time.
        """
        _check(owner)
        with self._changed:
            self._wait_until(owner, lambda: owner not in self._places or not self._places[owner].users)
            place = self._places.pop(owner, None)
            self._leaving.add(owner)
        try:
            self._close([place] if place else [])
            let_go_of_texts()
            return self._delete(owner)
        finally:
            with self._changed:
                self._leaving.discard(owner)
                self._changed.notify_all()

    def forget_user(self, user: str) -> int:
        """Takes away what any owner's library keeps under a user's id, without opening them; how many notes it was."""
        return sum(self._notes_of(owner).forget_user(user) for owner in self.owners())

    def close_idle(self) -> int:
        """Closes the libraries that nobody has used for `idle_s` seconds; how many. Ended processes are forgotten."""
        self.workers.clear()
        with self._changed:
            latest = self._clock() - self._idle_s
            idle = [owner for owner, place in self._places.items() if not place.users and place.used_at <= latest]
            closing = [self._places.pop(owner) for owner in idle]
        self._close(closing)
        return len(closing)

    def close(self) -> None:
        """Lets go of every library, the shared one included, and ends the worker processes."""
        self.workers.close()
        with self._changed:
            closing, self._places = list(self._places.values()), {}
        self._close(closing)
        if self.shared is not None:
            self.shared.close()

    def _entered(self, owner: str) -> _Place:
        with self._changed:
            self._wait_until(owner)
            place = self._places.pop(owner, None) or _Place()
            self._places[owner] = place  # at the end, as the one used last
            place.users += 1
            return place

    def _wait_until(self, owner: str, free: Callable[[], bool] = lambda: True) -> None:
        """Waits, with `_changed` held, until an owner's library is free, and not being deleted."""
        if not self._changed.wait_for(lambda: owner not in self._leaving and free(), self._wait_s):
            raise LibraryBusy(owner, self._wait_s)

    def _left(self, place: _Place) -> None:
        with self._changed:
            place.users -= 1
            place.used_at = self._clock()
            self._changed.notify_all()

    def _surplus(self) -> list[_Place]:
        """Takes out the libraries longest unused past `most_open`, as far as nobody is in them."""
        with self._changed:
            free = [owner for owner, place in self._places.items() if not place.users]
            return [self._places.pop(owner) for owner in free[: max(0, len(self._places) - self._most_open)]]

    def _close(self, places: list[_Place]) -> None:
        for place in places:
            if place.library is not None:
                place.library.close()


def is_owner(name: str) -> bool:
    """Whether this can be an owner's name."""
    return 0 < len(name) <= 64 and name[0] != "-" and _OF_OWNERS.issuperset(name)


def _check(owner: str) -> None:
    if not is_owner(owner):
        raise ValueError("an owner is named by lower-case letters, digits and dashes")
