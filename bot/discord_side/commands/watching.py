"""`/watch`: to be told when a feed or an addition brings new words of somebody, on a topic, or of somebody on it."""

import secrets
from datetime import UTC, datetime
from typing import Literal

import discord
from discord import app_commands

from bot.discord_side.base import client_of, guarded
from bot.discord_side.commands.offering import Choices, offered_names
from bot.discord_side.places.permissions import require_adder
from bot.discord_side.places.place import place_of
from bot.discord_side.replies import sender
from bot.discord_side.replies.watch_items import OFTEN, silence_view, watch_words
from bot.rendering.discord_escaping import escaped, on_one_line
from bot.rendering.discord_letter import Letter, sentence
from index.library.watching import WAITS, Every, Watch

Where = Literal["here", "in private"]
Often = Literal["at once", "once a day", "once a week"]
NAME_MAX = 100
WHOM = "Say whose words to watch for, on what, or both."
ELSEWHERE = "In this channel I am not heard, so nothing can be posted here: choose “in private”."

Words = app_commands.Range[str, 1, NAME_MAX]


@app_commands.command(description="Be told when a new story has words of somebody, or on something.")
@app_commands.describe(
    speaker="Whose words.", about="Only what is said about this.", where="Where to be told.", often="How often."
)
async def watch(
    interaction: discord.Interaction,
    speaker: Words = "",
    about: Words = "",
    where: Where = "here",
    often: Often = "at once",
) -> None:
    """Sets a watch."""
    await guarded(interaction, _watch(interaction, on_one_line(speaker), on_one_line(about), where, often))


@watch.autocomplete("speaker")
async def _names_so_far(interaction: discord.Interaction, typed: str) -> Choices:
    return await offered_names(interaction, typed)


async def _watch(interaction: discord.Interaction, speaker: str, about: str, where: Where, often: Often) -> None:
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
