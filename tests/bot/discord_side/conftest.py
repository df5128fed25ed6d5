"""A bot with a small engine, for the tests of this folder."""

from collections.abc import Iterator

import pytest

from bot.discord_side.client import OnRecord
from tests.bot.discord_side.room import SETTLED_S, UNHURRIED
from tests.bot.discord_side.shelf import FakeEngine
from tests.index.databases import TestServer, running_postgres


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A simulated server waits until the bot has done what it was asked, not for some seconds."""
    for item in items:
        if isinstance(item, pytest.Function) and "simcord_env" in item.fixturenames:
            item.add_marker(pytest.mark.simcord(settle_timeout=SETTLED_S))


@pytest.fixture(scope="session")
def database() -> Iterator[TestServer]:
    """A database for processes of the bot that share one."""
    with running_postgres() as running:
        yield running


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def simcord_bot(engine: FakeEngine) -> OnRecord:
    return OnRecord(engine, UNHURRIED)
