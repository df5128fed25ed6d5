"""The buttons and menus under a reply. All that one needs stands in its custom id and its message.

So each outlives the process that sent it.
"""

import re
from typing import Self, cast, get_args

import discord

from bot.discord_side.base import client_of, guarded, lasting
from bot.discord_side.messages.questions import Source
from bot.discord_side.replies.acting import Acting, Origin
from bot.discord_side.replies.story_items import AddButton
from bot.rendering.discord_letter import Action, Button, Leads, Letter, Menu

_SOURCES = "|".join(get_args(Source))
_ORIGIN = r":(?P<at>\d{1,4}):(?P<story>[0-9a-f]{0,8}):(?P<asker>\d{1,20})"


class ReplyButton(
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=rf"onrecord:(?P<source>{_SOURCES}):(?P<action>page|all|context|ask|share|up|down|wrong|card|watch){_ORIGIN}",
):
    """Turns a reply's page, or asks what stands on it; of older replies, what the menu does now."""

    def __init__(self, button: Button, origin: Origin) -> None:
        self.button = button
        self.origin = origin
        super().__init__(
            discord.ui.Button(
                label=button.label,
                style=discord.ButtonStyle.secondary,
                custom_id=f"onrecord:{origin.source}:{button.action}:{button.at}:{origin.story}:{origin.asker}",
                row=0,
            )
        )

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: discord.ui.Item[discord.ui.View], match: re.Match[str]
    ) -> Self:
        """The button that was pressed, read back from its custom id."""
        label = getattr(item, "label", None) or ""
        return cls(Button(label, cast("Action", match["action"]), int(match["at"])), _origin_in(match))

    async def callback(self, interaction: discord.Interaction) -> None:
        """Does what the button says; whatever goes wrong is said to the one who pressed it."""
        acting = Acting(interaction, client_of(interaction), self.origin, self.button.at, view_of)
        action = self.button.action
        work = acting.in_turn(acting.work(action, self.button.label), asks=action == "ask")
        await guarded(interaction, work)


class ReplyMenu(
    discord.ui.DynamicItem[discord.ui.Select[discord.ui.View]],
    template=rf"onrecord:(?P<source>{_SOURCES}):menu-(?P<leads>more|speaker|story){_ORIGIN}",
):
    """Does what is chosen with a reply, or shows what is chosen from its list."""

    def __init__(self, menu: Menu, origin: Origin) -> None:
        self.menu = menu
        self.origin = origin
        options = [
            discord.SelectOption(label=one.label, value=one.value, description=one.below) for one in menu.options
        ]
        super().__init__(
            discord.ui.Select(
                custom_id=f"onrecord:{origin.source}:menu-{menu.leads}:{menu.at}:{origin.story}:{origin.asker}",
                placeholder=menu.shown,
                options=options,
            )
        )

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: discord.ui.Item[discord.ui.View], match: re.Match[str]
    ) -> Self:
        """The menu that was used, read back from its custom id; what was chosen comes with it."""
        return cls(Menu(cast("Leads", match["leads"]), int(match["at"]), "", ()), _origin_in(match))

    async def callback(self, interaction: discord.Interaction) -> None:
        """Does what was chosen; whatever goes wrong is said to the one who chose it."""
        acting = Acting(interaction, client_of(interaction), self.origin, self.menu.at, view_of)
        leads, chosen = self.menu.leads, self.item.values[0]
        work = acting.work(cast("Action", chosen)) if leads == "more" else acting.lead(leads, chosen)
        await guarded(interaction, acting.in_turn(work, asks=leads != "more"))


def view_of(letter: Letter, origin: Origin) -> discord.ui.View | None:
    """A letter's buttons and menus, without an end; None where there are none."""
    if not letter.buttons and not letter.menus:
        return None
    buttons = (AddButton(one.label, 0) if one.action == "add" else ReplyButton(one, origin) for one in letter.buttons)
    return lasting(*buttons, *(ReplyMenu(menu, origin) for menu in letter.menus))


def _origin_in(match: re.Match[str]) -> Origin:
    return Origin(int(match["asker"]), cast("Source", match["source"]), match["story"])
