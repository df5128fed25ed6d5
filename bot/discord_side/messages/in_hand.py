"""The messages that are being answered, noted where every process of the bot sees them.

A process that dies leaves its notes behind. Another one, or the same one started again, finds them and answers what
was left, unless a reply stands there already: each message is answered, and once.
"""

import logging
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar

import discord

from bot.discord_side.libraries.engine import Engine, LibraryEngine
from bot.discord_side.limits import Limits
from bot.discord_side.replies.boundary import BROKEN
from bot.errors import BotError
from bot.worker import Worker
from index.errors import StoriesError
from index.library import KEPT_S, Claims

T = TypeVar("T")
WAITING_MAX = 256
LOOKED_THROUGH = 100
"""Messages after a question among which its reply is looked for."""
REFUSED = (discord.Forbidden, discord.NotFound, discord.InvalidData)
"""What asking again does not change; all else that can go wrong is over some time."""

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class InHand:
    """What this process answers, under a name of its own. Where nothing can be noted, messages are answered anyway."""

    engine: Engine
    limits: Limits = field(default_factory=Limits)
    _holder: str = field(init=False, default_factory=lambda: secrets.token_hex(8))
    _inherited: dict[str, float] = field(init=False, default_factory=dict)
    _worker: Worker = field(init=False, default_factory=lambda: Worker(WAITING_MAX))

    async def take(self, message: discord.Message, opened: Awaitable[object]) -> bool:
        """Whether this process is to answer: not where another one does, or has. Waits for the libraries to open."""
        try:
            await opened
        except (BotError, StoriesError):
            return True  # it is told to whoever asked
        name = _name_of(message)
        return await self._with(lambda claims: claims.take(name, self._holder, _now()), True)

    async def finish(self, message: discord.Message) -> None:
        """Notes that whoever wrote the message has been answered, if it was this process's to do."""
        await self._finish(_name_of(message))

    async def left_behind(self, client: discord.Client) -> list[discord.Message]:
        """The messages that processes now dead left without a reply, which are this one's to answer from now on.

        Each is given again until it is finished, or forgotten as its claim is.
        """
        nothing: tuple[str, ...] = ()
        now = _now()
        names = await self._with(lambda claims: claims.look(self._holder, now, self.limits.silent_s), nothing)
        self._inherited = {name: at for name, at in self._inherited.items() if at > now - KEPT_S}
        self._inherited |= dict.fromkeys(names, now)
        found: list[discord.Message] = []
        for name in tuple(self._inherited):
            try:
                message = await _unanswered(client, name)
            except BROKEN as broken:
                _log.info("what was left behind is looked for again: %s", type(broken).__name__)
                continue
            if message is None:
                await self._finish(name)
            else:
                found.append(message)
        return found

    async def close(self) -> None:
        """Lets the thread end."""
        await self._worker.close(lambda: None, deadline_s=self.limits.closing_s)

    async def _finish(self, name: str) -> None:
        self._inherited.pop(name, None)
        await self._with(lambda claims: claims.finish(name, self._holder), None)

    async def _with(self, work: Callable[[Claims], T], otherwise: T) -> T:
        engine = self.engine
        if not isinstance(engine, LibraryEngine):
            return otherwise
        try:
            return await self._worker.run(lambda: work(engine.claims()), deadline_s=self.limits.answer_s)
        except (BotError, StoriesError) as error:
            _log.warning("what is being answered could not be noted: %s", type(error).__name__)
            return otherwise


async def _unanswered(client: discord.Client, name: str) -> discord.Message | None:
    """A message by its name; None where it is answered or gone, or not to be seen. Raises what broke on the way."""
    channel, number = map(int, name.split("/"))
    try:
        where = client.get_channel(channel) or await client.fetch_channel(channel)
        message = await where.fetch_message(number) if isinstance(where, discord.abc.Messageable) else None
    except REFUSED:
        return None
    return None if message is None or await _is_answered(message, client) else message


async def _is_answered(message: discord.Message, client: discord.Client) -> bool:
    """Whether a reply of the bot stands under the message, or in the thread that was opened there."""
    try:
        async for one in message.channel.history(limit=LOOKED_THROUGH, after=message):
            if _is_ours(one, client) and one.reference and one.reference.message_id == message.id:
                return True
        if message.flags.has_thread:
            thread = await client.fetch_channel(message.id)
            if isinstance(thread, discord.Thread):
                return any([_is_ours(one, client) async for one in thread.history(limit=LOOKED_THROUGH)])
    except REFUSED:
        return False
    return False


def _is_ours(message: discord.Message, client: discord.Client) -> bool:
    return client.user is not None and message.author.id == client.user.id


def _name_of(message: discord.Message) -> str:
    return f"{message.channel.id}/{message.id}"


def _now() -> float:
    return datetime.now(UTC).timestamp()
