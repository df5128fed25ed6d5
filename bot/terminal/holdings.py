"""`onrecord add`, `stories`, `show` and `remove`: what the library holds; and `follow` and `refresh`: the feeds whose
stories it keeps up with."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
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
    from index.library import Feed, StoryLibrary

STORIES_AT_ONCE = 10_000
"""Stories that are read ahead of adding them, so that the work left is known; some 50 MB of news stories."""
MOST_NAMED = 10
"""Stories that look cut off, or are not in English, and are named one by one."""
READING_AHEAD_S = 5.0
"""Seconds after which what was read so far is added: reading from the web is slow, and may be interrupted."""
_DIGITS = 4
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
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


def _every(context: click.Context, option: click.Parameter, given: str) -> timedelta:
    """The time that was written: 30m, 2h or 1d. Raises click.BadParameter."""
    written = given.strip().lower()
    number, unit = written[:-1].removesuffix(" "), _UNITS.get(written[-1:])
    if unit is None or not number.isdecimal() or len(number) > _DIGITS:
        raise click.BadParameter("write it like 30m, 2h or 1d")
    from index.library import LONGEST, SHORTEST

    every = timedelta(**{unit: int(number)})
    if not SHORTEST <= every <= LONGEST:
        bounds = (_interval(int(bound.total_seconds())) for bound in (SHORTEST, LONGEST))
        raise click.BadParameter("it has to be from {} to {}".format(*bounds))
    return every


@click.command()
@click.argument("address", required=False)
@click.option(
    "--every", callback=_every, default="1h", metavar="TIME",
    help="How often: 30m, 2h, 1d, from 5m to 30d (1h unless set).",
)  # fmt: skip
@click.option("--list", "listed", is_flag=True, help="List the feeds that are followed.")
@click.option("--stop", is_flag=True, help="Follow this feed no longer; its stories stay.")
@library_option
@json_option
def follow(address: str | None, every: timedelta, listed: bool, stop: bool, library: str | None, as_json: bool) -> None:
    """Follow an RSS or Atom feed: its stories are added, and new ones by “onrecord refresh”."""
    from index.library import follow as begin_following
    from index.library import followed, stop_following

    if listed == (address is not None) or (stop and address is None):
        raise click.UsageError("follow takes either an address (of a feed) or --list.")
    with opened(library) as shelf:
        if address is None:
            _print_feeds(followed(shelf), as_json=as_json)
        elif stop:
            was_followed = stop_following(shelf, address)
            if as_json:
                print_json({"stopped": address if was_followed else None})
            else:
                click.echo("It is not followed any more." if was_followed else "It was not followed.")
        else:
            begin_following(shelf, address, every, datetime.now(UTC))
            _refresh(shelf, as_json=as_json)


@click.command()
@click.option("--all", "everything", is_flag=True, help="Read every feed now, due or not.")
@library_option
@json_option
def refresh(everything: bool, library: str | None, as_json: bool) -> None:
    """Read the followed feeds that are due, and find statements in stories added without.

    What cannot be read is named, the rest is added, and the exit code is 1.
    """
    from index.library import follow as begin_following
    from index.library import followed

    with opened(library) as shelf:
        for feed in followed(shelf) if everything else ():
            begin_following(shelf, feed.address, timedelta(seconds=feed.every_s), datetime.now(UTC))
        read_for_statements(shelf)
        _refresh(shelf, as_json=as_json)


def _refresh(shelf: "StoryLibrary", *, as_json: bool) -> None:
    """Reads what is due, step by step, and says what came of it."""
    from index.library import follow_due, workers_of_this_program

    reader = workers_of_this_program().reader()
    now = datetime.now(UTC)  # of every step, so that none is due anew while others are read
    steps = [follow_due(shelf, now, reader=reader)]
    while steps[-1].feeds:
        steps.append(follow_due(shelf, now, reader=reader))
    new = [key for step in steps for key in step.added.new]
    changed = [key for step in steps for key in step.added.changed]
    failures = [StatementsUnfound(key, why) for key, why in shelf.unfound.items()]
    found = [*(error for step in steps for error in step.troubles), *failures]
    if as_json:
        print_json({"new": new, "changed": changed, "errors": [str(error) for error in found]})
    else:
        click.echo(f"{counted(len(new), 'story', 'stories')} added, {len(changed)} changed.")
    name_troubles(found)


def _print_feeds(feeds: "tuple[Feed, ...]", *, as_json: bool) -> None:
    for feed in feeds:
        if as_json:
            due = feed.due.isoformat()
            print_json({"address": feed.address, "every_s": feed.every_s, "due": due, "trouble": feed.trouble})
        else:
            trouble = f" · {feed.trouble}" if feed.trouble else ""
            say(f"{feed.address} · every {_interval(feed.every_s)} · next {feed.due:%Y-%m-%d %H:%M} UTC{trouble}")
    if not feeds and not as_json:
        click.echo("This library follows no feeds yet: “onrecord follow ADDRESS” follows one.", err=True)


def _interval(seconds: int) -> str:
    """The longest unit that tells it in whole numbers."""
    for unit, length in (("d", 86_400), ("h", 3_600)):
        if seconds % length == 0:
            return f"{seconds // length}{unit}"
    return f"{seconds // 60}m"
