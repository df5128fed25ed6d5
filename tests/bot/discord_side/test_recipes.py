"""What the README gives to whoever hosts the bot: a systemd unit and a container that start it, and end it well."""

import asyncio
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest

from bot.discord_side.limits import Limits
from bot.errors import NoToken
from bot.settings import Settings
from bot.terminal.commands import onrecord
from tests.bot.discord_side.loopback import TOKEN, loopback
from tests.bot.discord_side.openapi import check_all
from tests.bot.discord_side.patience import patiently
from tests.bot.discord_side.shelf import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
INSTRUCTIONS = {
    "FROM", "WORKDIR", "COPY", "RUN", "USER", "ENV", "VOLUME", "STOPSIGNAL", "ENTRYPOINT", "CMD",
}  # fmt: skip


def unit() -> ConfigParser:
    [written] = re.findall(r"^```ini\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    parsed = ConfigParser(interpolation=None)
    parsed.optionxform = str  # type: ignore[assignment, method-assign]
    parsed.read_string(written)
    return parsed


def set_by_unit() -> dict[str, str]:
    return dict(one.split("=", 1) for one in shlex.split(unit()["Service"]["Environment"]))


def container() -> list[tuple[str, str]]:
    [written] = re.findall(r"<<'END'\n(.*?)^END$", README, re.MULTILINE | re.DOTALL)
    parted = [line.partition(" ") for line in written.splitlines()]
    return [(name, rest) for name, _, rest in parted]


def words_of_container() -> list[str]:
    given = dict(container())
    return [*json.loads(given["ENTRYPOINT"]), *json.loads(given["CMD"])]


def test_both_start_the_same_command_which_there_is() -> None:
    program, *words = shlex.split(unit()["Service"]["ExecStart"])

    assert [Path(program).name, *words] == words_of_container() == ["onrecord", "serve"]
    assert words[0] in onrecord.commands


def test_what_they_set_are_settings() -> None:
    set_there = [*set_by_unit(), dict(container())["ENV"].partition("=")[0]]

    assert [name for name in set_there if name not in dict(Settings.read({}).described())] == []


def test_the_unit_is_started_again_unless_that_cannot_help_and_is_given_the_time_to_end() -> None:
    service = unit()["Service"]

    assert service["Restart"] == "on-failure"
    assert int(service["RestartPreventExitStatus"]) == NoToken.exit_code
    assert int(service["TimeoutStopSec"]) > Limits().ending_s
    assert int(re.findall(r"--stop-timeout (\d+)", README)[0]) > Limits().ending_s


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not on this machine")
def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    [written] = re.findall(r"^```ini\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    file = tmp_path / "onrecord.service"
    file.write_text(written.replace("/opt/onrecord/.venv/bin/onrecord", sys.executable), encoding="utf-8")

    checked = subprocess.run(["systemd-analyze", "verify", str(file)], capture_output=True, text=True, check=False)

    assert "onrecord.service" not in checked.stderr


def test_the_container_is_put_together_from_what_is_there_and_does_not_run_as_root() -> None:
    written = container()

    assert {name for name, _ in written} == INSTRUCTIONS
    assert ("COPY", ". .") in written
    assert dict(written)["USER"] == "onrecord"
    assert dict(written)["ENV"].partition("=")[2].startswith(dict(written)["VOLUME"])
    assert dict(written)["FROM"] == "python:3.11-slim"


async def test_what_the_unit_starts_says_when_it_is_ready_and_ends_when_it_is_told_to(
    tmp_path: Path, unused_tcp_port: int
) -> None:
    words = shlex.split(unit()["Service"]["ExecStart"])[1:]
    there = set_by_unit() | {"ONRECORD_HEALTH_PORT": str(unused_tcp_port)}
    there["ONRECORD_LIBRARY"] = str(tmp_path / there["ONRECORD_LIBRARY"].lstrip("/"))
    async with loopback() as server:
        given = {"DISCORD_TOKEN": TOKEN, "DISCORD_API_BASE": server.api, "DISCORD_GATEWAY_URL": server.gateway}
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", *words),
            env={**os.environ, **there, **given, "PYTHONPATH": str(ROOT)},
            cwd=ROOT,
            stdout=asyncio.subprocess.PIPE,
        )
        assert process.stdout is not None
        async with patiently():
            said = (await process.stdout.readline()).decode()
        process.send_signal(signal.SIGTERM)
        async with patiently():
            code = await process.wait()
        check_all(server.received)

    assert said.startswith(
        "On Record is ready, in 1 server. Invite it to one with https://discord.com/oauth2/authorize?"
    )
    assert code == 0
