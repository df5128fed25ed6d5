"""Feeds that a library follows: read when they are due, asked for no more than is new, one's trouble nobody else's."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from index.errors import FetchFailed, FetchRefused
from index.library.folder import Library
from index.library.following import Feed, follow, follow_due, followed, stop_following
from index.reading.addresses import HostRules, host_rules, set_host_rules
from index.reading.fetching import Edition, Page
from tests.index.fakes import FakeAttributor, FakeDisk, FakeEmbedder

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
NEWS = "https://news.example.org/feed"


@dataclass
class Site:
    """A web of pages by address; a feed's edition is its bytes' length."""

    pages: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def fetch(self, url: str) -> Page:
        self.asked.append(url)
        if url not in self.pages:
            raise FetchFailed(url, "its server answered 404")
        body = self.pages[url]
        kind = "application/rss+xml" if body.startswith(b"<rss") else "text/plain"
        return Page(url, body, kind, Edition(etag=str(len(body))))

    def fetch_if_changed(self, url: str, held: Edition) -> Page | None:
        page = self.fetch(url)
        return None if page.edition == held else page

    def publish(self, feed: str, stories: Mapping[str, str], *, missing: Iterable[str] = ()) -> None:
        """Puts a feed of stories by name there, with their texts, save those missing."""
        items = "".join(
            f"<item><link>/{name}</link><pubDate>{len(text)}</pubDate></item>" for name, text in stories.items()
        )
        self.pages[feed] = f"<rss><channel>{items}</channel></rss>".encode()
        for name, text in stories.items():
            if name not in missing:
                self.pages[f"https://news.example.org/{name}"] = text.encode()


@pytest.fixture
def library() -> Library:
    return Library.open("nowhere", embedder=FakeEmbedder(), attributor=FakeAttributor(), disk=FakeDisk())


@pytest.fixture
def site() -> Site:
    site = Site()
    site.publish(NEWS, {"flood": "The river rose overnight.", "fire": "A fire burned the old mill."})
    return site


def test_a_feeds_stories_are_added_when_it_is_due(library: Library, site: Site) -> None:
    follow(library, NEWS, HOUR, NOW)
    done = follow_due(library, NOW, fetcher=site)
    assert (done.feeds, len(done.added.new), done.troubles) == (1, 2, ())
    assert [story.text for story in library.stories] == ["The river rose overnight.", "A fire burned the old mill."]
    assert followed(library)[0].due == NOW + HOUR


def test_a_feed_that_is_not_due_is_not_asked(library: Library, site: Site) -> None:
    follow(library, NEWS, HOUR, NOW)
    follow_due(library, NOW, fetcher=site)
    site.asked.clear()
    assert follow_due(library, NOW + HOUR / 2, fetcher=site).feeds == 0
    assert site.asked == []


def test_only_what_is_new_or_newer_is_fetched(library: Library, site: Site) -> None:
    follow(library, NEWS, HOUR, NOW)
    follow_due(library, NOW, fetcher=site)
    site.asked.clear()
    follow_due(library, NOW + HOUR, fetcher=site)
    assert site.asked == [NEWS]
    site.publish(
        NEWS, {"flood": "The river rose overnight. It fell.", "fire": "A fire burned the old mill.", "x": "New."}
    )
    site.asked.clear()
    done = follow_due(library, NOW + 2 * HOUR, fetcher=site)
    assert site.asked == [NEWS, "https://news.example.org/flood", "https://news.example.org/x"]
    assert (len(done.added.new), len(done.added.changed)) == (1, 1)
    assert library.stories[0].version == 2
    assert _kept(library, NEWS).brought == 4


def test_a_feed_in_trouble_waits_longer_each_time_and_stops_no_other(library: Library, site: Site) -> None:
    broken = "https://broken.example.org/feed"
    follow(library, broken, HOUR, NOW)
    follow(library, NEWS, HOUR, NOW)
    done = follow_due(library, NOW, fetcher=site)
    assert [error.source for error in done.troubles if isinstance(error, FetchFailed)] == [broken]
    assert len(done.added.new) == 2
    first = _kept(library, broken)
    assert first.trouble is not None
    assert first.due == NOW + 2 * HOUR
    follow_due(library, first.due, fetcher=site)
    assert _kept(library, broken).due == first.due + 4 * HOUR
    site.publish(broken, {"late": ""})
    site.pages["https://broken.example.org/late"] = b"The bridge opened at last."
    follow_due(library, NOW + 24 * HOUR, fetcher=site)
    assert _kept(library, broken).trouble is None


def test_a_page_is_not_taken_for_a_feed(library: Library, site: Site) -> None:
    follow(library, "https://news.example.org/flood", HOUR, NOW)
    done = follow_due(library, NOW, fetcher=site)
    assert "no feed" in str(done.troubles[0])
    assert library.stories == ()


def test_a_long_feed_is_read_in_steps(library: Library, site: Site) -> None:
    site.publish(NEWS, {f"s{number}": f"Story {number} is about a river." for number in range(7)})
    follow(library, NEWS, HOUR, NOW)
    held = []
    for _ in range(3):
        follow_due(library, NOW, fetcher=site, most_stories=3)
        held.append(len(library.stories))
    assert held == [3, 6, 7]
    assert followed(library)[0].due == NOW + HOUR


def test_a_feed_that_names_others_at_every_reading_ends_its_turn(library: Library, site: Site) -> None:
    follow(library, NEWS, HOUR, NOW)
    steps = 0
    for steps in range(1, 100):
        site.publish(NEWS, {f"s{steps}-{number}": f"Story {steps} {number} is about a river." for number in range(30)})
        if not follow_due(library, NOW, fetcher=site).feeds:
            break
    assert steps == 6
    assert followed(library)[0].due == NOW + HOUR
    assert follow_due(library, NOW + HOUR, fetcher=site).added.new  # what was left, though the page is the same


def test_a_story_that_cannot_be_read_is_tried_once_more(library: Library, site: Site) -> None:
    site.publish(NEWS, {"flood": "The river rose."}, missing=["flood"])
    del site.pages["https://news.example.org/flood"]
    follow(library, NEWS, HOUR, NOW)
    for hours in range(3):
        follow_due(library, NOW + hours * HOUR, fetcher=site)
    assert site.asked.count("https://news.example.org/flood") == 2


def test_a_feed_can_be_given_up_and_its_stories_stay(library: Library, site: Site) -> None:
    follow(library, NEWS, HOUR, NOW)
    follow_due(library, NOW, fetcher=site)
    assert stop_following(library, NEWS)
    assert not stop_following(library, NEWS)
    assert followed(library) == ()
    assert len(library.stories) == 2


def test_following_again_changes_only_how_often(library: Library, site: Site) -> None:
    follow(library, NEWS, HOUR, NOW)
    follow_due(library, NOW, fetcher=site)
    feed = follow(library, NEWS, 3 * HOUR, NOW)
    assert (feed.every_s, len(feed.seen)) == (3 * 3600, 2)
    assert follow(library, NEWS, timedelta(seconds=1), NOW).every_s == 300


def test_an_address_that_may_not_be_asked_is_not_followed(library: Library) -> None:
    for address in ("http://127.0.0.1/feed", "file:///etc/passwd", "nonsense"):
        with pytest.raises(FetchRefused):
            follow(library, address, HOUR, NOW)
    set_host_rules(library, HostRules(allowed=("example.com",)))
    assert host_rules(library) == HostRules(allowed=("example.com",))
    with pytest.raises(FetchRefused):
        follow(library, NEWS, HOUR, NOW)
    set_host_rules(library, HostRules())
    assert follow(library, NEWS, HOUR, NOW).address == NEWS


def _kept(library: Library, address: str) -> Feed:
    return next(feed for feed in followed(library) if feed.address == address)
