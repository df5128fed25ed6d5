"""What runs until it is told to stop: `onrecord serve`, the Discord side; `onrecord api` and `onrecord mcp`, the doors
for other programs, and the only way to import what these need.
"""

import asyncio
import logging
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, NoReturn

import click

from bot.errors import NotInstalled, NoToken
from bot.settings import Settings
from bot.terminal.boundary import INTERRUPTED, library_option, opened

if TYPE_CHECKING:
    from bot.discord_side.serving import Shards
    from bot.programs.verbs import Door

_DIGITS = 5
PORT = 8461
port_option = click.option(
    "--port", type=click.IntRange(0, 65_535), default=PORT, show_default=True, help="Of 127.0.0.1; 0 is a free one."
)


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
        from bot.discord_side.serving import check as checked

        right, wrong = checked(settings)
        for line in (*right, *wrong):
            click.echo(line)
        raise click.exceptions.Exit(1 if wrong else 0)
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


@click.command()
@port_option
@library_option
def api(port: int, library: str | None) -> None:
    """Answer other programs over HTTP, on this machine alone; see ONRECORD_API_TOKEN."""
    token = Settings.read(library=library).api_token
    with _door("api", library, "starlette", "uvicorn", "jsonschema") as door:
        from bot.programs.guard import listen
        from bot.programs.http import application

        listen(application(door, token=token), port, door.limits, _say_where)


@click.command()
@click.option("--http", "over_http", is_flag=True, help="Over streamable HTTP, at /mcp, on this machine alone.")
@port_option
@library_option
def mcp(over_http: bool, port: int, library: str | None) -> None:
    """Be a server of the Model Context Protocol, for assistants: over standard input and output, or --http."""
    token = Settings.read(library=library).api_token
    with _door("mcp", library, "mcp", "starlette", "uvicorn", "jsonschema") as door:
        from bot.programs import tools

        if not over_http:
            # Whoever reads standard input can be ended in no other way; a library loses nothing when its process ends.
            signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))
            if sys.stdin.isatty():
                click.echo("An assistant is expected at standard input, not a person: Ctrl-C ends this.", err=True)
            asyncio.run(tools.serve_stdio(door))
            return
        from bot.programs.guard import listen

        listen(tools.application(door, token=token), port, door.limits, lambda address: _say_where(f"{address}/mcp"))


@contextmanager
def _door(command: str, library: str | None, *needed: str) -> "Iterator[Door]":
    """The door to a library. Raises NotInstalled, before anything is opened."""
    if any(find_spec(module) is None for module in needed):
        raise NotInstalled(command, command)
    from bot.programs.verbs import Door

    with opened(library) as shelf:
        yield Door(shelf)


def _say_where(address: str) -> None:
    click.echo(f"Listening on {address}", err=True)
