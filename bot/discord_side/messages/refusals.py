"""What becomes of a reply that Discord refuses: logged with what is missing where, and told to the owner once."""

import logging

import discord

from bot.discord_side.connection.inviting import PERMISSIONS
from bot.discord_side.libraries.desk import Desk
from bot.discord_side.places.place import place_of_message
from bot.discord_side.replies import sender
from bot.discord_side.replies.delivery import BROKEN
from bot.errors import BotError
from bot.rendering.discord_letter import sentence
from bot.rendering.wording import listed
from index.errors import StoriesError

TOLD = "refused-in:"
"""What the settings begin with that say where the owner of a server was told of a refusal."""

_log = logging.getLogger(__name__)


def missing_in(channel: object, guild: discord.Guild) -> tuple[str, ...]:
    """The permissions that the bot needs and does not have in a channel, as Discord names them."""
    if not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
        return ()
    granted = channel.permissions_for(guild.me)
    return tuple(name.replace("_", " ") for name, needed in PERMISSIONS if needed and not getattr(granted, name))


async def note_refusal(client: discord.Client, message: discord.Message, desk: Desk) -> None:
    """Logs where a reply was refused and what is missing there, and tells the server's owner, once a channel."""
    guild = message.guild
    if guild is None:
        return
    missing = missing_in(message.channel, guild)
    _log.warning(
        "refused in server %s, channel %s: missing %s", guild.id, message.channel.id, ", ".join(missing) or "?"
    )
    try:
        owner = place_of_message(message).owner
        if guild.owner_id and await desk.ledger.note_once(owner, f"{TOLD}{message.channel.id}", list(missing)):
            where = await sender.private_room(client, guild.owner_id)
            await sender.post(where, sentence(_said(guild, message, missing)), nonce=f"r{message.id}")
    except (BotError, StoriesError, RuntimeError, *BROKEN) as broken:  # the line may be closed by now
        _log.info("the owner could not be told of a refusal: %s", type(broken).__name__)


def _said(guild: discord.Guild, message: discord.Message, missing: tuple[str, ...]) -> str:
    lacking = f"the permission to {listed(missing)}" if missing else "a permission"
    channel = getattr(message.channel, "name", "a channel")
    return (
        f"In {guild.name} I was asked something in #{channel} and may not answer there: I lack {lacking}. "
        "Give it to my role, or keep me to other channels in /settings. I say this once."
    )
