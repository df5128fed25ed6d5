"""The slash commands: each acknowledges, makes a question of what was given, and sends what the desk has to say."""

from typing import TYPE_CHECKING, Any, cast

import discord
from discord import app_commands

from bot.discord_side import sender
from bot.discord_side.buttons import Origin, view_of
from bot.discord_side.desk import Asked, Source
from bot.discord_side.limits import QUESTION_MAX
from bot.discord_side.suggestions import Choice, key_typed, matching
from bot.rendering.discord_escaping import on_one_line
from bot.rendering.discord_letter import letter

if TYPE_CHECKING:
    from bot.discord_side.client import OnRecord

NAME_MAX = 100
TOPIC_MAX = 100

Question = app_commands.Range[str, 1, QUESTION_MAX]
Name = app_commands.Range[str, 1, NAME_MAX]
Topic = app_commands.Range[str, 1, TOPIC_MAX]
Choices = list[app_commands.Choice[str]]


@app_commands.command(description="Ask who said what in the stories.")
@app_commands.describe(
    question="Your question, such as: what did NAME say about TOPIC?",
    story="Look in this story only.",
    private="Show the answer to nobody but me.",
)
async def ask(interaction: discord.Interaction, question: Question, story: Name = "", private: bool = False) -> None:
    """Answers a question."""
    await _answer(interaction, on_one_line(question), story=story and key_typed(story), private=private)


@app_commands.command(description="Everything that somebody said, in their own words where the stories quote them.")
@app_commands.describe(
    name="Whose words.", about="Only what they said about this.", private="Show it to nobody but me."
)
async def speaker(interaction: discord.Interaction, name: Name, about: Topic = "", private: bool = False) -> None:
    """Shows what one speaker said."""
    topic = f" about {on_one_line(about)}" if about.strip() else ""
    await _answer(interaction, f"what did {on_one_line(name)} say{topic}?", private=private)


@app_commands.command(description="Everybody whose words the stories hold.")
@app_commands.describe(private="Show it to nobody but me.")
async def speakers(interaction: discord.Interaction, private: bool = False) -> None:
    """Lists the speakers."""
    await _answer(interaction, "who speaks?", source="speakers", private=private)


@ask.autocomplete("story")
async def _stories_so_far(interaction: discord.Interaction, typed: str) -> Choices:
    return _choices(matching(_client(interaction).desk.suggestions().stories, typed))


@speaker.autocomplete("name")
async def _names_so_far(interaction: discord.Interaction, typed: str) -> Choices:
    return _choices(matching(_client(interaction).desk.suggestions().speakers, typed))


COMMANDS: tuple[app_commands.Command[Any, ..., None], ...] = (ask, speaker, speakers)


async def _answer(
    interaction: discord.Interaction, question: str, *, source: Source = "ask", story: str = "", private: bool
) -> None:
    client = _client(interaction)
    asked = Asked(question, interaction.user.id, story=story, source=source, shown=True)
    await client.guarded(interaction, _acknowledge_and_answer(interaction, client, asked, private=private))


async def _acknowledge_and_answer(
    interaction: discord.Interaction, client: "OnRecord", asked: Asked, *, private: bool
) -> None:
    await sender.acknowledge(interaction, private=private)
    first = letter(await client.desk.pages(asked))
    origin = Origin(asked.asker, asked.source, asked.story)
    await sender.answer(interaction, first, view_of(first.buttons, origin))


def _choices(found: tuple[Choice, ...]) -> Choices:
    return [app_commands.Choice(name=choice.shown, value=choice.value) for choice in found]


def _client(interaction: discord.Interaction) -> "OnRecord":
    return cast("OnRecord", interaction.client)
