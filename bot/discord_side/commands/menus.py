"""The message commands, what can be done with somebody's message, of which Discord gives the bot the words; and what
becomes of a form that is handed in.
"""

from collections.abc import Callable, Coroutine, Mapping
from typing import Any

import discord
from discord import app_commands

from bot.discord_side.base import client_of, guarded
from bot.discord_side.commands.stories import add_message, add_pasted
from bot.discord_side.limits import QUESTION_MAX
from bot.discord_side.messages.contents import all_words
from bot.discord_side.messages.questions import Asked
from bot.discord_side.places.place import place_of, require_manager
from bot.discord_side.replies import sender
from bot.discord_side.replies.forms import HOSTS, PASTE, form_in
from bot.discord_side.replies.replying import answer_command, check_message, tell
from bot.discord_side.replies.settings_items import panel
from bot.discord_side.texts import NOTHING_THERE
from bot.rendering.discord_escaping import fitted
from bot.rendering.discord_letter import sentence
from index.reading import HostRules, read_hosts


@app_commands.context_menu(name="Ask about this")
async def ask_about(interaction: discord.Interaction, message: discord.Message) -> None:
    """Takes a message as a question, and answers the one who chose it."""
    question = fitted(all_words(message), QUESTION_MAX)
    if not question:
        await tell(interaction, NOTHING_THERE)
        return
    await answer_command(interaction, Asked(question, interaction.user.id, shown=True), private=True)


@app_commands.context_menu(name="Check this quote")
async def check_quote(interaction: discord.Interaction, message: discord.Message) -> None:
    """Compares each quotation in a message with the stories, for the one who chose it."""
    await check_message(interaction, all_words(message))


@app_commands.context_menu(name="Add as story")
async def add_as_story(interaction: discord.Interaction, message: discord.Message) -> None:
    """Adds what a message links to, has attached, or says at length, for whoever may add stories."""
    await guarded(interaction, add_message(interaction, message))


MENUS: tuple[app_commands.ContextMenu, ...] = (ask_about, check_quote, add_as_story)


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
