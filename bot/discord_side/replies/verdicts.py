"""What people hold of an answer: 👍, 👎 and “wrong speaker”, kept with the address of the words and nothing else."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self, cast

import discord

from bot.discord_side.libraries.suggestions import story_key, story_of_key
from bot.discord_side.limits import OPTION_MAX
from bot.discord_side.messages.questions import Asked
from bot.discord_side.places.place import place_of
from bot.discord_side.replies import sender
from bot.rendering.discord_escaping import fitted, on_one_line
from bot.rendering.discord_layout import Page, Utterance
from bot.rendering.discord_letter import Action, Letter
from bot.rendering.wording import speaker_words
from bot.shelf import Shelf
from index.notes import Feedback

if TYPE_CHECKING:
    from bot.discord_side.client import OnRecord
    from bot.discord_side.libraries.desk import Desk

VERDICTS: dict[Action, str] = {"up": "good", "down": "bad", "wrong": "wrong-speaker"}
THANKS = "Thank you, noted. `/privacy` says what is kept of it."
NOTHING_TO_JUDGE = "There are no words of anybody on this page that could be judged."
WHICH = "Whose words are given to the wrong speaker?"
Address = tuple[str, int, int, int]


async def take(interaction: discord.Interaction, desk: "Desk", page: Page, verdict: str) -> None:
    """Keeps a verdict on a page; where a wrong speaker could be one of several, asks which."""
    if verdict == "wrong-speaker" and len(page.utterances) > 1:
        asked = Asked(WHICH, interaction.user.id, place=place_of(interaction))
        options = await desk.look(asked, lambda shelf: [_option(said, shelf) for said in page.utterances])
        view = discord.ui.View(timeout=None)
        view.add_item(WhichSpeaker(options))
        await sender.answer(interaction, Letter(WHICH), view)
        return
    addresses = [_address(said) for said in page.utterances] or [
        (hit.passage.story, hit.passage.version, hit.passage.span.start, hit.passage.span.end) for hit in page.passages
    ]
    if not addresses:
        await sender.answer(interaction, Letter(NOTHING_TO_JUDGE))
        return
    await _keep(interaction, desk, addresses, verdict)


class WhichSpeaker(
    discord.ui.DynamicItem[discord.ui.Select[discord.ui.View]],
    template=r"onrecord:wrong-speaker",
):
    """Chooses which words of a page are given to the wrong speaker."""

    def __init__(self, options: list[discord.SelectOption]) -> None:
        super().__init__(discord.ui.Select(custom_id="onrecord:wrong-speaker", placeholder=WHICH, options=options))

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: discord.ui.Item[discord.ui.View], match: re.Match[str]
    ) -> Self:
        """The menu that was used."""
        return cls(cast("discord.ui.Select[discord.ui.View]", item).options)

    async def callback(self, interaction: discord.Interaction) -> None:
        """Keeps the verdict on the words chosen."""
        client = cast("OnRecord", interaction.client)
        await client.guarded(interaction, self._keep(interaction, client.desk))

    async def _keep(self, interaction: discord.Interaction, desk: "Desk") -> None:
        await sender.acknowledge_change(interaction)
        key, version, start, end = self.item.values[0].split(":")
        asked = Asked(WHICH, interaction.user.id, place=place_of(interaction))
        story = await desk.look(asked, lambda shelf: story_of_key(key, shelf).id)
        await _keep(interaction, desk, [(story, int(version), int(start), int(end))], "wrong-speaker")


async def _keep(interaction: discord.Interaction, desk: "Desk", addresses: Iterable[Address], verdict: str) -> None:
    now, user = datetime.now(UTC), str(interaction.user.id)
    given = [Feedback(*address, verdict, user, now) for address in addresses]
    await desk.ledger.keep_feedback(place_of(interaction).owner, given)
    await sender.answer(interaction, Letter(THANKS))


def _address(said: Utterance) -> Address:
    return said[0].story, said[0].version, said[0].span.start, said[-1].span.end


def _option(said: Utterance, shelf: Shelf) -> discord.SelectOption:
    story, version, start, end = _address(said)
    words = said[0].span.of(shelf.story(story, version).text)
    speaker = next((one for one in shelf.speakers() if one.id == said[0].speaker), None)
    return discord.SelectOption(
        label=fitted(words, OPTION_MAX) or "…",
        description=fitted(on_one_line(speaker_words(speaker)), OPTION_MAX),
        value=f"{story_key(story)}:{version}:{start}:{end}",
    )
