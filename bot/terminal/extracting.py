"""`onrecord statements`: who says what in stories that are read, worked through and not kept."""

from collections.abc import Iterator
from itertools import islice

import click

from bot.rendering.contract import attributed_json
from bot.rendering.utterances import attribution_line, shown_words
from bot.terminal.options import json_option, library_option
from bot.terminal.screen import print_json, progress_bar, say
from index.errors import StatementsUnfound, StoriesError
from index.story import Attributed, Story

STORIES_AT_ONCE = 64
"""Stories that are parsed together: enough to fill a batch, few enough to fit in memory."""


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
    from index.reading import read_source
    from index.workers.workers import ALONE, of_this_program

    workers = of_this_program()
    attributor = workers.attributor(ALONE)
    stories = read_source(source, unreadable=unreadable.append, reader=workers.reader(ALONE))
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
