"""What can go wrong with Discord and behind a command: a request is tried again where it broke down on the way, and
never where Discord refused it for good; and at the command boundary, what goes wrong behind it becomes one sentence for
the person, and is logged with an id.

discord.py tries again after a 429 and most 5xx, but not after a connection that was reset.
"""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from itertools import chain

import aiohttp
import discord

from bot.discord_side.limits import RETRY_S
from bot.errors import BotError
from bot.rendering.discord_letter import Letter, sentence
from index.errors import StoriesError

BROKEN = (discord.HTTPException, aiohttp.ClientError, OSError)
"""What a request can end with that is nobody's mistake; OSError has the timeouts."""
REFUSED_FOR_GOOD = frozenset({401, 403, 404})
"""The statuses with which Discord refuses for good: the token, the permission, or what is gone."""
ALREADY_ACKNOWLEDGED = 40060
"""Discord's code for an interaction that was answered before: by a try of which the answer was lost."""

_log = logging.getLogger(__name__)


async def excuse(work: Awaitable[object]) -> Letter | None:
    """Does the work; where it fails, what to say to the person who asked for it. Raises what tells that the bot has
    hung up: then nothing can be said, and nobody has been answered."""
    try:
        await work
    except (BotError, StoriesError) as known:
        return sentence(str(known))
    except Exception as unknown:  # the one place where everything is caught
        if hung_up(unknown):
            raise
        if logged_refusal(unknown):
            return None
        return sentence(f"Sorry, something went wrong here. If it happens again, report incident {incident()}.")
    return None


def incident() -> str:
    """Logs the exception being handled under a new short id, and returns that."""
    name = secrets.token_hex(4)
    _log.exception("incident %s", name)
    return name


def hung_up(error: BaseException | None) -> bool:
    """Whether something was to be sent after the bot had let go of Discord: nothing but its own end closes the session,
    and aiohttp has no other name for it."""
    return isinstance(error, RuntimeError) and error.args == ("Session is closed",)


async def delivered(
    request: Callable[[], Awaitable[object]], *, repeatable: bool = True, refusable: bool = True
) -> bool:
    """Makes a request until it arrives; whether it did. One that Discord refuses for good is logged, or raised.

    `repeatable` says that the same request made twice has the effect of one. Raises what broke the last try.
    """
    for pause_s in chain(RETRY_S, (None,)):
        try:
            await request()
        except BROKEN as broken:
            if getattr(broken, "code", None) == ALREADY_ACKNOWLEDGED:
                return True
            if refusable and logged_refusal(broken):
                return False
            if pause_s is None or not _may_repeat(broken, repeatable=repeatable):
                raise
            _log.info("trying again in %s s: %s", pause_s, type(broken).__name__)
            await asyncio.sleep(pause_s)
            continue
        return True
    return False


def logged_refusal(broken: Exception) -> bool:
    """Whether Discord refused this for good, which is then logged, without a word of what was to be sent."""
    if not isinstance(broken, discord.HTTPException) or broken.status not in REFUSED_FOR_GOOD:
        return False
    _log.warning("Discord refused a request: status %s, code %s", broken.status, broken.code)
    return True


def _may_repeat(broken: Exception, *, repeatable: bool) -> bool:
    """Whether trying again can help, and cannot have its effect twice."""
    if isinstance(broken, discord.HTTPException):
        return broken.status == 429 or broken.status >= 500
    return repeatable or isinstance(broken, aiohttp.ClientConnectorError)
