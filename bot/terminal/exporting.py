"""`onrecord export`: all that is said in the stories, or by one speaker, as a file for people or other programs."""

from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from bot.answers import Answer
from bot.errors import EmptyLibrary, Unwritable
from bot.rendering.exports.exporting import Format, exported
from bot.terminal.options import library_option, opened
from bot.terminal.screen import print_result, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.library.verbs import StoryLibrary
    from index.story import Statement


@click.command()
@click.option(
    "--format", "form", type=click.Choice(get_args(Format)), default="csv", show_default=True, help="As what."
)
@click.option("--speaker", metavar="NAME", help="Only what somebody said.")
@click.option("--output", metavar="FILE", help="Write it there instead of printing it.")
@library_option
def export(form: Format, speaker: str | None, output: str | None, library: str | None) -> None:
    """Export statements as CSV, JSON, Markdown, JSON-LD (schema.org), or a page of HTML with a search box."""
    with opened(library) as shelf:
        if not shelf.stories:
            raise EmptyLibrary
        statements = _wanted(shelf, speaker)
        text = exported(statements, shelf, form)
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        Path(output).write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise Unwritable(output, (error.strerror or "it is refused").lower()) from error
    say(f"written: {output}", err=True)


def _wanted(shelf: "StoryLibrary", speaker: str | None) -> "Iterable[Statement]":
    """The statements of somebody, or all; where nobody of the name is found, that is printed."""
    if speaker is None:
        return shelf.statements()
    from bot.asking import FOR_PEOPLE, said

    found = said(shelf, speaker, limits=FOR_PEOPLE)
    if not isinstance(found, Answer):
        print_result(found, shelf, as_json=False)
        raise click.exceptions.Exit(1)
    ids = {one.id for one in found.speakers}
    return [one for one in shelf.statements() if one.speaker in ids]
