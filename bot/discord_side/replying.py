"""How a command is answered: acknowledged at once, asked at the desk, and sent; whatever goes wrong is said."""

from typing import TYPE_CHECKING, cast

import discord

from bot.discord_side import sender
from bot.discord_side.buttons import Origin, all_pages, view_of
from bot.discord_side.questions import Asked
from bot.discord_side.texts import NOTHING_THERE
from bot.rendering.discord_letter import Letter, letter, sentence

if TYPE_CHECKING:
    from bot.discord_side.client import OnRecord


def client_of(interaction: discord.Interaction) -> "OnRecord":
    """The bot that an interaction came to."""
    return cast("OnRecord", interaction.client)


async def answer_command(interaction: discord.Interaction, asked: Asked, *, private: bool) -> None:
    """Answers a command with the first page of its reply."""
    await client_of(interaction).guarded(interaction, _answer(interaction, asked, private=private))


async def check_message(interaction: discord.Interaction, text: str) -> None:
    """Answers privately, a message for each quotation in the text."""
    await client_of(interaction).guarded(interaction, _check(interaction, text))


async def tell(interaction: discord.Interaction, markdown: str) -> None:
    """Says privately what the bot has to say about itself."""
    await client_of(interaction).guarded(interaction, sender.tell(interaction, Letter(markdown)))


async def _answer(interaction: discord.Interaction, asked: Asked, *, private: bool) -> None:
    await sender.acknowledge(interaction, private=private)
    pages = await client_of(interaction).desk.pages(asked)
    first = letter(pages, with_buttons=asked.kept, private=private)
    await sender.answer(interaction, first, view_of(first.buttons, Origin(asked.asker, asked.source, asked.story)))


async def _check(interaction: discord.Interaction, text: str) -> None:
    await sender.acknowledge(interaction, private=True)
    checked = await client_of(interaction).desk.checks(text, interaction.user.id)
    letters = [page for pages in checked for page in all_pages(pages)[:1]]
    await sender.answer_all(interaction, letters or [sentence(NOTHING_THERE)])
