"""`/watch`: to be told when a feed or an addition brings new words of somebody, on a topic, or of somebody on it."""

import discord
from discord import app_commands

from bot.discord_side.base import guarded
from bot.discord_side.commands.offering import Choices, offered_names
from bot.discord_side.replies.watching import Often, Where, set_watch
from bot.rendering.discord_escaping import on_one_line

NAME_MAX = 100

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
    await guarded(interaction, set_watch(interaction, on_one_line(speaker), on_one_line(about), where, often))


@watch.autocomplete("speaker")
async def _names_so_far(interaction: discord.Interaction, typed: str) -> Choices:
    return await offered_names(interaction, typed)
