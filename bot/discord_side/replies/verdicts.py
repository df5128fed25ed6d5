"""What people hold of an answer: 👍, 👎 and “wrong speaker”, kept with the address of the words and nothing else."""

from collections.abc import Iterable
from datetime import UTC, datetime

import discord

from bot.discord_side.base import Bot, LastingMenu
from bot.discord_side.libraries.desk import Desk
from bot.discord_side.messages.questions import Asked
from bot.discord_side.places.place import place_of
from bot.discord_side.replies import sender
from bot.discord_side.replies.addresses import CHOOSE, Address, address_in, address_of, option_of, said_at
from bot.discord_side.replies.correction_items import others_in, right_speaker_view
from bot.rendering.discord_layout import Page
from bot.rendering.discord_letter import Action, Letter
from bot.shelf import Shelf
from index.library.notes import Feedback

VERDICTS: dict[Action, str] = {"up": "good", "down": "bad", "wrong": "wrong-speaker"}
THANKS = "Thank you, noted. `/privacy` says what is kept of it."
NOTHING_TO_JUDGE = "There are no words of anybody on this page that could be judged."
WHO_IS_RIGHT = "Who said it? Choose below, if you know."
WHICH = "Which words are somebody else's?"


async def take(interaction: discord.Interaction, desk: Desk, page: Page, verdict: str) -> None:
    """Keeps a verdict on a page; where a wrong speaker could be one of several, asks which."""
    if verdict == "wrong-speaker" and len(page.utterances) > 1:
        asked = Asked(WHICH, interaction.user.id, place=place_of(interaction))
        options = await desk.look(asked, lambda shelf: [option_of(said, shelf) for said in page.utterances])
        view = discord.ui.View(timeout=None)
        view.add_item(WhichSpeaker(options))
        await sender.answer(interaction, Letter(WHICH), view)
        return
    addresses = [address_of(said) for said in page.utterances] or [
        (hit.passage.story, hit.passage.version, hit.passage.span.start, hit.passage.span.end) for hit in page.passages
    ]
    if not addresses:
        await sender.answer(interaction, Letter(NOTHING_TO_JUDGE))
        return
    await _keep(interaction, desk, addresses, verdict)


class WhichSpeaker(
    LastingMenu,
    template=r"onrecord:wrong-speaker",
):
    """Chooses which words of a page are given to the wrong speaker."""

    def __init__(self, options: list[discord.SelectOption]) -> None:
        super().__init__(discord.ui.Select(custom_id="onrecord:wrong-speaker", placeholder=CHOOSE, options=options))

    async def act(self, interaction: discord.Interaction, client: Bot) -> None:
        """Keeps the verdict on the words chosen."""
        await sender.acknowledge_change(interaction)
        chosen, asked = self.item.values[0], Asked(WHICH, interaction.user.id, place=place_of(interaction))
        address = await client.desk.look(asked, lambda shelf: address_in(chosen, shelf))
        await _keep(interaction, client.desk, [address], "wrong-speaker")


async def _keep(interaction: discord.Interaction, desk: Desk, addresses: Iterable[Address], verdict: str) -> None:
    now, user = datetime.now(UTC), str(interaction.user.id)
    given = [Feedback(*address, verdict, user, now) for address in addresses]
    place = place_of(interaction)
    await desk.ledger.keep_feedback(place.owner, given)
    if verdict != "wrong-speaker":
        await sender.answer(interaction, Letter(THANKS))
        return
    address = (given[0].story, given[0].version, given[0].start, given[0].end)
    asked = Asked(WHICH, interaction.user.id, place=place)
    names = await desk.look(asked, lambda shelf: _others(address, shelf))
    await sender.answer(interaction, Letter(f"{THANKS}\n{WHO_IS_RIGHT}"), right_speaker_view(address, names))


def _others(address: Address, shelf: Shelf) -> list[str]:
    """Who else may have said what stands at an address."""
    said = said_at(address, shelf)
    return others_in(address[0], said[0].speaker, shelf) if said else []
