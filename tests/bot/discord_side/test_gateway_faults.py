"""The gateway fails in each of its ways: the bot is back each time, and a question has one answer."""

import pytest

from tests.bot.discord_side.connecting import on_loopback, replies
from tests.bot.discord_side.faults import PACE, run
from tests.bot.discord_side.gateway import FAULTS
from tests.bot.discord_side.hurry import hurried
from tests.bot.discord_side.loopback import CHANNEL, ME
from tests.bot.discord_side.shelf import FakeEngine


def test_after_each_kind_of_fault_a_question_is_answered_once_and_nothing_is_left_open() -> None:
    outcome = hurried(run(2 * len(FAULTS)), pace=PACE)

    assert outcome.recovered == 2 * len(FAULTS)
    assert outcome.answers_after == [1] * outcome.faults
    assert set(outcome.answers_during) == {1}
    assert outcome.flat


async def test_a_question_that_is_repeated_after_a_lost_connection_is_asked_once() -> None:
    engine = FakeEngine()
    async with on_loopback(engine) as server:
        first = await server.say(f"<@{ME}> what did Ryan say?")
        await server.until("POST", f"/channels/{CHANNEL}/messages")

        await server.fault("close 4000")

        second = await server.say(f"<@{ME}> what did Pelosi say?")
        await server.until("POST", f"/channels/{CHANNEL}/messages", 2)
        assert [question for question, _, _ in engine.asked] == ["what did Ryan say?", "what did Pelosi say?"]
        assert replies(server) == {first["id"]: 1, second["id"]: 1}


async def test_an_interaction_that_is_repeated_is_answered_once() -> None:
    async with on_loopback() as server:
        used = await server.command("ask", question="what did Ryan say?")
        await server.until("PATCH", f"{used['token']}/messages/@original")

        await server.fault("cut")

        await server.say(f"<@{ME}> what did Pelosi say?")
        await server.until("POST", f"/channels/{CHANNEL}/messages")
        assert len(await server.until("POST", "/callback")) == 1


async def test_an_event_that_cannot_be_understood_ends_nothing(caplog: pytest.LogCaptureFixture) -> None:
    async with on_loopback() as server:
        for odd in ({}, {"id": "one", "type": 2}, {"id": "1", "type": 3, "token": "a secret", "application_id": "2"}):
            await server.dispatch("INTERACTION_CREATE", odd)
        await server.dispatch("MESSAGE_CREATE", {"content": "a secret"})

        asked = await server.say(f"<@{ME}> what did Ryan say?")
        await server.until("POST", f"/channels/{CHANNEL}/messages")

        assert replies(server) == {asked["id"]: 1}
        assert len(server.identified) == 1
    assert caplog.text.count("cannot be understood") == 4
    assert "a secret" not in caplog.text


def test_a_first_connection_that_is_lost_before_it_begins_is_made_again() -> None:
    async def lost_at_first() -> int:
        async with on_loopback(manners=("cut", "silent", "cut")) as server:
            return len(server.identified)

    assert hurried(lost_at_first(), pace=PACE) == 1
