"""`onrecord chat`: a conversation in the terminal, in which "and Pelosi?" means what it means between people."""

import sys
from collections.abc import Iterator
from contextlib import suppress

import click

from bot.answers import Turn
from bot.clock import today
from bot.errors import BotError, EmptyLibrary
from bot.rendering.wording import counted
from bot.shelf import Shelf
from bot.terminal.boundary import guarded
from bot.terminal.options import json_option, library_option, opened, typed
from bot.terminal.screen import print_result, say
from index.errors import StoriesError

REMEMBERED_TURNS = 10
"""Earlier questions that a follow-up may refer to: more than people do, few enough to be quick."""

HELP = """Ask what somebody said, who said something, or what the story says; then “and Pelosi?” or “about what?”.
/story ID  ask one story only, /story alone all of them      /new   forget what was asked
/stories   what there is to ask       /help  this      /quit  leave (or Ctrl-D)"""


@click.command()
@click.option("--story", metavar="ID", help="Ask this story only.")
@library_option
@json_option
def chat(story: str | None, library: str | None, as_json: bool) -> None:
    """Ask one question after another, with follow-ups."""
    with opened(library) as shelf:
        if not shelf.stories:
            raise EmptyLibrary
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
                self._take(words)
            except (BotError, StoriesError) as error:
                say(str(error), err=True)

    def _take(self, words: str) -> None:
        if words.startswith("/"):
            self._obey(words)
        elif words:
            guarded(lambda: self._answer(words))

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
