"""`/settings`: a private panel of what is set for a server, or in private for oneself, changed by menus and buttons."""

import discord
from discord import app_commands

from bot.discord_side.base import client_of, guarded
from bot.discord_side.places.permissions import require_manager
from bot.discord_side.places.place import place_of
from bot.discord_side.replies import sender
from bot.discord_side.replies.settings_items import panel


@app_commands.command(
    description="What is set here: channels, roles, privacy, threads, dates, cooldown; and what to add."
)
@app_commands.default_permissions(manage_guild=True)
async def settings(interaction: discord.Interaction) -> None:
    """Shows the settings."""
    await guarded(interaction, _show(interaction))


async def _show(interaction: discord.Interaction) -> None:
    await sender.acknowledge(interaction, private=True)
    place = place_of(interaction)
    require_manager(interaction, place)
    rules = await client_of(interaction).desk.ledger.rules(place.owner)
    await sender.answer(interaction, *panel(place, rules))
