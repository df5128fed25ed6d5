"""The libraries of many owners under one folder: opened when somebody asks, closed when nobody does.

Thousands of owners fit one process: only the few in use are in memory, and all share one embedder, one ranker
and the worker processes that read for them.
"""

import shutil
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from threading import Condition, Lock

from index.encoding.embedding import Embedder, PackagedEmbedder
from index.errors import LibraryBusy, LibraryUnwritable, refusal
from index.library.claims import Claims, claims_in
from index.library.folder import WAIT_S, Library
from index.library.intake import Attributor
from index.library.joined import Joined
from index.library.verbs import NotesKept, StoryLibrary
from index.ranking.evidence import EvidenceRanker
from index.remembering import let_go_of_texts
from index.storing.disk import LocalDisk
from index.storing.notes import Notes
from index.workers.workers import ALONE, Workers

MOST_OPEN = 64
IDLE_S = 600.0
_OF_OWNERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")
_GONE = ".gone-"
_CLAIMS = ".claims"


@dataclass(slots=True)
class _Place:
    """One owner's library while it is in memory; `users` are those inside `of` just now."""

    users: int = 0
    used_at: float = 0.0
    library: StoryLibrary | None = None
    opening: Lock = field(default_factory=Lock)


class Libraries(ABC):
    """The libraries of many owners. Safe to use from any number of threads.

    `shared` is a library that every owner may ask beside the own one, and none changes.
    """

    _attributor: Attributor | None
    """What finds statements in place of worker processes."""

    def __init__(
        self,
        shared: StoryLibrary | None,
        workers: Workers,
        *,
        most_open: int = MOST_OPEN,
        idle_s: float = IDLE_S,
        wait_s: float = WAIT_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.shared = shared
        self.workers = workers
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
        self._embedder = embedder or PackagedEmbedder()
        self._attributor = attributor
        self._ranker = ranker or EvidenceRanker.load()
        self.workers = Workers()
        archive = None if shared is None else self._opened(Path(shared), ALONE)
        super().__init__(archive, self.workers, most_open=most_open, idle_s=idle_s, wait_s=wait_s, clock=clock)
        for left in self._folder.glob(f"{_GONE}*"):
            shutil.rmtree(left, ignore_errors=True)

    def owners(self) -> tuple[str, ...]:
        """Everybody who has a library on the disk."""
        if not self._folder.is_dir():
            return ()
        return tuple(sorted(path.name for path in self._folder.iterdir() if _is_owner(path.name)))

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


def _is_owner(name: str) -> bool:
    return 0 < len(name) <= 64 and name[0] != "-" and _OF_OWNERS.issuperset(name)


def _check(owner: str) -> None:
    if not _is_owner(owner):
        raise ValueError("an owner is named by lower-case letters, digits and dashes")
