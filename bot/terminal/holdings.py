"""`onrecord add`, `stories`, `show` and `remove`: what the library holds."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

import click

from bot.rendering.contract import added_json, held_in, story_json, taken_json, whole_json
from bot.rendering.plain import story_line
from bot.rendering.wording import counted, origin_words, warning_words
from bot.terminal.boundary import (
    json_option,
    library_option,
    name_troubles,
    opened,
    person_reads,
    print_json,
    print_laid_out,
    progress_bar,
    say,
)
from index.errors import StatementsUnfound, StoriesError
from index.story import Story

if TYPE_CHECKING:
    from index.library import StoryLibrary

STORIES_AT_ONCE = 10_000
"""Stories that are read ahead of adding them, so that the work left is known; some 50 MB of news stories."""
MOST_NAMED = 10
"""Stories that look cut off, or are not in English, and are named one by one."""
READING_AHEAD_S = 5.0
"""Seconds after which what was read so far is added: reading from the web is slow, and may be interrupted."""
Taken = tuple[str, str | StoriesError]
"""A source, and what it gave: the id of a story, or what was wrong with it."""


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--no-statements", is_flag=True, help="Do not find out yet who says what in them: much quicker.")
@library_option
@json_option
def add(sources: tuple[str, ...], no_statements: bool, library: str | None, as_json: bool) -> None:
    """Add stories: .txt, .md, .html, .jsonl or .jsonl.gz files, folders, http(s) addresses, or - .

    What cannot be read is named, the rest is added, and the exit code is 1. Two files of one name are two stories; one
    is the same story again by its text or its address. An interrupted add goes on where it stopped when it is called
    again.
    """
    with opened(library) as shelf, _kept_when_interrupted():
        taken: list[Taken] = []
        outcomes = _added(shelf, _read(shelf, sources, taken))
        if not no_statements:
            read_for_statements(shelf)
        failures = [StatementsUnfound(key, why) for key, why in shelf.unfound.items() if key in outcomes]
        if as_json:
            _print_taken(shelf, taken, outcomes)
        else:
            _say_what_was_added(shelf, outcomes)
    name_troubles([*(given for _, given in taken if isinstance(given, StoriesError)), *failures])


def _say_what_was_added(shelf: "StoryLibrary", outcomes: dict[str, str]) -> None:
    counts = Counter(outcomes.values())
    new = counted(counts["new"], "story", "stories")
    click.echo(f"{new} added, {counts['changed']} changed, {counts['unchanged']} already there.")
    fresh = [story for story in shelf.stories if outcomes.get(story.id) in ("new", "changed")]
    warned = [story for story in fresh if warning_words(story)]
    for story in warned[:MOST_NAMED]:
        say(f"{story.id}: {warning_words(story)}.")
    if len(warned) > MOST_NAMED:
        click.echo(f"{len(warned) - MOST_NAMED} more have such a warning.")
    if pending := len(shelf.pending):
        click.echo(f"{counted(pending, 'story', 'stories')} yet to be read for statements: see “onrecord refresh”.")


def read_for_statements(shelf: "StoryLibrary") -> None:
    """Reads what is pending, with a progress bar."""
    if shelf.pending:
        with progress_bar("Finding who says what") as advanced:
            shelf.complete(progress=advanced)


@click.command()
@library_option
@json_option
def stories(library: str | None, as_json: bool) -> None:
    """List the stories held."""
    with opened(library) as shelf:
        held = held_in(shelf)
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
                say(f"{story_line(story)} · {counted(statements, 'statement')}")


@click.command()
@click.argument("story_id", metavar="ID")
@library_option
@json_option
def show(story_id: str, library: str | None, as_json: bool) -> None:
    """Show one story as it is stored, with the statements found in it."""
    with opened(library) as shelf:
        story, statements = shelf.story(story_id), shelf.statements(story_id)
        if as_json:
            print_json(whole_json(shelf, story_id))
        elif person_reads():
            from bot.rendering.terminal import rendered_story

            print_laid_out(lambda _: rendered_story(story, statements))
            if copies := [shelf.story(copy) for copy in shelf.copies_of(story_id)]:
                say(f"\nAlso in {'; '.join(map(origin_words, copies))}")
        else:
            click.echo(story.text, nl=not story.text.endswith("\n"))  # as it is stored: a pipe is no terminal


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
        say(f"{story_id} is removed.")


def _added(shelf: "StoryLibrary", stories: Iterator[Story]) -> dict[str, str]:
    """What became of each story, by its id; what is stored can be asked at once, and stays if this is interrupted."""
    outcomes: dict[str, str] = {}
    before = 0
    with progress_bar("Adding stories") as advanced:
        for chunk, whole in _chunks(stories):

            def stepped(done: int, total: int, before: int = before, whole: bool = whole) -> None:
                advanced(before + done, before + total if whole else None)

            added = shelf.add(chunk, progress=stepped, statements=False)
            before += len(chunk)
            outcomes |= dict.fromkeys(added.unchanged, "unchanged") | dict.fromkeys(added.changed, "changed")
            outcomes |= dict.fromkeys(added.new, "new")
    return outcomes


def _chunks(stories: Iterator[Story]) -> Iterator[tuple[list[Story], bool]]:
    """The stories as they come, many at once, and whether those are the last."""
    last = False
    while not last:
        chunk: list[Story] = []
        stop = monotonic() + READING_AHEAD_S
        while not last and len(chunk) < STORIES_AT_ONCE and (monotonic() < stop or not chunk):
            story = next(stories, None)
            last = story is None
            chunk.extend([story] if story else [])
        if chunk:
            yield chunk, last


def _read(shelf: "StoryLibrary", sources: tuple[str, ...], taken: list[Taken]) -> Iterator[Story]:
    """The stories of all sources, as they are read, under the ids that the library keeps them under; what each source
    gave is noted in their order."""
    from index.library import workers_of_this_program
    from index.reading import host_rules, read_source, web_fetcher

    fetcher, reader = web_fetcher(host_rules(shelf)), workers_of_this_program().reader()
    identities = shelf.identities()
    for source in sources:

        def report(error: StoriesError, source: str = source) -> None:
            taken.append((source, error))

        try:
            for story in read_source(source, unreadable=report, fetcher=fetcher, reader=reader):
                known = identities.of(story)
                taken.append((source, known.id))
                yield known
        except StoriesError as error:
            report(error)


def _print_taken(shelf: "StoryLibrary", taken: Sequence[Taken], outcomes: dict[str, str]) -> None:
    """Prints an object for each, once all of it is stored."""
    held = {story.id: story for story in shelf.stories}
    counts = Counter(statement.story for statement in shelf.statements())
    waiting, unfound = {story.id for story in shelf.pending}, shelf.unfound
    for source, given in taken:
        found = held.get(given) if isinstance(given, str) else None
        if found is None:
            print_json(added_json(source, None, error=str(given)))
            continue
        new = outcomes.get(found.id) == "new"
        print_json(taken_json(source, found, counts[found.id], new=new, waiting=waiting, unfound=unfound))


@contextmanager
def _kept_when_interrupted() -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        click.echo("What was added is kept; the same command goes on where this one stopped.", err=True)
        raise
