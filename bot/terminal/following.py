"""`onrecord follow` and `refresh`: feeds whose stories the library keeps up with."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import click

from bot.rendering.wording import counted
from bot.terminal.boundary import json_option, library_option, name_troubles, opened, print_json, say
from bot.terminal.holdings import read_for_statements
from index.errors import StatementsUnfound

if TYPE_CHECKING:
    from index.library import Feed, StoryLibrary

_DIGITS = 4
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


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
