"""Discord's HTTP interface fails, slows the bot down, or forbids: questions have one answer, nothing is insisted on."""

from collections import Counter
from pathlib import Path

import pytest

from bot.settings import Settings
from tests.bot.discord_side.connecting import on_loopback, replies
from tests.bot.discord_side.hurry import hurried
from tests.bot.discord_side.loopback import CHANNEL, ME, PRIVATE, TOKEN, Loopback, Request, Trouble, loopback
from tests.bot.discord_side.patience import patiently
from tests.bot.discord_side.shelf import FakeEngine
from tests.bot.discord_side.storms import PACE, run
from tests.bot.discord_side.test_serving import addresses, served

__all__ = ["addresses"]


def test_through_a_storm_each_question_is_answered_once_and_nothing_is_sent_too_early() -> None:
    fate = hurried(run(160), pace=PACE)

    assert Counter(fate.mentions + fate.commands) == {1: 160}
    assert fate.storm.too_early == []
    assert fate.storm.troubles.total() > 30


@pytest.mark.parametrize("status", [403, 404])
async def test_what_discord_forbids_is_tried_once_and_harms_nobody_else(status: int) -> None:
    async with on_loopback() as server:
        server.trouble = lambda one: Trouble(status) if PRIVATE in one.path else None

        await server.say("what did Ryan say?", private=True)
        await server.until("POST", f"/channels/{PRIVATE}/typing")
        after = await server.say(f"<@{ME}> what did Pelosi say?")

        await server.until("POST", f"/channels/{CHANNEL}/messages")
        tried = Counter((one.method, one.path) for one in server.received if PRIVATE in one.path)
        assert set(tried.values()) == {1}
        assert replies(server)[after["id"]] == 1


@pytest.mark.parametrize("status", [403, 404])
async def test_an_interaction_that_is_gone_is_tried_once(status: int) -> None:
    async with on_loopback() as server:
        server.trouble = lambda one: Trouble(status) if one.path.endswith(("/callback", "@original")) else None

        await server.command("ask", question="what did Ryan say?")
        await server.until("POST", "/callback")
        await server.say(f"<@{ME}> what did Pelosi say?")

        await server.until("POST", f"/channels/{CHANNEL}/messages")
        assert len([one for one in server.received if one.path.startswith(("/interactions", "/webhooks"))]) == 1


def test_a_command_whose_acknowledgement_seemed_lost_is_answered_all_the_same() -> None:
    lost = iter((Trouble(reset="after"),))

    async def asked() -> int:
        async with on_loopback() as server:
            server.trouble = lambda one: next(lost, None) if one.path.endswith("/callback") else None
            used = await server.command("ask", question="what did Ryan say?")
            await server.until("PATCH", f"{used['token']}/messages/@original")
            return len(server.shown[used["token"]])

    assert hurried(asked(), pace=PACE) == 1


async def test_a_token_that_is_refused_meanwhile_ends_the_bot_at_once_with_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with loopback() as server:
        server.trouble = lambda one: Trouble(401) if one.path.startswith("/channels") else None
        code = await _served_until_refused(server, tmp_path)

    assert code == 2
    assert capsys.readouterr().err.splitlines()[-1].startswith("Discord refused the token")
    assert len([one for one in server.received if one.path.startswith("/channels")]) <= 2


def test_an_interaction_that_is_too_old_does_not_end_the_bot() -> None:
    def too_old(one: Request) -> Trouble | None:
        return Trouble(401) if one.path.startswith("/webhooks") else None

    async def asked() -> int:
        async with on_loopback() as server:
            server.trouble = too_old
            used = await server.command("ask", question="what did Ryan say?")
            await server.until("PATCH", f"{used['token']}/messages/@original")
            after = await server.say(f"<@{ME}> what did Pelosi say?")
            await server.until("POST", f"/channels/{CHANNEL}/messages")
            return replies(server)[after["id"]]

    assert hurried(asked(), pace=PACE) == 1


async def _served_until_refused(server: Loopback, folder: Path) -> int:
    import asyncio

    settings = Settings(
        library=folder, discord_token=TOKEN, discord_api_base=server.api, discord_gateway_url=server.gateway
    )
    running = asyncio.create_task(served(settings, FakeEngine()))
    await server.connected()
    await server.say(f"<@{ME}> what did Ryan say?")
    async with patiently():
        return await running
