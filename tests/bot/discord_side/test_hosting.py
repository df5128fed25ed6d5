"""What whoever hosts the bot can see and do: health, figures, logs without anybody's words, its end, and shards."""

import asyncio
import json
import logging
import os
import signal
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
from click.testing import CliRunner

from bot.discord_side.redaction import Redaction
from bot.discord_side.serving import Shards, serve
from bot.terminal.commands import onrecord
from tests.bot.discord_side.loopback import CHANNEL, ME, TOKEN, Loopback, Trouble, loopback
from tests.bot.discord_side.patience import patiently
from tests.bot.discord_side.shelf import ROOT, FakeEngine
from tests.bot.discord_side.test_serving import addresses, settings_for

__all__ = ["addresses"]

ASKED = "what did Ryan say about the seventeen marmots?"
RUN = """
import sys, time
from dataclasses import replace
from bot.discord_side.serving import serve
from bot.settings import Settings
from tests.bot.discord_side.patience import PATIENT
from tests.bot.discord_side.shelf import FakeEngine
slow_s = float(sys.argv[1])
engine = FakeEngine(before=lambda question: time.sleep(slow_s))
sys.exit(serve(Settings.read(), engine=engine, limits=replace(PATIENT, finishing_s=float(sys.argv[2]), closing_s=0.5)))
"""


@pytest.fixture
async def server() -> AsyncIterator[Loopback]:
    async with loopback() as running:
        yield running


async def a_process(
    server: Loopback, folder: Path, *, slow_s: float = 0, finishing_s: float = 300, **also: str
) -> asyncio.subprocess.Process:
    """The bot in a process of its own, with these settings too."""
    environment = {
        **os.environ, "DISCORD_TOKEN": TOKEN, "DISCORD_API_BASE": server.api, "DISCORD_GATEWAY_URL": server.gateway,
        "ONRECORD_LIBRARY": str(folder), "ONRECORD_LOG": "DEBUG", "PYTHONPATH": str(ROOT),
        **also,
    }  # fmt: skip
    command = (sys.executable, "-c", RUN, str(slow_s), str(finishing_s))
    return await asyncio.create_subprocess_exec(*command, env=environment, cwd=ROOT, stderr=asyncio.subprocess.PIPE)


async def ended(process: asyncio.subprocess.Process) -> bytes:
    """What it wrote to its log, once it has ended."""
    async with patiently():
        return (await process.communicate())[1]


async def test_sigterm_ends_it_cleanly_and_neither_token_nor_question_is_in_the_log(
    server: Loopback, tmp_path: Path
) -> None:
    process = await a_process(server, tmp_path)
    await server.connected()
    await server.say(f"<@{ME}> {ASKED}")
    await server.until("POST", f"/channels/{CHANNEL}/messages")

    process.send_signal(signal.SIGTERM)

    log = await ended(process)
    assert process.returncode == 0
    assert b"library is open" in log
    assert TOKEN.encode() not in log
    assert b"marmots" not in log


@pytest.mark.parametrize(
    ("slow_s", "finishing_s", "said"), [(0.5, 300, "Paul Ryan"), (60, 0.3, "I am being restarted")]
)
async def test_told_to_stop_it_finishes_what_is_under_way_or_apologises_for_it(
    server: Loopback, tmp_path: Path, slow_s: float, finishing_s: float, said: str
) -> None:
    process = await a_process(server, tmp_path, slow_s=slow_s, finishing_s=finishing_s)
    await server.connected()
    await server.say(f"<@{ME}> {ASKED}")
    await server.until("POST", f"/channels/{CHANNEL}/typing")

    process.send_signal(signal.SIGTERM)

    await ended(process)
    [reply] = await server.until("POST", f"/channels/{CHANNEL}/messages")
    assert process.returncode == 0
    assert said in json.dumps(reply.body)


async def test_health_and_figures_are_on_loopback_where_a_port_is_set(
    server: Loopback, tmp_path: Path, unused_tcp_port: int
) -> None:
    process = await a_process(server, tmp_path, ONRECORD_HEALTH_PORT=str(unused_tcp_port))
    await server.connected()
    await server.say(f"<@{ME}> {ASKED}")
    await server.until("POST", f"/channels/{CHANNEL}/messages")
    await server.say(f"<@{ME}> what did nobody say?")
    await server.until("POST", f"/channels/{CHANNEL}/messages", 2)

    async with aiohttp.ClientSession(f"http://127.0.0.1:{unused_tcp_port}") as session:
        async with session.get("/healthz") as well:
            assert (well.status, await well.json()) == (
                200,
                {"well": True, "gateway": True, "library": "open", "servers": 1},
            )
        async with session.get("/metrics") as figures:
            text = await figures.text()

    assert "onrecord_servers 1.0" in text
    assert 'onrecord_discord_requests_total{status="200"}' in text
    assert "onrecord_reply_seconds_bucket" in text
    assert "onrecord_answers_total 1.0" in text
    assert 'onrecord_abstentions_total{reason="not-in-story"} 1.0' in text
    assert "onrecord_stories_own 1.0" in text
    assert float(next(line for line in text.splitlines() if line.startswith("process_resident")).split()[1]) > 1e6
    assert "marmots" not in text
    process.send_signal(signal.SIGTERM)
    await ended(process)


async def test_a_port_that_is_taken_is_said_in_one_sentence(
    server: Loopback, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = replace(settings_for(server, tmp_path), health_port=int(server.address.rpartition(":")[2]))

    code = await asyncio.to_thread(serve, settings, engine=FakeEngine())

    assert code == 2
    assert "ONRECORD_HEALTH_PORT has to be a port that no other program has." in capsys.readouterr().err


@pytest.mark.parametrize("as_json", [True, False])
def test_the_log_says_what_was_raised_and_where_without_what_it_said(
    capsys: pytest.CaptureFixture[str], as_json: bool
) -> None:
    with Redaction(TOKEN, "INFO", as_json=as_json):
        try:
            _fail()
        except ValueError:
            logging.getLogger("bot.test").exception("incident %s with %s", "abc", TOKEN)

    said = capsys.readouterr().err
    assert "marmots" not in said
    assert TOKEN not in said
    for shown in ("incident abc with [token]", "ValueError", "JSONDecodeError", "test_hosting.py"):
        assert shown in said


def _fail() -> None:
    try:
        json.loads(ASKED)
    except json.JSONDecodeError as error:
        raise ValueError(f"no answer to {ASKED}") from error


def test_as_json_each_line_of_the_log_is_an_object(capsys: pytest.CaptureFixture[str]) -> None:
    with Redaction(TOKEN, "INFO", as_json=True):
        logging.getLogger("bot.test").warning("two\nlines, “%s”", "quoted")

    [line] = capsys.readouterr().err.splitlines()
    said = json.loads(line)
    assert (said["level"], said["logger"], said["message"]) == ("WARNING", "bot.test", "two\nlines, “quoted”")
    assert said["time"].endswith("+00:00")


async def test_of_eight_shards_it_keeps_those_it_is_given(server: Loopback, tmp_path: Path) -> None:
    settings, shards = settings_for(server, tmp_path), Shards((0, 1), 8)
    engine = FakeEngine()
    running = asyncio.create_task(asyncio.to_thread(serve, settings, engine=engine, shards=shards))
    await server.connected(2)

    await server.say(f"<@{ME}> {ASKED}")

    await server.until("POST", f"/channels/{CHANNEL}/messages")
    assert [identity["shard"] for identity in server.identified] == [[0, 8], [1, 8]]
    server.trouble = lambda one: Trouble(401)
    await server.say(f"<@{ME}> {ASKED}")
    async with patiently():
        assert await running == 2


@pytest.mark.parametrize("given", ["8/8", "3-1/8", "0-3", "a/b", "-1/8"])
def test_shards_that_make_no_sense_are_wrong_usage(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)

    result = CliRunner().invoke(onrecord, ["serve", "--shards", given])

    assert result.exit_code == 2
    assert "0-3/8" in result.output or "No such option" in result.output
