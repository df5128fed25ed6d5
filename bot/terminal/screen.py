"""Where commands print: layout and colour where a person reads, plain text or JSON where a program does."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from bot.answers import Result
from bot.rendering.contract import Json, JsonObject, result_json
from bot.rendering.plain import plain
from bot.rendering.seen import seen_by
from bot.rendering.wording import in_signs
from bot.shelf import Shelf

if TYPE_CHECKING:
    from rich.console import RenderableType

WIDEST = 100
"""Columns: longer lines are tiring to read."""

Progress = Callable[[int, int | None], None]
"""Called with what is done, and with what there is to do in all where that is known."""


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
