"""The command boundary: what goes wrong behind it is said to the person in one sentence, and logged with an id."""

import logging
import secrets
from collections.abc import Awaitable

import discord

from bot.discord_side.replies import sender
from bot.discord_side.replies.delivery import logged_refusal
from bot.errors import BotError
from bot.rendering.discord_letter import Letter, sentence
from index.errors import StoriesError

_log = logging.getLogger(__name__)


async def guarded(interaction: discord.Interaction, work: Awaitable[None]) -> None:
    """Does the work of an interaction; an error becomes a sentence."""
    letter = await excuse(work)
    if letter:
        await sender.excuse(interaction, letter)


async def excuse(work: Awaitable[None]) -> Letter | None:
    """Does the work; where it fails, what to say to the person who asked for it."""
    try:
        await work
    except (BotError, StoriesError) as known:
        return sentence(str(known))
    except Exception as unknown:  # noqa: BLE001 - the one place where everything is caught
        if logged_refusal(unknown):
            return None
        return sentence(f"Sorry, something went wrong here. If it happens again, report incident {incident()}.")
    return None


def incident() -> str:
    """Logs the exception being handled under a new short id, and returns that."""
    name = secrets.token_hex(4)
    _log.exception("incident %s", name)
    return name
