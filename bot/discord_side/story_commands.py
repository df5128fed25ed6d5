"""`/story`: the stories of a server, or of somebody in private: shown, added, removed, refreshed, chosen."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import discord
from discord import app_commands

from bot.discord_side.base import Bot, client_of, guarding, lasting, looked_at, rules_for_adder
from bot.discord_side.libraries.intake import Progress, Taken
from bot.discord_side.libraries.place import place_of
from bot.discord_side.libraries.sources import ENDINGS, Address, File, Pasted, Source
from bot.discord_side.libraries.suggestions import Choice
from bot.discord_side.messages.answering import answer_command
from bot.discord_side.messages.conversation import all_words, files_in, links_in
from bot.discord_side.replies import sender
from bot.discord_side.replies.forms import ADDRESS_MAX, file_in
from bot.discord_side.replies.reply_items import Origin, view_of
from bot.discord_side.replies.story_items import (
    AGAIN,
    AddButton,
    RemoveButton,
    here_view,
    open_form,
    own_story,
    title_of,
)
from bot.rendering.discord_escaping import escaped, fitted
from bot.rendering.discord_letter import Button, Letter, sentence
from bot.rendering.wording import counted
from bot.shelf import key_typed, story_of_key
from index.errors import StoryUnreadable
from index.reading import parse_date

NAME_MAX = 100

Name = app_commands.Range[str, 1, NAME_MAX]
Choices = list[app_commands.Choice[str]]


async def offered_names(interaction: discord.Interaction, typed: str) -> Choices:
    """The speakers that what is typed so far may mean."""
    suggestions = await client_of(interaction).desk.suggestions(place_of(interaction))
    return await _offered(interaction, suggestions.speakers.matching(typed))


async def offered_stories(interaction: discord.Interaction, typed: str) -> Choices:
    """The stories that what is typed so far may mean, the shared ones too."""
    suggestions = await client_of(interaction).desk.suggestions(place_of(interaction), everything=True)
    return await _offered(interaction, suggestions.stories.matching(typed))


async def offered_own_stories(interaction: discord.Interaction, typed: str) -> Choices:
    """The stories that what is typed so far may mean, of those that can be changed here."""
    suggestions = await client_of(interaction).desk.suggestions(place_of(interaction), everything=True)
    return await _offered(interaction, suggestions.stories.matching(typed, only_own=True))


async def _offered(interaction: discord.Interaction, found: tuple[Choice, ...]) -> Choices:
    """The choices, once Discord has them; where it refuses them, the end of the task: discord.py would try again."""
    choices = [app_commands.Choice(name=choice.shown, value=choice.value) for choice in found]
    if not await sender.offer(interaction, choices):
        raise asyncio.CancelledError
    return choices


SHOWN_TITLES = 5
SOURCES_MAX = 3
"""Files or links of one message that are added."""
STORY_MIN = 200
"""Code points from which on a message's own words are taken for a story."""
NOTHING_TO_ADD = "There is no link, no file and no long text in that message that could be a story."
READING = "-# Reading…"
FOLLOWED = "-# This is a feed: what is new in it is added every hour. **Feeds** in `/settings` lists those followed."

story = app_commands.Group(name="story", description="Show, add, remove or refresh a story, or choose those for here.")


@story.command(description="Show one story: what is known about it, and its text.")
@app_commands.describe(story="Which story.", private="Whether to show it to nobody but me.")
@app_commands.autocomplete(story=offered_stories)
@guarding
async def show(interaction: discord.Interaction, story: Name, private: bool | None = None) -> None:
    """Shows a story."""
    await answer_command(interaction, "One story, as it is kept", "story", story=key_typed(story), private=private)


@story.command(description="Add a story: an address, a file, or (with neither) text that you paste into a form.")
@app_commands.describe(
    address="The address of a page, a text or a feed.",
    file="A text, page, PDF, Word document, mail, captions or .jsonl, at most 5 MB.",
)
@guarding
async def add(
    interaction: discord.Interaction,
    address: app_commands.Range[str, 1, ADDRESS_MAX] = "",
    file: discord.Attachment | None = None,
) -> None:
    """Adds stories from an address, a file, or a form."""
    if not address.strip() and file is None:
        await open_form(interaction)
        return
    await sender.acknowledge(interaction, private=True)
    await rules_for_adder(interaction)
    source: Source = Address(address.strip())
    if file is not None:
        client = client_of(interaction)
        _require_short(client, file.filename, file.size)
        source = File(file.filename, await file.read(), client.limits.unpacked_bytes)
    await _take_in(interaction, source)


@story.command(description="Remove a story that was added here, and all that was derived from it.")
@app_commands.describe(story="Which story.")
@app_commands.autocomplete(story=offered_own_stories)
@guarding
async def remove(interaction: discord.Interaction, story: Name) -> None:
    """Asks whether to remove a story."""
    await sender.acknowledge(interaction, private=True)
    await rules_for_adder(interaction)
    key = key_typed(story)
    found = await own_story(interaction, key)
    asked = f"Remove {title_of(found)}, and all that was found in it? Answers that stand here already keep their words."
    await sender.answer(interaction, Letter(asked), lasting(RemoveButton(key)))


@story.command(description="Fetch a story's address anew; where the text has changed, that becomes its next version.")
@app_commands.describe(story="Which story.")
@app_commands.autocomplete(story=offered_own_stories)
@guarding
async def refresh(interaction: discord.Interaction, story: Name) -> None:
    """Fetches a story again."""
    await sender.acknowledge(interaction, private=True)
    place, _ = await rules_for_adder(interaction)
    found = await own_story(interaction, key_typed(story))
    taken = await client_of(interaction).desk.intake.refresh(place.owner, found)
    became = "has changed; its new text is asked from now on" if taken.changed else "is what it was"
    await sender.answer(interaction, Letter(f"The text of {title_of(found)} {became}."))


@story.command(description="Choose the stories that questions in this channel are answered from.")
@app_commands.describe(story="This one only; leave it out to choose from a list.")
@app_commands.autocomplete(story=offered_stories)
@guarding
async def here(interaction: discord.Interaction, story: Name = "") -> None:
    """Sets the default stories of a channel."""
    await sender.acknowledge(interaction, private=True)
    place, rules = await rules_for_adder(interaction)
    if not place.channels:
        await sender.answer(interaction, sentence("Only the channels of a server can keep to some stories."))
        return
    if story.strip():
        key = key_typed(story)
        found = await looked_at(interaction, lambda shelf: story_of_key(key, shelf), whole=True)
        ledger = client_of(interaction).desk.ledger
        rules = await ledger.set_default_stories(place.owner, place.channels[0], [found.id])
    await sender.answer(interaction, *await here_view(interaction, rules))


async def add_pasted(interaction: discord.Interaction, given: Mapping[str, str]) -> None:
    """Adds what was pasted into the form."""
    await sender.acknowledge(interaction, private=True)
    client, file = client_of(interaction), file_in(interaction)
    address, text = parted(given.get("text", ""))
    title, outlet, day = (given.get(name, "").strip() or None for name in ("title", "outlet", "day"))
    if day and parse_date(day) is None:
        client.drafts.keep(interaction.user.id, given)
        said = f"“{day}” is no date that I can read: write it such as 2024-05-01. Nothing is lost."
        await sender.answer(interaction, sentence(said), lasting(AddButton(AGAIN)))
        return
    source: Source = Pasted(text, title, outlet, day, address)
    if file is not None:
        _require_short(client, file.name, file.size)
        source = File(file.name, await client.http.get_from_cdn(file.url), client.limits.unpacked_bytes)
    elif address and not text:
        source = Address(address)
    await _take_in(interaction, source)


async def add_message(interaction: discord.Interaction, message: discord.Message) -> None:
    """Adds what a message has attached or links to, or else its own words where they are many."""
    await sender.acknowledge(interaction, private=True)
    await rules_for_adder(interaction)
    client = client_of(interaction)
    files = [file for file in files_in(message) if file.filename.lower().endswith(ENDINGS)][:SOURCES_MAX]
    links, words = links_in(message)[:SOURCES_MAX], all_words(message)
    sources: list[Source] = []
    for file in files:
        _require_short(client, file.filename, file.size)
        sources.append(File(file.filename, await file.read(), client.limits.unpacked_bytes))
    sources += [] if files else [Address(link) for link in links]
    if not sources and len(words) >= STORY_MIN:
        sources.append(Pasted(words, day=message.created_at.date().isoformat(), url=message.jump_url))
    if not sources:
        await sender.answer(interaction, sentence(NOTHING_TO_ADD))
    for number, source in enumerate(sources):
        await _take_in(interaction, source, first=not number)


def parted(pasted: str) -> tuple[str | None, str]:
    """The address in the first line of what was pasted, if it holds nothing else, and the text."""
    first, _, rest = pasted.strip().partition("\n")
    alone = first.lower().startswith(("http://", "https://")) and len(first.split()) == 1
    return (first.strip(), rest.strip()) if alone else (None, pasted)


def _require_short(client: Bot, name: str, size: int) -> None:
    """Raises StoryUnreadable for a file that is too long."""
    if size > client.limits.story_bytes:
        raise StoryUnreadable(name, f"it is longer than {client.limits.story_bytes:,} bytes")


async def _take_in(interaction: discord.Interaction, source: Source, *, first: bool = True) -> None:
    """Adds a source, telling on the way how far it is and at the end what came of it; of a later one, the end alone."""
    place, _ = await rules_for_adder(interaction)
    desk = client_of(interaction).desk
    if not first:
        await sender.add(interaction, *_outcome(interaction, await desk.intake.add(place.owner, source)))
        return
    await sender.answer(interaction, Letter(READING))
    async with _telling(interaction, desk.limits.progress_s) as progress:
        taken = await desk.intake.add(place.owner, source, progress)
    await sender.answer(interaction, *_outcome(interaction, taken))


@asynccontextmanager
async def _telling(interaction: discord.Interaction, every_s: float) -> AsyncIterator[Progress]:
    """What is told, from another thread, how far an addition is, and says so every few seconds until the end."""
    loop, news, line = asyncio.get_running_loop(), asyncio.Event(), ""

    def at(done: int, of: int) -> None:
        nonlocal line
        line = f"-# {done} of {counted(of, 'story', 'stories')}…"
        if done < of:
            loop.call_soon_threadsafe(news.set)

    async def tell() -> None:
        while True:
            await news.wait()
            news.clear()
            await sender.answer(interaction, Letter(line))
            await asyncio.sleep(every_s)

    telling = asyncio.create_task(tell(), name="tell how far it is")
    try:
        yield at
    finally:
        telling.cancel()
        await asyncio.gather(telling, return_exceptions=True)


def _outcome(interaction: discord.Interaction, taken: Taken) -> tuple[Letter, discord.ui.View | None]:
    """What came of an addition, in a few lines, and what can be asked of it."""
    said = f"{_added(taken)}\n{FOLLOWED}" if taken.followed else _added(taken)
    shown = Letter(said, buttons=tuple(Button(one, "ask", at) for at, one in enumerate(taken.examples)))
    return shown, view_of(shown, Origin(interaction.user.id))


def _added(taken: Taken) -> str:
    if len(taken.stories) == 1 and not taken.unreadable:
        return _one_outcome(taken)
    counts = f"{counted(len(taken.new), 'story', 'stories')} added, {len(taken.changed)} changed, "
    lines = [f"{counts}{len(taken.unchanged)} already there · {counted(taken.statements, 'statement')}"]
    lines += [f"> {title_of(one)}" for one in (taken.new + taken.changed)[:SHOWN_TITLES]]
    more = len(taken.new) + len(taken.changed) - SHOWN_TITLES
    lines += [f"-# and {more} more"] if more > 0 else []
    lines += [f"-# {escaped(fitted(why, 200))}" for why in taken.unreadable[:SHOWN_TITLES]]
    return "\n".join(lines)


def _one_outcome(taken: Taken) -> str:
    title, found = title_of(taken.stories[0]), counted(taken.statements, "statement")
    if taken.unchanged:
        return f"{title} is here already, with the same text."
    became = "is added" if taken.new else "has a new version"
    return f"{title} {became}: {found} by {counted(taken.speakers, 'speaker')}."
