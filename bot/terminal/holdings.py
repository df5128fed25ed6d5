"""`onrecord add`, `stories`, `show` and `remove`: what the library holds."""

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

import click

from bot.rendering.contract import statement_json, story_json
from bot.rendering.plain import story_line
from bot.rendering.wording import counted
from bot.terminal.options import json_option, library_option, opened
from bot.terminal.screen import person_reads, print_json, print_laid_out, progress_bar
from index.errors import StoriesError
from index.story import Story

if TYPE_CHECKING:
    from index.library import Library

STORIES_AT_ONCE = 256
"""Stories that are added in one step: enough to fill the model's batches, few enough to fit in memory."""


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@library_option
@json_option
def add(sources: tuple[str, ...], library: str | None, as_json: bool) -> None:
    """Add stories: .txt, .md, .html, .jsonl or .jsonl.gz files, folders, http(s) addresses, or - .

    What cannot be read is named, the rest is added, and the exit code is 1.
    """
    unreadable: list[StoriesError] = []
    with opened(library) as shelf:
        outcomes = _added(shelf, _stories(sources, unreadable))
    by_outcome = {
        outcome: [key for key in outcomes if outcomes[key] == outcome] for outcome in ("new", "changed", "unchanged")
    }
    if as_json:
        print_json({**by_outcome, "errors": [str(error) for error in unreadable]})
    else:
        new, changed, unchanged = (len(ids) for ids in by_outcome.values())
        click.echo(f"{counted(new, 'story', 'stories')} added, {changed} changed, {unchanged} already there.")
    _name_unreadable(unreadable)


@click.command()
@library_option
@json_option
def stories(library: str | None, as_json: bool) -> None:
    """List the stories held."""
    with opened(library) as shelf:
        counts = Counter(statement.story for statement in shelf.statements())
        held = [(story, counts[story.id]) for story in shelf.stories]
        if as_json:
            for story, statements in held:
                print_json(story_json(story, statements=statements))
        elif not held:
            click.echo("This library holds no stories yet: add one with “onrecord add SOURCE”.", err=True)
        elif person_reads():
            from bot.rendering.terminal import rendered_stories

            print_laid_out(lambda _: rendered_stories(held))
        else:
            for story, statements in held:
                click.echo(f"{story_line(story)} · {counted(statements, 'statement')}")


@click.command()
@click.argument("story_id", metavar="ID")
@library_option
@json_option
def show(story_id: str, library: str | None, as_json: bool) -> None:
    """Show one story as it is stored, with the statements found in it."""
    with opened(library) as shelf:
        story, statements = shelf.story(story_id), shelf.statements(story_id)
        if as_json:
            speakers = {who.id: who for who in shelf.speakers(story_id)}
            found = [statement_json(s, story, speakers.get(s.speaker or "")) for s in statements]
            print_json(story_json(story) | {"text": story.text, "statements": found})
        elif person_reads():
            from bot.rendering.terminal import rendered_story

            print_laid_out(lambda _: rendered_story(story, statements))
        else:
            click.echo(story.text, nl=not story.text.endswith("\n"))


@click.command()
@click.argument("story_id", metavar="ID")
@library_option
@json_option
def remove(story_id: str, library: str | None, as_json: bool) -> None:
    """Remove one story and all that was derived from it."""
    with opened(library) as shelf:
        shelf.story(story_id)
        shelf.remove(story_id)
    if as_json:
        print_json({"removed": story_id})
    else:
        click.echo(f"{story_id} is removed.")


def _added(shelf: "Library", stories: Iterator[Story]) -> dict[str, str]:
    """What became of each story, by its id; adds them in steps, so that an interrupted run keeps what it did."""
    outcomes: dict[str, str] = {}
    with progress_bar("Adding stories") as advanced:
        while chunk := list(islice(stories, STORIES_AT_ONCE)):
            before = len(outcomes)
            added = shelf.add(chunk, progress=lambda done, _: advanced(before + done, None))  # noqa: B023 - called at once
            outcomes |= dict.fromkeys(added.unchanged, "unchanged") | dict.fromkeys(added.changed, "changed")
            outcomes |= dict.fromkeys(added.new, "new")
    return outcomes


def _stories(sources: tuple[str, ...], unreadable: list[StoriesError]) -> Iterator[Story]:
    from index.reading import read_source

    for source in sources:
        try:
            yield from read_source(source, unreadable=unreadable.append)
        except StoriesError as error:
            unreadable.append(error)


def _name_unreadable(unreadable: list[StoriesError]) -> None:
    for error in unreadable:
        click.echo(f"onrecord: {error}", err=True)
    if unreadable:
        raise click.exceptions.Exit(1)
