"""Three processes of the bot share a database; one is killed in the middle of questions, and each is answered once."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.bot.discord_side.connecting import bot_on_loopback, replies
from tests.bot.discord_side.loopback import CHANNEL, ME, TOKEN, Loopback, Request, Trouble, loopback
from tests.bot.discord_side.owned import SHARED, OwnedEngine
from tests.bot.discord_side.patience import PATIENT, until
from tests.bot.discord_side.shelf import ROOT
from tests.index.databases import TestServer
from tests.index.fakes import FakeAttributor, FakeEmbedder

ASKED = f"<@{ME}> what did Vera Stone say?"
ANSWER = "The harbour is deep enough"
QUICK = replace(PATIENT, looks_s=0.05)
RUN = """
import sys, threading
from bot.discord_side.libraries.engine import LibraryEngine
from dataclasses import replace
from bot.discord_side.serving import Shards, serve
from bot.settings import Settings
from index.postgres.library import PostgresLibraries
from index.ranking.evidence import EvidenceRanker
from tests.bot.discord_side.patience import PATIENT
from tests.index.fakes import FakeAttributor, FakeEmbedder

class Engine(LibraryEngine):
    def open_libraries(self):
        ranker = EvidenceRanker.load(reader=False)
        parts = {"embedder": FakeEmbedder(), "attributor": FakeAttributor(), "ranker": ranker}
        return PostgresLibraries(self._settings.database, wait_s=300, connect_s=300, **parts)

    def ask(self, *asked):
        if sys.argv[2] == "stuck":
            threading.Event().wait()
        return super().ask(*asked)

settings = Settings.read()
shards = Shards((int(sys.argv[1]),), 3)
sys.exit(serve(settings, engine=Engine(settings), limits=replace(PATIENT, looks_s=0.3, silent_s=1800), shards=shards))
"""


@asynccontextmanager
async def a_process(
    server: Loopback, database: TestServer, shard: int, manner: str = "well", script: str = RUN
) -> AsyncIterator[asyncio.subprocess.Process]:
    """The bot with one of three shards, connected; killed in the end."""
    environment = {
        **os.environ, "DISCORD_TOKEN": TOKEN, "DISCORD_API_BASE": server.api, "DISCORD_GATEWAY_URL": server.gateway,
        "ONRECORD_LIBRARY": database.url, "ONRECORD_LOG": "WARNING", "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    before = len(server.identified)
    command = (sys.executable, "-c", script, str(shard), manner)
    process = await asyncio.create_subprocess_exec(
        *command, env=environment, cwd=ROOT, stdout=asyncio.subprocess.DEVNULL
    )
    try:
        await server.connected(before + 1)
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def test_one_of_three_processes_is_killed_in_mid_question_and_each_question_is_answered_once(
    database: TestServer,
) -> None:
    from index.postgres.library import PostgresLibraries

    libraries = PostgresLibraries(database.url, embedder=FakeEmbedder(), attributor=FakeAttributor())
    libraries.archive.add([SHARED])
    libraries.claims.run("DELETE FROM claims", {})  # each small Discord begins its numbers anew

    def in_hand() -> int:
        return int(libraries.claims.run("SELECT count(*) FROM claims WHERE NOT done", {})[0][0])

    async with loopback() as server, AsyncExitStack() as others:
        async with a_process(server, database, 0, "stuck") as doomed:
            for shard in (1, 2):
                await others.enter_async_context(a_process(server, database, shard))
            stuck = [await server.say(ASKED, by=str(400_000 + number)) for number in range(5)]
            await server.until("POST", f"/channels/{CHANNEL}/typing")
            await until(lambda: in_hand() == len(stuck))
            assert not replies(server)
            doomed.kill()
            await doomed.wait()
            libraries.claims.run("UPDATE claims SET seen = seen - 1800 WHERE NOT done", {})  # it has been silent long
        async with a_process(server, database, 0):
            later = [await server.say(ASKED, by=str(500_000 + number)) for number in range(3)]
            answers = await server.until("POST", f"/channels/{CHANNEL}/messages", len(stuck + later))
            await until(lambda: in_hand() == 0)
    assert replies(server) == {message["id"]: 1 for message in stuck + later}
    assert all(ANSWER in str(answer.body) for answer in answers)
    libraries.close()


@dataclass
class Sent:
    """The messages sent, of which none is refused."""

    messages: list[Request] = field(default_factory=list)

    def __call__(self, one: Request) -> None:
        if one.method == "POST" and one.path.endswith("/messages"):
            self.messages.append(one)


async def test_a_reply_that_was_sent_before_the_end_is_not_sent_again(tmp_path: Path) -> None:
    engine = OwnedEngine(tmp_path)
    async with bot_on_loopback(engine, QUICK) as (server, _):
        answered = await server.say(ASKED)
        await server.until("POST", f"/channels/{CHANNEL}/messages")
        unseen = await quietly(server)
        server.trouble = sent = Sent()
        for message in (answered, unseen):
            name = f"{CHANNEL}/{message['id']}"
            engine.claims().run("DELETE FROM claims WHERE name = %(name)s", {"name": name})
            engine.claims().take(name, "dead", datetime.now(UTC).timestamp() - 300)
        await server.until("POST", f"/channels/{CHANNEL}/messages", 2)
        await until(lambda: not engine.claims().run("SELECT name FROM claims WHERE NOT done", {}))
    assert replies(server) == {answered["id"]: 1, unseen["id"]: 1}
    assert len(sent.messages) == 1


async def test_a_message_that_is_gone_is_not_answered_and_not_looked_for_again(tmp_path: Path) -> None:
    engine = OwnedEngine(tmp_path)
    async with bot_on_loopback(engine, QUICK) as (server, _):
        server.refuse["/messages/77"] = 404
        engine.claims().take(f"{CHANNEL}/77", "dead", datetime.now(UTC).timestamp() - 300)
        await until(lambda: not engine.claims().run("SELECT name FROM claims WHERE NOT done", {}))
    assert not replies(server)


@pytest.mark.parametrize("trouble", [Trouble(reset="before"), Trouble(503)], ids=["broken line", "Discord fails"])
@pytest.mark.parametrize("asked_for", ["/messages/{}", "/messages"], ids=["the message", "its replies"])
async def test_what_was_left_behind_is_looked_for_until_discord_gives_it(
    tmp_path: Path, trouble: Trouble, asked_for: str
) -> None:
    engine = OwnedEngine(tmp_path)
    async with bot_on_loopback(engine, QUICK) as (server, _):
        first, second = [await quietly(server) for _ in range(2)]
        broken, left = asked_for.format(first["id"]), iter([trouble] * 4)
        server.trouble = lambda one: next(left, None) if one.method == "GET" and one.path.endswith(broken) else None
        for message in (first, second):
            engine.claims().take(f"{CHANNEL}/{message['id']}", "dead", datetime.now(UTC).timestamp() - 300)
        await server.until("POST", f"/channels/{CHANNEL}/messages", 2)
        await until(lambda: not engine.claims().run("SELECT name FROM claims WHERE NOT done", {}))
        assert next(left, None) is None
    assert replies(server) == {first["id"]: 1, second["id"]: 1}


async def test_where_nothing_can_be_noted_questions_are_answered_all_the_same(tmp_path: Path) -> None:
    engine = OwnedEngine(tmp_path)
    async with bot_on_loopback(engine) as (server, _):
        (tmp_path / "library" / "owners").mkdir(parents=True, exist_ok=True)
        (tmp_path / "library" / "owners" / ".claims").mkdir()
        message = await server.say(ASKED)
        await server.until("POST", f"/channels/{CHANNEL}/messages")
    assert replies(server) == {message["id"]: 1}


async def quietly(server: Loopback) -> dict[str, str]:
    """A message that was written while nobody was there."""
    dispatch, server.dispatch = server.dispatch, _nothing  # type: ignore[method-assign]
    try:
        return await server.say(ASKED)
    finally:
        server.dispatch = dispatch  # type: ignore[method-assign]


async def _nothing(event: str, payload: object) -> None:
    return None
