"""A bot with a small engine, for the tests of this folder."""

from collections.abc import Iterator

import pytest

from bot.discord_side.client import OnRecord
from tests.bot.discord_side.shelf import FakeEngine
from tests.index.databases import TestServer, running_postgres


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
    return OnRecord(engine)
