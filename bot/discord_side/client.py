"""The bot as Discord sees it: which events it takes, and how a message that is for it gets its reply."""

import asyncio
import logging
import sys
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from types import TracebackType
from typing import Any, Literal

import discord
from discord import app_commands
from discord.backoff import ExponentialBackoff

from bot.discord_side.base import Bot
from bot.discord_side.commands import COMMANDS, MENUS, take_form
from bot.discord_side.figures import Figures
from bot.discord_side.libraries.desk import Desk
from bot.discord_side.libraries.engine import Engine
from bot.discord_side.libraries.place import place_of_message
from bot.discord_side.limits import Limits
from bot.discord_side.messages.answering import answer_message, greet, note_refusal
from bot.discord_side.messages.conversation import addressed, unheard
from bot.discord_side.replies import boundary, sender
from bot.discord_side.replies.about import MENTION_ME, ForgetButton
from bot.discord_side.replies.card_items import CardMenu
from bot.discord_side.replies.correction_items import RightSpeaker, SettleMenu, WhichSpeaker
from bot.discord_side.replies.forms import Drafts
from bot.discord_side.replies.reply_items import ReplyButton, ReplyMenu
from bot.discord_side.replies.settings_items import SettingButton, SettingMenu
from bot.discord_side.replies.story_items import AddButton, FeedMenu, HereMenu, RemoveButton
from bot.discord_side.replies.watch_items import SilenceButton, WatchMenu, tell
from bot.discord_side.traffic import Once, Traffic, forgive
from bot.rendering.discord_letter import sentence

EVERYWHERE = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)
BOTH_WAYS = app_commands.AppInstallationType(guild=True, user=True)
"""Commands can be added to a server and to somebody's own account, and be used wherever either is."""
ITEMS: tuple[type[discord.ui.DynamicItem[Any]], ...] = (
    *(ReplyButton, ReplyMenu, WhichSpeaker, RemoveButton, HereMenu, SettingMenu, SettingButton, FeedMenu),
    *(ForgetButton, AddButton, SilenceButton, CardMenu, RightSpeaker, SettleMenu, WatchMenu),
)
"""Every button and menu that outlives the process: each is made anew from its custom id when it is used."""

_log = logging.getLogger(__name__)


def intents() -> discord.Intents:
    """What the bot asks to be told: servers, and messages in them and in private; nothing that is privileged."""
    return discord.Intents(guilds=True, guild_messages=True, dm_messages=True)


class OnRecord(Bot):
    """The bot: it answers mentions, replies to it, direct messages and its commands, from an engine's library."""

    def __init__(self, engine: Engine, limits: Limits | None = None, **options: Any) -> None:  # noqa: ANN401
        """The bot; `options` are discord.py's."""
        self.limits = limits or Limits()
        self.traffic = Traffic(discord.http.Route.BASE)
        super().__init__(
            intents=intents(),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_messages=500,
            heartbeat_timeout=self.limits.silence_s,
            http_trace=self.traffic.trace(),
            **options,
        )
        forgive(self._connection.parsers)
        self.desk = Desk(engine, self.limits)
        self.tree = app_commands.CommandTree(self, allowed_contexts=EVERYWHERE, allowed_installs=BOTH_WAYS)
        self.drafts = Drafts()
        self.under_way: set[asyncio.Task[object]] = set()
        self._signs: set[asyncio.Task[None]] = set()
        self._taken = Once()
        self._asked_to_mention = Once()
        self._minding: asyncio.Task[None] | None = None
        self._watching: asyncio.Task[None] | None = None
        self.figures = Figures(self)

    async def setup_hook(self) -> None:
        """Tells Discord the commands, and begins to open the library without waiting for it."""
        sys.setswitchinterval(self.limits.handover_s)
        self.add_dynamic_items(*ITEMS)
        for command in (*COMMANDS, *MENUS):
            self.tree.add_command(command)
        await self._list_commands()
        self.desk.start()
        self._watching = asyncio.create_task(self._watch(), name="tell of what is watched for")
        self._minding = asyncio.create_task(self._mind_left_behind(), name="messages left behind")

    async def _list_commands(self) -> None:
        """Tells Discord the commands, or asks for their numbers where another process has the first shard."""
        if 0 in (getattr(self, "shard_ids", None) or (0,)):
            listed = await self.tree.sync()
        else:
            listed = []
            with suppress(discord.HTTPException):  # without their numbers they are named all the same
                listed = await self.tree.fetch_commands()
        self.desk.commands = {one.name: one.id for one in listed if one.type is discord.AppCommandType.chat_input}

    async def connect(self, *, reconnect: bool = True) -> None:
        """Keeps the connection to the gateway.

        discord.py 2.7 takes up a lost connection where it was, and trips where the first was lost before it was
        somewhere: then it begins anew.
        """
        waits = ExponentialBackoff[Literal[False]]()
        while not self.is_closed():
            try:
                await super().connect(reconnect=reconnect)
            except AttributeError:
                if self.ws is not None:
                    raise
                await asyncio.sleep(waits.delay())

    async def on_ready(self) -> None:
        """Logs that the bot can be written to."""
        _log.info("ready, in %s servers", len(self.guilds))

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Greets a server that the bot was added to."""
        with self._counted():
            await boundary.excuse(greet(guild, self.desk))

    async def on_message(self, message: discord.Message) -> None:
        """Replies to a message that is for the bot, and to nothing else."""
        if self.user is None or not self._taken.first(message.id):
            return
        if unheard(message, self.user):
            await self._ask_for_mention(message)
        if not addressed(message, self.user):
            return
        await self._answer(message, self.user)

    async def _ask_for_mention(self, message: discord.Message) -> None:
        """Says, once to each person in each channel, why a message that was meant for the bot gets no answer."""
        with self._counted():
            place = place_of_message(message)
            rules = await self.desk.ledger.rules_soon(place.owner)
            if rules and rules.speaks_in(place.channels) and self._asked_to_mention.first(_pair(message)):
                await boundary.excuse(sender.reply(message, sentence(MENTION_ME)))

    async def _answer(self, message: discord.Message, me: discord.ClientUser) -> None:
        with self._counted():
            excuse = await boundary.excuse(self._reply(message, me))
            if excuse:
                await sender.reply(message, excuse)
            await self.desk.in_hand.finish(message)

    async def _reply(self, message: discord.Message, me: discord.ClientUser) -> None:
        if not await answer_message(message, me, self.desk, self._signs):
            await note_refusal(self, message, self.desk)

    async def _mind_left_behind(self) -> None:
        """Answers, until it is cancelled, what processes of the bot that died have left."""
        await self.wait_until_ready()
        await asyncio.gather(asyncio.shield(self.desk.start()), return_exceptions=True)
        while True:
            await boundary.excuse(self._answer_left_behind())
            await asyncio.sleep(self.limits.looks_s)

    async def _watch(self) -> None:
        """Tells those who watch, until it is cancelled."""
        await self.wait_until_ready()
        await asyncio.gather(asyncio.shield(self.desk.start()), return_exceptions=True)
        await self.desk.tower.run(partial(tell, self))

    async def _answer_left_behind(self) -> None:
        for message in await self.desk.in_hand.left_behind(self):
            self._taken.first(message.id)  # its event may still come
            if self.user is not None:
                await boundary.excuse(self._answer(message, self.user))

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Takes a form that is handed in, whichever process it was opened by; discord.py takes all else."""
        if interaction.type is discord.InteractionType.modal_submit:
            await take_form(interaction)

    async def on_error(self, event_method: str, /, *args: object, **kwargs: object) -> None:
        """Logs what went wrong in an event, without anything of what somebody wrote."""
        _log.error("in %s: incident %s", event_method, boundary.incident())

    async def guarded(self, interaction: discord.Interaction, work: Coroutine[Any, Any, None]) -> None:
        """Does the work of an interaction, once; what goes wrong is said to the one who acted, privately."""
        if not self._taken.first(interaction.id):
            work.close()
            return
        with self._counted():
            excuse = await boundary.excuse(work)
            if excuse:
                await sender.excuse(interaction, excuse)

    async def finish(self) -> None:
        """Ends well within ten seconds: waits for what is under way, apologises for the rest, and logs out."""
        for task in filter(None, (self._minding, self._watching)):
            task.cancel()
        await self._wait_for_answers(self.limits.finishing_s)
        self.desk.give_up()
        await self._wait_for_answers(self.limits.apologising_s)
        await self.close()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes what is not closed. discord.py would wait for its own closing again, which may have been given up."""
        if not self.is_closed():
            await self.close()

    async def close(self) -> None:
        """Logs out, and closes the library."""
        await self._log_out(asyncio.create_task(super().close()))
        besides = {*self._signs, *filter(None, [self._minding, self._watching])}
        for task in besides:
            task.cancel()
        await asyncio.gather(*besides, return_exceptions=True)
        await self.desk.close()

    async def _log_out(self, leaving: "asyncio.Task[None]") -> None:
        """Waits until Discord has let go, or no longer: a line that is dead keeps discord.py waiting for 30 seconds."""
        await asyncio.wait({leaving}, timeout=self.limits.closing_s)
        if not leaving.done():
            leaving.cancel()
            await asyncio.gather(leaving, return_exceptions=True)
            await self.http.close()

    async def _wait_for_answers(self, seconds: float) -> None:
        if self.under_way:
            await asyncio.wait(tuple(self.under_way), timeout=seconds)

    @contextmanager
    def _counted(self) -> Iterator[None]:
        """Counts the running task among those to wait for at the end; one that comes too late for that just ends."""
        task = asyncio.current_task()
        if task is None:
            yield
            return
        self.under_way.add(task)
        try:
            with self.figures.taken.time():
                yield
        except RuntimeError as late:
            if not self.is_closed() or not boundary.hung_up(late):
                raise
            _log.info("a reply was not ready before the line to Discord was closed")
        finally:
            self.under_way.discard(task)


def _pair(message: discord.Message) -> int:
    """One number for a person in a channel."""
    return hash((message.channel.id, message.author.id))


class Sharded(OnRecord, discord.AutoShardedClient):
    """The bot with several connections to the gateway, each for a share of the servers."""

    async def connect(self, *, reconnect: bool = True) -> None:
        """Keeps the connections to the gateway."""
        await discord.AutoShardedClient.connect(self, reconnect=reconnect)

    def is_connected(self) -> bool:
        """Whether every connection that this process keeps is there just now."""
        there = [shard for shard in self.shards.values() if not shard.is_closed()]
        return bool(there) and len(there) == len(self.shard_ids or there)
