"""`onrecord ask`: one question, or a batch of them with one result for each, in the same order."""

from typing import TYPE_CHECKING

import click

from bot.clock import today
from bot.errors import EmptyLibrary
from bot.terminal.options import json_option, library_option, opened, typed
from bot.terminal.screen import print_result

if TYPE_CHECKING:
    from index.library.verbs import StoryLibrary


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
    from bot.asking import DEFAULTS, FOR_PEOPLE
    from bot.asking import ask as answered

    if not as_json and not shelf.stories:
        raise EmptyLibrary
    limits = DEFAULTS if as_json else FOR_PEOPLE
    print_result(answered(shelf, words, story=story, today=today(), limits=limits), shelf, as_json=as_json)


def _ask_batch(shelf: "StoryLibrary", source: str, story: str | None, *, as_json: bool) -> None:
    from bot.terminal.batch import answer_lines, open_lines

    with open_lines(source) as lines:
        failed = answer_lines(lines, shelf, story=story, as_json=as_json)
    if failed:
        click.echo(f"onrecord: {failed} of the lines got no result.", err=True)
        raise click.exceptions.Exit(1)
