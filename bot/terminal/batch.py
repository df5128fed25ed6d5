"""Questions from lines of JSON, answered in order as they come; a line that cannot be read costs only itself."""

import gzip
import json
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

import click

from bot.answers import Turn
from bot.errors import BotError, UnreadableBatch, UnreadableLine
from bot.rendering.contract import Json, JsonObject
from bot.shelf import Shelf
from bot.terminal.boundary import guarded
from bot.terminal.clock import today
from bot.terminal.screen import print_json, print_result, say
from index.errors import StoriesError


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a batch, with the id that its result is to carry."""

    question: str
    id: Json = None
    story: str | None = None
    history: tuple[Turn, ...] = ()


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


def read_asked(number: int, line: bytes) -> Asked:
    """The question of one line, counted from 1. Raises UnreadableLine."""
    try:
        fields = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UnreadableLine(number, "it is not JSON in UTF-8") from error
    if not isinstance(fields, dict):
        raise UnreadableLine(number, "it is not a JSON object")
    question, story = fields.get("question"), fields.get("story")
    if not isinstance(question, str) or not question.strip():
        raise UnreadableLine(number, "it has no “question”")
    if any("\ud800" <= character <= "\udfff" for character in question):
        raise UnreadableLine(number, "its “question” has half a character (a lone surrogate)")
    if story is not None and not isinstance(story, str):
        raise UnreadableLine(number, "its “story” is not the id of a story")
    return Asked(question, fields.get("id"), story, _history(number, fields.get("history")))


def _answer_line(number: int, line: bytes, shelf: Shelf, *, story: str | None, as_json: bool) -> bool:
    asked: Asked | None = None
    try:
        asked = read_asked(number, line)
        given = asked
        guarded(lambda: _print_answer(given, shelf, story=story, as_json=as_json))
    except (BotError, StoriesError) as error:
        _print_error(number, error, asked.id if asked else None, as_json=as_json)
        return False
    return True


def _print_answer(asked: Asked, shelf: Shelf, *, story: str | None, as_json: bool) -> None:
    from bot.asking import DEFAULTS, FOR_PEOPLE, ask

    wanted = asked.story or story
    if wanted is not None:
        shelf.story(wanted)
    limits = DEFAULTS if as_json else FOR_PEOPLE
    result = ask(shelf, asked.question, history=asked.history, story=wanted, today=today(), limits=limits)
    if not as_json:
        say(f"> {asked.question}")
    print_result(result, shelf, as_json=as_json, question_id=asked.id)
    if not as_json:
        click.echo()


def _print_error(number: int, error: Exception, question_id: Json, *, as_json: bool) -> None:
    if as_json:
        body: JsonObject = {"line": number, "error": str(error)}
        print_json(body if question_id is None else {"id": question_id, **body})
    else:
        say(f"line {number}: {error}\n")


def _history(number: int, turns: object) -> tuple[Turn, ...]:
    if turns is None:
        return ()
    if not isinstance(turns, list) or not all(isinstance(t, dict) and isinstance(t.get("q"), str) for t in turns):
        raise UnreadableLine(number, "its “history” is not a list of {“q”, “a”}")
    return tuple(Turn(t["q"], t["a"] if isinstance(t.get("a"), str) else None) for t in turns)


def _lines(opened: Iterable[bytes], source: str) -> Iterator[bytes]:
    try:
        yield from opened
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableBatch(source, "the file is damaged, or is not a file of lines") from error
