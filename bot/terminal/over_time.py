"""`onrecord timeline` and `onrecord quoted`: what somebody said over time, and who is quoted how often, by outlet."""

import csv
import sys
from collections.abc import Iterable, Sequence

import click

from bot.answers import Answer
from bot.errors import EmptyLibrary
from bot.rendering.exports.exporting import exported
from bot.rendering.exports.tables import csv_cell
from bot.rendering.over_time import Moment, moment_json, over_time, quoted_in, quoted_json, span_words
from bot.rendering.utterances import attribution_line, shown_words
from bot.rendering.wording import counted
from bot.terminal.options import json_option, library_option, opened, typed, words_argument
from bot.terminal.screen import print_json, print_result, say

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
