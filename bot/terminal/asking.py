"""`onrecord ask`: one question, or a batch of them with one result for each, in the same order; and `onrecord chat`, a
conversation, in which "and Pelosi?" means what it means between people."""

import gzip
import sys
import zlib
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from typing import IO, TYPE_CHECKING

import click

from bot.answers import Turn
from bot.errors import BotError, EmptyLibrary, UnreadableBatch
from bot.programs.given import BatchQuestion, answered, error_json, read_asked
from bot.rendering.wording import counted
from bot.settings import today
from bot.shelf import Shelf
from bot.terminal.boundary import (
    guarded,
    json_option,
    library_option,
    limits_for,
    opened,
    print_json,
    print_result,
    say,
    typed,
)
from index.errors import StoriesError
from index.story import Json

if TYPE_CHECKING:
    from index.library import StoryLibrary

REMEMBERED_TURNS = 10
"""Earlier questions that a follow-up may refer to: more than people do, few enough to be quick."""

HELP = """Ask what somebody said, who said something, or what the story says; then “and Pelosi?” or “about what?”.
/story ID  ask one story only, /story alone all of them      /new   forget what was asked
/stories   what there is to ask       /help  this      /quit  leave (or Ctrl-D)"""


@click.command()
@click.argument("question", nargs=-1, metavar="QUESTION")
@click.option("--story", metavar="ID", help="Ask this story only.")
@click.option("--batch", metavar="FILE", help="Answer every line of a .jsonl (or .jsonl.gz) file, or of - .")
@library_option
@json_option
def ask(question: tuple[str, ...], story: str | None, batch: str | None, library: str | None, as_json: bool) -> None:
    """Answer a question from the stories, and say exactly who said what."""
    words = typed(question)
    if bool(words) == (batch is not None):
        raise click.UsageError("ask takes either a question or --batch FILE.")
    with opened(library) as shelf:
        if story is not None:
            shelf.story(story)
        if batch is not None:
            _ask_batch(shelf, batch, story, as_json=as_json)
        else:
            _ask_once(shelf, words, story, as_json=as_json)


def _ask_once(shelf: "StoryLibrary", words: str, story: str | None, *, as_json: bool) -> None:
    from bot import asking

    if not as_json and not shelf.stories:
        raise EmptyLibrary
    found = asking.ask(shelf, words, story=story, today=today(), limits=limits_for(as_json=as_json))
    print_result(found, shelf, as_json=as_json)


def _ask_batch(shelf: "StoryLibrary", source: str, story: str | None, *, as_json: bool) -> None:
    """Prints one result, or one error with its line's number, for each line."""
    lines = ((number, line) for number, line in enumerate(_lines_of(source), start=1) if line.strip())
    failed = sum(not _answer_line(number, line, shelf, story=story, as_json=as_json) for number, line in lines)
    if failed:
        click.echo(f"onrecord: {failed} of the lines got no result.", err=True)
        raise click.exceptions.Exit(1)


def _lines_of(source: str) -> Iterator[bytes]:
    """The lines of a file (unpacked if its name ends in .gz) or of standard input. Raises UnreadableBatch."""
    try:
        opened: IO[bytes] = sys.stdin.buffer if source == "-" else open(source, "rb")  # noqa: SIM115 - closed below
    except OSError as error:
        raise UnreadableBatch(source, error.strerror or "it cannot be opened") from error
    try:
        yield from gzip.GzipFile(fileobj=opened) if source.endswith(".gz") else opened
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableBatch(source, "the file is damaged, or is not a file of lines") from error
    finally:
        if source != "-":
            opened.close()


def _answer_line(number: int, line: bytes, shelf: Shelf, *, story: str | None, as_json: bool) -> bool:
    question_id: Json = None
    try:
        asked = read_asked(number, line)
        question_id = asked.id
        guarded(lambda: _print_answer(asked, shelf, story=story, as_json=as_json))
    except (BotError, StoriesError) as error:
        if as_json:
            print_json(error_json(number, error, question_id))
        else:
            say(f"line {number}: {error}\n")
        return False
    return True


def _print_answer(asked: BatchQuestion, shelf: Shelf, *, story: str | None, as_json: bool) -> None:
    result = answered(asked, shelf, story=story, today=today(), limits=limits_for(as_json=as_json))
    if not as_json:
        say(f"> {asked.question}")
    print_result(result, shelf, as_json=as_json, question_id=asked.id)
    if not as_json:
        click.echo()


@click.command()
@click.option("--story", metavar="ID", help="Ask this story only.")
@library_option
@json_option
def chat(story: str | None, library: str | None, as_json: bool) -> None:
    """Ask one question after another, with follow-ups."""
    with opened(library, filled=True) as shelf:
        if story is not None:
            shelf.story(story)
        if sys.stdin.isatty():
            click.echo(
                f"{counted(len(shelf.stories), 'story', 'stories')} to ask. /help says what you can do.", err=True
            )
        Conversation(shelf, story, as_json=as_json).run(_typed_lines())


class Conversation:
    """One conversation: what was asked so far, and the story that it is about, if one was chosen."""

    def __init__(self, shelf: Shelf, story: str | None = None, *, as_json: bool = False) -> None:
        self._shelf = shelf
        self._story = story
        self._as_json = as_json
        self._turns: list[Turn] = []

    def run(self, lines: Iterator[str]) -> None:
        """Answers each line until there are no more, or one says /quit. An error ends its line only."""
        for line in lines:
            words = typed([line])
            if words in ("/quit", "/exit"):
                return
            try:
                if words.startswith("/"):
                    self._obey(words)
                elif words:
                    guarded(partial(self._answer, words))
            except (BotError, StoriesError) as error:
                say(str(error), err=True)

    def _answer(self, question: str) -> None:
        from bot.asking import FOR_PEOPLE, ask

        history = tuple(self._turns)
        result = ask(self._shelf, question, history=history, story=self._story, today=today(), limits=FOR_PEOPLE)
        shown = print_result(result, self._shelf, as_json=self._as_json)
        if not self._as_json:
            click.echo()
        self._turns = [*self._turns, Turn(question, shown)][-REMEMBERED_TURNS:]

    def _obey(self, order: str) -> None:
        command, _, rest = order.partition(" ")
        match command:
            case "/story":
                self._story = self._shelf.story(rest.strip()).id if rest.strip() else None
            case "/new":
                self._turns = []
            case "/stories":
                for story in self._shelf.stories:
                    say(f"{story.id} · {story.title or ''}")
            case _:
                click.echo(HELP)


def _typed_lines() -> Iterator[str]:
    """Lines from a person, with a prompt and line editing, or from a program; ends where the input ends."""
    if not sys.stdin.isatty():
        yield from sys.stdin
        return
    with suppress(ImportError):
        import readline  # noqa: F401 - gives input() its line editing, where the system has it

    while True:
        try:
            yield input("> ")
        except EOFError:
            click.echo(err=True)
            return
