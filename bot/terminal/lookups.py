"""`onrecord speaker`, `speakers`, `whosaid`, `check` and `statements`: looking people and words up without a question,
and who says what in stories that are not kept.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING

import click

from bot.errors import EmptyLibrary
from bot.rendering.contract import attributed_json, speaker_json, speaking_in
from bot.rendering.utterances import attribution_line, shown_words
from bot.rendering.wording import counted, speaker_words, without_marks
from bot.terminal.options import json_option, library_option, limits_for, opened, typed, words_argument
from bot.terminal.screen import person_reads, print_json, print_laid_out, print_result, progress_bar, say
from index.errors import StatementsUnfound, StoriesError
from index.story import Attributed, Story

if TYPE_CHECKING:
    from index.library import StoryLibrary

STORIES_AT_ONCE = 64
"""Stories that are parsed together: enough to fill a batch, few enough to fit in memory."""


@click.command()
@words_argument("name")
@click.option("--about", metavar="TOPIC", help="Only what was said about this.")
@library_option
@json_option
def speaker(name: tuple[str, ...], about: str | None, library: str | None, as_json: bool) -> None:
    """Show what a speaker said."""
    from bot.asking import said

    with _asked(library, as_json=as_json) as shelf:
        print_result(said(shelf, typed(name), about=about, limits=limits_for(as_json=as_json)), shelf, as_json=as_json)


@click.command()
@library_option
@json_option
def speakers(library: str | None, as_json: bool) -> None:
    """List who speaks, and how often."""
    with opened(library) as shelf:
        found = speaking_in(shelf)
        if as_json:
            for who, statements in found:
                print_json(speaker_json(who, statements))
        elif not shelf.stories:
            raise EmptyLibrary
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

    with _asked(library, as_json=as_json) as shelf:
        print_result(who_said(shelf, typed(words), limits=limits_for(as_json=as_json)), shelf, as_json=as_json)


@click.command()
@words_argument("quote")
@click.option("--speaker", metavar="NAME", help="Who is supposed to have said it.")
@library_option
@json_option
def check(quote: tuple[str, ...], speaker: str | None, library: str | None, as_json: bool) -> None:
    """Compare a quotation with the stories: exact, trimmed, changed, or somebody else's. Of several, each."""
    from bot.asking import check_all

    with _asked(library, as_json=as_json) as shelf:
        found = check_all(shelf, typed(quote), speaker=speaker, limits=limits_for(as_json=as_json))
        for number, one in enumerate(found):
            if len(found) > 1 and not as_json:
                say("\n" * bool(number) + f"> {without_marks(one.quotation)}\n")
            print_result(one.result, shelf, as_json=as_json)


@contextmanager
def _asked(library: str | None, *, as_json: bool) -> Iterator["StoryLibrary"]:
    """The library, which has to hold something where a person asks."""
    with opened(library) as shelf:
        if not as_json and not shelf.stories:
            raise EmptyLibrary
        yield shelf


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
    for error in unreadable:
        say(f"onrecord: {error}", err=True)
    if unreadable:
        raise click.exceptions.Exit(1)


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
        line = attribution_line(statement, story, speakers.get(statement.speaker or ""))
        say(f"{shown_words(statement, story)}\n  {line}\n")
