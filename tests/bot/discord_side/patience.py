"""How long tests wait for a bot: as long as a loaded machine may need, so that only what is under test can be late."""

import asyncio
from collections.abc import Callable

from bot.discord_side.limits import Limits

PATIENCE_S = 900.0
"""Seconds within which whatever is waited for has come, on however loaded a machine."""
_HOUR_S = 3600.0
PATIENT = Limits(
    answer_s=_HOUR_S, choices_s=_HOUR_S, rules_s=_HOUR_S, telling_s=_HOUR_S, finishing_s=_HOUR_S,
    apologising_s=_HOUR_S, closing_s=60,
)  # fmt: skip
"""Of a bot that gives up on nothing because the machine is slow."""


def patiently() -> asyncio.Timeout:
    """Ends what is waited for in vain; in a hurried loop as late as in another."""
    return asyncio.timeout(PATIENCE_S * getattr(asyncio.get_running_loop(), "pace", 1.0))


async def until(so: Callable[[], bool]) -> None:
    """Waits until something is so."""
    async with patiently():
        while not await asyncio.to_thread(so):  # noqa: ASYNC110 - what is waited for tells nobody, and needs the core
            await asyncio.sleep(0.05)
