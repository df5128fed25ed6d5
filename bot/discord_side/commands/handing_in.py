"""What becomes of a form that is handed in: a story is added, or the hosts are others from then on."""

from collections.abc import Callable, Coroutine, Mapping
from typing import Any

import discord

from bot.discord_side.base import client_of, guarded
from bot.discord_side.commands.stories import add_pasted
from bot.discord_side.places.permissions import require_manager
from bot.discord_side.places.place import place_of
from bot.discord_side.replies import sender
from bot.discord_side.replies.forms import HOSTS, PASTE, form_in
from bot.discord_side.replies.settings_items import panel
from bot.rendering.discord_letter import sentence
from index.reading.hosts import HostRules, read_hosts


async def take_form(interaction: discord.Interaction) -> None:
    """Does what a form is for; nothing, where it is none of these."""
    name, given = form_in(interaction)
    if name in FORMS:
        await guarded(interaction, FORMS[name](interaction, given))


async def _change_hosts(interaction: discord.Interaction, given: Mapping[str, str]) -> None:
    """Keeps the hosts that were listed; what names none is said back."""
    await sender.acknowledge_change(interaction)
    place = place_of(interaction)
    require_manager(interaction, place)
    allowed, denied = read_hosts(given.get("allowed", "")), read_hosts(given.get("denied", ""))
    rules = await client_of(interaction).desk.ledger.change_hosts(place.owner, HostRules(allowed.hosts, denied.hosts))
    await sender.answer(interaction, *panel(place, rules))
    if left_out := allowed.unreadable + denied.unreadable:
        await sender.add(interaction, sentence(f"Left out, since they name no host: {', '.join(left_out)}"))


FORMS: Mapping[str, Callable[[discord.Interaction, Mapping[str, str]], Coroutine[Any, Any, None]]] = {
    PASTE: add_pasted,
    HOSTS: _change_hosts,
}
"""What is done with each form, by the name in its custom id."""
