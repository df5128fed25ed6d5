"""“Forget me”, under `/privacy`: takes away what is kept under somebody's account, after asking once."""

from typing import Literal

import discord

from bot.discord_side.base import Bot, LastingButton, lasting
from bot.discord_side.libraries.place import person
from bot.discord_side.replies import sender
from bot.rendering.discord_letter import Letter

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
    return lasting(ForgetButton(step))


class ForgetButton(
    LastingButton,
    template=r"onrecord:forget:(?P<step>ask|yes)",
):
    """Asks whether to forget the one who presses it, or does."""

    def __init__(self, step: Step) -> None:
        self.step = step
        red = discord.ButtonStyle.danger
        super().__init__(discord.ui.Button(label=LABELS[step], style=red, custom_id=f"onrecord:forget:{step}"))

    async def act(self, interaction: discord.Interaction, client: Bot) -> None:
        """Goes on to the next step."""
        if self.step == "ask":
            await sender.tell(interaction, Letter(SURE), forgetting_view("yes"))
            return
        await sender.acknowledge_change(interaction)
        await client.desk.ledger.forget(interaction.user.id)
        client.desk.offers.forget(person(interaction.user.id))
        await sender.answer(interaction, Letter(FORGOTTEN))
