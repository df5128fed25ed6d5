"""What the bot says about itself: how to ask, and what it keeps, with the button under that which has somebody
forgotten after asking once. It is written here, so it is markdown as it stands.
"""

from collections.abc import Sequence
from typing import Literal

import discord

from bot.discord_side.base import Bot, LastingButton, lasting
from bot.discord_side.libraries.place import person
from bot.discord_side.replies import sender
from bot.rendering.discord_escaping import escaped
from bot.rendering.discord_letter import Letter
from bot.rendering.sentences import empty_words

ABOUT = (
    "I look up **who said what** in news stories, and show their words exactly as they stand there; where the stories "
    "do not say, I say so."
)
HOW = "Mention me, reply to me, or write to me in private, with a question"
KEY = "Words beside a bar are somebody's own. Words without one are the reporter's. What was denied says so."
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


def greeting(examples: Sequence[str]) -> Letter:
    """What is said on coming to a server."""
    tried = "\n".join(f"> {escaped(one)}" for one in examples)
    more = "`/check` compares a quotation with the stories, `/help` says more."
    return Letter("\n".join(filter(None, (f"Hello! {ABOUT}", f"{HOW} such as:" if tried else "", tried, more))))


def help_text(examples: Sequence[str]) -> str:
    """How to ask, with questions that get an answer here; where there are none, how to add a story."""
    such_as = " such as" if examples else "."
    tried = [f"> {escaped(one)}" for one in examples] or [empty_words("discord")]
    return "\n".join(
        (
            f"**Mention me**{HOW.removeprefix('Mention me')}{such_as}",
            *tried,
            "- `/speaker` what somebody said · `/speakers` who speaks",
            "- `/check` whether a quotation is right · `/watch` what comes next",
            "- `/stories` what I hold · `/story add` one more",
            "Right-click a message, or hold it on a phone, then Apps: **Ask about this**, **Check this quote**, "
            "**Add as story**",
            f"-# {KEY}",
        )
    )


PRIVACY = """\
**What I read**: messages that mention me or reply to me, what you write to me in private, and what you give a command.

**What I keep**
- the stories that are added, apart for each server and for each person in private, and a server's settings
- questions asked in a server that found no answer, without who asked them
- what you say of an answer (👍, 👎, wrong speaker), under the number of your account, so that you can change it; who \
is right about a speaker is kept without saying who said so
- what you watch for, under that number too, until it is silenced; what you are told in private is shown to nobody else
- for an hour, which messages I have answered, by their numbers alone

**What I do not keep**: your other questions, who asked them, and anything that people write, be it on my disk or in \
my logs. What is removed goes from my files at once; where a PostgreSQL database keeps them, it stays in the \
database's own files and log until whoever runs it vacuums it.

**What stays on Discord**: my replies, like any message. The buttons under a reply hold the number of the account that \
asked, so that only you turn its pages; it goes when the reply is deleted."""
MENTION_ME = "I can read that only if it mentions me: leave the ping of a reply on, or mention my name."
NOTHING_THERE = "There are no words in that message that I could read."


class ForgetButton(LastingButton, template=r"onrecord:forget:(?P<step>ask|yes)"):
    """Asks whether to forget the one who presses it, or does."""

    def __init__(self, step: Step = "ask") -> None:
        self.step = step
        red = discord.ButtonStyle.danger
        super().__init__(discord.ui.Button(label=LABELS[step], style=red, custom_id=f"onrecord:forget:{step}"))

    async def act(self, interaction: discord.Interaction, client: Bot) -> None:
        """Goes on to the next step."""
        if self.step == "ask":
            await sender.tell(interaction, Letter(SURE), lasting(ForgetButton("yes")))
            return
        await sender.acknowledge_change(interaction)
        await client.desk.ledger.forget(interaction.user.id)
        client.desk.offers.forget(person(interaction.user.id))
        await sender.answer(interaction, Letter(FORGOTTEN))
