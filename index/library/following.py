"""Feeds that a library follows: which, how often, and the step that brings what is due.

Each is kept as a setting of the library, so that it is stored, shared between processes and forgotten as settings are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Protocol
from urllib.parse import urlsplit

from index.errors import FetchFailed, StoriesError
from index.library.verbs import Added, StoryLibrary
from index.reading.addresses import host_rules, judge_url
from index.reading.feeds import Entry, is_feed
from index.reading.fetching import Edition, Page, WebFetcher
from index.reading.sources import HERE, NO_ENTRIES, Fetcher, Reader
from index.story import Json, Story

SHORTEST = timedelta(minutes=5)
LONGEST = timedelta(days=30)
MOST_STORIES = 20
MOST_DOUBLINGS = 5
MOST_AT_A_READING = 100
"""Stories of one feed that one reading has fetched, in however many steps; those beyond wait for the next reading."""
_FEED = "feed:"
_ONCE_MORE = "once more"


class EditionFetcher(Fetcher, Protocol):
    """Brings pages, and leaves out those that have not changed."""

    def fetch_if_changed(self, url: str, held: Edition) -> Page | None:
        """The page at an address, or None where it is still this edition."""
        ...


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that is followed: read `every_s` seconds, next at `due`.

    `seen` has the addresses of the stories that its last reading named, with their times there; `trouble` the sentence
    about the last reading if that failed, `failures` how many have failed in a row, each doubling the wait. `fetched`
    is how many stories it had fetched since it was due: no more than one reading can name, in however many steps;
    `brought` is how many came or changed by it since it is followed.
    """

    address: str
    every_s: int
    due: datetime
    edition: Edition = field(default_factory=Edition)
    seen: Mapping[str, str] = field(default_factory=dict)
    trouble: str | None = None
    failures: int = 0
    fetched: int = 0
    brought: int = 0

    def after(self, now: datetime, *, trouble: str | None = None) -> "Feed":
        """The feed as it is kept after a reading."""
        failures = self.failures + 1 if trouble else 0
        wait = timedelta(seconds=self.every_s * 2 ** min(failures, MOST_DOUBLINGS))
        return replace(self, due=now + min(wait, LONGEST), trouble=trouble, failures=failures, fetched=0)


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What reading the due feeds gave: how many were read, what became of their stories, and what went wrong."""

    feeds: int = 0
    added: Added = field(default_factory=Added)
    troubles: tuple[StoriesError, ...] = ()


def follow(library: StoryLibrary, address: str, every: timedelta, now: datetime) -> Feed:
    """Has a feed read at an interval of 5 minutes to 30 days, from now on. Raises FetchRefused."""
    judge_url(address, host_rules(library))
    every_s = int(min(max(every, SHORTEST), LONGEST).total_seconds())
    known = next((feed for feed in followed(library) if feed.address == address), None)
    feed = replace(known, every_s=every_s, due=now) if known else Feed(address, every_s, now)
    _keep(library, feed)
    return feed


def stop_following(library: StoryLibrary, address: str) -> bool:
    """Has a feed not read any more; its stories stay. Whether it was followed."""
    known = _FEED + address in library.settings()
    library.set_setting(_FEED + address, None)
    return known


def followed(library: StoryLibrary) -> tuple[Feed, ...]:
    """The feeds that a library follows, by their addresses."""
    return tuple(_feed_of(value) for name, value in library.settings().items() if name.startswith(_FEED))


def follow_due(
    library: StoryLibrary,
    now: datetime,
    *,
    fetcher: EditionFetcher | None = None,
    reader: Reader = HERE,
    most_stories: int = MOST_STORIES,
) -> Refreshed:
    """Reads the feeds that are due and adds the stories that are new in them or have another time than before.

    At most so many stories are fetched in one call; a feed that has more stays due, until it has had as many fetched as
    one reading names: what is new at every reading waits for the next time. A story that cannot be read is
    tried once more at another time. One feed's trouble stops no other. Raises LibraryBusy, LibraryUnwritable.
    """
    reads = fetcher or WebFetcher(rules=host_rules(library))
    feeds = 0
    added = Added()
    troubles: list[StoriesError] = []
    for feed in followed(library):
        if feed.due > now or most_stories <= 0:
            continue
        feeds += 1
        stories, read, found = _read(feed, reads, reader, now, most_stories)
        troubles.extend(found)
        most_stories -= len(stories) + len(found)
        came = library.add(_not_held(library, stories))
        added = Added(added.new + came.new, added.changed + came.changed, added.unchanged + came.unchanged)
        _keep(library, replace(read, brought=feed.brought + len(came.new) + len(came.changed)))
    return Refreshed(feeds, added, tuple(troubles))


def _read(
    feed: Feed, fetcher: EditionFetcher, reader: Reader, now: datetime, most: int
) -> tuple[list[Story], Feed, list[StoriesError]]:
    """A feed's new stories, the feed as it is to be kept, and what went wrong."""
    try:
        page = fetcher.fetch_if_changed(feed.address, feed.edition)
        if page is not None and not is_feed(page.body):
            raise FetchFailed(feed.address, "it is no feed")
        entries = reader.feed(page.body, page.url) if page else ()
    except StoriesError as error:
        return [], feed.after(now, trouble=str(error)), [error]
    if page is None:
        return [], feed.after(now), []
    if not entries:
        nothing = FetchFailed(feed.address, NO_ENTRIES)
        return [], feed.after(now, trouble=str(nothing)), [nothing]
    waiting = [entry for entry in entries if feed.seen.get(entry.url) != _time(entry)]
    seen = {entry.url: feed.seen[entry.url] for entry in entries if entry.url in feed.seen}
    stories: list[Story] = []
    troubles: list[StoriesError] = []
    for entry in waiting[:most]:
        try:
            stories.append(reader.fetched(fetcher.fetch(entry.url), entry.url))
            seen[entry.url] = _time(entry)
        except StoriesError as error:
            troubles.append(error)
            seen[entry.url] = _time(entry) if seen.get(entry.url) == _ONCE_MORE else _ONCE_MORE
    fetched, more = feed.fetched + min(len(waiting), most), len(waiting) > most
    if more and fetched < MOST_AT_A_READING:
        return stories, replace(feed, seen=seen, fetched=fetched), troubles
    edition = Edition() if more or _ONCE_MORE in seen.values() else page.edition
    none_read = f"None of its stories could be read; of the last: {troubles[-1]}" if troubles and not stories else None
    after = replace(feed.after(now), trouble=none_read)
    return stories, replace(after, seen=seen, edition=edition), troubles


def _not_held(library: StoryLibrary, stories: Sequence[Story]) -> list[Story]:
    """The stories without those that are held with this very text from the same site, under another address of it."""
    held = {(_site(story), story.text): story.id for story in library.stories} if stories else {}
    return [story for story in stories if held.get((_site(story), story.text), story.id) == story.id]


def _site(story: Story) -> str:
    return urlsplit(story.url or "").hostname or ""


def _time(entry: Entry) -> str:
    return entry.updated or ""


def _keep(library: StoryLibrary, feed: Feed) -> None:
    library.set_setting(_FEED + feed.address, asdict(feed) | {"due": feed.due.astimezone(UTC).isoformat()})


def _feed_of(value: Json) -> Feed:
    if not isinstance(value, Mapping):
        raise TypeError("a feed is kept as an object")
    fields = dict(value)
    due, edition = datetime.fromisoformat(str(fields.pop("due"))), fields.pop("edition")
    return Feed(due=due, edition=Edition(**edition), **fields)  # type: ignore[arg-type]
