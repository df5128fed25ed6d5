"""The engine of a running bot: the libraries of servers and people, the one shared by all, and the pure answering.

Everything in the room speaks to the Protocol, so that it can be tested with a small engine.
"""

import ctypes
import gc
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from bot.answers import Checked, Result, Turn
from bot.discord_side.libraries.place import EVERYBODY
from bot.discord_side.libraries.sources import EVERY, Rounds
from bot.discord_side.limits import Limits
from bot.settings import Settings
from bot.shelf import Shelf
from index.errors import StoriesError
from index.library import follow_due, followed, forget_watches
from index.story import Feedback, Json, Story, Unanswered

if TYPE_CHECKING:
    from index.library import Added, Claims, Identities, Libraries, Progress
    from index.reading import Reader

_log = logging.getLogger(__name__)

STORIES_AT_ONCE = 4
"""Stories that are fetched, or read for statements, in one step of tending."""
OWNERS_AT_ONCE = 50
"""Servers and people who are looked at for feeds that are due in one step of tending: 3,000 an hour."""
ALL_EVERY_S = 3_600.0
"""Seconds after which everything is looked at again: what has stayed may have become garbage meanwhile."""
_OLDEST = 2


class Own(Shelf, Protocol):
    """A library that belongs to one server or person: its stories can be changed, and notes be kept beside them."""

    def add(self, stories: Iterable[Story], *, progress: "Progress | None" = None) -> "Added":
        """Stores stories; what became of each."""
        ...

    def identities(self) -> "Identities":
        """What gives stories the ids that `add` keeps them under."""
        ...

    @property
    def unfound(self) -> Mapping[str, str]:
        """The stories in which it could not be found out who says what, and why."""
        ...

    def complete(self, *, most: int | None = None) -> int:
        """Reads stories for statements that have yet to be, at most so many; how many."""
        ...

    def remove(self, story_id: str) -> None:
        """Takes a story away. Raises NoSuchStory."""
        ...

    def settings(self) -> Mapping[str, Json]:
        """What was set, by name."""
        ...

    def set_setting(self, name: str, value: Json) -> None:
        """Keeps a setting; None takes it away."""
        ...

    def keep_feedback(self, given: Feedback) -> None:
        """Keeps a verdict on some words."""
        ...

    def unanswered(self) -> tuple[Unanswered, ...]:
        """The questions that got no answer, the most often asked first."""
        ...

    def note_unanswered(self, question: str, reason: str, when: datetime) -> None:
        """Counts a question that got no answer."""
        ...


class Engine(Protocol):
    """What opens libraries and answers from them. Every method is called in a worker's thread, and may take long."""

    def open(self) -> Shelf:
        """Makes everything ready; the stories that all share."""
        ...

    def shelf_of(self, owner: str) -> AbstractContextManager[Shelf]:
        """What an owner may ask: the own stories with the shared ones beside them."""
        ...

    def library_of(self, owner: str) -> AbstractContextManager[Own]:
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
        ...

    def said(self, shelf: Shelf, name: str, about: str | None) -> Result:
        """What somebody said, the name taken as a name."""
        ...

    def who_said(self, shelf: Shelf, words: str) -> Result:
        """Who said something, in these words or others."""
        ...

    def check(self, shelf: Shelf, quotation: str, speaker: str | None) -> Result:
        """Whether a quotation stands in the stories as given, and as whose."""
        ...

    def check_all(self, shelf: Shelf, text: str) -> Sequence[Checked]:
        """The same for each quotation of a text, as the words of whoever is named there."""
        ...

    def close(self) -> None:
        """Lets go of the libraries."""
        ...


class Answering:
    """The four verbs of asking, as of today; nothing is looked up that nobody is shown."""

    def ask(self, shelf: Shelf, question: str, history: Sequence[Turn], story: str | None) -> Result:
        """The answer, or the reason why there is none."""
        from bot.asking import FOR_PEOPLE, ask

        today = datetime.now(UTC).date()
        return ask(shelf, question, history=history, story=story, today=today, limits=FOR_PEOPLE)

    def said(self, shelf: Shelf, name: str, about: str | None) -> Result:
        """What somebody said, the name taken as a name."""
        from bot.asking import FOR_PEOPLE, said

        return said(shelf, name, about=about, limits=FOR_PEOPLE)

    def who_said(self, shelf: Shelf, words: str) -> Result:
        """Who said something, in these words or others."""
        from bot.asking import FOR_PEOPLE, who_said

        return who_said(shelf, words, limits=FOR_PEOPLE)

    def check(self, shelf: Shelf, quotation: str, speaker: str | None) -> Result:
        """Whether a quotation stands in the stories as given, and as whose."""
        from bot.asking import FOR_PEOPLE, check

        return check(shelf, quotation, speaker=speaker, limits=FOR_PEOPLE)

    def check_all(self, shelf: Shelf, text: str) -> Sequence[Checked]:
        """The same for each quotation of a text, as the words of whoever is named there."""
        from bot.asking import FOR_PEOPLE, check_all

        return check_all(shelf, text, limits=FOR_PEOPLE)


class LibraryEngine(Answering):
    """Answers from the libraries that the settings name. Whoever asks for one waits until they are open.

    `news` is told whose stories may be others by now.
    """

    def __init__(self, settings: Settings, limits: Limits | None = None) -> None:
        self._settings = settings
        self._limits = limits or Limits()
        self._rounds = Rounds()
        self.news: Callable[[str], None] = lambda owner: None
        self._opened: Future[Libraries] = Future()
        self._looks = Looks()

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
        from bot.libraries import open_libraries

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
    def library_of(self, owner: str) -> Iterator[Own]:
        """An owner's own library."""
        with self._opened.result().of(owner) as library:
            yield library

    def reader_of(self, owner: str) -> "Reader":
        """What reads pages and files for an owner, in worker processes."""
        return self._opened.result().workers.reader(owner)

    def forget(self, user: int) -> int:
        """Takes away a person's own library and all that any library keeps under their id; how many notes it was."""
        from bot.discord_side.libraries.place import person

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
