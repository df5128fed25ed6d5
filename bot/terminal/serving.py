"""`onrecord serve`: the Discord side, started from the settings."""

import logging
import os
import sys
import threading
from typing import TYPE_CHECKING, NoReturn

import click

from bot.errors import NoToken
from bot.settings import Settings
from bot.terminal.options import library_option

if TYPE_CHECKING:
    from bot.discord_side.serving import Shards

_DIGITS = 5


def _shards(context: click.Context, option: click.Parameter, given: str | None) -> "Shards | None":
    """Which connections were asked for, such as 0-3/8. Raises click.BadParameter."""
    if given is None:
        return None
    kept, _, of = given.partition("/")
    first, to, last = kept.partition("-")
    numbers = [int(one) for one in (first, last if to else first, of) if one.isdecimal() and len(one) <= _DIGITS]
    if len(numbers) < 3 or not numbers[0] <= numbers[1] < numbers[2]:
        raise click.BadParameter("it has to be such as 0-3/8: the first four of eight, counted from 0.")
    from bot.discord_side.serving import Shards

    return Shards(tuple(range(numbers[0], numbers[1] + 1)), numbers[2])


@click.command()
@click.option("--check", is_flag=True, help="Only try the token, the intents and the permissions; say what to do.")
@click.option("--shards", metavar="FROM-TO/COUNT", callback=_shards, help="Keep these of so many connections.")
@library_option
def serve(check: bool, shards: "Shards | None", library: str | None) -> None:
    """Run the Discord bot; DISCORD_TOKEN has to be set."""
    settings = Settings.read(library=library)
    if settings.discord_token is None:
        raise NoToken
    if check:
        from bot.discord_side.connection.checking import check as checked

        found = checked(settings)
        for line in (*found.right, *found.wrong):
            click.echo(line)
        raise click.exceptions.Exit(1 if found.wrong else 0)
    from bot.discord_side.serving import serve as served

    _leave(served(settings, shards=shards))


def _leave(code: int) -> NoReturn:
    """Ends the program with this code, at once where a thread is still at work, such as one that opens a library.

    Python would end such a thread in the middle of a model's own code, which aborts the program.
    """
    if any(thread.daemon for thread in threading.enumerate()):
        logging.shutdown()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    raise click.exceptions.Exit(code)
