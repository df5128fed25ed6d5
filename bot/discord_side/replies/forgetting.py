"""“Forget me”, under `/privacy`: takes away what is kept under somebody's account, after asking once."""

import re
from typing import TYPE_CHECKING, Literal, Self, cast

import discord

from bot.discord_side.places.place import person
from bot.discord_side.replies import sender
from bot.rendering.discord_letter import Letter

if TYPE_CHECKING:
    from bot.discord_side.client import OnRecord

Step = Literal["ask", "yes"]
LABELS: dict[Step, str] = {"ask": "Forget me", "yes": "Yes, forget me"}
SURE = (
    "This deletes what you said of answers (👍, 👎, wrong speaker) and what you watch for in every server, and the "
    "stories and settings that you keep in private. Stories that you added to a server stay with it: nothing there "
    "says that they came from you."
)
FORGOTTEN = (
    "You are forgotten: nothing is kept under your account any more. My replies on Discord are messages like others; "
    "their buttons hold the number of your account until the reply is deleted."
)


def forgetting_view(step: Step = "ask") -> discord.ui.View:
    """The button of a step."""
    view = discord.ui.View(timeout=None)
    view.add_item(ForgetButton(step))
    return view


class ForgetButton(
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=r"onrecord:forget:(?P<step>ask|yes)",
):
    """Asks whether to forget the one who presses it, or does."""

    def __init__(self, step: Step) -> None:
        self.step = step
        red = discord.ButtonStyle.danger
        super().__init__(discord.ui.Button(label=LABELS[step], style=red, custom_id=f"onrecord:forget:{step}"))

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: discord.ui.Item[discord.ui.View], match: re.Match[str]
    ) -> Self:
        """The button that was pressed."""
        return cls("yes" if match["step"] == "yes" else "ask")

    async def callback(self, interaction: discord.Interaction) -> None:
        """Goes on to the next step."""
        client = cast("OnRecord", interaction.client)
        if self.step == "ask":
            await client.guarded(interaction, sender.tell(interaction, Letter(SURE), forgetting_view("yes")))
        else:
            await client.guarded(interaction, _forget(interaction, client))


async def _forget(interaction: discord.Interaction, client: "OnRecord") -> None:
    await sender.acknowledge_change(interaction)
    await client.desk.ledger.forget(interaction.user.id)
    client.desk.offers.forget(person(interaction.user.id))
    await sender.answer(interaction, Letter(FORGOTTEN))
