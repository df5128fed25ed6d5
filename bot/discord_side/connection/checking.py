"""`onrecord serve --check`: whether Discord takes the token, what the bot may see and do, and what to put right."""

import asyncio
from dataclasses import dataclass
from typing import Any

import aiohttp
import discord

from bot.discord_side.connection.redaction import Redaction
from bot.discord_side.places.place import PERMISSIONS, invite
from bot.discord_side.serving import REFUSED, point_at
from bot.errors import DiscordUnusable, NoToken
from bot.rendering.discord_escaping import on_one_line
from bot.settings import Settings

SERVERS_MAX = 200
"""Servers looked at: as many as Discord tells at once."""


@dataclass(frozen=True, slots=True)
class Found:
    """What is right, and what has to be put right and how: a line each."""

    right: tuple[str, ...]
    wrong: tuple[str, ...] = ()


def check(settings: Settings) -> Found:
    """Tries the token, the intents and the permissions. Raises NoToken, DiscordUnusable."""
    if not settings.discord_token:
        raise NoToken
    with Redaction(settings.discord_token, settings.log_level, as_json=settings.log_as_json):
        point_at(settings.discord_api_base, settings.discord_gateway_url)
        about, servers = asyncio.run(_asked(settings.discord_token))
    shown = tuple(f"{name}: {value}" for name, value in settings.described())
    lacking = tuple(line for server in servers if (line := _lacking(server)))
    return Found(
        (
            *shown,
            f"The token is right: it belongs to {about.name}.",
            f"The message content intent is {_intent(about)}.",
            *_permitted(len(servers), len(lacking)),
            f"Invite the bot to a server with {invite(about.id)}",
        ),
        lacking,
    )


def _intent(about: discord.AppInfo) -> str:
    content = about.flags.gateway_message_content or about.flags.gateway_message_content_limited
    return "on, though the bot does not need it" if content else "off, which is right: the bot does not need it"


def _permitted(servers: int, lacking: int) -> tuple[str, ...]:
    if not servers:
        return ("The bot is in no server yet.",)
    return () if lacking else (f"The bot has its permissions in {servers} server{'s'[: servers != 1]}.",)


def _lacking(server: dict[str, Any]) -> str | None:
    """What to do about one server, as Discord tells of it; None where nothing is missing."""
    granted = discord.Permissions(int(server.get("permissions", 0)))
    missing = [name.replace("_", " ") for name, needed in PERMISSIONS if needed and not getattr(granted, name)]
    if granted.administrator or not missing:
        return None
    name = on_one_line(str(server.get("name", ""))) or "a server"
    return f"In {name} the bot lacks the permission to {', '.join(missing)}: give it to its role, or invite it again."


async def _asked(token: str) -> tuple[discord.AppInfo, list[dict[str, Any]]]:
    """The application that the token belongs to and the servers that it is in, as Discord tells them."""
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    client = discord.Client(intents=discord.Intents(guilds=True))
    try:
        async with client:
            await client.login(token)
            about = await client.application_info()
            return about, [dict(server) for server in await client.http.get_guilds(SERVERS_MAX)]
    except discord.LoginFailure:
        raise DiscordUnusable(REFUSED, 2) from None
    except discord.HTTPException as refused:
        raise DiscordUnusable(f"Discord answered with status {refused.status}: try again later.") from None
    except (aiohttp.ClientError, OSError):
        raise DiscordUnusable("Discord cannot be reached: look at the network, and at DISCORD_API_BASE.") from None
