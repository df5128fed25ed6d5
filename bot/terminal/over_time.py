"""`onrecord timeline`, `quoted` and `export`: what somebody said over time, who is quoted how often by which outlet,
and all that is said, as a file for people or other programs.
"""

import csv
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from bot.answers import Answer
from bot.errors import EmptyLibrary, Unwritable
from bot.rendering.exports import Format, exported
from bot.rendering.exports.tables import csv_cell
from bot.rendering.over_time import Moment, moment_json, over_time, quoted_in, quoted_json, span_words
from bot.rendering.utterances import attribution_line, shown_words
from bot.rendering.wording import counted
from bot.terminal.options import json_option, library_option, opened, typed, words_argument
from bot.terminal.screen import print_json, print_result, say

if TYPE_CHECKING:
    from index.library import StoryLibrary
    from index.story import Statement

csv_option = click.option("--csv", "as_csv", is_flag=True, help="Print CSV, for a spreadsheet.")


@click.command()
@words_argument("name")
@click.option("--about", metavar="TOPIC", help="Only what was said about this.")
@library_option
@json_option
@csv_option
def timeline(name: tuple[str, ...], about: str | None, library: str | None, as_json: bool, as_csv: bool) -> None:
    """Show what a speaker said over time, the oldest first."""
    from bot.asking import DEFAULTS, said

    with opened(library) as shelf:
        found = said(shelf, typed(name), about=about, limits=DEFAULTS)
        if not isinstance(found, Answer):
            print_result(found, shelf, as_json=as_json)
            return
        moments = over_time(found.statements, shelf)
        speakers = {who.id: who for who in shelf.speakers()}
        if as_csv:
            sys.stdout.write(exported([one.said for one in moments], shelf, "csv"))
        elif as_json:
            for one in moments:
                print_json(moment_json(one, speakers.get(one.said.speaker or "")))
        else:
            say(f"{counted(len(moments), 'statement')}, {span_words(moments) or 'without a date'}, oldest first:")
            for one in moments:
                say(f"\n{_words(one)}\n  {attribution_line(one.said, one.story, speakers.get(one.said.speaker or ''))}")


@click.command()
@library_option
@json_option
@csv_option
def quoted(library: str | None, as_json: bool, as_csv: bool) -> None:
    """List who is quoted, how often, and by which outlet."""
    with opened(library) as shelf:
        found = quoted_in(shelf)
        if not shelf.stories and not as_json:
            raise EmptyLibrary
        if as_csv:
            _write_rows(("name", "outlet", "statements"), ((q.speaker.name, o, n) for q in found for o, n in q.outlets))
            return
        for one in found:
            if as_json:
                print_json(quoted_json(one))
            else:
                by = ", ".join(f"{outlet} {count}" for outlet, count in one.outlets)
                say(f"{one.speaker.name} · {counted(one.total, 'statement')} · {by}")


def _words(moment: Moment) -> str:
    return str(shown_words(moment.said, moment.story))


def _write_rows(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    writer = csv.writer(sys.stdout)
    writer.writerow(head)
    writer.writerows([csv_cell(value) for value in row] for row in rows)


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
