"""The gateway of the small Discord on loopback: sessions that can be taken up again, and all that can go wrong."""

import asyncio
import itertools
import json
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

from tests.bot.discord_side.patience import patiently

Json = dict[str, Any]
FAULTS = (
    "reconnect", "invalid resumable", "invalid", "close 1000", "close 1001", "close 4000", "close 4007", "close 4009",
    "cut", "half-open", "no HELLO", "cut before HELLO", "cut, then invalid", "late acknowledgement",
)  # fmt: skip
"""What `fault` can do; "cut" is what the other side sees as 1006."""
REPEATED = 3
"""Events that a session taken up again repeats although they had arrived."""
LATE_S = 20.0


@dataclass
class Gateway:
    """One session at a time. What is dispatched while nobody is there is kept, and sent when it is taken up again."""

    identified: list[Json] = field(default_factory=list)
    resumed: list[Json] = field(default_factory=list)
    close_with: int | None = None
    manners: "deque[str]" = field(default_factory=deque)
    _history: list[Json] = field(default_factory=list)
    _session: int = 0
    _ack_late: bool = False
    _sequence: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    _socket: web.WebSocketResponse | None = None
    _lines: dict[web.WebSocketResponse, asyncio.Transport] = field(default_factory=dict)
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    def ready(self, session: str, shard: list[int] | None) -> Json:
        """The payload of READY."""
        raise NotImplementedError

    async def welcomed(self) -> None:
        """Sends what follows READY."""

    async def connected(self, count: int = 1) -> None:
        """Waits until a bot has identified itself so often."""
        async with patiently(), self._changed:
            await self._changed.wait_for(lambda: len(self.identified) >= count and self._socket is not None)

    async def dispatch(self, event: str, payload: Json) -> None:
        """Sends an event, now or once the session is taken up again."""
        frame = {"op": 0, "t": event, "s": next(self._sequence), "d": payload}
        self._history.append(frame)
        if self._socket is not None and not self._socket.closed:
            await self._send(self._socket, frame)

    async def socket(self, request: web.Request) -> web.StreamResponse:
        """One connection to the gateway, from HELLO to its end."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        assert isinstance(request.transport, asyncio.Transport)
        self._lines[socket] = request.transport
        manner = self.manners.popleft() if self.manners else ""
        if manner == "cut":
            request.transport.abort()
        elif manner != "silent":
            await self._send(socket, {"op": 10, "d": {"heartbeat_interval": 40_000}})
        async for frame in socket:
            if frame.type is WSMsgType.TEXT and manner != "silent":
                await self._take(socket, json.loads(frame.data))
        self._lines.pop(socket, None)
        return socket

    async def fault(self, kind: str) -> None:
        """Something happens to the connection, of which the bot has recovered when this returns."""
        socket, before = self._socket, len(self.resumed) + len(self.identified)
        assert socket is not None
        await self._break(kind, socket)
        async with patiently(), self._changed:
            await self._changed.wait_for(lambda: len(self.resumed) + len(self.identified) > before)
        for line, transport in tuple(self._lines.items()):
            if line is not self._socket:
                transport.abort()

    def stop_listening(self) -> None:
        """The line is dead without a word: what the bot sends on it goes nowhere."""
        for transport in self._lines.values():
            transport.pause_reading()

    async def hang_up(self) -> None:
        if self._socket and not self._socket.closed:
            await self._socket.close(code=WSCloseCode.GOING_AWAY)

    async def _break(self, kind: str, socket: web.WebSocketResponse) -> None:
        if kind == "late acknowledgement":
            self._ack_late = True
        else:
            self._socket = None
        match kind.replace(",", "").split():
            case ["reconnect"]:
                await self._send(socket, {"op": 7, "d": None})
            case ["invalid", "resumable"]:
                await self._send(socket, {"op": 9, "d": True})
            case ["invalid"]:
                self._forget()
                await self._send(socket, {"op": 9, "d": False})
            case ["close", code]:
                await socket.close(code=int(code))
            case ["half-open"]:
                self._lines[socket].pause_reading()
            case ["late", _]:
                await self._send(socket, {"op": 1, "d": None})
                await self._ack()
            case ["cut", *then]:
                self._forget() if "invalid" in then else self.manners.extend(["cut"] if then else [])
                self._lines[socket].abort()
            case ["no", _]:
                self.manners.append("silent")
                self._lines[socket].abort()
            case _:
                raise ValueError(kind)

    async def _ack(self) -> None:
        """Waits until the late acknowledgement has been sent, which counts as a recovery."""
        async with patiently(), self._changed:
            await self._changed.wait_for(lambda: not self._ack_late)
            self.resumed.append({"acknowledged": "late"})

    async def _take(self, socket: web.WebSocketResponse, payload: Json) -> None:
        if payload["op"] == 1:
            if late := self._ack_late:
                await asyncio.sleep(LATE_S)
            await self._send(socket, {"op": 11})
            async with self._changed:
                self._ack_late = self._ack_late and not late
                self._changed.notify_all()
        elif payload["op"] == 2:
            await self._welcome(socket, payload["d"])
        elif payload["op"] == 6:
            await self._welcome_back(socket, payload["d"])

    async def _welcome(self, socket: web.WebSocketResponse, identity: Json) -> None:
        if self.close_with:
            await socket.close(code=self.close_with, message=b"")
            return
        shard = identity.get("shard")
        self._forget()
        if not shard or shard[0] == 0:
            self._socket = socket
            await self.dispatch("READY", self.ready(f"session-{self._session}", shard))
            await self.welcomed()
        else:
            ready = self.ready(f"shard-{shard[0]}", shard) | {"guilds": []}
            await self._send(socket, {"op": 0, "t": "READY", "s": 1, "d": ready})
        async with self._changed:
            self.identified.append(identity)
            self._changed.notify_all()

    async def _welcome_back(self, socket: web.WebSocketResponse, session: Json) -> None:
        if session["session_id"] != f"session-{self._session}":
            await self._send(socket, {"op": 9, "d": False})
            return
        seen = session["seq"] or 0
        known = [frame for frame in self._history if frame["s"] <= seen and frame["t"] != "READY"]
        self._socket = socket
        for frame in known[-REPEATED:] + [frame for frame in self._history if frame["s"] > seen]:
            await self._send(socket, frame)
        await self.dispatch("RESUMED", {})
        async with self._changed:
            self.resumed.append(session)
            self._changed.notify_all()

    def _forget(self) -> None:
        self._session += 1
        self._history.clear()

    async def _send(self, socket: web.WebSocketResponse, frame: Json) -> None:
        """Sends a frame, or finds that nobody is there any more."""
        try:
            await socket.send_json(frame)
        except (ConnectionError, RuntimeError):
            self._lines.pop(socket, None)
