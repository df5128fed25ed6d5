"""Where something is asked: whose library that means, which channel's rules, and who may do what there.

The rules are what the people who run a server have set for it, as one value, kept in the server's library by name. A
server's settings are for those who manage it, its stories also for the roles that they chose. A person's own library is
theirs alone.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import discord

from bot.errors import NotAllowed
from bot.rendering.utterances import Correction, corrections_in
from bot.rendering.wording import DATES, Dates
from index.reading import HostRules, Keeping, host_rules
from index.story import Json

EVERYBODY = ""
"""The owner of no library: only the shared stories are asked."""
COOLDOWNS = (0, 5, 15, 30, 60, 300)
"""The cooldowns that can be chosen, in seconds."""
PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    create_public_threads=True,
    embed_links=True,
    attach_files=True,
    read_message_history=True,
)
"""What the bot needs where it answers, each setting included, and nothing more."""
SCOPES = ("bot", "applications.commands")


@dataclass(frozen=True, slots=True)
class Place:
    """A server (or, in private, a person) by the name of its library, and the channel; of a thread, then its parent.

    It comes from where Discord says that somebody acted, never from a button: so no button leads into another library.
    """

    owner: str = EVERYBODY
    channels: tuple[int, ...] = ()

    @property
    def is_server(self) -> bool:
        """Whether a server's library is asked."""
        return self.owner.startswith("server-")


NOWHERE = Place()
"""Nobody's library, and no channel."""


def place_of(interaction: discord.Interaction) -> Place:
    """Where an interaction happened: in a server that the bot was added to, or else with the person who acted."""
    guild = interaction.guild_id
    if guild is None or not (interaction.is_guild_integration() or interaction.client.get_guild(guild)):
        return Place(person(interaction.user.id))
    return Place(f"server-{guild}", _channels(interaction.channel, interaction.channel_id))


def place_of_message(message: discord.Message) -> Place:
    """Where a message was written."""
    if message.guild is None:
        return Place(person(message.author.id))
    return Place(f"server-{message.guild.id}", _channels(message.channel, message.channel.id))


def person(user: int) -> str:
    """The owner's name of somebody's own library."""
    return f"user-{user}"


def is_person(owner: str) -> bool:
    """Whether that is the name of somebody's own library."""
    return owner.startswith("user-")


def _channels(channel: object, number: int | None) -> tuple[int, ...]:
    parent = channel.parent_id if isinstance(channel, discord.Thread) else None
    return tuple(one for one in (number, parent) if one is not None)


@dataclass(frozen=True, slots=True)
class Rules:
    """The settings of one server, or of one person's own library.

    `channels` are those in which the bot speaks for all to see (none: everywhere), `adders` the roles that may change
    the stories beside those who manage the server, `stories` the ids of a channel's default stories by the channel's
    id. `private` answers commands privately unless asked otherwise, `threads` answers mentions in a thread of their
    own, `demo` shows the story that comes along as a demonstration; `cooldown_s` is the time between two questions of
    one person, `hosts` those that addresses are read from, `corrections` who is said, or held, to have said something.
    """

    channels: tuple[int, ...] = ()
    adders: tuple[int, ...] = ()
    stories: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    private: bool = False
    threads: bool = False
    demo: bool = True
    dates: Dates = "en"
    cooldown_s: int = 0
    hosts: HostRules = field(default_factory=HostRules)
    corrections: tuple[Correction, ...] = ()

    def speaks_in(self, channels: Collection[int]) -> bool:
        """Whether the bot may speak for all to see in a channel, given with its parent where it is a thread."""
        return not self.channels or not channels or bool(set(self.channels) & set(channels))

    def default_stories(self, channels: Collection[int]) -> tuple[str, ...]:
        """The default stories of a channel, or else those of its parent; none where all are asked."""
        return next((self.stories[one] for one in channels if self.stories.get(one)), ())


def drop_story(library: Keeping, story_id: str) -> None:
    """Takes a story out of the default stories of every channel."""
    stories = library.settings().get("stories")
    if isinstance(stories, Mapping) and any(story_id in _words(ids) for ids in stories.values()):
        left = {channel: [one for one in _words(ids) if one != story_id] for channel, ids in stories.items()}
        library.set_setting("stories", {channel: ids for channel, ids in left.items() if ids} or None)


def rules_from(library: Keeping) -> Rules:
    """The rules that a library's settings hold; what cannot be read is as if it was never set."""
    settings = library.settings()
    stories = settings.get("stories")
    cooldown = settings.get("cooldown_s")
    dates = settings.get("dates")
    return Rules(
        channels=_numbers(settings.get("channels")),
        adders=_numbers(settings.get("adders")),
        stories={int(one): _words(ids) for one, ids in stories.items()} if isinstance(stories, Mapping) else {},
        private=settings.get("private") is True,
        threads=settings.get("threads") is True,
        demo=settings.get("demo") is not False,
        dates=next((one for one in DATES if one == dates), "en"),
        cooldown_s=cooldown if isinstance(cooldown, int) and cooldown in COOLDOWNS else 0,
        hosts=host_rules(library),
        corrections=corrections_in(settings),
    )


def _numbers(found: Json) -> tuple[int, ...]:
    """Ids of Discord's, which are kept as text."""
    return tuple(int(one) for one in _words(found) if one.isdecimal())


def _words(found: Json) -> tuple[str, ...]:
    return tuple(one for one in found if isinstance(one, str)) if isinstance(found, list | tuple) else ()


def require_manager(interaction: discord.Interaction, place: Place) -> None:
    """Raises NotAllowed unless the one who acts manages the server, or is in private."""
    if place.is_server and not interaction.permissions.manage_guild:
        raise NotAllowed(" may change its settings.")


def missing_permissions(granted: discord.Permissions) -> tuple[str, ...]:
    """The permissions that the bot needs and does not have, as Discord names them."""
    return tuple(name.replace("_", " ") for name, needed in PERMISSIONS if needed and not getattr(granted, name))


def may_add(interaction: discord.Interaction, place: Place, rules: Rules) -> bool:
    """Whether the one who acts may change the stories of the place."""
    if not place.is_server or interaction.permissions.manage_guild:
        return True
    roles = {role.id for role in interaction.user.roles} if isinstance(interaction.user, discord.Member) else set()
    return bool(roles & set(rules.adders))


def require_adder(interaction: discord.Interaction, place: Place, rules: Rules) -> None:
    """Raises NotAllowed unless the one who acts may change the stories of the place."""
    if not may_add(interaction, place, rules):
        raise NotAllowed(", or who have a role that they chose for it in /settings, may change its stories.")


def invite(application: int) -> str:
    """The address with which somebody adds the bot to a server."""
    return discord.utils.oauth_url(application, permissions=PERMISSIONS, scopes=SCOPES)
