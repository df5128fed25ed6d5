"""What is offered while somebody types: names and stories of each owner, read once in a while and kept in memory."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.discord_side.libraries.suggestions import Suggestions
from bot.discord_side.limits import Limits
from bot.errors import BotError
from index.errors import StoriesError

KEPT_MAX = 256
Key = tuple[str, tuple[str, ...], bool]


@dataclass(slots=True)
class Offers:
    """The suggestions of owners, each kept to some of their stories or not, with the
    demonstration or without it (that is the key)."""

    read: Callable[[Key], Awaitable[Suggestions]]
    limits: Limits = field(default_factory=Limits)
    _kept: dict[Key, Suggestions] = field(init=False, default_factory=dict)
    _read_at: dict[Key, float] = field(init=False, default_factory=dict)
    _reading: dict[Key, asyncio.Task[None]] = field(init=False, default_factory=dict)

    async def of(self, key: Key) -> Suggestions:
        """The suggestions as last read; waits a moment where they are others now, longer where they were never read."""
        now = asyncio.get_running_loop().time()
        if key not in self._reading and now > self._read_at.get(key, float("-inf")) + self.limits.choices_fresh_s:
            self._reading[key] = asyncio.create_task(self._refresh(key), name="read the suggestions")
        known = key in self._kept
        if key in self._reading and not (known and key in self._read_at):
            patience_s = self.limits.choices_renewed_s if known else self.limits.choices_s
            await asyncio.wait({self._reading[key]}, timeout=patience_s)
        return self._kept.get(key, Suggestions())

    def forget(self, owner: str) -> None:
        """Has an owner's suggestions read anew, since their stories have changed."""
        for key in [key for key in self._read_at if key[0] == owner]:
            del self._read_at[key]

    async def close(self) -> None:
        """Ends what is being read."""
        reading = tuple(self._reading.values())
        for task in reading:
            task.cancel()
        await asyncio.gather(*reading, return_exceptions=True)

    async def _refresh(self, key: Key) -> None:
        try:
            self._kept[key] = await self.read(key)
            self._read_at[key] = asyncio.get_running_loop().time()
        except (BotError, StoriesError):
            return
        finally:
            del self._reading[key]
            if len(self._kept) > KEPT_MAX:
                oldest = next(iter(self._kept))
                del self._kept[oldest]
                self._read_at.pop(oldest, None)
