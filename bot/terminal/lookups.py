"""Looking people and words up without a question: `onrecord speaker`, `speakers`, `whosaid` and `check`; `timeline` and
`quoted`, what somebody said over time and who is quoted how often by which outlet; `export`, all that is said as a file
for people or other programs; and `statements`, who says what in stories that are not kept.
"""

import csv
import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from bot.answers import Answer
from bot.errors import Unwritable
from bot.rendering.contract import attributed_json, speaker_json, speaking_in
from bot.rendering.exports import Format, exported
from bot.rendering.exports.tables import csv_cell
from bot.rendering.over_time import moment_json, over_time, quoted_in, quoted_json, span_words
from bot.rendering.utterances import shown_words, utterance_line
from bot.rendering.wording import counted, speaker_words, without_marks
from bot.terminal.boundary import (
    json_option,
    library_option,
    limits_for,
    name_troubles,
    opened,
    person_reads,
    print_json,
    print_laid_out,
    print_result,
    progress_bar,
    say,
    typed,
    words_argument,
)
from index.errors import StatementsUnfound, StoriesError
from index.story import Attributed, Speaker, Statement, Story

if TYPE_CHECKING:
    from index.library import StoryLibrary

STORIES_AT_ONCE = 64
"""Stories that are parsed together: enough to fill a batch, few enough to fit in memory."""
csv_option = click.option("--csv", "as_csv", is_flag=True, help="Print CSV, for a spreadsheet.")


@click.command()
@words_argument("name")
@click.option("--about", metavar="TOPIC", help="Only what was said about this.")
@library_option
@json_option
def speaker(name: tuple[str, ...], about: str | None, library: str | None, as_json: bool) -> None:
    """Show what a speaker said."""
    from bot.asking import said

    with opened(library, filled=not as_json) as shelf:
        print_result(said(shelf, typed(name), about=about, limits=limits_for(as_json=as_json)), shelf, as_json=as_json)


@click.command()
@library_option
@json_option
def speakers(library: str | None, as_json: bool) -> None:
    """List who speaks, and how often."""
    with opened(library, filled=not as_json) as shelf:
        found = speaking_in(shelf)
        if as_json:
            for who, statements in found:
                print_json(speaker_json(who, statements))
        elif person_reads():
            from bot.rendering.terminal import rendered_speakers

            print_laid_out(lambda width: rendered_speakers(found, width=width))
        else:
            for who, statements in found:
                say(f"{speaker_words(who)} · {counted(statements, 'statement')}")


@click.command()
@words_argument("words")
@library_option
@json_option
def whosaid(words: tuple[str, ...], library: str | None, as_json: bool) -> None:
    """Find who said some words, or something near them."""
    from bot.asking import who_said

    with opened(library, filled=not as_json) as shelf:
        print_result(who_said(shelf, typed(words), limits=limits_for(as_json=as_json)), shelf, as_json=as_json)


@click.command()
@words_argument("quote")
@click.option("--speaker", metavar="NAME", help="Who is supposed to have said it.")
@library_option
@json_option
def check(quote: tuple[str, ...], speaker: str | None, library: str | None, as_json: bool) -> None:
    """Compare a quotation with the stories: exact, trimmed, changed, or somebody else's. Of several, each."""
    from bot.asking import check_all

    with opened(library, filled=not as_json) as shelf:
        found = check_all(shelf, typed(quote), speaker=speaker, limits=limits_for(as_json=as_json))
        for number, one in enumerate(found):
            if len(found) > 1 and not as_json:
                say("\n" * bool(number) + f"> {without_marks(one.quotation)}\n")
            print_result(one.result, shelf, as_json=as_json)


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
                say(f"\n{_told(one.said, one.story, speakers)}")


@click.command()
@library_option
@json_option
@csv_option
def quoted(library: str | None, as_json: bool, as_csv: bool) -> None:
    """List who is quoted, how often, and by which outlet."""
    with opened(library, filled=not as_json) as shelf:
        found = quoted_in(shelf)
        if as_csv:
            writer = csv.writer(sys.stdout)
            writer.writerow(("name", "outlet", "statements"))
            writer.writerows((csv_cell(one.speaker.name), csv_cell(o), n) for one in found for o, n in one.outlets)
            return
        for one in found:
            if as_json:
                print_json(quoted_json(one))
            else:
                by = ", ".join(f"{outlet} {count}" for outlet, count in one.outlets)
                say(f"{one.speaker.name} · {counted(one.total, 'statement')} · {by}")


@click.command()
@click.option(
    "--format", "form", type=click.Choice(get_args(Format)), default="csv", show_default=True, help="As what."
)
@click.option("--speaker", metavar="NAME", help="Only what somebody said.")
@click.option("--output", metavar="FILE", help="Write it there instead of printing it.")
@library_option
def export(form: Format, speaker: str | None, output: str | None, library: str | None) -> None:
    """Export statements as CSV, JSON, Markdown, JSON-LD (schema.org), or a page of HTML with a search box."""
    with opened(library, filled=True) as shelf:
        text = exported(_wanted(shelf, speaker), shelf, form)
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        Path(output).write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise Unwritable(output, (error.strerror or "it is refused").lower()) from error
    say(f"written: {output}", err=True)


def _wanted(shelf: "StoryLibrary", speaker: str | None) -> Iterable[Statement]:
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


@click.command()
@click.argument("source", metavar="FILE")
@library_option
@json_option
def statements(source: str, library: str | None, as_json: bool) -> None:
    """Find the statements of the stories in FILE, without storing anything; --library is not touched."""
    unreadable: list[StoriesError] = []
    with progress_bar("Reading stories") as advanced:
        for number, (story, attributed) in enumerate(_attributed(source, unreadable), start=1):
            _print(story, attributed, as_json=as_json)
            advanced(number, None)
    name_troubles(unreadable)


def _attributed(source: str, unreadable: list[StoriesError]) -> Iterator[tuple[Story, Attributed]]:
    from index.library import workers_of_this_program
    from index.reading import read_source

    workers = workers_of_this_program()
    attributor = workers.attributor()
    stories = read_source(source, unreadable=unreadable.append, reader=workers.reader())
    while chunk := list(islice(stories, STORIES_AT_ONCE)):
        for story, found in zip(chunk, attributor.attribute_each(chunk), strict=True):
            if isinstance(found, StatementsUnfound):
                unreadable.append(found)
            else:
                yield story, found


def _print(story: Story, attributed: Attributed, *, as_json: bool) -> None:
    if as_json:
        print_json(attributed_json(story, attributed))
        return
    speakers = {speaker.id: speaker for speaker in attributed.speakers}
    say(f"> {story.title or story.id}\n")
    for statement in attributed.statements:
        say(f"{_told(statement, story, speakers)}\n")


def _told(said: Statement, story: Story, speakers: Mapping[str, Speaker]) -> str:
    """A statement's words, and below them who said them, how and where."""
    return f"{shown_words(said, story)}\n  {utterance_line((said,), story, speakers.get(said.speaker or ''))}"
