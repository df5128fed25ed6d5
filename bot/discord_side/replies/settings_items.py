"""The panel of `/settings`, and the menus and buttons on it. Each says in its custom id which setting it changes."""

import re
from typing import Any, Self, TypeAlias, cast

import discord

from bot.discord_side.base import Bot, Lasting, LastingButton, client_of, lasting, rules_for_manager
from bot.discord_side.libraries.place import COOLDOWNS, Place, Rules, place_of, require_manager
from bot.discord_side.limits import CHOICES_MAX
from bot.discord_side.replies import sender
from bot.discord_side.replies.correction_items import corrections_view
from bot.discord_side.replies.forms import hosts_form
from bot.discord_side.replies.story_items import feeds_view
from bot.rendering.discord_escaping import escaped, fitted
from bot.rendering.discord_letter import Letter, fitted_lines
from bot.rendering.wording import NAMES, counted
from index.story import Json, Unanswered

UNANSWERED_SHOWN = 15
ROWS = {"private": 3, "threads": 3, "demo": 3, "cooldown": 3, "unanswered": 4, "feeds": 4, "hosts": 4, "corrections": 4}
"""The buttons of a server's settings, and the rows in which they stand."""
SWITCHES = ("private", "threads", "demo")
"""Those that turn something on or off."""
PRIVATE = ("demo", "feeds", "hosts")
"""Those that mean something in private."""
NOTHING_UNANSWERED = "Every question asked here got an answer so far."

Menu: TypeAlias = (
    "discord.ui.Select[discord.ui.View] | discord.ui.ChannelSelect[discord.ui.View] | "
    "discord.ui.RoleSelect[discord.ui.View]"
)


class _Chosen(discord.SelectDefaultValue):
    """What a menu shows as chosen, with its id as a string: Discord's description allows no number."""

    def to_dict(self) -> Any:  # noqa: ANN401 - a type that only discord.py's stubs know
        """What is sent to Discord."""
        return super().to_dict() | {"id": str(self.id)}


def panel(place: Place, rules: Rules) -> tuple[Letter, discord.ui.View]:
    """The settings in words, and what changes them; in private only those that mean something there."""
    menus = (_channels_menu, _adders_menu, _dates_menu) if place.is_server else (_dates_menu,)
    names = ROWS if place.is_server else PRIVATE
    view = lasting(
        *(SettingMenu(menu(rules)) for menu in menus), *(SettingButton(name, _label(name, rules)) for name in names)
    )
    if place.is_server:
        return Letter("\n".join(("**Settings of this server**", *_lines(rules)))), view
    return Letter("\n".join(("**Your settings**", _dates_line(rules), _demo_line(rules), *_reading_lines(rules)))), view


def _label(name: str, rules: Rules) -> str:
    """What stands on a button: what it changes to, or what it shows."""
    match name:
        case "private":
            return "Answer commands to all" if rules.private else "Answer commands privately"
        case "threads":
            return "Answer in the channel" if rules.threads else "Answer in threads"
        case "demo":
            return "Hide the demonstration" if rules.demo else "Show the demonstration"
        case "unanswered":
            return "Questions without an answer"
    return "Feeds and watches" if name == "feeds" else name.title()


def _demo_line(rules: Rules) -> str:
    return f"**Demonstration**: the story of 2017 that comes along is {'shown' if rules.demo else 'hidden'}."


def _lines(rules: Rules) -> tuple[str, ...]:
    one = len(rules.channels) == 1
    heard = f"in {len(rules.channels)} channel{'' if one else 's'}, elsewhere only privately" if rules.channels else ""
    adders = f" and {counted(len(rules.adders), 'role')}" if rules.adders else ""
    kept_to = sum(bool(ids) for ids in rules.stories.values())
    keeping = f"{counted(kept_to, 'channel')} kept to some" if kept_to else "every channel is asked about all of them"
    return (
        f"**Channels**: the bot is heard {heard or 'everywhere'}.",
        f"**Stories** are added and removed by those who manage the server{adders}.",
        f"**Default stories**: {keeping}; `/story here` changes that.",
        f"**Commands** are answered {'privately' if rules.private else 'for all to see'}, unless asked otherwise.",
        f"**Mentions** are answered {'in a thread of their own' if rules.threads else 'in the channel'}.",
        _dates_line(rules),
        _demo_line(rules),
        _cooldown_line(rules),
        *_reading_lines(rules),
    )


def _reading_lines(rules: Rules) -> tuple[str, ...]:
    allowed, denied = (counted(len(hosts), "host") for hosts in (rules.hosts.allowed, rules.hosts.denied))
    read = f"from {allowed} alone" if rules.hosts.allowed else "from the public web"
    return (
        "**Feeds** that were added are read every hour.",
        f"**Hosts**: addresses are read {read}{f', without {denied}' if rules.hosts.denied else ''}.",
    )


def _dates_line(rules: Rules) -> str:
    return f"**Dates**: {NAMES[rules.dates]}."


def _cooldown_line(rules: Rules) -> str:
    return f"**Cooldown** of one person: {_seconds(rules.cooldown_s)}."


def _seconds(cooldown_s: int) -> str:
    return f"{cooldown_s} seconds" if cooldown_s else "none"


def _channels_menu(rules: Rules) -> Menu:
    chosen = [_Chosen(id=one, type=discord.SelectDefaultValueType.channel) for one in rules.channels]
    return discord.ui.ChannelSelect(
        custom_id="onrecord:set:channels",
        channel_types=[discord.ChannelType.text, discord.ChannelType.news, discord.ChannelType.forum],
        placeholder="Channels: everywhere",
        min_values=0,
        max_values=CHOICES_MAX,
        default_values=chosen[:CHOICES_MAX],
    )


def _adders_menu(rules: Rules) -> Menu:
    chosen = [_Chosen(id=one, type=discord.SelectDefaultValueType.role) for one in rules.adders]
    return discord.ui.RoleSelect(
        custom_id="onrecord:set:adders",
        placeholder="Roles that may add and remove stories",
        min_values=0,
        max_values=CHOICES_MAX,
        default_values=chosen[:CHOICES_MAX],
    )


def _dates_menu(rules: Rules) -> Menu:
    options = [
        discord.SelectOption(label=f"Dates: {name}", value=dates, default=dates == rules.dates)
        for dates, name in NAMES.items()
    ]
    return discord.ui.Select(custom_id="onrecord:set:dates", options=options)


def _cooldown_menu(rules: Rules) -> Menu:
    options = [
        discord.SelectOption(label=f"Cooldown: {_seconds(each)}", value=str(each), default=each == rules.cooldown_s)
        for each in COOLDOWNS
    ]
    return discord.ui.Select(custom_id="onrecord:set:cooldown_s", options=options)


class SettingMenu(Lasting[Menu], template=r"onrecord:set:(?P<name>channels|adders|dates|cooldown_s)"):
    """Changes a setting to what is chosen."""

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str]
    ) -> Self:
        """The menu that was used."""
        return cls(cast("Menu", item))

    async def act(self, interaction: discord.Interaction, client: Bot) -> None:
        """Keeps what was chosen."""
        name = self.custom_id.rpartition(":")[2]
        await _change(interaction, name, self._value(name))

    def _value(self, name: str) -> Json:
        chosen = [one if isinstance(one, str) else str(one.id) for one in self.item.values]
        if name in ("channels", "adders"):
            return chosen or None
        return int(chosen[0]) if name == "cooldown_s" else chosen[0]


class SettingButton(
    LastingButton,
    template=r"onrecord:set:(?P<name>private|threads|demo|cooldown|unanswered|feeds|hosts|corrections)",
):
    """Turns a setting on or off, or shows the questions without an answer, the feeds, or a form for the hosts."""

    def __init__(self, name: str, label: str | None = None) -> None:
        self.name = name
        super().__init__(discord.ui.Button(label=label, custom_id=f"onrecord:set:{name}", row=ROWS[name]))

    async def act(self, interaction: discord.Interaction, client: Bot) -> None:
        """Turns the setting over, or shows what is behind the button."""
        place, ledger = place_of(interaction), client.desk.ledger
        if self.name in SWITCHES:
            rules = await ledger.rules(place.owner)
            now = {"private": rules.private, "threads": rules.threads, "demo": rules.demo}
            await _change(interaction, self.name, not now[self.name])
        elif self.name == "hosts":
            require_manager(interaction, place)
            known = await ledger.rules_soon(place.owner) or Rules()
            await sender.ask_for(interaction, hosts_form(known.hosts))
        else:
            await sender.acknowledge(interaction, private=True)
            place, rules = await rules_for_manager(interaction)
            await sender.answer(interaction, *await self._behind(interaction, client, place, rules))

    async def _behind(
        self, interaction: discord.Interaction, client: Bot, place: Place, rules: Rules
    ) -> tuple[Letter, discord.ui.View | None]:
        ledger = client.desk.ledger
        match self.name:
            case "unanswered":
                return Letter(_unanswered_lines(await ledger.unanswered(place.owner))), None
            case "cooldown":
                return Letter(_cooldown_line(rules)), lasting(SettingMenu(_cooldown_menu(rules)))
            case "corrections":
                return await corrections_view(interaction)
        feeds, watches = await ledger.feeds(place.owner), await client.desk.tower.watches(place.owner)
        return feeds_view(feeds, watches, interaction.user.id)


async def _change(interaction: discord.Interaction, name: str, value: Json) -> None:
    await sender.acknowledge_change(interaction)
    place = place_of(interaction)
    require_manager(interaction, place)
    desk = client_of(interaction).desk
    rules = await desk.ledger.change(place.owner, name, value)
    desk.offers.forget(place.owner)
    await sender.answer(interaction, *panel(place, rules))


def _unanswered_lines(missed: tuple[Unanswered, ...]) -> str:
    """The questions without an answer, the most often asked first, each with its reason and how often."""
    if not missed:
        return NOTHING_UNANSWERED
    lines = [
        f"**{one.count}×** {escaped(fitted(one.question, 90))} · {one.reason.replace('-', ' ')}"
        for one in missed[:UNANSWERED_SHOWN]
    ]
    return fitted_lines("**Questions without an answer**", lines, besides=len(missed) - len(lines))
