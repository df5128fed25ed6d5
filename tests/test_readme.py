"""The README says all there is to say, and what it shows is what happens."""

import ast
import re
import shlex
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.settings import SETTINGS
from bot.terminal.commands import COMMANDS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```console\n\$ (onrecord .+)\n((?:.*\n)*?)```$", README, re.MULTILINE)
OPTIONS = {
    option for command in COMMANDS for parameter in command.params for option in parameter.opts if "--" in option
}


def error_names() -> list[str]:
    sources = [ast.parse((ROOT / package / "errors.py").read_text(encoding="utf-8")) for package in ("bot", "index")]
    classes = [node for source in sources for node in source.body if isinstance(node, ast.ClassDef)]
    return [node.name for node in classes if node.name not in ("BotError", "StoriesError")]


@pytest.fixture(scope="module")
def default_library(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(tmp_path_factory.mktemp("readme") / "library")


@pytest.mark.parametrize("name", [str(command.name) for command in COMMANDS])
def test_each_command_stands_in_the_readme(name: str) -> None:
    assert f"| `onrecord {name}" in README


def test_each_command_of_discord_stands_in_the_readme() -> None:
    from bot.discord_side.commands import COMMANDS as SLASH_COMMANDS
    from bot.discord_side.menus import MENUS

    rows = [f"| `/{command.name}` |" for command in SLASH_COMMANDS] + [f"| **{menu.name}** |" for menu in MENUS]
    assert [row for row in rows if row not in README] == []


@pytest.mark.parametrize("option", sorted(OPTIONS))
def test_each_option_stands_in_the_readme(option: str) -> None:
    assert re.search(rf"{option}\b", README)


@pytest.mark.parametrize("setting", list(SETTINGS))
def test_each_setting_stands_in_the_readme(setting: str) -> None:
    assert f"| `{setting}` |" in README


@pytest.mark.parametrize("error", error_names())
def test_each_error_stands_in_the_readme(error: str) -> None:
    assert f"| `{error}` |" in README


@pytest.mark.parametrize(("command", "shown"), EXAMPLES, ids=[command for command, _ in EXAMPLES])
def test_each_example_does_what_the_readme_shows(
    command: str,
    shown: str,
    default_library: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("ONRECORD_LIBRARY", default_library)
    assert main(shlex.split(command)[1:]) == 0
    assert capsys.readouterr().out == shown


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 3


def test_each_file_that_the_readme_links_to_is_there() -> None:
    links = re.findall(r"\]\((?!https?://|#)([^)]+)\)", README)
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_two_commands_that_set_it_up_are_those_that_are_run() -> None:
    assert "pip install -e . && .venv/bin/onrecord ask" in README
    assert "pip install -e '.[test]' && .venv/bin/python -m pytest" in README
