"""How whoever asks is answered: under a message to the bot, in a thread of its own where the server wants that; and
after a command, which is acknowledged at once. And what is said to a server that the bot comes to, and to its owner
where nothing may be written.
"""

import asyncio
import logging
from dataclasses import replace
from datetime import UTC, datetime

import discord

from bot.discord_side.base import client_of, lasting
from bot.discord_side.libraries.desk import Desk
from bot.discord_side.libraries.place import Place, Rules, missing_permissions, place_of, place_of_message
from bot.discord_side.messages.conversation import asked_in
from bot.discord_side.messages.questions import Asked, Source
from bot.discord_side.replies import sender
from bot.discord_side.replies.about import NOTHING_THERE, greeting
from bot.discord_side.replies.boundary import BROKEN
from bot.discord_side.replies.reply_items import Origin, all_pages, view_of
from bot.discord_side.replies.story_items import ADD_FIRST, AddButton
from bot.errors import BotError
from bot.rendering.discord_letter import letter, sentence
from bot.rendering.examples import examples_from
from bot.rendering.wording import listed
from index.errors import StoriesError

GREETED = "greeted"
"""The setting that says when a server was greeted, so that nobody is greeted twice."""
TOLD = "refused-in:"
"""What the settings begin with that say where the owner of a server was told of a refusal."""
LISTS = ("stories", "speakers", "story")
"""What is shown to nobody else by itself where somebody uses their own account's stories in a server."""

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
        if asked.question:
            desk.ledger.take_turn(place, asked.asker, rules)
        first = letter(await desk.pages(replace(asked, shown=apart)))
        where = await sender.open_thread(message, asked.question) if apart else None
    if forbidden.is_set():
        return False
    kept = asked.kept or not apart
    view = view_of(first, Origin(asked.asker)) if kept else None
    return await sender.reply(message, first, view, where=where)


async def answer_command(
    interaction: discord.Interaction, question: str, source: Source = "ask", *, story: str = "", private: bool | None
) -> None:
    """Answers a command with the first page of its reply; privately or not as asked for, else as the server has it."""
    desk, place = client_of(interaction).desk, place_of(interaction)
    asked = Asked(question, interaction.user.id, story=story, source=source, shown=True, place=place)
    rules = await desk.ledger.rules_soon(place.owner)
    desk.ledger.take_turn(place, asked.asker, rules or Rules())
    foreign = interaction.guild_id is not None and not place.is_server and asked.source in LISTS
    hidden = _is_private(place, rules, True if foreign and private is None else private)
    await sender.acknowledge(interaction, private=hidden)
    pages = await desk.pages(asked)
    shareable = hidden and (rules is None or rules.speaks_in(place.channels))
    first = letter(pages, with_buttons=asked.kept, private=shareable)
    await sender.answer(interaction, first, view_of(first, Origin(asked.asker, asked.source, asked.story)))


def _is_private(place: Place, rules: Rules | None, wanted: bool | None) -> bool:
    """Whether only the asker is to see an answer: always where the bot is not to be heard, or that is not known yet."""
    if rules is None or not rules.speaks_in(place.channels):
        return True
    return rules.private if wanted is None else wanted


async def check_message(interaction: discord.Interaction, text: str) -> None:
    """Answers privately, a message for each quotation in the text."""
    desk, place = client_of(interaction).desk, place_of(interaction)
    await desk.ledger.wait_for_turn(place, interaction.user.id)
    await sender.acknowledge(interaction, private=True)
    checked = await desk.checks(text, interaction.user.id, place)
    letters = [page for pages in checked for page in all_pages(pages)[:1]]
    await sender.answer_all(interaction, letters or [sentence(NOTHING_THERE)])


async def greet(guild: discord.Guild, desk: Desk) -> None:
    """Greets a server that the bot was added to, unless it was greeted before or nothing may be written there."""
    where = channel_to_greet_in(guild)
    place = Place(f"server-{guild.id}")
    if where is None or not await desk.ledger.note_once(place.owner, GREETED, datetime.now(UTC).isoformat()):
        return
    asked = Asked("what can I try?", asker=0, place=place)
    examples = await desk.look(asked, examples_from)
    await sender.post(where, desk.clickable(greeting(examples)), lasting(AddButton(ADD_FIRST)), nonce=f"hi{guild.id}")


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
    return missing_permissions(channel.permissions_for(guild.me))


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
