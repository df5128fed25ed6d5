"""What every command, button and menu may ask of the bot that it came to, and how buttons and menus outlive a process.

All that one of them needs stands in its custom id and its message: it is made anew from these when it is used.
"""

import re
from collections.abc import Callable, Coroutine
from typing import Any, Self, cast

import discord

from bot.discord_side.libraries.desk import Desk
from bot.discord_side.limits import Limits
from bot.discord_side.replies.forms import Drafts
from bot.rendering.discord_letter import Letter

NOTHING = r"(?!)"
"""The template of what is never sent itself."""


class Bot(discord.Client):
    """A client with a desk at which its libraries are asked."""

    limits: Limits
    desk: Desk
    drafts: Drafts

    def clickable(self, letter: Letter) -> Letter:
        """The letter with the commands that it names as ones that can be clicked."""
        return self.desk.clickable(letter)

    async def guarded(self, interaction: discord.Interaction, work: Coroutine[Any, Any, None]) -> None:
        """Does the work of an interaction, once; what goes wrong is said to the one who acted, privately."""
        raise NotImplementedError


def client_of(interaction: discord.Interaction) -> Bot:
    """The bot that an interaction came to."""
    return cast("Bot", interaction.client)


def lasting(*items: discord.ui.Item[Any]) -> discord.ui.View:
    """A view of some buttons and menus, which never ends."""
    view = discord.ui.View(timeout=None)
    for item in items:
        view.add_item(item)
    return view


async def guarded(interaction: discord.Interaction, work: Coroutine[Any, Any, None]) -> None:
    """Does the work of an interaction; what goes wrong is said to the one who acted."""
    await client_of(interaction).guarded(interaction, work)


class LastingButton(discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=NOTHING):
    """A button that is made from the groups of its template."""

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: discord.ui.Item[discord.ui.View], match: re.Match[str]
    ) -> Self:
        """The button that was pressed."""
        return cast("Callable[..., Self]", cls)(**match.groupdict())

    async def callback(self, interaction: discord.Interaction) -> None:
        """Does what the button says."""
        await guarded(interaction, self.act(interaction, client_of(interaction)))

    async def act(self, interaction: discord.Interaction, client: Bot) -> None:
        """What the button does."""
        raise NotImplementedError


class LastingMenu(discord.ui.DynamicItem[discord.ui.Select[discord.ui.View]], template=NOTHING):
    """A menu that is made from its options and the groups of its template."""

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: discord.ui.Item[discord.ui.View], match: re.Match[str]
    ) -> Self:
        """The menu that was used."""
        options = cast("discord.ui.Select[discord.ui.View]", item).options
        return cast("Callable[..., Self]", cls)(options, **match.groupdict())

    async def callback(self, interaction: discord.Interaction) -> None:
        """Does what the menu is for with what was chosen."""
        await guarded(interaction, self.act(interaction, client_of(interaction)))

    async def act(self, interaction: discord.Interaction, client: Bot) -> None:
        """What is done with what was chosen."""
        raise NotImplementedError
