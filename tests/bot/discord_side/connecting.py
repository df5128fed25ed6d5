"""The real bot on the small Discord, for runs in which much goes wrong."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from unittest.mock import patch

import aiohttp
import discord

from bot.discord_side.client import OnRecord
from bot.discord_side.libraries.engine import Engine
from bot.discord_side.limits import Limits
from bot.discord_side.serving import point_at
from tests.bot.discord_side.gateway import Json
from tests.bot.discord_side.loopback import ME, TOKEN, Loopback, loopback
from tests.bot.discord_side.patience import PATIENT, patiently
from tests.bot.discord_side.shelf import FakeEngine

Watch = Callable[[aiohttp.TraceConfig], None]


@asynccontextmanager
async def on_loopback(
    engine: Engine | None = None,
    limits: Limits | None = None,
    *,
    manners: Sequence[str] = (),
    watch: Watch = lambda trace: None,
) -> AsyncIterator[Loopback]:
    """A small Discord with the bot in it, ready."""
    async with bot_on_loopback(engine, limits, manners=manners, watch=watch) as (server, _):
        yield server


@asynccontextmanager
async def bot_on_loopback(
    engine: Engine | None = None,
    limits: Limits | None = None,
    *,
    manners: Sequence[str] = (),
    watch: Watch = lambda trace: None,
) -> AsyncIterator[tuple[Loopback, OnRecord]]:
    """A small Discord with the bot in it, ready, and the bot.

    `manners` are those of its first connections, and `watch` is given what sees its requests. discord.py's addresses
    and waits are put back at the end.
    """
    async with a_server(manners) as server, a_bot(server, engine, limits, watch=watch) as client:
        yield server, client


@asynccontextmanager
async def a_server(manners: Sequence[str] = ()) -> AsyncIterator[Loopback]:
    """A small Discord that discord.py speaks to until the end."""
    with (
        patch.object(discord.http.Route, "BASE", discord.http.Route.BASE),
        patch.object(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", None),
        patch("discord.backoff.ExponentialBackoff.delay", lambda self: 1.0),
    ):
        async with loopback() as server:
            server.manners.extend(manners)
            point_at(server.api, server.gateway)
            yield server


@asynccontextmanager
async def a_bot(
    server: Loopback, engine: Engine | None = None, limits: Limits | None = None, *, watch: Watch = lambda trace: None
) -> AsyncIterator[OnRecord]:
    """The bot, ready, on a small Discord on which others may have run before it."""
    client = OnRecord(engine or FakeEngine(), limits or PATIENT, guild_ready_timeout=0.05)
    if client.http.http_trace:
        watch(client.http.http_trace)
    before = len(server.identified)
    running = asyncio.create_task(client.start(TOKEN))
    try:
        await server.connected(before + 1)
        await client.wait_until_ready()
        await client.desk.start()
        yield client
    finally:
        await client.close()
        async with patiently():
            await asyncio.gather(running, return_exceptions=True)


def replies(server: Loopback) -> Counter[str]:
    """How many replies of the bot stand under each message."""
    ours = (message for message in server.messages.values() if message["author"]["id"] == ME)
    return Counter(_above(message) for message in ours if "message_reference" in message)


def _above(message: Json) -> str:
    return str(message["message_reference"]["message_id"])
