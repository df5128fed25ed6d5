"""`/export`: everything that one speaker said, as a file with the place of each piece of it."""

from typing import Literal

import discord
from discord import app_commands

from bot.answers import Answer
from bot.discord_side.base import client_of, guarded
from bot.discord_side.commands.offering import Name
from bot.discord_side.messages.questions import Asked
from bot.discord_side.places.place import place_of
from bot.discord_side.replies import sender
from bot.rendering.discord_escaping import escaped, fitted
from bot.rendering.discord_letter import Letter, sentence
from bot.rendering.exports.exporting import Format, exported
from bot.rendering.sentences import reason_sentence
from bot.rendering.wording import counted
from bot.shelf import Shelf
from index.story import Statement

Kind = Literal["Markdown", "JSON", "CSV"]
_FORMATS: dict[Kind, Format] = {"Markdown": "md", "JSON": "json", "CSV": "csv"}


@app_commands.command(description="Everything that somebody said, as a file, with the place of each word in its story.")
@app_commands.describe(name="Whose words.", kind="Which kind of file.")
@app_commands.rename(kind="format")
async def export(interaction: discord.Interaction, name: Name, kind: Kind = "Markdown") -> None:
    """Gives a speaker's statements as a file, to the one who asks."""
    await guarded(interaction, _export(interaction, name, _FORMATS[kind]))


async def _export(interaction: discord.Interaction, name: str, form: Format) -> None:
    desk = client_of(interaction).desk
    await desk.ledger.wait_for_turn(place_of(interaction), interaction.user.id)
    await sender.acknowledge(interaction, private=True)
    asked = Asked(name, interaction.user.id, place=place_of(interaction))

    def look(shelf: Shelf) -> tuple[str, str] | str:
        found = desk.engine.said(shelf, name, None)
        if not isinstance(found, Answer):
            return reason_sentence(found, stories=len(shelf.stories))
        ids = {speaker.id for speaker in found.speakers}
        statements: tuple[Statement, ...] = tuple(one for one in shelf.statements() if one.speaker in ids)
        said = f"{counted(len(statements), 'statement')} of {' and '.join(one.name for one in found.speakers)}."
        return said, exported(statements, shelf, form, rules.corrections)

    rules = await desk.ledger.rules(asked.place.owner)
    given = await desk.look(asked, look)
    if isinstance(given, str):
        await sender.answer(interaction, sentence(given))
        return
    said, text = given
    await sender.answer_with_file(interaction, Letter(escaped(fitted(said, 300))), f"statements.{form}", text)
