"""Words of a reply by their address in a story, as an option of a menu keeps it and as it is read back."""

import discord

from bot.discord_side.limits import OPTION_MAX
from bot.rendering.discord_escaping import fitted, on_one_line
from bot.rendering.wording import Utterance, speaker_words
from bot.shelf import Shelf, story_key, story_of_key

CHOOSE = "Choose the words"
"""What a menu of words shows while it is closed: what they are chosen for stands above it."""
Address = tuple[str, int, int, int]
"""A story's id and version, and where the words begin and end."""


def address_of(said: Utterance) -> Address:
    """Where an utterance stands, from its first word to its last."""
    return said[0].story, said[0].version, said[0].span.start, said[-1].span.end


def value_of(address: Address) -> str:
    """An address as a menu's option keeps it."""
    story, version, start, end = address
    return f"{story_key(story)}:{version}:{start}:{end}"


def address_in(value: str, shelf: Shelf) -> Address:
    """The address that an option keeps. Raises StoryGone."""
    key, version, start, end = value.split(":")
    return story_of_key(key, shelf).id, int(version), int(start), int(end)


def said_at(address: Address, shelf: Shelf) -> Utterance:
    """The statements at an address, as far as they are held in that version."""
    story, version, start, end = address
    held = [one for one in shelf.statements(story) if one.version == version]
    inside = [one for one in held if start <= one.span.start and one.span.end <= end]
    first = inside[0] if inside else None
    return tuple(
        one for one in inside if first and (one.attribution, one.speaker) == (first.attribution, first.speaker)
    )


def option_of(said: Utterance, shelf: Shelf) -> discord.SelectOption:
    """The words of an utterance as an option, with whose they are below."""
    story, version, _, _ = address_of(said)
    words = said[0].span.of(shelf.story(story, version).text)
    speaker = next((one for one in shelf.speakers() if one.id == said[0].speaker), None)
    return discord.SelectOption(
        label=fitted(words, OPTION_MAX) or "…",
        description=fitted(on_one_line(speaker_words(speaker)), OPTION_MAX),
        value=value_of(address_of(said)),
    )
