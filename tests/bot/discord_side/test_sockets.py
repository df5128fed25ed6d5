"""From log-in to the reply over real sockets on loopback, and every request held against Discord's own description."""

from collections.abc import AsyncIterator

import pytest

from bot.discord_side.serving import point_at
from tests.bot.discord_side.connecting import a_bot
from tests.bot.discord_side.loopback import CHANNEL, ME, PRIVATE, Loopback, loopback
from tests.bot.discord_side.openapi import check_all
from tests.bot.discord_side.shelf import FakeEngine

RYAN = '"If he, himself, is the subject of an investigation, of course he would,"'


@pytest.fixture
async def discord_here(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Loopback]:
    import discord

    monkeypatch.setattr(discord.http.Route, "BASE", discord.http.Route.BASE)
    monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", None)
    async with loopback() as server:
        point_at(server.api, server.gateway)
        yield server


@pytest.fixture
async def connected(discord_here: Loopback, engine: FakeEngine) -> AsyncIterator[Loopback]:
    async with a_bot(discord_here, engine):
        yield discord_here


async def test_a_mention_gets_a_reply_under_it(connected: Loopback) -> None:
    asked = await connected.say(f"<@{ME}> what did Ryan say?")

    [reply] = await connected.until("POST", f"/channels/{CHANNEL}/messages")

    assert reply.body["message_reference"]["message_id"] == asked["id"]
    assert RYAN in reply.body["embeds"][0]["description"]
    check_all(connected.received)


async def test_a_direct_message_gets_a_reply(connected: Loopback) -> None:
    await connected.say("what did Ryan say?", private=True)

    [reply] = await connected.until("POST", f"/channels/{PRIVATE}/messages")

    assert RYAN in reply.body["embeds"][0]["description"]
    check_all(connected.received)


async def test_a_reply_to_the_bot_is_answered_with_what_came_before(connected: Loopback, engine: FakeEngine) -> None:
    await connected.say(f"<@{ME}> what did Ryan say?")
    await connected.until("POST", f"/channels/{CHANNEL}/messages")
    answer = list(connected.messages)[-1]

    await connected.say(f"<@{ME}> and Pelosi?", reply_to=answer)

    await connected.until("POST", f"/channels/{CHANNEL}/messages", 2)
    assert engine.asked[-1] == ("and Pelosi?", ("what did Ryan say?",), None)
    check_all(connected.received)


async def test_a_slash_command_is_acknowledged_first_and_answered_in_place(connected: Loopback) -> None:
    used = await connected.command("ask", question="what did Ryan say?")

    [answer] = await connected.until("PATCH", f"{used['token']}/messages/@original")

    [acknowledged] = await connected.until("POST", "/callback")
    assert acknowledged.body["type"] == 5
    assert connected.received.index(acknowledged) < connected.received.index(answer)
    assert RYAN in answer.body["embeds"][0]["description"]
    assert answer.body["embeds"][0]["author"]["name"] == "what did Ryan say?"
    check_all(connected.received)


async def test_names_are_offered_while_they_are_typed(connected: Loopback) -> None:
    await connected.typed("speaker", "name", "pel")

    [offered] = await connected.until("POST", "/callback")

    assert offered.body["data"]["choices"] == [
        {"name": "Nancy Pelosi, House Minority Leader (2)", "value": "Nancy Pelosi"}
    ]
    check_all(connected.received)


async def test_a_button_shows_the_words_in_their_story(connected: Loopback) -> None:
    await connected.say(f"<@{ME}> what did Ryan say?")
    await connected.until("POST", f"/channels/{CHANNEL}/messages")
    answer = connected.messages[list(connected.messages)[-1]]

    pressed = await connected.press(answer, "In context")

    [shown] = await connected.until("PATCH", f"{pressed['token']}/messages/@original")
    assert "Ryan told reporters Thursday." in shown.body["embeds"][0]["description"]
    check_all(connected.received)


async def test_a_message_command_checks_the_quotation(connected: Loopback) -> None:
    message = await connected.say("Sessions said “No one is above the law.”")

    used = await connected.menu("Check this quote", message)

    [shown] = await connected.until("PATCH", f"{used['token']}/messages/@original")
    assert shown.body["embeds"][0]["description"].startswith("**✓ Exact**")
    check_all(connected.received)


async def test_the_bot_asks_for_nothing_privileged(connected: Loopback) -> None:
    intents = connected.identified[0]["intents"]

    assert not intents & (1 << 15)
    assert not intents & (1 << 1)
    assert not intents & (1 << 8)


async def test_commands_are_described_as_discord_wants_them(connected: Loopback) -> None:
    assert {"ask", "speaker", "speakers", "whosaid", "check", "stories", "help", "privacy", "Check this quote"} <= {
        command["name"] for command in connected.commands
    }
    check_all([one for one in connected.received if one.method == "PUT"])


async def test_a_closed_direct_message_costs_one_request(connected: Loopback, engine: FakeEngine) -> None:
    connected.refuse[f"/channels/{PRIVATE}/messages"] = 403

    await connected.say("what did Ryan say?", private=True)
    await connected.until("POST", f"/channels/{PRIVATE}/messages")
    await connected.say(f"<@{ME}> what did Ryan say?")

    await connected.until("POST", f"/channels/{CHANNEL}/messages")
    tried = [one for one in connected.received if (one.method, one.path) == ("POST", f"/channels/{PRIVATE}/messages")]
    assert len(tried) == 1


@pytest.mark.parametrize("close", [1001, 4000, 4009])
async def test_after_a_lost_connection_a_question_is_answered_once(connected: Loopback, close: int) -> None:
    await connected.fault(f"close {close}")

    await connected.say(f"<@{ME}> what did Ryan say?")

    await connected.until("POST", f"/channels/{CHANNEL}/messages")
    await connected.say(f"<@{ME}> and Pelosi?")
    answers = await connected.until("POST", f"/channels/{CHANNEL}/messages", 2)
    assert ["Paul Ryan" in one.body["embeds"][0]["description"] for one in answers] == [True, False]


async def test_asked_to_reconnect_the_bot_resumes_where_it_was(connected: Loopback) -> None:
    await connected.fault("reconnect")

    assert connected.resumed[0]["session_id"] == "session-1"
    await connected.say(f"<@{ME}> what did Ryan say?")
    await connected.until("POST", f"/channels/{CHANNEL}/messages")


async def test_a_line_that_was_cut_is_taken_up_again(connected: Loopback) -> None:
    await connected.fault("cut")

    await connected.say(f"<@{ME}> what did Ryan say?")
    await connected.until("POST", f"/channels/{CHANNEL}/messages")


async def test_told_to_slow_down_the_bot_waits_and_the_answer_arrives_once(connected: Loopback) -> None:
    connected.too_often[f"/channels/{CHANNEL}/messages"] = 2

    await connected.say(f"<@{ME}> what did Ryan say?")

    tried = await connected.until("POST", f"/channels/{CHANNEL}/messages", 3)
    assert len(tried) == 3
    assert len([one for one in connected.messages.values() if one["author"]["id"] == ME]) == 1
