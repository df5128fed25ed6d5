"""Told to stop, the bot is gone within its limits, whatever hangs: an answer, an addition, a dead line to Discord."""

import asyncio
import json
import logging
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.discord_side.limits import Limits
from bot.shelf import Shelf
from tests.bot.discord_side.connecting import a_bot, a_server
from tests.bot.discord_side.hurry import hurried
from tests.bot.discord_side.loopback import CHANNEL, ME, Loopback
from tests.bot.discord_side.owned import OwnedEngine
from tests.bot.discord_side.patience import PATIENCE_S, PATIENT
from tests.bot.discord_side.shelf import FakeEngine

PACE = 4.0


def test_all_that_is_waited_for_at_the_end_together_is_less_than_ten_seconds() -> None:
    assert Limits().ending_s < 10


class Hanging(FakeEngine):
    """An engine in which everything stands still until it is let go."""

    def __init__(self) -> None:
        super().__init__(before=self._wait)
        self.let_go = threading.Event()

    def close(self) -> None:
        self._wait("")

    def _wait(self, question: str) -> None:
        self.let_go.wait(60)


async def _asked(server: Loopback) -> None:
    await server.say(f"<@{ME}> what did Ryan say?")
    await server.until("POST", f"/channels/{CHANNEL}/typing")


async def _nothing(server: Loopback) -> None:
    pass


async def _half_open(server: Loopback) -> None:
    await _asked(server)
    server.stop_listening()


@pytest.mark.parametrize("before", [_nothing, _asked, _half_open])
def test_it_takes_no_longer_than_its_limits_allow(before: Callable[[Loopback], Awaitable[None]]) -> None:
    engine, limits = Hanging(), Limits()

    async def stopped() -> float:
        loop = asyncio.get_running_loop()
        async with a_server() as server, a_bot(server, engine, limits) as client:
            await before(server)
            began = loop.time()
            await client.finish()
            taken = loop.time() - began
            if before is _asked:
                [said] = await server.until("POST", f"/channels/{CHANNEL}/messages")
                assert "I am being restarted" in json.dumps(said.body)
            engine.let_go.set()
            return taken

    assert hurried(stopped(), pace=PACE) < limits.ending_s


class Pondering(OwnedEngine):
    """An engine that gives nobody any stories until it is let go."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.asked, self.let_go = threading.Event(), threading.Event()

    @contextmanager
    def shelf_of(self, owner: str) -> Iterator[Shelf]:
        if owner:
            self.asked.set()
            self.let_go.wait(PATIENCE_S)
        with super().shelf_of(owner) as shelf:
            yield shelf


async def _by_message(server: Loopback) -> None:
    await server.say(f"<@{ME}> what did Vera Stone say?")


async def _by_command(server: Loopback) -> None:
    await server.command("ask", question="what did Vera Stone say?")


async def _by_typing(server: Loopback) -> None:
    await server.typed("speaker", "name", "ver")


TASKS = ("discord.py: on_message", "CommandTree-invoker")
"""What discord.py calls the tasks in which messages and commands are answered."""


@pytest.mark.parametrize(("ask", "left"), [(_by_message, 1), (_by_command, 0), (_by_typing, 0)])
async def test_a_reply_that_comes_after_the_line_is_closed_is_no_incident_and_its_message_is_left_to_another_process(
    ask: Callable[[Loopback], Awaitable[None]], left: int, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    engine, heir = Pondering(tmp_path), OwnedEngine(tmp_path)
    async with a_server() as server, a_bot(server, engine, replace(PATIENT, closing_s=0.5)) as client:
        await ask(server)
        assert await asyncio.to_thread(engine.asked.wait, PATIENCE_S)
        [answering] = [task for task in asyncio.all_tasks() if task.get_name() in TASKS]
        await client.close()
        await asyncio.gather(answering, return_exceptions=True)
        engine.let_go.set()
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []
    heir.open()
    assert len(heir.claims().run("SELECT name FROM claims WHERE NOT done", {})) == left
    heir.close()
