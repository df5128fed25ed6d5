"""How a command is answered: acknowledged at once, asked at the desk, and sent; whatever goes wrong is said."""

from dataclasses import replace

import discord

from bot.discord_side.base import client_of, guarded
from bot.discord_side.libraries.place import Place, Rules, place_of
from bot.discord_side.messages.questions import Asked
from bot.discord_side.replies import sender
from bot.discord_side.replies.acting import Origin, all_pages
from bot.discord_side.replies.buttons import view_of
from bot.discord_side.texts import NOTHING_THERE
from bot.rendering.discord_letter import Letter, letter, sentence

LISTS = ("stories", "speakers", "story")
"""What is shown to nobody else by itself where somebody uses their own account's stories in a server."""


async def answer_command(interaction: discord.Interaction, asked: Asked, *, private: bool | None) -> None:
    """Answers a command with the first page of its reply; privately or not as asked for, else as the server has it."""
    await guarded(interaction, _answer(interaction, asked, private=private))


async def check_message(interaction: discord.Interaction, text: str) -> None:
    """Answers privately, a message for each quotation in the text."""
    await guarded(interaction, _check(interaction, text))


async def tell(interaction: discord.Interaction, markdown: str, view: discord.ui.View | None = None) -> None:
    """Says privately what the bot has to say about itself."""
    await guarded(interaction, sender.tell(interaction, Letter(markdown), view))


def is_private(place: Place, rules: Rules | None, wanted: bool | None) -> bool:
    """Whether only the asker is to see an answer: always where the bot is not to be heard, or that is not known yet."""
    if rules is None or not rules.speaks_in(place.channels):
        return True
    return rules.private if wanted is None else wanted


async def _answer(interaction: discord.Interaction, asked: Asked, *, private: bool | None) -> None:
    desk, place = client_of(interaction).desk, place_of(interaction)
    rules = await desk.ledger.rules_soon(place.owner)
    desk.ledger.take_turn(place, asked.asker, rules or Rules())
    foreign = interaction.guild_id is not None and not place.is_server and asked.source in LISTS
    hidden = is_private(place, rules, True if foreign and private is None else private)
    await sender.acknowledge(interaction, private=hidden)
    pages = await desk.pages(replace(asked, place=place))
    shareable = hidden and (rules is None or rules.speaks_in(place.channels))
    first = letter(pages, with_buttons=asked.kept, private=shareable)
    await sender.answer(interaction, first, view_of(first, Origin(asked.asker, asked.source, asked.story)))


async def _check(interaction: discord.Interaction, text: str) -> None:
    desk, place = client_of(interaction).desk, place_of(interaction)
    await desk.ledger.wait_for_turn(place, interaction.user.id)
    await sender.acknowledge(interaction, private=True)
    checked = await desk.checks(text, interaction.user.id, place)
    letters = [page for pages in checked for page in all_pages(pages)[:1]]
    await sender.answer_all(interaction, letters or [sentence(NOTHING_THERE)])
