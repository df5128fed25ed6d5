"""`onrecord serve --check`: whether Discord takes the token, what the bot may see, and where to invite it."""

import asyncio

import aiohttp
import discord

from bot.discord_side.redaction import Redaction
from bot.discord_side.serving import REFUSED, point_at
from bot.errors import DiscordUnusable, NoToken
from bot.settings import Settings

PERMISSIONS = discord.Permissions(
    view_channel=True, send_messages=True, send_messages_in_threads=True, embed_links=True, read_message_history=True
)
"""What the bot needs where it answers, and nothing more."""


def check(settings: Settings) -> tuple[str, ...]:
    """What is right and what to do, a line each. Raises NoToken, DiscordUnusable."""
    if not settings.discord_token:
        raise NoToken
    with Redaction(settings.discord_token, settings.log_level):
        point_at(settings.discord_api_base, settings.discord_gateway_url)
        about = asyncio.run(_application(settings.discord_token))
    shown = tuple(f"{name}: {value}" for name, value in settings.described())
    content = about.flags.gateway_message_content or about.flags.gateway_message_content_limited
    intent = "on, though the bot does not need it" if content else "off, which is right: the bot does not need it"
    invite = discord.utils.oauth_url(about.id, permissions=PERMISSIONS, scopes=("bot", "applications.commands"))
    return (
        *shown,
        f"The token is right: it belongs to {about.name}.",
        f"The message content intent is {intent}.",
        f"Invite the bot to a server with {invite}",
    )


async def _application(token: str) -> discord.AppInfo:
    """The application that the token belongs to, as Discord tells it."""
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    client = discord.Client(intents=discord.Intents(guilds=True))
    try:
        async with client:
            await client.login(token)
            return await client.application_info()
    except discord.LoginFailure:
        raise DiscordUnusable(REFUSED, 2) from None
    except discord.HTTPException as refused:
        raise DiscordUnusable(f"Discord answered with status {refused.status}: try again later.") from None
    except (aiohttp.ClientError, OSError):
        raise DiscordUnusable("Discord cannot be reached: look at the network, and at DISCORD_API_BASE.") from None
