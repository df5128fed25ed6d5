"""Running the bot: what ends it, with which sentence and exit code, and what never stands in the log."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import discord
import pytest

from bot.discord_side.libraries.place import PERMISSIONS, invite
from bot.discord_side.serving import check, serve
from bot.errors import DiscordUnusable
from bot.settings import Settings
from bot.shelf import Shelf
from index.errors import LibraryDamaged
from tests.bot.discord_side.loopback import TOKEN, Loopback, loopback
from tests.bot.discord_side.openapi import check_all
from tests.bot.discord_side.patience import patiently
from tests.bot.discord_side.shelf import FakeEngine


@pytest.fixture(autouse=True)
def addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Puts discord.py's addresses back, which serving sets."""
    monkeypatch.setattr(discord.http.Route, "BASE", discord.http.Route.BASE)
    gateway = discord.gateway.DiscordWebSocket
    monkeypatch.setattr(gateway, "DEFAULT_GATEWAY", gateway.DEFAULT_GATEWAY)


@pytest.fixture
async def server() -> AsyncIterator[Loopback]:
    async with loopback() as running:
        yield running


def settings_for(server: Loopback, tmp_path: Path, token: str | None = TOKEN) -> Settings:
    return Settings(
        library=tmp_path,
        discord_token=token,
        discord_api_base=server.api,
        discord_gateway_url=server.gateway,
    )


async def served(settings: Settings, engine: FakeEngine) -> int:
    return await asyncio.to_thread(serve, settings, engine=engine)


def test_no_token_is_one_sentence_that_says_how_to_get_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert serve(Settings(library=tmp_path)) == 2

    said = capsys.readouterr().err
    assert "DISCORD_TOKEN" in said
    assert "https://discord.com/developers/applications" in said
    assert said.count("\n") == 1


async def test_a_refused_token_is_one_sentence_and_is_not_repeated(
    server: Loopback, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = await served(settings_for(server, tmp_path, "a-wrong.token"), FakeEngine())

    said = capsys.readouterr().err
    assert code == 2
    assert said.startswith("Discord refused the token")
    assert "a-wrong.token" not in said
    assert len(server.received) == 1


@pytest.mark.parametrize("close", [4004, 4010, 4011, 4012, 4013, 4014])
async def test_a_close_for_good_ends_with_a_sentence_and_an_exit_code(
    server: Loopback, tmp_path: Path, capsys: pytest.CaptureFixture[str], close: int
) -> None:
    server.close_with = close

    async with patiently():
        code = await served(settings_for(server, tmp_path), FakeEngine())

    assert code != 0
    said = capsys.readouterr().err.strip().splitlines()[-1]
    assert said.endswith((".", "shows."))
    assert "Traceback" not in said


async def test_a_library_that_cannot_be_opened_ends_the_bot_with_its_sentence(
    server: Loopback, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    class Damaged(FakeEngine):
        def open(self) -> Shelf:
            raise LibraryDamaged("somewhere", "a page is missing")

    code = await served(settings_for(server, tmp_path), Damaged())

    assert code == 1
    assert "is damaged (a page is missing)" in capsys.readouterr().err


async def test_discord_that_cannot_be_reached_is_said_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], unused_tcp_port: int
) -> None:
    nowhere = Settings(library=tmp_path, discord_token=TOKEN, discord_api_base=f"http://127.0.0.1:{unused_tcp_port}")

    assert await served(nowhere, FakeEngine()) == 1

    assert "Discord cannot be reached" in capsys.readouterr().err


@pytest.mark.parametrize("stopped", [False, True])
async def test_what_ends_the_bot_while_its_library_opens_ends_it_with_its_own_code(
    server: Loopback, tmp_path: Path, stopped: bool
) -> None:
    """Models are being loaded in a thread then, which must not be torn down in the middle of their code."""
    surroundings = {
        "DISCORD_TOKEN": TOKEN if stopped else "a-wrong.token",
        "DISCORD_API_BASE": server.api,
        "DISCORD_GATEWAY_URL": server.gateway,
    }
    command = (sys.executable, "-m", "bot", "serve", "--library", str(tmp_path / "library"))
    serving = await asyncio.create_subprocess_exec(
        *command, env=os.environ | surroundings, stderr=asyncio.subprocess.PIPE
    )
    if stopped:
        await server.connected(1)
        serving.terminate()
    said = (await serving.communicate())[1].decode()

    assert serving.returncode == (0 if stopped else 2), said
    assert "terminate called" not in said


async def test_check_says_whose_token_it_is_and_does_not_show_it(server: Loopback, tmp_path: Path) -> None:
    right, wrong = await asyncio.to_thread(check, settings_for(server, tmp_path))

    assert any("it belongs to On Record" in line for line in right)
    assert any("message content intent is off" in line for line in right)
    assert any("has its permissions in 1 server." in line for line in right)
    assert wrong == ()
    assert not any(TOKEN in line for line in right)


async def test_check_names_what_the_bot_may_not_do_and_what_to_do_about_it(server: Loopback, tmp_path: Path) -> None:
    server.permissions = str(PERMISSIONS.value & ~discord.Permissions(embed_links=True, send_messages=True).value)

    _, [line] = await asyncio.to_thread(check, settings_for(server, tmp_path))

    assert line.startswith("In A server the bot lacks the permission to ")
    assert "send messages" in line
    assert "embed links" in line
    assert "view channel" not in line
    check_all(server.received)


@pytest.mark.parametrize("needed", ["create_public_threads", "send_messages_in_threads", "attach_files"])
def test_the_invite_has_what_threads_and_files_need(needed: str) -> None:
    asked_for = int(parse_qs(urlsplit(invite(1001)).query)["permissions"][0])

    assert getattr(discord.Permissions(asked_for), needed)


async def test_check_refuses_a_wrong_token_with_a_sentence(server: Loopback, tmp_path: Path) -> None:
    with pytest.raises(DiscordUnusable, match="refused the token"):
        await asyncio.to_thread(check, settings_for(server, tmp_path, "a-wrong.token"))


def test_the_token_is_in_no_representation_of_the_settings(tmp_path: Path) -> None:
    settings = replace(Settings(library=tmp_path), discord_token=TOKEN)

    assert TOKEN not in repr(settings)
    assert TOKEN not in str(settings.described())
