"""`onrecord serve`: the bot run from log-in to log-out, with an exit code and a sentence for whatever ends it; with
`--check`, whether Discord takes the token, what the bot may see and do, and what to put right."""

import asyncio
import logging
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

import aiohttp
import discord
import yarl

from bot.discord_side.client import OnRecord, Sharded
from bot.discord_side.figures import health
from bot.discord_side.libraries.engine import Engine, LibraryEngine, tend
from bot.discord_side.libraries.place import invite, missing_permissions
from bot.discord_side.limits import Limits
from bot.discord_side.redaction import Redaction
from bot.errors import BotError, DiscordUnusable, NoToken, Stopping
from bot.rendering.discord_escaping import on_one_line
from bot.rendering.wording import counted
from bot.settings import Settings
from index.errors import StoriesError

REFUSED = (
    "Discord refused the token: open https://discord.com/developers/applications, press “Reset Token” on the Bot page "
    "of your application, and set DISCORD_TOKEN to what it shows."
)
_CLOSES = {
    4004: (REFUSED, 2),
    4010: ("Discord refused the shard that the bot asked for.", 1),
    4011: ("The bot is in too many servers for one connection: it has to be sharded.", 1),
    4012: ("Discord no longer speaks the version that this bot does: update it.", 1),
    4013: ("Discord does not know the intents that the bot asked for: update it.", 1),
    4014: ("Discord refused the intents that the bot asked for: look at the Bot page of your application.", 1),
}

_log = logging.getLogger(__name__)
SERVERS_MAX = 200
"""Servers looked at: as many as Discord tells at once."""


@dataclass(frozen=True, slots=True)
class Shards:
    """Which of so many connections to the gateway this process keeps."""

    ids: tuple[int, ...]
    count: int


def serve(
    settings: Settings, *, engine: Engine | None = None, limits: Limits | None = None, shards: Shards | None = None
) -> int:
    """Runs the bot until it is told to stop (SIGTERM, SIGINT) or cannot go on; the exit code, 0 where told to stop.

    Whatever ends it is said in one sentence on standard error; the token never is.
    """
    try:
        if not settings.discord_token:
            raise NoToken
        with Redaction(settings.discord_token, settings.log_level, as_json=settings.log_as_json):
            point_at(settings.discord_api_base, settings.discord_gateway_url)
            asyncio.run(_serve(settings, engine or LibraryEngine(settings), limits or Limits(), shards))
    except (BotError, StoriesError) as ended:
        sys.stderr.write(f"{ended}\n")
        return getattr(ended, "exit_code", 1)
    return 0


def point_at(api_base: str, gateway_url: str) -> None:
    """Has discord.py speak to these addresses, which it only takes as attributes of its classes."""
    discord.http.Route.BASE = api_base
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url)


async def _serve(settings: Settings, engine: Engine, limits: Limits, shards: Shards | None) -> None:
    """Runs the bot. Raises DiscordUnusable, or what kept the library from opening."""
    told_to_stop = asyncio.Event()
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    async with _bot(engine, limits, shards) as client, health(client.figures, settings.health_port):
        failure: list[BaseException] = []
        opening = client.desk.start()
        opening.add_done_callback(partial(_note_failure, failure, told_to_stop))
        tending = asyncio.create_task(tend(engine, opening), name="tend the libraries")
        connection = asyncio.create_task(_connected(client, settings.discord_token or ""), name="connection to Discord")
        telling = asyncio.create_task(_tell_when_ready(client), name="tell that it is ready")
        ends = [asyncio.create_task(event.wait()) for event in (told_to_stop, client.traffic.refused)]
        with _signals(told_to_stop):
            await asyncio.wait({connection, *ends}, return_when=asyncio.FIRST_COMPLETED)
            tending.cancel()
            await (client.close() if client.traffic.refused.is_set() else client.finish())
        await _ended(limits.closing_s, connection, *ends, tending, telling)
        if client.traffic.refused.is_set():
            raise DiscordUnusable(REFUSED, 2)
        if failure:
            raise _sentence_of(failure[0])
        if not connection.cancelled():
            connection.result()


async def _tell_when_ready(client: OnRecord) -> None:
    """Tells whoever started the bot that it answers from now on, and how it comes to a server."""
    await client.wait_until_ready()
    await asyncio.shield(client.desk.start())
    where = f"in {counted(len(client.guilds), 'server')}" if client.guilds else "in no server yet"
    sys.stdout.write(f"On Record is ready, {where}. Invite it to one with {invite(client.application_id or 0)}\n")
    sys.stdout.flush()


async def _ended(closing_s: float, connection: "asyncio.Task[None]", *others: "asyncio.Task[Any]") -> None:
    """Waits for the end of a connection that is closed, and makes it where discord.py would go on trying."""
    for task in others:
        task.cancel()
    await asyncio.wait({connection}, timeout=closing_s)
    connection.cancel()
    await asyncio.gather(connection, *others, return_exceptions=True)


def _bot(engine: Engine, limits: Limits, shards: Shards | None) -> OnRecord:
    if shards is None:
        return OnRecord(engine, limits)
    return Sharded(engine, limits, shard_ids=list(shards.ids), shard_count=shards.count)


async def _connected(client: OnRecord, token: str) -> None:
    """Logs in and stays connected until the client is closed. Raises DiscordUnusable where that cannot go on."""
    try:
        with _explained():
            await client.start(token)
    except discord.PrivilegedIntentsRequired:
        raise DiscordUnusable(*_CLOSES[4014]) from None
    except discord.ConnectionClosed as closed:
        why = _CLOSES.get(closed.code, (f"Discord ended the connection for good (code {closed.code}).", 1))
        raise DiscordUnusable(*why) from None
    except (KeyError, ValueError, TypeError, RuntimeError) as error:
        _log.error("the connection to Discord", exc_info=error)
        raise DiscordUnusable("Discord sent something that cannot be understood: look at the log for what.") from None


@contextmanager
def _explained() -> Iterator[None]:
    """Says in a DiscordUnusable why Discord cannot be used."""
    try:
        yield
    except discord.LoginFailure:
        raise DiscordUnusable(REFUSED, 2) from None
    except discord.HTTPException as refused:
        raise DiscordUnusable(f"Discord answered with status {refused.status}: try again later.") from None
    except (aiohttp.ClientError, OSError):
        raise DiscordUnusable("Discord cannot be reached: look at the network, and at DISCORD_API_BASE.") from None


def _note_failure(failure: list[BaseException], told_to_stop: asyncio.Event, opening: "asyncio.Task[Any]") -> None:
    """Keeps what kept the library from opening, and ends the bot, which is no use without it."""
    error = None if opening.cancelled() else opening.exception()
    if error and not isinstance(error, Stopping):
        failure.append(error)
        told_to_stop.set()


def _sentence_of(error: BaseException) -> BaseException:
    """The error where it has a sentence of its own; else one that says that the library cannot be opened."""
    if isinstance(error, BotError | StoriesError):
        return error
    _log.error("the library cannot be opened", exc_info=error)
    return DiscordUnusable("The library cannot be opened: look at the log for why.")


@contextmanager
def _signals(told_to_stop: asyncio.Event) -> Iterator[None]:
    """While entered, SIGTERM and SIGINT set the event, where the platform lets a loop handle them."""
    loop = asyncio.get_running_loop()
    caught = (signal.SIGTERM, signal.SIGINT)
    with suppress(NotImplementedError, RuntimeError):
        for name in caught:
            loop.add_signal_handler(name, told_to_stop.set)
    try:
        yield
    finally:
        with suppress(NotImplementedError, RuntimeError):
            for name in caught:
                loop.remove_signal_handler(name)


def check(settings: Settings) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is right of the token, the intents and the permissions, and what has to be put right and how: a line each.

    Raises NoToken, DiscordUnusable.
    """
    if not settings.discord_token:
        raise NoToken
    with Redaction(settings.discord_token, settings.log_level, as_json=settings.log_as_json):
        point_at(settings.discord_api_base, settings.discord_gateway_url)
        about, servers = asyncio.run(_asked(settings.discord_token))
    shown = tuple(f"{name}: {value}" for name, value in settings.described())
    lacking = tuple(line for server in servers if (line := _lacking(server)))
    right = (
        *shown,
        f"The token is right: it belongs to {about.name}.",
        f"The message content intent is {_intent(about)}.",
        *_permitted(len(servers), len(lacking)),
        f"Invite the bot to a server with {invite(about.id)}",
    )
    return right, lacking


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
    lacking = missing_permissions(granted)
    if granted.administrator or not lacking:
        return None
    name = on_one_line(str(server.get("name", ""))) or "a server"
    return f"In {name} the bot lacks the permission to {', '.join(lacking)}: give it to its role, or invite it again."


async def _asked(token: str) -> tuple[discord.AppInfo, list[dict[str, Any]]]:
    """The application that the token belongs to and the servers that it is in, as Discord tells them."""
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    client = discord.Client(intents=discord.Intents(guilds=True))
    with _explained():
        async with client:
            await client.login(token)
            about = await client.application_info()
            return about, [dict(server) for server in await client.http.get_guilds(SERVERS_MAX)]
