"""Looks out for what people watch for: holds new stories against all watches, and has what was found told once.

One process at a time does it, whichever is first; one that dies gives it back, and what it left is taken up. Its notes
give way to answers: a write takes the processor for as long as an answer may, and a story that many people watch for
brings a thousand of them.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from threading import Event, Lock
from typing import TYPE_CHECKING, TypeVar

from bot.discord_side.libraries.engine import Engine, LibraryEngine
from bot.discord_side.libraries.place import EVERYBODY
from bot.discord_side.limits import Limits
from bot.discord_side.replies.boundary import BROKEN
from bot.errors import BotError, TooMany
from bot.worker import Worker
from index.errors import StoriesError
from index.library import (
    WAITS,
    Due,
    Watch,
    WatchIndex,
    begin_watching,
    due_in,
    forget_due,
    keep_due,
    keep_watch,
    news_in,
    note_due,
    note_known,
    stop_watching,
    watches_in,
)

if TYPE_CHECKING:
    from index.library import Libraries, StoryLibrary, Telling
    from index.story import Json, Story

T = TypeVar("T")
Tell = Callable[[Watch, Sequence[Due]], Awaitable[str | None]]
"""Tells a watch of stories, unless they were told already; why it could not be told, where Discord refuses it."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class GivingWay:
    """A library whose notes are written when it is `quiet`, or `wait_s` later all the same."""

    library: "Telling"
    quiet: Event
    wait_s: float

    def settings(self) -> "Mapping[str, Json]":
        """What was set."""
        return self.library.settings()

    def set_setting(self, name: str, value: "Json") -> None:
        """Sets something; None takes it away."""
        self.quiet.wait(self.wait_s)
        self.library.set_setting(name, value)

    @property
    def stories(self) -> "tuple[Story, ...]":
        """Every story held."""
        return self.library.stories

    @property
    def pending(self) -> "tuple[Story, ...]":
        """Those whose statements are yet to be found."""
        return self.library.pending


@dataclass(slots=True)
class Watchtower:
    """The watches of all owners, and the thread that looks after them; another does what somebody waits for.

    `looks` counts how often it did, and `quiet` is set while nobody waits for an answer.
    """

    engine: Engine
    limits: Limits = field(default_factory=Limits)
    looks: int = field(init=False, default=0)
    quiet: Event = field(init=False, default_factory=Event)
    _worker: Worker = field(init=False, default_factory=lambda: Worker(64))
    _asked: Worker = field(init=False, default_factory=lambda: Worker(64))
    _keeping: Lock = field(init=False, default_factory=Lock)
    _changed: set[str] = field(init=False, default_factory=set)
    _looking: asyncio.Lock = field(init=False, default_factory=asyncio.Lock)
    _soon: "asyncio.Task[None] | None" = field(init=False, default=None)
    _tell: Tell | None = field(init=False, default=None)
    _loop: asyncio.AbstractEventLoop | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.quiet.set()

    def poke(self, owner: str) -> None:
        """Notes, from whichever thread, that an owner's stories may be others now."""
        self._changed.add(owner)
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._look_soon)

    async def watches(self, owner: str) -> tuple[Watch, ...]:
        """The watches of an owner; none where the engine keeps none."""
        if not isinstance(self.engine, LibraryEngine):
            return ()
        return await self._with(lambda shared: watches_in(shared.settings(), owner))

    async def keep(self, watch: Watch) -> Watch:
        """Keeps a watch, for which only what comes from now on is news; the one kept: of two that are for the same and
        told in the same place, the first, as often as the second. Raises TooMany."""

        def work(shared: "StoryLibrary") -> Watch:
            watches = watches_in(shared.settings())
            theirs = [one for one in watches if one.owner == watch.owner]
            if same := next((one for one in theirs if _aim(one) == _aim(watch)), None):
                again = same if same.every == watch.every else replace(same, every=watch.every, next_at=watch.next_at)
                keep_watch(shared, again)
                return again
            if len(theirs) >= self.limits.watches_of_one_owner:
                raise TooMany(self.limits.watches_of_one_owner, "watches")
            if not watches:
                begin_watching(shared)
            if not theirs:
                with self._libraries().of(watch.owner) as library:
                    begin_watching(library)
            keep_watch(shared, watch)
            return watch

        return await self._with(work)

    async def silence(self, name: str) -> Watch | None:
        """Takes a watch away; the watch, if there was one."""
        return await self._with(lambda shared: stop_watching(shared, name))

    async def run(self, tell: Tell) -> None:
        """Looks out until it is cancelled. What goes wrong is tried again."""
        if not isinstance(self.engine, LibraryEngine):
            return
        self._loop, self._tell = asyncio.get_running_loop(), tell
        self.engine.news = self.poke
        await self._attempt(self._note_watchers)
        while True:
            await self._look_once()
            await asyncio.sleep(self.limits.watching_s)

    def stop(self) -> None:
        """Gives up on what waits."""
        self._worker.stop()
        self._asked.stop()

    async def close(self) -> None:
        """Gives up on what waits, and lets the thread end."""
        if self._soon is not None:
            self._soon.cancel()
            await asyncio.gather(self._soon, return_exceptions=True)
        both = (self._worker, self._asked)
        await asyncio.gather(*(one.close(lambda: None, deadline_s=self.limits.closing_s) for one in both))

    def _look_soon(self) -> None:
        """Looks once more behind a look that is under way, unless that is to be done already."""
        if self._soon is None or self._soon.done() or self._looking.locked():
            self._soon = asyncio.create_task(self._look_once(), name="look out at once")

    async def _look_once(self) -> None:
        async with self._looking:
            await self._attempt(self._look)
            self.looks += 1

    async def _attempt(self, work: Callable[[], None]) -> None:
        try:
            await self._worker.run(work, deadline_s=self.limits.adding_s)
        except (BotError, StoriesError, *BROKEN) as error:
            _log.warning("what is watched for could not be looked after: %s", type(error).__name__)

    async def _with(self, work: "Callable[[StoryLibrary], T]") -> T:
        def in_shared() -> T:
            with self._keeping:
                return work(self._shared())

        return await self._asked.run(in_shared, deadline_s=self.limits.opening_s)

    def _libraries(self) -> "Libraries":
        if not isinstance(self.engine, LibraryEngine):
            raise TooMany(0, "watches")
        return self.engine.libraries()

    def _giving_way(self, library: "StoryLibrary") -> GivingWay:
        return GivingWay(library, self.quiet, self.limits.giving_way_s)

    def _shared(self) -> "StoryLibrary":
        shared = self._libraries().shared
        if shared is None:
            raise TooMany(0, "watches")
        return shared

    def _note_watchers(self) -> None:
        """Has the stories of all who watch looked at once: a process that died may have left something."""
        self._changed |= {watch.owner for watch in watches_in(self._shared().settings())}

    def _look(self) -> None:
        """One look, unless another process is at it: then those whose stories have changed wait for the next."""
        libraries = self._libraries()
        with libraries.alone("watch") as ours:
            if ours:
                self._find(libraries)
                self._tell_all()

    def _find(self, libraries: "Libraries") -> None:
        """Holds every story that is new against the watches that it is for."""
        shared, changed = self._shared(), set(self._changed)
        watches = watches_in(shared.settings())
        if watches:
            self._hold(shared, shared, watches, everyone=True)
        for owner in changed - {EVERYBODY}:
            theirs = [watch for watch in watches if watch.owner == owner]
            if theirs:
                with libraries.of(owner) as library:
                    self._hold(shared, library, theirs, everyone=False)
        self._changed -= changed

    def _hold(
        self, shared: "StoryLibrary", library: "StoryLibrary", watches: Sequence[Watch], *, everyone: bool
    ) -> None:
        news = news_in(library)
        index = WatchIndex(watches) if news else None
        for story in news:
            if index is not None:
                found = index.matched(story, library.statements(story.id), library.speakers(story.id))
                note_due(self._giving_way(shared), found, story, everyone=everyone)
        if news:
            note_known(self._giving_way(library), news)

    def _tell_all(self) -> None:
        """Tells the watches whose time has come of what is due to them."""
        shared, now = self._giving_way(self._shared()), datetime.now(UTC)
        settings = shared.settings()
        watches = {watch.name: watch for watch in watches_in(settings)}
        together: dict[str, list[Due]] = defaultdict(list)
        for due in due_in(settings):
            together[due.watch].append(due)
        for name, dues in together.items():
            watch = watches.get(name)
            if watch is None:
                forget_due(shared, dues)
            elif watch.next_at <= now:
                self._tell_watch(shared, watch, dues, now)

    def _tell_watch(self, shared: GivingWay, watch: Watch, dues: Sequence[Due], now: datetime) -> None:
        """A message a story, or one for all of them; what breaks down is tried again at the next look."""
        try:
            for together in [[due] for due in dues] if watch.every == "now" else [dues]:
                watch = self._told(shared, watch, together, now)
        except (BotError, *BROKEN) as broken:
            _log.info("a watch is told later: %s", type(broken).__name__)

    def _told(self, shared: GivingWay, watch: Watch, dues: Sequence[Due], now: datetime) -> Watch:
        """The watch after it was told. What is begun is noted first, so that whoever takes it up looks for it."""
        tried = [due.tried for due in dues]
        for due in dues:
            keep_due(shared, replace(due, tried=True))
        assert self._loop is not None
        assert self._tell is not None
        given = [replace(due, tried=before) for due, before in zip(dues, tried, strict=True)]
        telling = asyncio.run_coroutine_threadsafe(_awaited(self._tell(watch, given)), self._loop)
        try:
            trouble = telling.result(self.limits.telling_s)
        finally:
            telling.cancel()  # so that it does not go on where it took too long, and another look tells the same
        forget_due(shared, dues)
        brought = watch.brought + (0 if trouble else len(dues))
        after = replace(watch, brought=brought, trouble=trouble, next_at=now + WAITS[watch.every])
        with self._keeping:
            if watch.name in shared.settings():
                keep_watch(shared.library, after)
        return after


def _aim(watch: Watch) -> tuple[str, str, int]:
    """What a watch is for, and where it is told."""
    return (watch.speaker or "").casefold(), (watch.about or "").casefold(), watch.channel or watch.user


async def _awaited(telling: Awaitable[str | None]) -> str | None:
    return await telling
