"""Questions from lines of JSON, answered in order as they come; a line that cannot be read costs only itself."""

import gzip
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO

import click

from bot.clock import today
from bot.errors import BotError, UnreadableBatch
from bot.programs.batch import BatchQuestion, answered, error_json, read_asked
from bot.rendering.contract import Json
from bot.shelf import Shelf
from bot.terminal.boundary import guarded
from bot.terminal.screen import print_json, print_result, say
from index.errors import StoriesError


@contextmanager
def open_lines(source: str) -> Iterator[Iterator[bytes]]:
    """The lines of a file (unpacked if its name ends in .gz) or of standard input. Raises UnreadableBatch."""
    try:
        opened: IO[bytes] = sys.stdin.buffer if source == "-" else open(source, "rb")  # noqa: SIM115 - closed below
    except OSError as error:
        raise UnreadableBatch(source, error.strerror or "it cannot be opened") from error
    try:
        lines = gzip.GzipFile(fileobj=opened) if source.endswith(".gz") else opened
        yield _lines(lines, source)
    finally:
        if source != "-":
            opened.close()


def answer_lines(lines: Iterable[bytes], shelf: Shelf, *, story: str | None, as_json: bool) -> int:
    """Prints one result, or one error with its line's number, for each line; gives the number of errors."""
    failed = 0
    for number, line in enumerate(lines, start=1):
        if line.strip():
            failed += not _answer_line(number, line, shelf, story=story, as_json=as_json)
    return failed


def _answer_line(number: int, line: bytes, shelf: Shelf, *, story: str | None, as_json: bool) -> bool:
    asked: BatchQuestion | None = None
    try:
        asked = read_asked(number, line)
        given = asked
        guarded(lambda: _print_answer(given, shelf, story=story, as_json=as_json))
    except (BotError, StoriesError) as error:
        _print_error(number, error, asked.id if asked else None, as_json=as_json)
        return False
    return True


def _print_answer(asked: BatchQuestion, shelf: Shelf, *, story: str | None, as_json: bool) -> None:
    from bot.asking import DEFAULTS, FOR_PEOPLE

    limits = DEFAULTS if as_json else FOR_PEOPLE
    result = answered(asked, shelf, story=story, today=today(), limits=limits)
    if not as_json:
        say(f"> {asked.question}")
    print_result(result, shelf, as_json=as_json, question_id=asked.id)
    if not as_json:
        click.echo()


def _print_error(number: int, error: Exception, question_id: Json, *, as_json: bool) -> None:
    if as_json:
        print_json(error_json(number, error, question_id))
    else:
        say(f"line {number}: {error}\n")


def _lines(opened: Iterable[bytes], source: str) -> Iterator[bytes]:
    try:
        yield from opened
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableBatch(source, "the file is damaged, or is not a file of lines") from error
