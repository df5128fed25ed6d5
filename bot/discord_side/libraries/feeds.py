"""The feeds of servers and people: begun where an address turns out to be one, and read by turns while the bot runs."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from index.reading import HostRules, is_feed, judge_url

if TYPE_CHECKING:
    from index.reading import Fetched, Fetcher

EVERY = timedelta(hours=1)
"""How often a feed is read, and an owner is looked at for new ones."""


@dataclass(slots=True)
class Watched:
    """A fetcher that keeps to an owner's hosts, and knows afterwards whether what it brought was a feed."""

    fetcher: "Fetcher"
    rules: HostRules
    feed: bool = False

    def fetch(self, url: str) -> "Fetched":
        """The page at an address. Raises FetchRefused, FetchFailed."""
        judge_url(url, self.rules)
        page = self.fetcher.fetch(url)
        self.feed = self.feed or is_feed(page.body)
        return page


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
