"""The feeds that are followed here, as `/settings` lists them, and the menu that gives some of them up."""

import hashlib
from collections.abc import Sequence

import discord

from bot.discord_side.base import Bot, LastingMenu
from bot.discord_side.limits import CHOICES_MAX, OPTION_MAX
from bot.discord_side.places.place import place_of, require_adder
from bot.discord_side.replies import sender
from bot.discord_side.replies.watch_items import watch_line, watch_menu
from bot.rendering.discord_escaping import escaped, fitted
from bot.rendering.discord_letter import Letter, fitted_lines
from bot.rendering.wording import counted
from index.library import Feed, Watch

NO_FEEDS = "No feeds are followed here: `/story add` with the address of one follows it."
GIVE_UP = "Feeds to follow no longer; their stories stay"
READ_SOON = "read within the hour"
"""Of a feed that names nothing so far: it was added just now, or is empty."""
TROUBLE_MAX = 120


def feeds_view(
    feeds: Sequence[Feed], watches: Sequence[Watch] = (), user: int = 0
) -> tuple[Letter, discord.ui.View | None]:
    """The feeds and the watches in words, those in trouble with what it is, and the menus that give some up. Of what
    others than the `user` watch in private, only how many there are is said."""
    seen = [one for one in watches if one.channel or one.user == user]
    view = discord.ui.View(timeout=None)
    shown = feeds[:CHOICES_MAX]
    if shown:
        view.add_item(FeedMenu([discord.SelectOption(label=_short(one), value=_key(one.address)) for one in shown]))
    if seen:
        view.add_item(watch_menu(seen))
    first = f"**{counted(len(feeds), 'feed')} followed here**" if feeds else NO_FEEDS
    lines = [*map(_line, shown)]
    if watches:
        private = f" · {len(watches) - len(seen)} of members in private" if len(watches) > len(seen) else ""
        lines += [f"**{counted(len(watches), 'watch', 'watches')}**{private}", *map(watch_line, seen[:CHOICES_MAX])]
    besides = len(feeds) - len(shown) + max(0, len(seen) - CHOICES_MAX)
    return Letter(fitted_lines(first, lines, besides=besides)), view if view.children else None


def _short(feed: Feed) -> str:
    return fitted(feed.address, OPTION_MAX)


def _line(feed: Feed) -> str:
    trouble = f"\n-# last time: {escaped(fitted(feed.trouble, TROUBLE_MAX))}" if feed.trouble else ""
    read = f"brought {counted(feed.brought, 'story', 'stories')}" if feed.seen else READ_SOON
    return f"{escaped(_short(feed))} · {read}{trouble}"


def _key(address: str) -> str:
    return hashlib.sha256(address.encode(errors="surrogatepass")).hexdigest()[:16]


class FeedMenu(
    LastingMenu,
    template=r"onrecord:feeds",
):
    """Gives up the feeds that are chosen."""

    def __init__(self, options: list[discord.SelectOption]) -> None:
        menu: discord.ui.Select[discord.ui.View] = discord.ui.Select(
            custom_id="onrecord:feeds", placeholder=GIVE_UP, max_values=len(options), options=options
        )
        super().__init__(menu)

    async def act(self, interaction: discord.Interaction, client: Bot) -> None:
        """Gives them up, and lists those that are left."""
        await sender.acknowledge_change(interaction)
        place, ledger = place_of(interaction), client.desk.ledger
        require_adder(interaction, place, await ledger.rules(place.owner))
        chosen = set(self.item.values)
        given_up = [one.address for one in await ledger.feeds(place.owner) if _key(one.address) in chosen]
        left = await ledger.stop_following(place.owner, given_up)
        watches = await client.desk.tower.watches(place.owner)
        await sender.answer(interaction, *feeds_view(left, watches, interaction.user.id))
