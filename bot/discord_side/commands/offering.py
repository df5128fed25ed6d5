"""What Discord shows while somebody types a name or a story into a command."""

import asyncio

import discord
from discord import app_commands

from bot.discord_side.base import client_of
from bot.discord_side.libraries.suggestions import Choice
from bot.discord_side.places.place import place_of
from bot.discord_side.replies import sender

NAME_MAX = 100

Name = app_commands.Range[str, 1, NAME_MAX]
Choices = list[app_commands.Choice[str]]


async def offered_names(interaction: discord.Interaction, typed: str) -> Choices:
    """The speakers that what is typed so far may mean."""
    suggestions = await client_of(interaction).desk.suggestions(place_of(interaction))
    return await _offered(interaction, suggestions.speakers.matching(typed))


async def offered_stories(interaction: discord.Interaction, typed: str) -> Choices:
    """The stories that what is typed so far may mean, the shared ones too."""
    suggestions = await client_of(interaction).desk.suggestions(place_of(interaction), everything=True)
    return await _offered(interaction, suggestions.stories.matching(typed))


async def offered_own_stories(interaction: discord.Interaction, typed: str) -> Choices:
    """The stories that what is typed so far may mean, of those that can be changed here."""
    suggestions = await client_of(interaction).desk.suggestions(place_of(interaction), everything=True)
    return await _offered(interaction, suggestions.stories.matching(typed, only_own=True))


async def _offered(interaction: discord.Interaction, found: tuple[Choice, ...]) -> Choices:
    """The choices, once Discord has them; where it refuses them, the end of the task: discord.py would try again."""
    choices = [app_commands.Choice(name=choice.shown, value=choice.value) for choice in found]
    if not await sender.offer(interaction, choices):
        raise asyncio.CancelledError
    return choices
