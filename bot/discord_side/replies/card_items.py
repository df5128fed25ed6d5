"""The picture of somebody's words under a reply, the menu that asks which where a page has several; their addresses."""

from typing import Literal

import discord

from bot.discord_side.base import Bot, LastingMenu, lasting, looked_at
from bot.discord_side.limits import OPTION_MAX
from bot.discord_side.replies import sender
from bot.rendering.discord_escaping import fitted, on_one_line
from bot.rendering.discord_letter import Letter, Page
from bot.rendering.drawing import can_be_card, card_of
from bot.rendering.utterances import Utterance
from bot.rendering.wording import speaker_words
from bot.shelf import Shelf, story_key, story_of_key

WHICH = "Which words shall stand on the card?"
NO_CARD = "There are no words on this page that a card could show: it has somebody's own words, 600 letters at most."
MADE = "-# As the story has it; the picture's description has the words too."
CHOOSE = "Choose the words"
"""What a menu of words shows while it is closed: what they are chosen for stands above it."""
Address = tuple[str, int, int, int]
"""A story's id and version, and where the words begin and end."""


async def show_card(interaction: discord.Interaction, page: Page, *, private: bool) -> None:
    """Makes the card of the one utterance that a page has, for all to see or not, or asks which."""
    own = [said for said in page.utterances if can_be_card(said)]
    if len(own) > 1:
        options = await looked_at(interaction, lambda shelf: [option_of(said, shelf) for said in own])
        await sender.add(interaction, Letter(WHICH), lasting(CardMenu(options, "one" if private else "all")))
    elif own:
        await _send(interaction, own[0], private=private)
    else:
        await sender.add(interaction, Letter(NO_CARD))


async def _send(interaction: discord.Interaction, own: Utterance, *, private: bool) -> None:
    """Sends the card; where there is none, says so to the one who acts."""
    picture = await looked_at(interaction, lambda shelf: card_of(own, shelf))
    if picture is None:
        await sender.add(interaction, Letter(NO_CARD))
    else:
        await sender.add(interaction, Letter(MADE, picture=picture), private=private)


class CardMenu(LastingMenu, template=r"onrecord:card:(?P<seen>all|one)"):
    """Makes the card of the words that are chosen."""

    def __init__(self, options: list[discord.SelectOption], seen: Literal["all", "one"]) -> None:
        self.private = seen == "one"
        super().__init__(discord.ui.Select(custom_id=f"onrecord:card:{seen}", placeholder=CHOOSE, options=options))

    async def act(self, interaction: discord.Interaction, client: Bot) -> None:
        """Makes it."""
        await sender.acknowledge_change(interaction)
        chosen = self.item.values[0]
        own = await looked_at(interaction, lambda shelf: said_at(address_in(chosen, shelf), shelf))
        await _send(interaction, own, private=self.private)


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
