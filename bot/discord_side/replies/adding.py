"""The button that opens the form for a story, under a greeting and where there is nothing to ask yet."""

from collections.abc import Mapping

import discord

from bot.discord_side.base import Bot, LastingButton, client_of
from bot.discord_side.places.place import place_of, require_adder
from bot.discord_side.replies import sender
from bot.discord_side.replies.forms import paste_form

ADD, ADD_FIRST, AGAIN = "Add a story", "Add your first story", "Fill it in again"


def adding_view(label: str) -> discord.ui.View:
    """The button, with these words on it."""
    view = discord.ui.View(timeout=None)
    view.add_item(AddButton(label))
    return view


async def open_form(interaction: discord.Interaction, filled: Mapping[str, str] | None = None) -> None:
    """Opens the form, for whoever may add a story here. Raises NotAllowed before anything is filled in."""
    place = place_of(interaction)
    rules = await client_of(interaction).desk.ledger.rules_soon(place.owner)
    if rules is not None:  # where they are not known in time, whoever hands the form in is asked again
        require_adder(interaction, place, rules)
    await sender.ask_for(interaction, paste_form(filled))


class AddButton(
    LastingButton,
    template=r"onrecord:add",
):
    """Opens the form for a story."""

    def __init__(self, label: str = ADD, row: int | None = None) -> None:
        blue = discord.ButtonStyle.primary
        super().__init__(discord.ui.Button(label=label, style=blue, custom_id="onrecord:add", row=row))

    async def act(self, interaction: discord.Interaction, client: Bot) -> None:
        """Opens the form, or says who may add stories."""
        await open_form(interaction, client.drafts.take(interaction.user.id))
