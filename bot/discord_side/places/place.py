"""Where something is asked: whose library that means, and which channel's rules."""

from dataclasses import dataclass

import discord

EVERYBODY = ""
"""The owner of no library: only the shared stories are asked."""


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
