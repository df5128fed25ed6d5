"""The engine of a running bot: the libraries of servers and people, the one shared by all, and the pure answering; and
what a running bot does by itself: it reads feeds of all libraries that are due, and finds missing statements.

Everything in the room speaks to the Protocol, so that it can be tested with a small engine.
"""

import asyncio
import ctypes
import gc
import logging
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from bot import asking
from bot.answers import Checked, Result, Turn
from bot.discord_side.libraries.place import EVERYBODY, person
from bot.discord_side.limits import Limits
from bot.discord_side.replies import boundary
from bot.errors import BotError
from bot.libraries import open_libraries
from bot.settings import Settings
from bot.shelf import Shelf
from bot.worker import Worker
from index.errors import StoriesError
from index.library import follow_due, followed, forget_watches

if TYPE_CHECKING:
    from index.library import Claims, Libraries, StoryLibrary
    from index.reading import Reader

_log = logging.getLogger(__name__)

STORIES_AT_ONCE = 4
"""Stories that are fetched, or read for statements, in one step of tending."""
OWNERS_AT_ONCE = 50
"""Servers and people who are looked at for feeds that are due in one step of tending: 3,000 an hour."""
ALL_EVERY_S = 3_600.0
"""Seconds after which everything is looked at again: what has stayed may have become garbage meanwhile."""
EVERY = timedelta(hours=1)
"""How often a feed is read, and an owner is looked at for new ones."""
TENDED_EVERY_S = 60.0
"""Seconds between two looks at what is due; a feed is read every five minutes at most."""
TENDING_S = 600.0
"""Seconds for one step of tending: a few pages of 20 seconds each, and reading them."""
CLOSING_S = 0.5
_OLDEST = 2


class Engine(Protocol):
    """What opens libraries and answers from them, as of today; nothing is looked up that nobody is shown.

    Every method is called in a worker's thread, and may take long.
    """

    def open(self) -> Shelf:
        """Makes everything ready; the stories that all share."""
        ...

    def shelf_of(self, owner: str) -> AbstractContextManager[Shelf]:
        """What an owner may ask: the own stories with the shared ones beside them."""
        ...

    def library_of(self, owner: str) -> "AbstractContextManager[StoryLibrary]":
        """An owner's own library."""
        ...

    def reader_of(self, owner: str) -> "Reader":
        """What reads pages and files for an owner, so that none of them can hold up anybody else."""
        ...

    def forget(self, user: int) -> int:
        """Takes away a person's own library and all that any library keeps under their id; how many notes it was."""
        ...

    def ask(self, shelf: Shelf, question: str, history: Sequence[Turn], story: str | None) -> Result:
        """The answer, or the reason why there is none."""
        today = datetime.now(UTC).date()
        return asking.ask(shelf, question, history=history, story=story, today=today, limits=asking.FOR_PEOPLE)

    def said(self, shelf: Shelf, name: str, about: str | None) -> Result:
        """What somebody said, the name taken as a name."""
        return asking.said(shelf, name, about=about, limits=asking.FOR_PEOPLE)

    def who_said(self, shelf: Shelf, words: str) -> Result:
        """Who said something, in these words or others."""
        return asking.who_said(shelf, words, limits=asking.FOR_PEOPLE)

    def check(self, shelf: Shelf, quotation: str, speaker: str | None) -> Result:
        """Whether a quotation stands in the stories as given, and as whose."""
        return asking.check(shelf, quotation, speaker=speaker, limits=asking.FOR_PEOPLE)

    def check_all(self, shelf: Shelf, text: str) -> Sequence[Checked]:
        """The same for each quotation of a text, as the words of whoever is named there."""
        return asking.check_all(shelf, text, limits=asking.FOR_PEOPLE)

    def close(self) -> None:
        """Lets go of the libraries."""
        ...


@dataclass(slots=True)
class Rounds:
    """Whose feeds are to be looked at next, so that nobody's are forgotten and a library is not opened for nothing."""

    _next: dict[str, datetime] = field(default_factory=dict)

    def due(self, owners: Iterable[str], now: datetime, most: int) -> tuple[str, ...]:
        """The owners whose turn it is, those who have waited longest first."""
        waiting = [(self._next.get(owner, now), owner) for owner in owners]
        return tuple(owner for at, owner in sorted(waiting) if at <= now)[:most]

    def looked_at(self, owner: str, again: datetime) -> None:
        """Notes when somebody's turn comes again."""
        self._next[owner] = again


class LibraryEngine(Engine):
    """Answers from the libraries that the settings name. Whoever asks for one waits until they are open.

    `news` is told whose stories may be others by now; `looks` say how often all that is held is looked at for garbage.
    """

    def __init__(self, settings: Settings, limits: Limits | None = None, looks: "Looks | None" = None) -> None:
        self._settings = settings
        self._limits = limits or Limits()
        self._rounds = Rounds()
        self.news: Callable[[str], None] = lambda owner: None
        self._opened: Future[Libraries] = Future()
        self._looks = looks or Looks()

    def open(self) -> Shelf:
        """The shared library, begun with the seed story where it is the default one and new. Raises StoriesError.

        It is searched and judged once, so that the first question does not wait for the models to load; meanwhile a
        worker process loads what the first addition needs.
        """
        try:
            libraries = self.open_libraries()
        except BaseException as error:
            self._opened.set_exception(error)
            raise
        self._opened.set_result(libraries)
        libraries.get_ready()
        with self.shelf_of(EVERYBODY) as shelf:
            shelf.search("who said what?", limit=1)
            shelf.evidence("who said what?", limit=1)
            self._looks.begin()
            _give_back()
            return shelf

    def open_libraries(self) -> "Libraries":
        """The libraries of the settings, opened."""
        return open_libraries(self._settings)

    @contextmanager
    def shelf_of(self, owner: str) -> Iterator[Shelf]:
        """The own stories of an owner with the shared ones beside them; these alone for nobody in particular."""
        libraries = self._opened.result()
        if owner == EVERYBODY and libraries.shared is not None:
            yield libraries.shared
            return
        with libraries.shelf(owner) as shelf:
            yield shelf
        libraries.close_idle()

    @contextmanager
    def library_of(self, owner: str) -> Iterator["StoryLibrary"]:
        """An owner's own library."""
        with self._opened.result().of(owner) as library:
            yield library

    def reader_of(self, owner: str) -> "Reader":
        """What reads pages and files for an owner, in worker processes."""
        return self._opened.result().workers.reader(owner)

    def forget(self, user: int) -> int:
        """Takes away a person's own library and all that any library keeps under their id; how many notes it was."""
        libraries = self._opened.result()
        libraries.forget(person(user))
        found = forget_watches(libraries.shared, user) if libraries.shared else 0
        return found + libraries.forget_user(str(user))

    def tend(self, now: datetime) -> bool:
        """Reads a few stories of the feeds that are due, the shared library's and some owners', and finds a few missing
        statements of each; whether there is more to do. One process does it at a time."""
        libraries = self._opened.result()
        libraries.close_idle()
        with libraries.alone("tend") as ours:
            return ours and self._tended(libraries, now)

    def libraries(self) -> "Libraries":
        """The libraries, once they are open; waits for them."""
        return self._opened.result()

    def claims(self) -> "Claims":
        """What every process that shares the libraries is working on."""
        return self._opened.result().claims

    def _tended(self, libraries: "Libraries", now: datetime) -> bool:
        more = False
        if libraries.shared is not None:
            fed = follow_due(libraries.shared, now, reader=self.reader_of(EVERYBODY), most_stories=STORIES_AT_ONCE)
            more = bool(libraries.shared.complete(most=STORIES_AT_ONCE) or fed.feeds)
            if more:
                self.news(EVERYBODY)
        for owner in self._rounds.due(libraries.owners(), now, OWNERS_AT_ONCE):
            more |= self._feed(owner, now)
        return more

    def _feed(self, owner: str, now: datetime) -> bool:
        """Reads a few stories of an owner's feeds, and a few for statements; whether there is more.

        What goes wrong waits for the next turn.
        """
        self._rounds.looked_at(owner, now + EVERY)
        try:
            with self.library_of(owner) as library:
                read = library.complete(most=STORIES_AT_ONCE)
                if len(library.stories) >= self._limits.stories_of_one_owner or not followed(library):
                    self._rounds.looked_at(owner, now if read else now + EVERY)
                    return bool(read)
                fed = follow_due(library, now, reader=self.reader_of(owner), most_stories=STORIES_AT_ONCE)
                again = min((feed.due for feed in followed(library)), default=now + EVERY)
        except StoriesError as error:
            _log.warning("the feeds of one library could not be read: %s", type(error).__name__)
            return False
        self._rounds.looked_at(owner, now if read else again)
        if fed.feeds or read:
            self.news(owner)
        return bool(fed.feeds or read)

    def close(self) -> None:
        """Closes the libraries, if they were opened."""
        self._looks.end()
        if self._opened.done() and not self._opened.exception():
            self._opened.result().close()


async def tend(engine: object, opened: Awaitable[object]) -> None:
    """Tends the libraries of an engine, once they are open, until it is cancelled. What goes wrong waits its turn."""
    tend_some: Callable[[datetime], bool] | None = getattr(engine, "tend", None)
    if tend_some is None:
        return
    await asyncio.shield(opened)  # which goes on where this is cancelled
    worker = Worker(1)
    more = False

    async def step() -> None:
        nonlocal more
        more = False
        try:
            more = await worker.run(lambda: tend_some(datetime.now(UTC)), deadline_s=TENDING_S)
        except (BotError, StoriesError) as error:
            _log.warning("the libraries could not be tended: %s", type(error).__name__)

    try:
        while True:
            await boundary.excuse(step())
            await asyncio.sleep(0 if more else TENDED_EVERY_S)
    finally:
        await worker.close(lambda: None, deadline_s=CLOSING_S)


def _give_back() -> None:
    """Gives back to the system the memory that opening needed for a moment: a model as it is read, a story's parts."""
    with suppress(OSError, AttributeError, TypeError):  # only some systems' libraries have it
        ctypes.CDLL(None).malloc_trim(0)


class Looks:
    """Has each full look for garbage pass over what the ones before it left, from `begin` until `end`.

    Each look stops every thread, the event loop's too, as long as there is much to look at. A library that is held is
    hundreds of thousands of small values, which are let go of without any look once nobody needs them.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._all_at = 0.0

    def begin(self) -> None:
        """Looks at everything once, and at nothing of it again for an hour."""
        if self._look not in gc.callbacks:
            gc.callbacks.append(self._look)
        self._all_at = self._clock()
        gc.unfreeze()
        gc.collect()

    def end(self) -> None:
        """Leaves it to Python again."""
        if self._look in gc.callbacks:
            gc.callbacks.remove(self._look)
            gc.unfreeze()

    def _look(self, phase: str, told: dict[str, int]) -> None:
        """What Python calls before and after each look."""
        if told["generation"] < _OLDEST:
            return
        if phase == "stop":
            gc.freeze()
        elif self._clock() - self._all_at >= ALL_EVERY_S:
            self._all_at = self._clock()
            gc.unfreeze()
