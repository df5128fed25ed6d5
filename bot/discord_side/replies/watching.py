"""Setting a watch, be it by `/watch` or by the button that offers one for somebody."""

import secrets
from datetime import UTC, datetime
from typing import Literal

import discord

from bot.discord_side.base import client_of
from bot.discord_side.places.permissions import may_add, require_adder
from bot.discord_side.places.place import place_of
from bot.discord_side.replies import sender
from bot.discord_side.replies.watch_items import OFTEN, silence_view, watch_words
from bot.rendering.discord_escaping import escaped
from bot.rendering.discord_letter import Letter, sentence
from index.library.watching import WAITS, Every, Watch

Where = Literal["here", "in private"]
Often = Literal["at once", "once a day", "once a week"]
WHOM = "Say whose words to watch for, on what, or both."
ELSEWHERE = "In this channel I am not heard, so nothing can be posted here: choose “in private”."


async def watch_for(interaction: discord.Interaction, speaker: str) -> None:
    """Sets a watch for somebody: here for whoever may add stories here, else in private."""
    place = place_of(interaction)
    rules = await client_of(interaction).desk.ledger.rules(place.owner)
    here = may_add(interaction, place, rules) and rules.speaks_in(place.channels)
    await set_watch(interaction, speaker, "", "here" if here else "in private", "at once")


async def set_watch(interaction: discord.Interaction, speaker: str, about: str, where: Where, often: Often) -> None:
    """Sets a watch, and says what will be told where; or why it cannot be set."""
    await sender.acknowledge(interaction, private=True)
    client, place = client_of(interaction), place_of(interaction)
    rules = await client.desk.ledger.rules(place.owner)
    channel = interaction.channel_id if place.is_server and where == "here" else None
    if not speaker and not about:
        await sender.answer(interaction, sentence(WHOM))
        return
    if channel is not None:
        require_adder(interaction, place, rules)
        if not rules.speaks_in(place.channels):
            await sender.answer(interaction, sentence(ELSEWHERE))
            return
    every: Every = next(each for each, words in OFTEN.items() if words == often)
    first = datetime.now(UTC) + WAITS[every]
    key = secrets.token_hex(4)
    wanted = Watch(place.owner, key, interaction.user.id, speaker or None, about or None, channel, every, first)
    await client.desk.tower.keep(wanted)
    told = "here" if channel else "to you in private"
    whom = "them on that" if speaker and about else "them" if speaker else "anybody on that"
    said = f"Watching **{escaped(watch_words(wanted))}**. When a new story quotes {whom}, I post it {told}, {often}."
    await sender.answer(interaction, Letter(said), silence_view(wanted))
