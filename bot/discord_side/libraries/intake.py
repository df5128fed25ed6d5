"""How stories come into an owner's library, leave it, and are fetched anew: one at a time, each owner in a thread of
their own, which waits most of the time for the worker processes that do it.

Whoever asks a question meanwhile does not wait for it.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice
from threading import Event
from typing import TYPE_CHECKING, TypeVar

from bot.discord_side.libraries.engine import EVERY, Engine
from bot.discord_side.libraries.place import drop_story
from bot.discord_side.libraries.sources import Address, Source, Watched
from bot.discord_side.limits import Limits
from bot.errors import LibraryFull, TooBusy, TooSlow
from bot.rendering.examples import examples_from
from bot.shelf import some_stories
from bot.worker import Worker
from index.errors import StatementsUnfound, StoryUnreadable
from index.library import follow, followed
from index.reading import host_rules, web_fetcher
from index.story import MEMBER, Story

if TYPE_CHECKING:
    from index.library import StoryLibrary
    from index.reading import Fetcher

T = TypeVar("T")
Progress = Callable[[int, int], None]
STEP = 8
"""Stories that are added in one step, after each of which it is said how far it is."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of an addition: stories by what became of them, sentences for what could not be read, and what is said.

    `followed` says that the source is a feed, which is read again from now on; `examples` are questions that what is
    new of it answers.
    """

    new: tuple[Story, ...] = ()
    changed: tuple[Story, ...] = ()
    unchanged: tuple[Story, ...] = ()
    unreadable: tuple[str, ...] = ()
    statements: int = 0
    speakers: int = 0
    followed: bool = False
    examples: tuple[str, ...] = ()

    @property
    def stories(self) -> tuple[Story, ...]:
        """Every story that was read."""
        return self.new + self.changed + self.unchanged


@dataclass(slots=True)
class Intake:
    """Adds and removes. `changed` is told whose stories are others now; `fetcher` brings pages, the safe one unless
    another is given."""

    engine: Engine
    limits: Limits = field(default_factory=Limits)
    changed: Callable[[str], None] = lambda owner: None
    fetcher: "Fetcher | None" = None
    _worker: Worker = field(init=False)
    _in_hand: Counter[str] = field(init=False, default_factory=Counter)

    def __post_init__(self) -> None:
        self._worker = Worker(self.limits.additions, threads=self.limits.additions)

    async def add(self, owner: str, source: Source, progress: Progress = lambda done, of: None) -> Taken:
        """Adds what a source holds. Raises StoriesError where it holds nothing, LibraryFull, TooBusy.

        `progress` is called in another thread with how many stories are done, of how many.
        """
        return await self._with(owner, lambda library, over: self._added(owner, library, source, progress, over))

    async def refresh(self, owner: str, story: Story) -> Taken:
        """Fetches a story's address anew; where the text has changed, it is stored as the story's next version."""

        def work(library: "StoryLibrary", over: Event) -> Taken:
            if not story.url:
                raise StoryUnreadable(f"“{story.title or story.id}”", "it was added without an address")
            source = Address(story.url)
            found = next(
                iter(source.read(lambda error: None, self._reads(library), self.engine.reader_of(owner))), None
            )
            if found is None:
                raise StoryUnreadable(story.url, "no article stands there any more")
            return self._stored(library, [replace(found, id=story.id)], (), lambda done, of: None, over)

        return await self._with(owner, work)

    async def remove(self, owner: str, story_id: str) -> None:
        """Takes a story away for good. Raises NoSuchStory."""

        def work(library: "StoryLibrary", over: Event) -> None:
            library.remove(story_id)
            drop_story(library, story_id)

        await self._with(owner, work)

    def stop(self) -> None:
        """Gives up on what waits."""
        self._worker.stop()

    async def close(self) -> None:
        """Gives up on what waits, and lets the thread end."""
        await self._worker.close(lambda: None, deadline_s=self.limits.closing_s)

    async def _with(self, owner: str, work: "Callable[[StoryLibrary, Event], T]") -> T:
        """Does work in an owner's library; the event tells it that nobody waits any more."""
        over = Event()

        def in_library() -> T:
            with self.engine.library_of(owner) as library:
                return work(library, over)

        with self._one_at_a_time(owner):
            try:
                return await self._worker.run(in_library, deadline_s=self.limits.adding_s)
            finally:
                over.set()
                self.changed(owner)

    @contextmanager
    def _one_at_a_time(self, owner: str) -> Iterator[None]:
        if self._in_hand[owner]:
            raise TooBusy
        self._in_hand[owner] += 1
        try:
            yield
        finally:
            del self._in_hand[owner]

    def _added(self, owner: str, library: "StoryLibrary", source: Source, progress: Progress, over: Event) -> Taken:
        most = self.limits.stories_of_one_source
        unreadable: list[StoryUnreadable] = []
        reads = self._reads(library)
        found = list(islice(source.read(unreadable.append, reads, self.engine.reader_of(owner)), most + 1))
        if len(found) > most:
            raise LibraryFull(most, "can be added at once")
        if not found:
            raise unreadable[0] if unreadable else StoryUnreadable(source.name, "there is no story in it")
        if not isinstance(source, Address):
            found = [replace(story, id=MEMBER + story.id) for story in found]
        found = [*map(library.identities().of, found)]
        self._require_room(library, found)
        taken = self._stored(library, found, tuple(map(str, unreadable)), progress, over)
        return replace(taken, followed=reads.feed and self._follows(library, source.name))

    def _require_room(self, library: "StoryLibrary", found: list[Story]) -> None:
        """Passes where a library has room for these stories. Raises LibraryFull."""
        texts = {story.id: story.text for story in (*library.stories, *found)}
        limits, where = self.limits, "can be kept here: remove some first"
        if len(texts) > limits.stories_of_one_owner:
            raise LibraryFull(limits.stories_of_one_owner, where)
        if sum(len(text.encode(errors="surrogatepass")) for text in texts.values()) > limits.bytes_of_one_owner:
            raise LibraryFull(limits.bytes_of_one_owner, where, "bytes of text")

    def _reads(self, library: "StoryLibrary") -> Watched:
        """What brings pages for a library: from its own hosts alone."""
        rules = host_rules(library)
        return Watched(self.fetcher or web_fetcher(rules), rules)

    def _follows(self, library: "StoryLibrary", address: str) -> bool:
        """Has a feed read every hour from the next one on, unless the library follows as many as it may."""
        known = {feed.address for feed in followed(library)}
        if address in known or len(known) >= self.limits.feeds_of_one_owner:
            return address in known
        follow(library, address, EVERY, datetime.now(UTC) + EVERY)
        return True

    def _stored(
        self, library: "StoryLibrary", found: list[Story], unreadable: tuple[str, ...], progress: Progress, over: Event
    ) -> Taken:
        """Stores stories step by step, as long as somebody waits for it. Raises TooSlow."""
        outcomes: dict[str, str] = {}
        for at in range(0, len(found), STEP):
            if over.is_set():
                raise TooSlow(self.limits.adding_s)
            added = library.add(found[at : at + STEP])
            for kind in ("new", "changed", "unchanged"):
                outcomes |= dict.fromkeys(getattr(added, kind), kind)
            progress(min(at + STEP, len(found)), len(found))
        new, changed, unchanged = (_those(library, outcomes, kind) for kind in ("new", "changed", "unchanged"))
        said = [one for story_id in outcomes for one in library.statements(story_id)]
        unfound = [
            StatementsUnfound(story_id, why) for story_id, why in library.unfound.items() if story_id in outcomes
        ]
        unreadable += tuple(map(str, unfound))
        speakers = len({one.speaker for one in said})
        return Taken(
            new, changed, unchanged, unreadable, len(said), speakers, examples=_examples(library, new + changed)
        )


def _examples(library: "StoryLibrary", stories: tuple[Story, ...]) -> tuple[str, ...]:
    """What can be asked of these stories of a library."""
    return examples_from(some_stories(library, [story.id for story in stories])) if stories else ()


def _those(library: "StoryLibrary", outcomes: dict[str, str], kind: str) -> tuple[Story, ...]:
    return tuple(library.story(story_id) for story_id, became in outcomes.items() if became == kind)
