"""What stands before every door on the web: only this machine, only with the token, only so much at once.

A page in a browser on this machine can send requests to 127.0.0.1 as well. None of them gets in: a foreign `Origin` and
a foreign name in `Host` are refused, and no response says that others may read it. It is served on 127.0.0.1 alone.
"""

import asyncio
import hmac
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import uvicorn
from starlette.datastructures import Headers
from starlette.responses import JSONResponse

from bot.errors import PortTaken
from bot.programs.given import LIMITS, Limits

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

OPEN = ("/healthz",)
"""Paths that need no token: they tell nothing of the stories."""
HOST = "127.0.0.1"


class Refused(Exception):
    """A request that does not come in, with the status and the sentence that it gets."""

    def __init__(self, status: HTTPStatus, why: str) -> None:
        self.status = status
        super().__init__(why)


class Guard:
    """An ASGI application behind it sees only requests of this machine, whole, with the token where there is one."""

    def __init__(self, app: "ASGIApp", *, token: str | None, limits: Limits = LIMITS) -> None:
        self._app = app
        self._token = token
        self._limits = limits

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Passes a request on, or refuses it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        comes = "expect" not in headers  # without being asked for

        async def heard() -> "Message":
            nonlocal comes
            message = await receive()
            comes = message.get("more_body", False)
            return message

        try:
            self._judge(headers, scope["path"])
            body = await self._body(heard)
        except Refused as refused:
            if comes:
                await self._drained(receive)
            await _refusal(refused)(scope, receive, send)
            return
        await self._app(scope, _replayed(body, receive), send)

    def _judge(self, headers: Headers, path: str) -> None:
        """Passes where a request may come in. Raises Refused."""
        if not _is_here(f"//{headers.get('host', '')}"):
            raise Refused(HTTPStatus.MISDIRECTED_REQUEST, "This is answered on this machine alone, as 127.0.0.1.")
        origin = headers.get("origin")
        if origin is not None and not _is_here(origin):
            raise Refused(HTTPStatus.FORBIDDEN, "Pages of other places are not answered.")
        if self._token is not None and path not in OPEN and not _is_token(headers.get("authorization"), self._token):
            raise Refused(HTTPStatus.UNAUTHORIZED, "The token is missing or wrong: send “Authorization: Bearer TOKEN”.")
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdecimal()) or int(length) > self._limits.body_bytes:
            raise self._too_large()

    async def _body(self, receive: "Receive") -> bytes:
        """The whole body. Raises Refused where it is too large, too slow, or not sent to its end."""
        body = bytearray()
        try:
            async with asyncio.timeout(self._limits.body_s):
                while True:
                    message = await receive()
                    if message["type"] != "http.request":
                        raise Refused(HTTPStatus.BAD_REQUEST, "The request was not sent to its end.")
                    body += message.get("body", b"")
                    if len(body) > self._limits.body_bytes:
                        raise self._too_large()
                    if not message.get("more_body", False):
                        return bytes(body)
        except TimeoutError as late:
            raise Refused(HTTPStatus.REQUEST_TIMEOUT, "The request took too long to come.") from late

    async def _drained(self, receive: "Receive") -> None:
        """Reads what is still coming of a refused request, for as long as one that is not may take, and keeps nothing.

        A connection that is closed with bytes unread is reset, and the answer is lost on the way (RFC 9112, 9.6).
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(self._limits.body_s):
                while (await receive()).get("more_body", False):
                    pass

    def _too_large(self) -> Refused:
        most = self._limits.body_bytes
        return Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"A request has {most:,} bytes at most.")


def _is_here(address: str) -> bool:
    """Whether an address names this machine by a name that no other's DNS can give it."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        _ = parts.port
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _is_token(given: str | None, token: str) -> bool:
    scheme, _, sent = (given or "").partition(" ")
    return scheme.casefold() == "bearer" and hmac.compare_digest(sent.strip().encode(), token.encode())


def _replayed(body: bytes, receive: "Receive") -> "Receive":
    """What an application receives: the body that was read already, then whatever comes after."""
    given = False

    async def again() -> "Message":
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


def _refusal(refused: Refused) -> JSONResponse:
    headers = {"Connection": "close"}
    if refused.status is HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = 'Bearer realm="onrecord"'
    return JSONResponse({"error": str(refused)}, refused.status, headers=headers)


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
