"""Where every command ends: in one sentence and an exit code."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from bot.errors import EmptyLibrary, NoToken
from bot.terminal.boundary import run
from index.errors import NoSuchStory

Run = Callable[..., tuple[int, str, str]]


def raising(error: BaseException) -> Callable[[], None]:
    def work() -> None:
        raise error

    return work


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (EmptyLibrary(), 1),
        (NoSuchStory("x"), 1),
        (NoToken(), 2),
        (click.UsageError("Which?"), 2),
        (KeyboardInterrupt(), 130),
        (click.Abort(), 130),
    ],
)
def test_each_error_is_one_sentence_and_its_exit_code(
    error: BaseException, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(raising(error)) == code
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1


def test_what_was_not_foreseen_is_logged_under_its_number_without_the_token(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setenv("DISCORD_TOKEN", "very.secret.token")
    monkeypatch.setenv("ONRECORD_API_TOKEN", "another-secret-token")
    assert run(raising(ZeroDivisionError("with very.secret.token and another-secret-token inside"))) == 1
    (log,) = tmp_path.rglob("onrecord.log")
    written, said = log.read_text(encoding="utf-8"), capsys.readouterr().err
    assert "ZeroDivisionError" in written
    assert "secret" not in written + said
    assert said.count("\n") == 1
    assert any(word in written for word in said.split() if len(word) == 8)


def test_a_command_or_option_that_is_not_there_is_wrong_usage(onrecord: Run) -> None:
    assert onrecord("sing")[0] == 2
    assert onrecord("ask", "--loudly")[0] == 2
    assert onrecord("show")[0] == 2


@pytest.mark.parametrize("arguments", [["--help"], ["ask", "--help"], ["--version"]])
def test_help_is_printed_without_loading_anything_heavy(arguments: list[str]) -> None:
    program = (
        "import sys; from bot.__main__ import main; code = main(sys.argv[1:]);"
        "heavy = {'torch', 'spacy', 'discord', 'faiss', 'sentence_transformers', 'rich', 'numpy'} & set(sys.modules);"
        "sys.exit(f'loaded {heavy}' if heavy else code)"
    )
    ran = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "onrecord" in ran.stdout


def test_python_m_bot_is_the_same_program() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "bot", "serve"], capture_output=True, text=True, check=False, env=bare()
    )
    assert ran.returncode == 2
    assert "set DISCORD_TOKEN" in ran.stderr


def test_a_reader_that_goes_away_ends_it_quietly(library: str) -> None:
    command = [sys.executable, "-m", "bot", "show", "000_9e93925cc4b41a6c", "--json", "--library", library]
    read_end, write_end = os.pipe()
    os.close(read_end)
    ran = subprocess.run(command, stdout=write_end, stderr=subprocess.PIPE, text=True, check=False, env=bare())
    os.close(write_end)
    assert (ran.returncode, ran.stderr) == (1, "")


def bare() -> dict[str, str]:
    """This environment without a token."""
    return {name: value for name, value in os.environ.items() if name != "DISCORD_TOKEN"}
