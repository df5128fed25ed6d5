"""The slash commands: each makes a question of what was given, acknowledges, and sends what the desk has to say; the
message commands, what can be done with somebody's message; and what becomes of a form that is handed in."""

from collections.abc import Callable, Coroutine, Mapping
from typing import Any, Literal

import discord
from discord import app_commands

from bot.answers import Answer
from bot.discord_side.base import client_of, guarded, guarding, lasting, looked_at, rules_for_manager
from bot.discord_side.libraries.place import place_of, require_manager
from bot.discord_side.limits import MESSAGE_MAX, QUESTION_MAX
from bot.discord_side.messages.answering import answer_command, check_message
from bot.discord_side.messages.conversation import all_words
from bot.discord_side.messages.questions import check_question, speaker_question, timeline_question, who_said_question
from bot.discord_side.replies import sender
from bot.discord_side.replies.about import NOTHING_THERE, PRIVACY, ForgetButton, help_text
from bot.discord_side.replies.forms import HOSTS, PASTE, form_in
from bot.discord_side.replies.settings_items import panel
from bot.discord_side.replies.story_items import ADD, AddButton
from bot.discord_side.replies.watch_items import Often, Where, set_watch
from bot.discord_side.story_commands import Name, add_message, add_pasted, offered_names, offered_stories, story
from bot.rendering.discord_escaping import escaped, fitted, on_one_line
from bot.rendering.discord_letter import Letter, sentence
from bot.rendering.exports import Format, exported
from bot.rendering.sentences import reason_sentence
from bot.rendering.wording import counted
from bot.shelf import Shelf, key_typed
from index.reading import HostRules, read_hosts
from index.story import Statement

Kind = Literal["Markdown", "JSON", "CSV"]
_FORMATS: dict[Kind, Format] = {"Markdown": "md", "JSON": "json", "CSV": "csv"}
TOPIC_MAX = 100
QUOTE_MAX = 1_000

Question = app_commands.Range[str, 1, MESSAGE_MAX]
Topic = app_commands.Range[str, 1, TOPIC_MAX]
Quote = app_commands.Range[str, 1, QUOTE_MAX]

PRIVATE = "Whether to show the answer to nobody but me."


@app_commands.command(description="Ask who said what in the stories.")
@app_commands.describe(
    question="Your question, such as: what did NAME say about TOPIC?",
    story="Look in this story only.",
    private=PRIVATE,
)
@app_commands.autocomplete(story=offered_stories)
@guarding
async def ask(
    interaction: discord.Interaction, question: Question, story: Name = "", private: bool | None = None
) -> None:
    """Answers a question."""
    key = key_typed(story) if story.strip() else ""
    await answer_command(interaction, on_one_line(question), story=key, private=private)


@app_commands.command(description="What somebody said, in their own words where the stories quote them.")
@app_commands.describe(name="Whose words.", about="Only what they said about this.", private=PRIVATE)
@app_commands.autocomplete(name=offered_names)
@guarding
async def speaker(interaction: discord.Interaction, name: Name, about: Topic = "", private: bool | None = None) -> None:
    """Shows what one speaker said."""
    await answer_command(interaction, speaker_question(name, about), "speaker", private=private)


@app_commands.command(description="Everybody whose words the stories hold.")
@app_commands.describe(private=PRIVATE)
@guarding
async def speakers(interaction: discord.Interaction, private: bool | None = None) -> None:
    """Lists the speakers."""
    await answer_command(interaction, "who speaks?", "speakers", private=private)


@app_commands.command(description="Find who said some words, or something near them.")
@app_commands.describe(words="The words, as far as you remember them.", private=PRIVATE)
@guarding
async def whosaid(interaction: discord.Interaction, words: Question, private: bool | None = None) -> None:
    """Finds who said something."""
    await answer_command(interaction, who_said_question(words), "whosaid", private=private)


@app_commands.command(description="Compare a quotation with the stories: exact, trimmed, changed, or somebody else's.")
@app_commands.describe(quote="The quotation.", speaker="Who is supposed to have said it.", private=PRIVATE)
@app_commands.autocomplete(speaker=offered_names)
@guarding
async def check(
    interaction: discord.Interaction, quote: Quote, speaker: Name = "", private: bool | None = None
) -> None:
    """Checks a quotation."""
    await answer_command(interaction, check_question(quote, speaker), "check", private=private)


@app_commands.command(description="The stories that can be asked about.")
@app_commands.describe(private=PRIVATE)
@guarding
async def stories(interaction: discord.Interaction, private: bool | None = None) -> None:
    """Lists the stories."""
    await answer_command(interaction, "which stories?", "stories", private=private)


@app_commands.command(description="What somebody said over time, the oldest first, as words and a picture.")
@app_commands.describe(name="Whose words.", about="Only what they said about this.", private=PRIVATE)
@app_commands.autocomplete(name=offered_names)
@guarding
async def timeline(
    interaction: discord.Interaction, name: Name, about: Topic = "", private: bool | None = None
) -> None:
    """Shows what one speaker said over time."""
    await answer_command(interaction, timeline_question(name, about), "timeline", private=private)


@app_commands.command(description="Who is quoted, how often, and by which outlet.")
@app_commands.describe(private=PRIVATE)
@guarding
async def quoted(interaction: discord.Interaction, private: bool | None = None) -> None:
    """Counts who is quoted."""
    await answer_command(interaction, "who is quoted?", "quoted", private=private)


@app_commands.command(name="help", description="How to ask, and what the answers show.")
@guarding
async def show_help(interaction: discord.Interaction) -> None:
    """Says at once how to ask, with the names that are at hand."""
    desk, place = client_of(interaction).desk, place_of(interaction)
    examples = (await desk.suggestions(place)).examples
    view = None if examples else lasting(AddButton(ADD))
    await sender.tell(interaction, Letter(help_text(examples)), view)


@app_commands.command(description="What this bot reads and keeps, and how to be forgotten.")
@guarding
async def privacy(interaction: discord.Interaction) -> None:
    """Says what is kept, with the button that has it forgotten."""
    await sender.tell(interaction, Letter(PRIVACY), lasting(ForgetButton()))


@app_commands.command(description="Everything that somebody said, as a file, with the place of each word in its story.")
@app_commands.describe(name="Whose words.", kind="Which kind of file.")
@app_commands.rename(kind="format")
@app_commands.autocomplete(name=offered_names)
@guarding
async def export(interaction: discord.Interaction, name: Name, kind: Kind = "Markdown") -> None:
    """Gives a speaker's statements as a file, to the one who asks."""
    desk, form = client_of(interaction).desk, _FORMATS[kind]
    await desk.ledger.wait_for_turn(place_of(interaction), interaction.user.id)
    await sender.acknowledge(interaction, private=True)

    def look(shelf: Shelf) -> tuple[str, str] | str:
        found = desk.engine.said(shelf, name, None)
        if not isinstance(found, Answer):
            return reason_sentence(found, stories=len(shelf.stories))
        ids = {speaker.id for speaker in found.speakers}
        statements: tuple[Statement, ...] = tuple(one for one in shelf.statements() if one.speaker in ids)
        said = f"{counted(len(statements), 'statement')} of {' and '.join(one.name for one in found.speakers)}."
        return said, exported(statements, shelf, form, rules.corrections)

    rules = await desk.ledger.rules(place_of(interaction).owner)
    given = await looked_at(interaction, look)
    if isinstance(given, str):
        await sender.answer(interaction, sentence(given))
        return
    said, text = given
    await sender.answer_with_file(interaction, Letter(escaped(fitted(said, 300))), f"statements.{form}", text)


@app_commands.command(
    description="What is set here: channels, roles, privacy, threads, dates, cooldown; and what to add."
)
@app_commands.default_permissions(manage_guild=True)
@guarding
async def settings(interaction: discord.Interaction) -> None:
    """Shows the settings."""
    await sender.acknowledge(interaction, private=True)
    await sender.answer(interaction, *panel(*await rules_for_manager(interaction)))


@app_commands.command(description="Be told when a new story has words of somebody, or on something.")
@app_commands.describe(
    speaker="Whose words.", about="Only what is said about this.", where="Where to be told.", often="How often."
)
@app_commands.autocomplete(speaker=offered_names)
@guarding
async def watch(
    interaction: discord.Interaction,
    speaker: Name = "",
    about: Name = "",
    where: Where | None = None,
    often: Often = "at once",
) -> None:
    """Sets a watch."""
    await set_watch(interaction, on_one_line(speaker), on_one_line(about), where, often)


COMMANDS: tuple[app_commands.Command[Any, ..., None] | app_commands.Group, ...] = (
    ask,
    speaker,
    speakers,
    whosaid,
    check,
    stories,
    story,
    timeline,
    quoted,
    watch,
    export,
    settings,
    show_help,
    privacy,
)


@app_commands.context_menu(name="Ask about this")
@guarding
async def ask_about(interaction: discord.Interaction, message: discord.Message) -> None:
    """Takes a message as a question, and answers the one who chose it."""
    question = fitted(all_words(message), QUESTION_MAX)
    if not question:
        await sender.tell(interaction, Letter(NOTHING_THERE))
        return
    await answer_command(interaction, question, private=True)


@app_commands.context_menu(name="Check this quote")
@guarding
async def check_quote(interaction: discord.Interaction, message: discord.Message) -> None:
    """Compares each quotation in a message with the stories, for the one who chose it."""
    await check_message(interaction, all_words(message))


@app_commands.context_menu(name="Add as story")
@guarding
async def add_as_story(interaction: discord.Interaction, message: discord.Message) -> None:
    """Adds what a message links to, has attached, or says at length, for whoever may add stories."""
    await add_message(interaction, message)


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
