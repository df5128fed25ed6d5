"""Told to stop, the bot is gone within its limits, whatever hangs: an answer, an addition, a dead line to Discord."""

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable

import pytest

from bot.discord_side.limits import Limits
from tests.bot.discord_side.connecting import a_bot, a_server
from tests.bot.discord_side.hurry import hurried
from tests.bot.discord_side.loopback import CHANNEL, ME, Loopback
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
