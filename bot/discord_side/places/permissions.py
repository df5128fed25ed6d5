"""Who may do what: a server's settings are for those who manage it, its stories also for the roles that they chose.

A person's own library is theirs alone.
"""

import discord

from bot.discord_side.places.place import Place
from bot.discord_side.places.rules import Rules
from bot.errors import NotAllowed


def require_manager(interaction: discord.Interaction, place: Place) -> None:
    """Raises NotAllowed unless the one who acts manages the server, or is in private."""
    if place.is_server and not interaction.permissions.manage_guild:
        raise NotAllowed(" may change its settings.")


def may_add(interaction: discord.Interaction, place: Place, rules: Rules) -> bool:
    """Whether the one who acts may change the stories of the place."""
    if not place.is_server or interaction.permissions.manage_guild:
        return True
    roles = {role.id for role in interaction.user.roles} if isinstance(interaction.user, discord.Member) else set()
    return bool(roles & set(rules.adders))


def require_adder(interaction: discord.Interaction, place: Place, rules: Rules) -> None:
    """Raises NotAllowed unless the one who acts may change the stories of the place."""
    if not may_add(interaction, place, rules):
        raise NotAllowed(", or who have a role that they chose for it in /settings, may change its stories.")
