"""A bot with a small engine, for the tests of this folder."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from simcord import Env

from bot.discord_side.client import OnRecord
from tests.bot.discord_side.owned import OwnedEngine
from tests.bot.discord_side.room import LOOKS_S, SETTLED_S, UNHURRIED
from tests.bot.discord_side.shelf import FakeEngine
from tests.index.databases import TestServer, running_postgres


class PatientEnv(Env):
    """A simulated server that waits until the bot has done what it was asked, not for some seconds.

    At the start simcord waits five, whatever it is told, in which a loaded machine opens no library. Between two looks
    it sleeps for a twentieth of a second, in which a bot of a test has long done what it was asked.
    """

    async def _settle_internal(self, *, timeout: float | None = None, **how: Any) -> None:  # noqa: ASYNC109, ANN401 - as simcord has it
        await super()._settle_internal(**how | {"idle": LOOKS_S})


@pytest.fixture
async def simcord_env(simcord_bot: OnRecord) -> AsyncIterator[Env]:
    """A simulated server with the bot of `simcord_bot` in it; what went wrong in the bot fails the test."""
    env = PatientEnv(simcord_bot, settle_timeout=SETTLED_S)
    await env.start()
    try:
        yield env
    finally:
        await env.shutdown()
        env._raise_errors_since(env._errors_acknowledged)


@pytest.fixture(scope="session")
def database() -> Iterator[TestServer]:
    """A database for processes of the bot that share one."""
    with running_postgres() as running:
        running.forget_durability()  # processes of the bot die, not the server: its disk must keep nobody waiting
        yield running


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def simcord_bot(engine: FakeEngine | OwnedEngine) -> OnRecord:
    """The bot over whatever engine a file of tests has."""
    return OnRecord(engine, UNHURRIED)
