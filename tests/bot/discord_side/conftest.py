"""A bot with a small engine, for the tests of this folder."""

import pytest

from bot.discord_side.client import OnRecord
from tests.bot.discord_side.shelf import FakeEngine


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def simcord_bot(engine: FakeEngine) -> OnRecord:
    return OnRecord(engine)
