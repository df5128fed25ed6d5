"""The buttons with which stories are added and removed, the menu of those that a channel keeps to, and that of the
feeds that are followed here, as `/settings` lists them.
"""

from collections.abc import Mapping, Sequence

import discord

from bot.discord_side.base import Bot, LastingButton, LastingMenu, client_of, lasting, looked_at, rules_for_adder
from bot.discord_side.libraries.place import Rules, place_of, require_adder
from bot.discord_side.limits import CHOICES_MAX, OPTION_MAX
from bot.discord_side.replies import sender
from bot.discord_side.replies.forms import paste_form
from bot.discord_side.replies.watch_items import watch_line, watch_menu
from bot.errors import StoryGone
from bot.rendering.discord_escaping import escaped, fitted
from bot.rendering.discord_letter import Letter, fitted_lines
from bot.rendering.wording import counted
from bot.shelf import Shelf, short_name, story_key, story_of_key
from index.library import Feed, Watch
from index.story import SHARED, Story

TITLE_SHOWN = 120
NO_STORIES = "There are no stories yet: add one with `/story add`."
ADD, ADD_FIRST, AGAIN = "Add a story", "Add your first story", "Fill it in again"
NO_FEEDS = "No feeds are followed here: `/story add` with the address of one follows it."
GIVE_UP = "Feeds to follow no longer; their stories stay"
READ_SOON = "read within the hour"
"""Of a feed that names nothing so far: it was added just now, or is empty."""
TROUBLE_MAX = 120


def title_of(story: Story) -> str:
    """What a story is called, as bold markdown."""
    return f"**{escaped(fitted(story.title or story.text[: 4 * TITLE_SHOWN], TITLE_SHOWN))}**"


async def own_story(interaction: discord.Interaction, key: str) -> Story:
    """The story of the place's own library that a key stands for. Raises StoryGone."""
    found = await looked_at(interaction, lambda shelf: story_of_key(key, shelf), whole=True)
    if found.id.startswith(SHARED):
        raise StoryGone
    return found


class RemoveButton(LastingButton, template=r"onrecord:remove:(?P<key>[0-9a-f]{8})"):
    """Removes a story of the place where it is pressed."""

    def __init__(self, key: str) -> None:
        self.key = key
        red = discord.ButtonStyle.danger
        super().__init__(discord.ui.Button(label="Remove it", style=red, custom_id=f"onrecord:remove:{key}"))

    async def act(self, interaction: discord.Interaction, client: Bot) -> None:
        """Removes the story."""
        await sender.acknowledge_change(interaction)
        place, _ = await rules_for_adder(interaction)
        found = await own_story(interaction, self.key)
        await client.desk.intake.remove(place.owner, found.id)
        await sender.answer(interaction, Letter(f"{title_of(found)} is removed."))


async def here_view(interaction: discord.Interaction, rules: Rules) -> tuple[Letter, discord.ui.View | None]:
    """What a channel keeps to by these rules, and the menu that changes it."""
    chosen = rules.default_stories(place_of(interaction).channels)
    stories, options = await looked_at(
        interaction, lambda shelf: (shelf.stories, options_of(shelf, chosen)), whole=True
    )
    if not options:
        return Letter(NO_STORIES), None
    names = [f"> {title_of(story)}" for story in stories if story.id in chosen]
    only = f"only {counted(len(names), 'story', 'stories')}:" if names else f"all {len(stories)} stories."
    letter = Letter(fitted_lines(f"Questions in this channel are answered from {only}", names))
    return letter, lasting(HereMenu(options))


class HereMenu(LastingMenu, template=r"onrecord:here"):
    """Chooses the default stories of the channel in which it is used."""

    def __init__(self, options: list[discord.SelectOption]) -> None:
        super().__init__(self.several("onrecord:here", "All stories; choose some to keep to them", options, least=0))

    async def act(self, interaction: discord.Interaction, client: Bot) -> None:
        """Keeps the channel to the stories chosen, or to all where none is."""
        await sender.acknowledge_change(interaction)
        (place, _), wanted = await rules_for_adder(interaction), set(self.item.values)
        stories = await looked_at(interaction, lambda shelf: shelf.stories, whole=True)
        ids = [story.id for story in stories if story_key(story.id) in wanted]
        rules = await client.desk.ledger.set_default_stories(place.owner, place.channels[0], ids)
        await sender.answer(interaction, *await here_view(interaction, rules))


def options_of(shelf: Shelf, chosen: tuple[str, ...]) -> list[discord.SelectOption]:
    """The stories chosen and then the newest, as many as a menu holds."""
    newest = list(reversed(shelf.stories))
    first = sorted(newest, key=lambda story: story.id not in chosen)[:CHOICES_MAX]
    return [
        discord.SelectOption(
            label=fitted(story.title or story.text[: 4 * OPTION_MAX], OPTION_MAX) or "…",
            value=story_key(story.id),
            description=fitted(story.source, OPTION_MAX) if story.source else None,
            default=story.id in chosen,
        )
        for story in first
    ]


async def open_form(interaction: discord.Interaction, filled: Mapping[str, str] | None = None) -> None:
    """Opens the form, for whoever may add a story here. Raises NotAllowed before anything is filled in."""
    place = place_of(interaction)
    rules = await client_of(interaction).desk.ledger.rules_soon(place.owner)
    if rules is not None:  # where they are not known in time, whoever hands the form in is asked again
        require_adder(interaction, place, rules)
    await sender.ask_for(interaction, paste_form(filled))


class AddButton(LastingButton, template=r"onrecord:add"):
    """Opens the form for a story."""

    def __init__(self, label: str = ADD, row: int | None = None) -> None:
        blue = discord.ButtonStyle.primary
        super().__init__(discord.ui.Button(label=label, style=blue, custom_id="onrecord:add", row=row))

    async def act(self, interaction: discord.Interaction, client: Bot) -> None:
        """Opens the form, or says who may add stories."""
        await open_form(interaction, client.drafts.take(interaction.user.id))


def feeds_view(
    feeds: Sequence[Feed], watches: Sequence[Watch] = (), user: int = 0
) -> tuple[Letter, discord.ui.View | None]:
    """The feeds and the watches in words, those in trouble with what it is, and the menus that give some up. Of what
    others than the `user` watch in private, only how many there are is said."""
    seen = [one for one in watches if one.channel or one.user == user]
    shown = feeds[:CHOICES_MAX]
    options = [discord.SelectOption(label=_short(one), value=_key(one)) for one in shown]
    menus: list[LastingMenu] = [FeedMenu(options)] if options else []
    menus += [watch_menu(seen)] if seen else []
    first = f"**{counted(len(feeds), 'feed')} followed here**" if feeds else NO_FEEDS
    lines = [*map(_line, shown)]
    if watches:
        private = f" · {len(watches) - len(seen)} of members in private" if len(watches) > len(seen) else ""
        lines += [f"**{counted(len(watches), 'watch', 'watches')}**{private}", *map(watch_line, seen[:CHOICES_MAX])]
    besides = len(feeds) - len(shown) + max(0, len(seen) - CHOICES_MAX)
    return Letter(fitted_lines(first, lines, besides=besides)), lasting(*menus) if menus else None


def _short(feed: Feed) -> str:
    return fitted(feed.address, OPTION_MAX)


def _line(feed: Feed) -> str:
    trouble = f"\n-# last time: {escaped(fitted(feed.trouble, TROUBLE_MAX))}" if feed.trouble else ""
    read = f"brought {counted(feed.brought, 'story', 'stories')}" if feed.seen else READ_SOON
    return f"{escaped(_short(feed))} · {read}{trouble}"


def _key(feed: Feed) -> str:
    return short_name(feed.address, 16)


class FeedMenu(LastingMenu, template=r"onrecord:feeds"):
    """Gives up the feeds that are chosen."""

    def __init__(self, options: list[discord.SelectOption]) -> None:
        super().__init__(self.several("onrecord:feeds", GIVE_UP, options))

    async def act(self, interaction: discord.Interaction, client: Bot) -> None:
        """Gives them up, and lists those that are left."""
        await sender.acknowledge_change(interaction)
        (place, _), ledger, chosen = await rules_for_adder(interaction), client.desk.ledger, set(self.item.values)
        given_up = [one.address for one in await ledger.feeds(place.owner) if _key(one) in chosen]
        left = await ledger.stop_following(place.owner, given_up)
        watches = await client.desk.tower.watches(place.owner)
        await sender.answer(interaction, *feeds_view(left, watches, interaction.user.id))
