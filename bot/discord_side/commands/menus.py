"""The message commands: what can be done with somebody's message, of which Discord gives the bot the words."""

import discord
from discord import app_commands

from bot.discord_side.base import guarded
from bot.discord_side.commands.stories import add_message
from bot.discord_side.limits import QUESTION_MAX
from bot.discord_side.messages.contents import all_words
from bot.discord_side.messages.questions import Asked
from bot.discord_side.replies.replying import answer_command, check_message, tell
from bot.discord_side.texts import NOTHING_THERE
from bot.rendering.discord_escaping import fitted


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
