"""What tests of a simulated server ask for again and again."""

from dataclasses import dataclass, replace
from typing import Any

import discord
from simcord import Env
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle, GuildHandle, RoleHandle, UserHandle
from simcord.results import InteractionResult, ResponseMessage

from index.story import Story
from tests.bot.discord_side.owned import OwnedEngine
from tests.bot.discord_side.patience import PATIENT

UNHURRIED = replace(PATIENT, watching_s=3600, looks_s=3600)
"""Of a bot that looks for news and for others' leavings so seldom that nothing in a test waits for it."""
SETTLED_S = 600.0
"""Seconds within which the bot has done what it was asked, however loaded the machine is: fewer than it sleeps."""
LOOKS_S = 0.005
"""Seconds between two looks whether it has."""
Who = RoleHandle | MemberActor | UserHandle | discord.Role | discord.Member | discord.User | discord.ClientUser
Overwrites = dict[Who, discord.PermissionOverwrite]


@dataclass(frozen=True)
class Room:
    """A server with a channel and somebody in it."""

    env: Env
    channel: ChannelHandle
    ann: MemberActor
    guild: GuildHandle

    @property
    def me(self) -> str:
        """The bot's mention."""
        assert self.env.bot.user is not None
        return self.env.bot.user.mention

    async def ask(self, words: str) -> discord.Message:
        """The reply to a mention by Ann."""
        await self.ann.send(self.channel, f"{self.me} {words}")
        return last(self.channel)

    def member(self, name: str, *, manages: bool = False) -> MemberActor:
        """Somebody else in the server; one who `manages` it if wanted."""
        may = discord.Permissions(manage_guild=True)
        roles = [self.guild.create_role("managers", permissions=may)] if manages else []
        return self.guild.add_member(self.env.create_user(name), roles=roles)


def a_room(env: Env, name: str = "ann") -> Room:
    """A server of its own, with somebody of this name in it."""
    guild = env.create_guild()
    return Room(env, guild.create_text_channel("news"), guild.add_member(env.create_user(name)), guild)


async def choose(who: MemberActor, message: discord.Message | ResponseMessage, label: str) -> InteractionResult:
    """Somebody chooses what is called so from a menu under a message."""
    rows: list[Any] = [row.to_dict() if isinstance(row, discord.Component) else row for row in message.components]
    [(custom_id, value)] = [
        (one["custom_id"], option["value"])
        for row in rows
        for one in row["components"]
        for option in one.get("options", ())
        if option["label"] == label
    ]
    return await who.select(message, [value], custom_id=custom_id)


def last(where: ChannelHandle | UserHandle) -> discord.Message:
    channel = where.dm_channel if isinstance(where, UserHandle) else where
    message = channel.last_message
    assert message is not None
    return message


def words_of(message: discord.Message) -> str:
    """The text of a message: its content, or its embed's description."""
    return message.content or "\n".join(embed.description or "" for embed in message.embeds)


def answered(result: InteractionResult) -> str:
    """The text that an interaction was answered with."""
    assert result.response is not None
    return result.response.content or "\n".join(embed.description or "" for embed in result.response.embeds)


def a_room_with(env: Env, engine: OwnedEngine, *stories: Story) -> tuple[Room, MemberActor]:
    """A server with these stories, and somebody who manages it."""
    room = a_room(env)
    engine.give(f"server-{room.guild.id}", stories)
    return room, room.member("boss", manages=True)


async def used(who: MemberActor, room: Room, command: str, **given: object) -> ResponseMessage:
    result = await who.slash(room.channel, command, **given)
    assert result.response is not None
    return result.response


def values_in(message: ResponseMessage, custom_id: str) -> list[str]:
    """What a menu under a message offers."""
    return [option["value"] for option in menu_in(message, custom_id)["options"]]


def menu_in(message: ResponseMessage, custom_id: str) -> dict[str, Any]:
    """The menu under a message whose id begins so."""
    menus = [one for row in message.components for one in row["components"]]
    return next(dict(one) for one in menus if one["custom_id"].startswith(custom_id))
