"""A small Discord on loopback: the part of the HTTP interface and of the gateway that the bot uses, over real sockets.

It keeps every request, so that each can be checked against Discord's own description of them.
"""

import json
import math
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.bot.discord_side.gateway import Json
from tests.bot.discord_side.patience import patiently
from tests.bot.discord_side.payloads import (
    ANN,
    APPLICATION,
    CHANNEL,
    GUILD,
    ME,
    PRIVATE,
    TOKEN,
    WHEN,
    application,
    channel,
    guild,
    person,
    thread,
)
from tests.bot.discord_side.people import People

__all__ = ["ANN", "CHANNEL", "GUILD", "ME", "PRIVATE", "TOKEN", "Loopback", "Request", "Trouble", "loopback"]

TOLD = 4
"""The kind of an acknowledgement that is a message at once."""


@dataclass(frozen=True)
class Request:
    """One request as it came."""

    method: str
    path: str
    query: dict[str, str]
    body: Any
    content_type: str


@dataclass(frozen=True)
class Trouble:
    """What happens to a request: a status, or a connection reset before or after it was done."""

    status: int = 0
    retry_after: float = 0.0
    scope: str = "user"
    reset: str = ""
    code: int = 0


@dataclass
class Loopback(People):
    """The server: `received` holds what the bot asked for, `messages` what stands in the channels.

    `shown` has, for the token of an interaction, the messages that answer it, the first of which is edited in place.
    """

    received: list[Request] = field(default_factory=list)
    permissions: str = "8"
    too_often: dict[str, int] = field(default_factory=dict)
    refuse: dict[str, int] = field(default_factory=dict)
    acknowledged: set[str] = field(default_factory=set)
    shown: dict[str, list[Json]] = field(default_factory=dict)
    trouble: "Callable[[Request], Trouble | None]" = lambda one: None
    _by_nonce: dict[tuple[str, str | None] | None, Json] = field(default_factory=dict)

    @property
    def api(self) -> str:
        return f"http://{self.address}/api/v10"

    @property
    def gateway(self) -> str:
        return f"ws://{self.address}/gateway"

    async def until(self, method: str, ending: str, count: int = 1) -> list[Request]:
        """The requests of this method whose path ends so, once there are as many."""

        return await self.until_any(lambda one: one.method == method and one.path.endswith(ending), count)

    async def until_answered(self, used: Json) -> list[Request]:
        """What fills or follows the acknowledgement of an interaction, once there is something."""
        return await self.until_any(lambda one: one.path.startswith("/webhooks/") and used["token"] in one.path)

    async def until_any(self, wanted: Callable[[Request], bool], count: int = 1) -> list[Request]:
        """The requests that are wanted, once there are as many."""
        async with patiently(), self._changed:
            await self._changed.wait_for(lambda: sum(map(wanted, self.received)) >= count)
        return [one for one in self.received if wanted(one)]

    def message(self, where: str, body: Json, author: Json) -> Json:
        message: Json = {
            "id": str(next(self._ids)), "channel_id": where, "author": author, "content": body.get("content") or "",
            "timestamp": WHEN, "edited_timestamp": None, "tts": False, "mention_everyone": False, "mentions": [],
            "mention_roles": [], "attachments": [], "embeds": body.get("embeds") or [], "pinned": False, "type": 0,
            "components": body.get("components") or [], "flags": body.get("flags") or 0,
        }  # fmt: skip
        if body.get("message_reference"):
            message["message_reference"] = body["message_reference"] | {"type": 0}
            message["type"] = 19
        self.messages[message["id"]] = message
        return message

    async def http(self, request: web.Request) -> web.StreamResponse:
        """Keeps the request and answers it."""
        path = "/" + request.match_info["path"]
        body = await _body_of(request)
        one = Request(request.method, path, dict(request.query), body, request.content_type)
        async with self._changed:
            self.received.append(one)
            self._changed.notify_all()
        refused = next((status for ending, status in self.refuse.items() if path.endswith(ending)), None)
        if request.headers.get("Authorization") != f"Bot {TOKEN}" and not path.startswith(
            ("/interactions", "/webhooks")
        ):
            refused = 401
        waits = next((ending for ending, times in self.too_often.items() if times and path.endswith(ending)), None)
        if waits:
            self.too_often[waits] -= 1
            return _json({"message": "slow down", "retry_after": 0.05, "global": False}, 429)
        if refused:
            return _json({"message": "refused", "code": 0}, refused)
        trouble = self.trouble(one) or Trouble()
        if trouble.status:
            return _troubled(trouble)
        if one.path.endswith("/callback") and one.path in self.acknowledged:
            return _json({"message": "Interaction has already been acknowledged.", "code": 40060}, 400)
        answer = self._answer(one) if trouble.reset != "before" else None
        if trouble.reset and request.transport:
            request.transport.close()
        return web.Response(status=204) if answer is None else _json(answer, 200)

    async def file(self, request: web.Request) -> web.Response:
        """Gives a file that somebody attached."""
        return web.Response(body=self.files[request.match_info["number"]])

    def _answer(self, one: Request) -> Json | list[Json] | None:
        parts = one.path.strip("/").split("/")
        match parts[0]:
            case "channels":
                return self._in_channel(one, parts)
            case "interactions" | "webhooks":
                return self._to_interaction(one, parts)
        match one.method, parts:
            case "GET", ["users", "@me"]:
                return person(ME, "On Record", bot=True)
            case "POST", ["users", "@me", "channels"]:
                return {"id": PRIVATE, "type": 1, "recipients": [person(ANN, "ann")], "last_message_id": None}
            case "GET", ["users", "@me", "guilds"]:
                return [{"id": GUILD, "name": "A server", "features": [], "permissions": self.permissions}]
            case "GET", ["applications", _, "commands"]:
                return self.commands
            case "GET", _:
                return application()
            case "PUT", ["applications", _, "commands"]:
                known = {"application_id": APPLICATION, "version": "1", "default_member_permissions": None}
                self.commands = [
                    {"description": ""} | command | known | {"id": str(next(self._ids))} for command in one.body
                ]
                return self.commands
        return None

    def _in_channel(self, one: Request, parts: list[str]) -> Json | list[Json] | None:
        match one.method, parts[1:]:
            case "GET", [_, "messages", number]:
                return self.messages[number]
            case "GET", [where, "messages"]:
                before, after = one.query.get("before", "~"), one.query.get("after", "")
                here = [m for m in self.messages.values() if m["channel_id"] == where and after < m["id"] < before]
                return here[::-1]
            case "GET", [where]:
                private = {"id": where, "type": 1, "recipients": [person(ANN, "ann")], "last_message_id": None}
                return channel() if where == CHANNEL else private
            case "POST", [where, "messages"]:
                nonce = (where, one.body.get("nonce")) if one.body.get("enforce_nonce") else None
                message = self._by_nonce.get(nonce) or self.message(where, one.body, person(ME, "On Record", bot=True))
                if nonce:
                    self._by_nonce[nonce] = message
                return message
            case "POST", [_, "messages", number, "threads"]:
                return thread(number, one.body["name"])
        return None

    def _to_interaction(self, one: Request, parts: list[str]) -> Json | None:
        bot, token = person(ME, "On Record", bot=True), parts[2]
        shown = self.shown.setdefault(token, [])
        if parts[0] == "interactions":
            self.acknowledged.add(one.path)
            if one.body["type"] == TOLD:
                shown[:] = [self.message(CHANNEL, one.body["data"], bot)]
            made = {"id": parts[1], "type": 2, "response_message_id": str(next(self._ids))}
            return {"interaction": made, "resource": {"type": one.body["type"]}}
        message = self.message(CHANNEL, one.body, bot)
        message["interaction_metadata"] = {
            "id": "5001", "type": 2, "user": person(ANN, "ann"), "authorizing_integration_owners": {"0": GUILD},
        }  # fmt: skip
        place = 0 if one.method == "PATCH" else len(shown)
        shown[place : place + 1] = [message]
        return message

    def ready(self, session: str, shard: list[int] | None) -> Json:
        """What a bot is told when it has identified itself."""
        return {
            "v": 10, "user": person(ME, "On Record", bot=True), "guilds": [{"id": GUILD, "unavailable": True}],
            "session_id": session, "resume_gateway_url": self.gateway, "application": {"id": APPLICATION, "flags": 0},
        } | ({"shard": shard} if shard else {})  # fmt: skip

    async def welcomed(self) -> None:
        """The server that the bot is in."""
        await self.dispatch("GUILD_CREATE", guild())


@asynccontextmanager
async def loopback() -> AsyncIterator[Loopback]:
    """The server, listening on a free port of 127.0.0.1."""
    server = Loopback()
    app = web.Application()
    app.router.add_route("*", "/api/v10/{path:.*}", server.http)
    app.router.add_get("/files/{number}", server.file)
    app.router.add_get("/gateway", server.socket)
    app.router.add_get("/gateway/", server.socket)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    server.address = f"{host}:{port}"
    try:
        yield server
    finally:
        await server.hang_up()
        await runner.cleanup()


async def _body_of(request: web.Request) -> Any:  # noqa: ANN401 - whatever was sent
    """What was sent; of parts of several kinds, what stands as JSON with the files beside it by their parts' names."""
    if request.content_type == "multipart/form-data":
        parts = dict(await request.post())
        files = {
            name: part.file.read().decode(errors="surrogateescape")
            for name, part in parts.items()
            if isinstance(part, web.FileField)
        }
        return json.loads(str(parts["payload_json"])) | files
    text = await request.text()
    return json.loads(text) if request.content_type == "application/json" and text else text or None


def _json(answer: Json | list[Json], status: int) -> web.Response:
    """An answer with the content type that discord.py looks for, to the letter."""
    headers = {"Content-Type": "application/json", "Via": "1.1 loopback"}
    return web.Response(body=json.dumps(answer).encode(), status=status, headers=headers)


def _troubled(trouble: Trouble) -> web.Response:
    """A refusal as Discord words it: of a 429, the seconds rounded up in the header and exact in the body."""
    everything = trouble.scope == "global"
    body = {"message": "trouble", "code": trouble.code}
    if trouble.status == 429:
        body |= {"retry_after": trouble.retry_after, "global": everything}
    response = _json(body, trouble.status)
    if trouble.status == 429:
        response.headers["Retry-After"] = str(math.ceil(trouble.retry_after))
        response.headers["X-RateLimit-Scope"] = trouble.scope
        if everything:
            response.headers["X-RateLimit-Global"] = "true"
    return response
