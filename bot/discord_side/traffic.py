"""Every request to Discord, as it leaves and as it is answered, and every event that comes from there.

discord.py waits out a 429 for the request that got it, and lets others of the same kind go on. This holds all of them.
An event that discord.py cannot make sense of is left out, and logged. Discord repeats events when a lost connection is
taken up again, so what was taken in hand already is remembered.
"""

import asyncio
import json
import logging
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from types import SimpleNamespace
from typing import Any

import aiohttp
import yarl

from bot.discord_side.limits import REQUESTS_PER_SECOND

_MAJOR = {"channels": 3, "guilds": 3, "webhooks": 4, "interactions": 4}
"""How many parts of a path say for which channel or server a request is, or which interaction it answers."""
_ID_FROM = 5  # digits
_OF_INTERACTIONS = ("/webhooks/", "/interactions/")
NEEDED = frozenset({"READY", "RESUMED"})
"""Events without which there is no connection: discord.py's own error is right there."""
REMEMBERED = 4_096
"""Ids remembered: far more than arrive between an event and its repetition."""
Parsers = dict[str, Callable[[Any], None]]

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Traffic:
    """What is known of Discord's limits. `answers` counts by status.

    `refused` is set once the bot's token is refused, after which nothing leaves any more.
    `api_base` is the address that requests begin with; others pass unseen.
    """

    api_base: str
    refused: asyncio.Event = field(default_factory=asyncio.Event)
    answers: Counter[int] = field(default_factory=Counter)
    _bucket_of: dict[str, str] = field(default_factory=dict)
    _until: dict[str, float] = field(default_factory=dict)
    _sent: deque[float] = field(default_factory=lambda: deque(maxlen=REQUESTS_PER_SECOND))

    def trace(self) -> aiohttp.TraceConfig:
        """What makes aiohttp call this for every request, those that are tried again included."""
        config = aiohttp.TraceConfig()
        config.on_request_start.append(self._before)
        config.on_request_end.append(self._after)
        return config

    async def _before(
        self, session: aiohttp.ClientSession, context: SimpleNamespace, request: aiohttp.TraceRequestStartParams
    ) -> None:
        path = self._path(request.url)
        while path and (wait_s := self._wait_s(request.method, path)) > 0:  # noqa: ASYNC110 - until a time that may move
            await asyncio.sleep(wait_s)
        if path and self.refused.is_set():
            raise aiohttp.ClientConnectionError("the token is refused")
        if path and not path.startswith(_OF_INTERACTIONS):
            self._sent.append(_now())

    async def _after(
        self, session: aiohttp.ClientSession, context: SimpleNamespace, request: aiohttp.TraceRequestEndParams
    ) -> None:
        path, response = self._path(request.url), request.response
        if not path:
            return
        self.answers[response.status] += 1
        kind = _kind(request.method, path)
        self._bucket_of[kind] = response.headers.get("X-RateLimit-Bucket", self._bucket_of.get(kind, kind))
        if response.status == 401 and not path.startswith(_OF_INTERACTIONS):
            self.refused.set()
        if response.status == 429:
            await self._hold(request.method, path, response)

    async def _hold(self, method: str, path: str, response: aiohttp.ClientResponse) -> None:
        """Lets nothing of this kind, or nothing at all, go until the time that the answer names is over."""
        wait_s, everything = await _asked_to_wait(response)
        key = "" if everything else self._key(method, path)
        until = max(self._until.get(key, 0.0), _now() + wait_s)
        self._until = {held: end for held, end in self._until.items() if end > _now()} | {key: until}

    def _wait_s(self, method: str, path: str) -> float:
        """How long a request has to wait. What answers an interaction does not count for the limit on everything."""
        until = self._until.get(self._key(method, path), 0.0)
        if not path.startswith(_OF_INTERACTIONS):
            until = max(until, self._until.get("", 0.0))
            if len(self._sent) == REQUESTS_PER_SECOND:
                until = max(until, self._sent[0] + 1.0)
        return until - _now()

    def _key(self, method: str, path: str) -> str:
        return f"{self._bucket_of.get(_kind(method, path), _kind(method, path))} {_parted(path)[0]}"

    def _path(self, url: yarl.URL) -> str | None:
        return str(url).partition("?")[0].removeprefix(self.api_base) if str(url).startswith(self.api_base) else None


def _kind(method: str, path: str) -> str:
    """The route of a request, without what stands for one channel, server or interaction."""
    parts = ("#" if part.isdecimal() and len(part) >= _ID_FROM else part for part in _parted(path)[1].split("/"))
    return f"{method} {'/'.join(parts)}"


def _parted(path: str) -> tuple[str, str]:
    """What of a path stands for one channel, server or interaction, and the rest of it."""
    parts = path.split("/")
    most = _MAJOR.get(parts[1], 0) if len(parts) > 1 else 0
    major = "/".join(parts[:most]) if len(parts) >= most else ""
    return major, path[len(major) :]


async def _asked_to_wait(response: aiohttp.ClientResponse) -> tuple[float, bool]:
    """The seconds that a 429 asks for, and whether of everything, as an answer that is not Discord's own does."""
    try:
        said = json.loads(await response.read())
        return float(said["retry_after"]), bool(said.get("global"))
    except (ValueError, TypeError, KeyError, AttributeError):
        header = response.headers.get("Retry-After", "")
        return (float(header) if header.isdecimal() else 1.0), True


def _now() -> float:
    return asyncio.get_running_loop().time()


def forgive(parsers: Parsers) -> None:
    """Has each event's parser log what it cannot make sense of: raised, it would end the connection, and the bot."""
    for name, parse in parsers.items():
        if name not in NEEDED:
            parsers[name] = partial(_parsed, name, parse)


def _parsed(name: str, parse: Callable[[Any], None], event: object) -> None:
    try:
        parse(event)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is this one event's
        _log.error("an event cannot be understood and is left out: %s, %s", name, type(error).__name__)


@dataclass(slots=True)
class Once:
    """The newest ids that came by."""

    _seen: dict[int, None] = field(default_factory=dict)

    def first(self, number: int) -> bool:
        """Whether this id comes for the first time."""
        if number in self._seen:
            return False
        self._seen[number] = None
        if len(self._seen) > REMEMBERED:
            del self._seen[next(iter(self._seen))]
        return True
