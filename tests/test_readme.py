"""The README says all there is to say, and what it shows is what happens."""

import ast
import doctest
import re
import shlex
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.settings import Settings
from bot.terminal.commands import COMMANDS
from tests.seed import seed_library_in

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
    return str(seed_library_in(tmp_path_factory, "readme"))


@pytest.mark.parametrize("name", [str(command.name) for command in COMMANDS])
def test_each_command_stands_in_the_readme(name: str) -> None:
    assert f"| `onrecord {name}" in README


def discord_commands() -> list[tuple[str, list[str]]]:
    """Every command of the command tree as it is typed, with its options."""
    from discord.app_commands import Command, Group

    from bot.discord_side.commands import COMMANDS as SLASH_COMMANDS

    leaves = [leaf for one in SLASH_COMMANDS for leaf in (one.walk_commands() if isinstance(one, Group) else [one])]
    return [
        (leaf.qualified_name, [option.display_name for option in leaf.parameters])
        for leaf in leaves
        if isinstance(leaf, Command)
    ]


@pytest.mark.parametrize(("command", "options"), discord_commands())
def test_each_command_of_discord_stands_in_the_readme_with_its_options(command: str, options: list[str]) -> None:
    assert f"| `/{command}` | {', '.join(f'`{option}`' for option in options)} |".replace("|  |", "| |") in README


def test_each_message_command_stands_in_the_readme() -> None:
    from bot.discord_side.commands import MENUS

    assert [menu.name for menu in MENUS if f"| **{menu.name}** |" not in README] == []


def test_each_button_under_a_reply_stands_in_the_readme() -> None:
    from bot.rendering.discord_letter import Page, Pages, letter
    from tests.bot.discord_side.shelf import said_by, seed_shelf

    said = said_by(seed_shelf(), "Paul Ryan").statements[:1]
    long = Pages((Page("one", (said,)), Page("two", (said,))), "words")
    shown = [letter(long, at, private=True) for at in (0, 1)]
    labels = {one.label for each in shown for one in each.buttons} | {
        one.label for each in shown for menu in each.menus for one in menu.options
    }
    assert {"More", "Back", "Share"} < labels
    assert [label for label in labels if f"**{label}**" not in README] == []


def test_each_setting_of_a_server_stands_in_the_readme() -> None:
    from bot.discord_side.libraries.place import Place, Rules
    from bot.discord_side.replies.settings_items import panel

    body = panel(Place("server-1"), Rules())[0].body
    names = re.findall(r"^\*\*(\w[\w ]*)\*\*(?=[: ].*\.$)", body, re.MULTILINE)
    assert len(names) == 10
    assert [name for name in names if f"| **{name}** |" not in README] == []


@pytest.mark.parametrize("option", sorted(OPTIONS))
def test_each_option_stands_in_the_readme(option: str) -> None:
    assert re.search(rf"{option}\b", README)


@pytest.mark.parametrize("setting", dict(Settings.read({}).described()))
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


def test_the_python_example_does_what_the_readme_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (example,) = re.findall(r"^```pycon\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    monkeypatch.chdir(tmp_path)
    shown = doctest.DocTestParser().get_doctest(example, {}, "README", "README.md", 0)
    told: list[str] = []
    assert doctest.DocTestRunner().run(shown, out=told.append) == doctest.TestResults(0, 7), "".join(told)


def test_each_verb_for_programs_stands_in_the_readme() -> None:
    from bot.programs.verbs import VERBS

    assert [verb.name for verb in VERBS if f"`{verb.name}`" not in README] == []


def test_each_file_that_the_readme_links_to_is_there() -> None:
    links = re.findall(r"\]\((?!https?://|#)([^)]+)\)", README)
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_each_picture_is_of_a_reply_that_the_command_makes_and_is_small() -> None:
    from tests.pictures.scenes import BEST

    pictures = {picture.stem: picture.stat().st_size for picture in (ROOT / "tests" / "pictures").glob("*.png")}
    assert set(pictures) == set(BEST)
    assert [name for name in pictures if f"](tests/pictures/{name}.png)" not in README] == []
    assert max(pictures.values()) <= 60_000


def test_the_two_commands_that_set_it_up_are_those_that_are_run() -> None:
    assert "pip install -e . && .venv/bin/onrecord ask" in README
    assert "pip install -e '.[test]' && .venv/bin/python -m pytest" in README
