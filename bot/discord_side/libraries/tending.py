"""What a running bot does by itself: reads feeds of all libraries that are due, finds the shared one's statements.

It has a thread of its own, so that nobody who asks waits for it, and works in small steps.
"""

import asyncio
import logging
from collections.abc import Awaitable
from datetime import UTC, datetime
from typing import Protocol, runtime_checkable

from bot.discord_side.replies import boundary
from bot.errors import BotError
from bot.worker import Worker
from index.errors import StoriesError

EVERY_S = 60.0
"""Seconds between two looks at what is due; a feed is read every five minutes at most."""
STEP_S = 600.0
"""Seconds for one step: a few pages of 20 seconds each, and reading them."""
CLOSING_S = 0.5

_log = logging.getLogger("onrecord.discord")


@runtime_checkable
class Tended(Protocol):
    """An engine whose libraries want tending."""

    def tend(self, now: datetime) -> bool:
        """Does a little of what is due; whether there is more."""
        ...


async def tend(engine: object, opened: Awaitable[object]) -> None:
    """Tends the libraries of an engine, once they are open, until it is cancelled. What goes wrong waits its turn."""
    if not isinstance(engine, Tended):
        return
    await asyncio.shield(opened)  # which goes on where this is cancelled
    worker = Worker(1)
    more = False

    async def step() -> None:
        nonlocal more
        more = False
        try:
            more = await worker.run(lambda: engine.tend(datetime.now(UTC)), deadline_s=STEP_S)
        except (BotError, StoriesError) as error:
            _log.warning("the libraries could not be tended: %s", type(error).__name__)

    try:
        while True:
            await boundary.excuse(step())
            await asyncio.sleep(0 if more else EVERY_S)
    finally:
        await worker.close(lambda: None, deadline_s=CLOSING_S)
