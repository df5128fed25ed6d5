"""`onrecord api` and `onrecord mcp`: the doors for other programs, and the only way to import what these need."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING

import click

from bot.errors import NotInstalled
from bot.settings import Settings
from bot.terminal.options import library_option, opened

if TYPE_CHECKING:
    from bot.programs.door import Door

PORT = 8461
port_option = click.option(
    "--port", type=click.IntRange(0, 65_535), default=PORT, show_default=True, help="Of 127.0.0.1; 0 is a free one."
)


@click.command()
@port_option
@library_option
def api(port: int, library: str | None) -> None:
    """Answer other programs over HTTP, on this machine alone; see ONRECORD_API_TOKEN."""
    token = Settings.read(library=library).api_token
    with _door("api", library, "starlette", "uvicorn", "jsonschema") as door:
        from bot.programs.http import application
        from bot.programs.listening import listen

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
            asyncio.run(tools.serve_stdio(door))
            return
        from bot.programs.listening import listen

        listen(tools.application(door, token=token), port, door.limits, lambda address: _say_where(f"{address}/mcp"))


@contextmanager
def _door(command: str, library: str | None, *needed: str) -> "Iterator[Door]":
    """The door to a library. Raises NotInstalled, before anything is opened."""
    if any(find_spec(module) is None for module in needed):
        raise NotInstalled(command, command)
    from bot.programs.door import Door

    with opened(library) as shelf:
        yield Door(shelf)


def _say_where(address: str) -> None:
    click.echo(f"Listening on {address}", err=True)
