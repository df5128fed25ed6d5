"""What is said under a message to the bot, in a thread of its own where the server wants that; to a server that the bot
comes to; and to whoever asked where nothing may be written.
"""

import asyncio
import logging
from dataclasses import replace
from datetime import UTC, datetime

import discord

from bot.discord_side.libraries.desk import Desk
from bot.discord_side.libraries.place import PERMISSIONS, Place, Rules, place_of_message
from bot.discord_side.messages.conversation import asked_in
from bot.discord_side.messages.questions import Asked
from bot.discord_side.replies import sender
from bot.discord_side.replies.acting import Origin
from bot.discord_side.replies.buttons import view_of
from bot.discord_side.replies.delivery import BROKEN
from bot.discord_side.replies.story_items import ADD_FIRST, adding_view
from bot.discord_side.texts import greeting
from bot.errors import BotError
from bot.rendering.discord_letter import Letter, letter, sentence
from bot.rendering.examples import examples_from
from bot.rendering.wording import listed
from index.errors import StoriesError

GREETED = "greeted"
"""The setting that says when a server was greeted, so that nobody is greeted twice."""
TOLD = "refused-in:"
"""What the settings begin with that say where the owner of a server was told of a refusal."""

_log = logging.getLogger(__name__)


async def answer_message(
    message: discord.Message, me: discord.ClientUser, desk: Desk, signs: set[asyncio.Task[None]]
) -> bool:
    """Answers a message that is for the bot, unless its server keeps the bot to other channels; False where refused.

    `signs` keeps the signs of typing that are still on their way.
    """
    place = place_of_message(message)
    rules = await desk.ledger.rules_soon(place.owner)
    if rules and not rules.speaks_in(place.channels):
        return True
    async with sender.typing(message.channel, signs) as forbidden:
        rules = rules or await desk.ledger.rules(place.owner)
        if not rules.speaks_in(place.channels):
            return True
        if not await desk.in_hand.take(message, asyncio.shield(desk.start())):
            return True
        asked = replace(await asked_in(message, me, desk.limits), place=place)
        apart = rules.threads and bool(asked.question) and isinstance(message.channel, discord.TextChannel)
        first = await _reply_to(replace(asked, shown=apart), desk, rules)
        where = await sender.open_thread(message, asked.question) if apart else None
    if forbidden.is_set():
        return False
    kept = asked.kept or not apart
    view = view_of(first, Origin(asked.asker)) if kept else None
    return await sender.reply(message, first, view, where=where)


async def _reply_to(asked: Asked, desk: Desk, rules: Rules) -> Letter:
    if not asked.question:
        return letter(await desk.pages(asked))
    desk.ledger.take_turn(asked.place, asked.asker, rules)
    return letter(await desk.pages(asked))


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
