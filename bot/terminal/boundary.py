"""What all commands share: the options and the open library that they start from; where they print, with layout and
colour where a person reads, as plain text or JSON where a program does; and the one place where everything that can go
wrong in them ends, in one sentence and an exit code.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

import click

from bot.answers import Result
from bot.errors import BotError, EmptyLibrary
from bot.incidents import seen_to
from bot.rendering.contract import JsonObject, result_json
from bot.rendering.plain import plain
from bot.rendering.seen import seen_by
from bot.rendering.wording import in_signs
from bot.settings import Settings
from bot.shelf import Shelf
from index.errors import StoriesError
from index.story import Json

if TYPE_CHECKING:
    from rich.console import RenderableType

    from bot.asking import Limits
    from index.library import StoryLibrary

T = TypeVar("T")
Command = TypeVar("Command", bound=Callable[..., object])
Progress = Callable[[int, int | None], None]
"""Called with what is done, and with what there is to do in all where that is known."""
FAILED, INTERRUPTED = 1, 130
WIDEST = 100
"""Columns: longer lines are tiring to read."""
library_option = click.option(
    "--library", metavar="DIR", help="The folder that keeps the stories; one named here begins empty."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")


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
def opened(library: str | None, *, filled: bool = False) -> Iterator["StoryLibrary"]:
    """The library that the option or the environment names, closed at the end; `filled` says that it has to hold
    something. Raises WrongSetting, StoriesError, EmptyLibrary."""
    from bot.libraries import open_library

    shelf = open_library(Settings.read(library=library), beginning=_say_that_it_begins, rebuilding=_said_to_be_rebuilt)
    try:
        if filled and not shelf.stories:
            raise EmptyLibrary
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


def person_reads() -> bool:
    """Whether standard output goes to a terminal."""
    return sys.stdout.isatty()


def say(text: str, *, err: bool = False) -> None:
    """Prints a line that may hold words of a story or of its source: none of their control characters comes along."""
    click.echo(in_signs(text), err=err)


def print_json(value: JsonObject) -> None:
    """Prints one object on one line, at once."""
    click.echo(json.dumps(value, ensure_ascii=False))


def print_result(result: Result, shelf: Shelf, *, as_json: bool, question_id: Json = None) -> str:
    """Prints a result in the form wanted, and gives its plain text back."""
    seen = seen_by(result, shelf)
    if as_json:
        body = result_json(result, seen, question_id=question_id)
        print_json(body)
        return str(body["text"])
    text = plain(result, seen)
    if person_reads():
        from bot.rendering.terminal import rendered

        print_laid_out(lambda width: rendered(result, seen, width=width))
    else:
        click.echo(text)  # as it is stored: a pipe is no terminal
    return text


def print_laid_out(layout: Callable[[int], "RenderableType"]) -> None:
    """Prints what a function of the width in columns lays out; without colour where NO_COLOR is set."""
    from rich.console import Console

    console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
    width = min(console.width, WIDEST)
    console.print(layout(width), width=width)


@contextmanager
def progress_bar(label: str) -> Iterator[Progress]:
    """A progress bar on standard error where that is a terminal, and nothing where it is not."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(file=sys.stderr), transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def name_troubles(troubles: Sequence[StoriesError]) -> None:
    """Says what went wrong, and ends with the exit code 1 where anything did."""
    for trouble in troubles:
        say(f"onrecord: {trouble}", err=True)
    if troubles:
        raise click.exceptions.Exit(1)


def guarded(work: Callable[[], T]) -> T:
    """What the work gives; an error that was not foreseen is logged, and comes out as an Incident."""
    return seen_to(work, click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError)


def run(work: Callable[[], object]) -> int:
    """Does the work and gives the exit code: 0 done, 1 failed, 2 misused, 130 interrupted."""
    try:
        guarded(work)
        sys.stdout.flush()
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (BotError, StoriesError) as error:
        say(f"onrecord: {error}", err=True)
        return error.exit_code if isinstance(error, BotError) else FAILED
    except (KeyboardInterrupt, click.Abort):
        click.echo("onrecord: interrupted.", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        # The interpreter's last flush goes nowhere, now that nobody reads it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    return 0
