"""Options that several commands share, and what each command starts from: the settings, and a library that is open."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

import click

from bot.settings import Settings
from bot.terminal.screen import Progress, progress_bar

if TYPE_CHECKING:
    from bot.asking import Limits
    from index.library import StoryLibrary

Command = TypeVar("Command", bound=Callable[..., object])


def library_option(command: Command) -> Command:
    """Adds --library."""
    text = "The folder that keeps the stories; one named here begins empty."
    return click.option("--library", metavar="DIR", help=text)(command)


def json_option(command: Command) -> Command:
    """Adds --json."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")(command)


def words_argument(name: str) -> Callable[[Command], Command]:
    """Adds an argument of one or more words, so that a question needs no quotation marks."""
    return click.argument(name, nargs=-1, required=True, metavar=name.upper())


def typed(words: Sequence[str]) -> str:
    """What was typed, as one text; bytes that are no character are replaced."""
    return " ".join(words).strip().encode("utf-8", "replace").decode("utf-8")


def limits_for(*, as_json: bool) -> "Limits":
    """What to look up: for a program everything that it is promised, for a person what is shown."""
    from bot.asking import DEFAULTS, FOR_PEOPLE

    return DEFAULTS if as_json else FOR_PEOPLE


@contextmanager
def opened(library: str | None) -> Iterator["StoryLibrary"]:
    """The library that the option or the environment names, closed at the end. Raises WrongSetting, StoriesError."""
    from bot.libraries import open_library

    shelf = open_library(Settings.read(library=library), beginning=_say_that_it_begins, rebuilding=_said_to_be_rebuilt)
    try:
        yield shelf
    finally:
        shelf.close()


@contextmanager
def _said_to_be_rebuilt() -> Iterator[Progress]:
    click.echo("Rebuilding this library from its stored texts: it is damaged, or another model made it …", err=True)
    with progress_bar("Rebuilding") as advanced:
        yield advanced


def _say_that_it_begins() -> None:
    if sys.stderr.isatty():
        click.echo("First use: reading the story that comes along, which takes a few seconds, once …", err=True)
