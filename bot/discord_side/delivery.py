"""A request to Discord, tried again where it broke down on the way, and never where Discord refused it for good.

discord.py tries again after a 429 and most 5xx, but not after a connection that was reset.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from itertools import chain

import aiohttp
import discord

from bot.discord_side.limits import RETRY_S

REFUSED = (discord.Forbidden, discord.NotFound)
BROKEN = (discord.HTTPException, aiohttp.ClientError, OSError)
"""What a request can end with that is nobody's mistake; OSError has the timeouts."""
ALREADY_ACKNOWLEDGED = 40060
"""Discord's code for an interaction that was answered before: by a try of which the answer was lost."""

_log = logging.getLogger(__name__)


async def delivered(
    request: Callable[[], Awaitable[object]], *, repeatable: bool = True, refusable: bool = True
) -> None:
    """Makes a request until it arrives. One that Discord refuses for good is logged with its status, or raised.

    `repeatable` says that the same request made twice has the effect of one. Raises what broke the last try.
    """
    for pause_s in chain(RETRY_S, (None,)):
        try:
            await request()
        except REFUSED as refused:
            if not refusable:
                raise
            _log.warning("Discord refused a message: status %s, code %s", refused.status, refused.code)
        except BROKEN as broken:
            if getattr(broken, "code", None) == ALREADY_ACKNOWLEDGED:
                return
            if pause_s is None or not _may_repeat(broken, repeatable=repeatable):
                raise
            _log.info("trying again in %s s: %s", pause_s, type(broken).__name__)
            await asyncio.sleep(pause_s)
            continue
        return


def _may_repeat(broken: Exception, *, repeatable: bool) -> bool:
    """Whether trying again can help, and cannot have its effect twice."""
    if isinstance(broken, discord.HTTPException):
        return broken.status == 429 or broken.status >= 500
    return repeatable or isinstance(broken, aiohttp.ClientConnectorError)
