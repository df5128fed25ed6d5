"""The feeds that are followed here, as `/settings` lists them, and the menu that gives some of them up."""

import hashlib
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Self, cast

import discord

from bot.discord_side.limits import CHOICES_MAX, OPTION_MAX
from bot.discord_side.places.permissions import require_adder
from bot.discord_side.places.place import place_of
from bot.discord_side.replies import sender
from bot.rendering.discord_escaping import escaped, fitted
from bot.rendering.discord_layout import fitted_lines
from bot.rendering.discord_letter import Letter
from bot.rendering.wording import counted

if TYPE_CHECKING:
    from bot.discord_side.client import OnRecord
    from index.following import Feed

NO_FEEDS = "No feeds are followed here: `/story add` with the address of one follows it."
GIVE_UP = "Feeds to follow no longer; their stories stay"
TROUBLE_MAX = 120


def feeds_view(feeds: Sequence["Feed"]) -> tuple[Letter, discord.ui.View | None]:
    """The feeds in words, those in trouble with what it is, and the menu that gives some up."""
    if not feeds:
        return Letter(NO_FEEDS), None
    view = discord.ui.View(timeout=None)
    shown = feeds[:CHOICES_MAX]
    options = [discord.SelectOption(label=fitted(one.address, OPTION_MAX), value=_key(one.address)) for one in shown]
    view.add_item(FeedMenu(options))
    first = f"**{counted(len(feeds), 'feed')} followed here**"
    return Letter(fitted_lines(first, [*map(_line, shown)], besides=len(feeds) - len(shown))), view


def _line(feed: "Feed") -> str:
    trouble = f"\n-# last time: {escaped(fitted(feed.trouble, TROUBLE_MAX))}" if feed.trouble else ""
    return f"{escaped(fitted(feed.address, OPTION_MAX))}{trouble}"


def _key(address: str) -> str:
    return hashlib.sha256(address.encode(errors="surrogatepass")).hexdigest()[:16]


class FeedMenu(
    discord.ui.DynamicItem[discord.ui.Select[discord.ui.View]],
    template=r"onrecord:feeds",
):
    """Gives up the feeds that are chosen."""

    def __init__(self, options: list[discord.SelectOption]) -> None:
        menu: discord.ui.Select[discord.ui.View] = discord.ui.Select(
            custom_id="onrecord:feeds", placeholder=GIVE_UP, max_values=len(options), options=options
        )
        super().__init__(menu)

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: discord.ui.Item[discord.ui.View], match: re.Match[str]
    ) -> Self:
        """The menu that was used."""
        return cls(cast("discord.ui.Select[discord.ui.View]", item).options)

    async def callback(self, interaction: discord.Interaction) -> None:
        """Gives them up, and lists those that are left."""
        client = cast("OnRecord", interaction.client)
        await client.guarded(interaction, self._give_up(interaction, client))

    async def _give_up(self, interaction: discord.Interaction, client: "OnRecord") -> None:
        await sender.acknowledge_change(interaction)
        place, ledger = place_of(interaction), client.desk.ledger
        require_adder(interaction, place, await ledger.rules(place.owner))
        chosen = set(self.item.values)
        given_up = [one.address for one in await ledger.feeds(place.owner) if _key(one.address) in chosen]
        await sender.answer(interaction, *feeds_view(await ledger.stop_following(place.owner, given_up)))
