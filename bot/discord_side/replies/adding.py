"""The button that opens the form for a story, under a greeting and where there is nothing to ask yet."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self, cast

import discord

from bot.discord_side.places.permissions import require_adder
from bot.discord_side.places.place import place_of
from bot.discord_side.replies import sender
from bot.discord_side.replies.forms import paste_form

if TYPE_CHECKING:
    from bot.discord_side.client import OnRecord

ADD, ADD_FIRST, AGAIN = "Add a story", "Add your first story", "Fill it in again"
DRAFTS_MAX = 64


@dataclass(slots=True)
class Drafts:
    """What people filled in that could not be taken, until they fill it in again: in memory, of the last few alone."""

    _kept: dict[int, Mapping[str, str]] = field(default_factory=dict)

    def keep(self, user: int, filled: Mapping[str, str]) -> None:
        """Keeps what somebody filled in, in place of what they did before."""
        self._kept.pop(user, None)
        self._kept[user] = dict(filled)
        while len(self._kept) > DRAFTS_MAX:
            del self._kept[next(iter(self._kept))]

    def take(self, user: int) -> Mapping[str, str]:
        """What somebody filled in, which is kept no longer."""
        return self._kept.pop(user, {})


def adding_view(label: str) -> discord.ui.View:
    """The button, with these words on it."""
    view = discord.ui.View(timeout=None)
    view.add_item(AddButton(label))
    return view


async def open_form(interaction: discord.Interaction, filled: Mapping[str, str] | None = None) -> None:
    """Opens the form, for whoever may add a story here. Raises NotAllowed before anything is filled in."""
    place = place_of(interaction)
    rules = await cast("OnRecord", interaction.client).desk.ledger.rules_soon(place.owner)
    if rules is not None:  # where they are not known in time, whoever hands the form in is asked again
        require_adder(interaction, place, rules)
    await sender.ask_for(interaction, paste_form(filled))


class AddButton(
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=r"onrecord:add",
):
    """Opens the form for a story."""

    def __init__(self, label: str = ADD, row: int | None = None) -> None:
        blue = discord.ButtonStyle.primary
        super().__init__(discord.ui.Button(label=label, style=blue, custom_id="onrecord:add", row=row))

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: discord.ui.Item[discord.ui.View], match: re.Match[str]
    ) -> Self:
        """The button that was pressed."""
        return cls()

    async def callback(self, interaction: discord.Interaction) -> None:
        """Opens the form, or says who may add stories."""
        client = cast("OnRecord", interaction.client)
        await client.guarded(interaction, open_form(interaction, client.drafts.take(interaction.user.id)))
