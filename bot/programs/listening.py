"""An ASGI application served on a port of 127.0.0.1, until it is told to stop."""

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import uvicorn

from bot.errors import PortTaken
from bot.programs.limits import Limits

if TYPE_CHECKING:
    from starlette.types import ASGIApp

HOST = "127.0.0.1"


class _Announced(uvicorn.Server):
    """A server that says when it is there."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts, and says so."""
        await super().startup(sockets)
        self._ready()


def listen(app: "ASGIApp", port: int, limits: Limits, ready: Callable[[str], None]) -> None:
    """Serves until SIGINT or SIGTERM; `ready` is told the address once it answers. Raises PortTaken.

    Port 0 is whichever is free.
    """
    try:
        listening = socket.create_server((HOST, port))
    except OSError as error:
        raise PortTaken(port, (error.strerror or "it is refused").lower()) from error
    config = uvicorn.Config(
        app,
        log_config=None,
        log_level="error",  # what a stranger sends that is no HTTP is no news
        access_log=False,
        server_header=False,
        lifespan="on",
        limit_concurrency=limits.connections,
        timeout_graceful_shutdown=int(limits.closing_s),
        h11_max_incomplete_event_size=64_000,
        ws="none",
    )
    with listening, _ended_by_signals():
        address = f"http://{HOST}:{listening.getsockname()[1]}"
        _Announced(config, lambda: ready(address)).run(sockets=[listening])


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Lets the signals that end a server, which uvicorn raises once more behind itself, end nothing else."""
    before = {one: signal.signal(one, lambda *_: None) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
