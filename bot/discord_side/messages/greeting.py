"""What the bot says when it comes to a server: once, in a channel where it may write, with things to try."""

from datetime import UTC, datetime

import discord

from bot.discord_side.libraries.desk import Desk
from bot.discord_side.messages.questions import Asked
from bot.discord_side.places.place import Place
from bot.discord_side.replies import sender
from bot.discord_side.replies.adding import ADD_FIRST, adding_view
from bot.discord_side.texts import greeting
from bot.rendering.examples import examples_from

GREETED = "greeted"
"""The setting that says when a server was greeted, so that nobody is greeted twice."""


async def greet(guild: discord.Guild, desk: Desk) -> None:
    """Greets a server that the bot was added to, unless it was greeted before or nothing may be written there."""
    where = channel_to_greet_in(guild)
    place = Place(f"server-{guild.id}")
    if where is None or not await desk.ledger.note_once(place.owner, GREETED, datetime.now(UTC).isoformat()):
        return
    asked = Asked("what can I try?", asker=0, place=place)
    examples = await desk.look(asked, examples_from)
    await sender.post(where, desk.clickable(greeting(examples)), adding_view(ADD_FIRST), nonce=f"hi{guild.id}")


def channel_to_greet_in(guild: discord.Guild) -> discord.TextChannel | None:
    """Where Discord itself greets newcomers, or else the first text channel, as long as the bot may write there."""
    return next((one for one in (guild.system_channel, *guild.text_channels) if one and _may_write(one, guild)), None)


def _may_write(channel: discord.TextChannel, guild: discord.Guild) -> bool:
    may = channel.permissions_for(guild.me)
    return may.view_channel and may.send_messages
