"""A small Discord on loopback: the part of the HTTP interface and of the gateway that the bot uses, over real sockets.

It keeps every request, so that each can be checked against Discord's own description of them.
"""

import asyncio
import itertools
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

Json = dict[str, Any]
APPLICATION, ME, GUILD, CHANNEL, PRIVATE, ANN = "1001", "1001", "2001", "3001", "3002", "4001"
TOKEN = "a.token-for.tests"
WHEN = "2026-11-23T18:30:00.000000+00:00"


@dataclass(frozen=True)
class Request:
    """One request as it came."""

    method: str
    path: str
    query: dict[str, str]
    body: Any
    content_type: str


@dataclass
class Loopback:
    """The server: `received` holds what the bot asked for, `messages` what stands in the channels."""

    address: str = ""
    received: list[Request] = field(default_factory=list)
    messages: dict[str, Json] = field(default_factory=dict)
    commands: list[Json] = field(default_factory=list)
    identified: list[Json] = field(default_factory=list)
    resumed: list[Json] = field(default_factory=list)
    too_often: dict[str, int] = field(default_factory=dict)
    close_with: int | None = None
    refuse: dict[str, int] = field(default_factory=dict)
    _ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(900_000_000))
    _sequence: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    _socket: web.WebSocketResponse | None = None
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    @property
    def api(self) -> str:
        return f"http://{self.address}/api/v10"

    @property
    def gateway(self) -> str:
        return f"ws://{self.address}/gateway"

    async def until(self, method: str, ending: str, count: int = 1) -> list[Request]:
        """The requests of this method whose path ends so, once there are as many."""

        def found() -> list[Request]:
            return [one for one in self.received if one.method == method and one.path.endswith(ending)]

        async with asyncio.timeout(20), self._changed:
            await self._changed.wait_for(lambda: len(found()) >= count)
        return found()

    async def connected(self) -> None:
        """Waits until a bot has identified itself."""
        async with asyncio.timeout(20), self._changed:
            await self._changed.wait_for(lambda: bool(self.identified) and self._socket is not None)

    async def say(self, words: str, *, private: bool = False, reply_to: str | None = None) -> Json:
        """Ann writes a message; the bot is mentioned where the words do so."""
        message = self._message(PRIVATE if private else CHANNEL, {"content": words}, person(ANN, "ann"))
        message["mentions"] = [person(ME, "On Record", bot=True)] if f"<@{ME}>" in words else []
        if not private:
            message |= {"guild_id": GUILD, "member": member()}
        if reply_to:
            message |= {"type": 19, "message_reference": {"message_id": reply_to, "channel_id": message["channel_id"]}}
            message["referenced_message"] = self.messages[reply_to]
        await self.dispatch("MESSAGE_CREATE", message)
        return message

    async def command(self, name: str, **options: str) -> Json:
        """Ann uses a slash command."""
        known = next(command for command in self.commands if command["name"] == name)
        given = [{"name": key, "type": 3, "value": value} for key, value in options.items()]
        data = {"id": known["id"], "name": name, "type": 1, "options": given}
        return await self._interact(2, data)

    async def typed(self, name: str, option: str, value: str) -> Json:
        """Ann has typed this far in an option of a command."""
        known = next(command for command in self.commands if command["name"] == name)
        given = [{"name": option, "type": 3, "value": value, "focused": True}]
        return await self._interact(4, {"id": known["id"], "name": name, "type": 1, "options": given})

    async def menu(self, name: str, message: Json) -> Json:
        """Ann uses a message command on a message."""
        known = next(command for command in self.commands if command["name"] == name)
        data = {"id": known["id"], "name": name, "type": 3, "target_id": message["id"]}
        return await self._interact(2, data | {"resolved": {"messages": {message["id"]: message}}})

    async def press(self, message: Json, label: str) -> Json:
        """Ann presses the button of this label under a message."""
        buttons = [button for row in message["components"] for button in row["components"]]
        button = next(button for button in buttons if button["label"] == label)
        return await self._interact(3, {"custom_id": button["custom_id"], "component_type": 2}, message)

    async def _interact(self, kind: int, data: Json, message: Json | None = None) -> Json:
        number = str(next(self._ids))
        interaction: Json = {
            "id": number, "application_id": APPLICATION, "type": kind, "token": f"interaction-{number}", "version": 1,
            "data": data, "guild_id": GUILD, "channel_id": CHANNEL, "channel": channel(), "app_permissions": "8",
            "member": member() | {"user": person(ANN, "ann"), "permissions": "8"}, "locale": "en-US",
            "guild_locale": "en-US", "entitlements": [], "authorizing_integration_owners": {"0": GUILD}, "context": 0,
            "guild": {"id": GUILD, "features": [], "locale": "en-US"}, "attachment_size_limit": 1,
        }  # fmt: skip
        if message:
            interaction["message"] = message
        await self.dispatch("INTERACTION_CREATE", interaction)
        return interaction

    async def dispatch(self, event: str, payload: Json) -> None:
        assert self._socket is not None
        await self._socket.send_json({"op": 0, "t": event, "s": next(self._sequence), "d": payload})

    def _message(self, where: str, body: Json, author: Json) -> Json:
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
        text = await request.text()
        body = json.loads(text) if request.content_type == "application/json" and text else text or None
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
        answer = self._answer(one)
        return web.Response(status=204) if answer is None else _json(answer, 200)

    def _answer(self, one: Request) -> Json | list[Json] | None:
        bot = person(ME, "On Record", bot=True)
        match one.method, one.path.strip("/").split("/"):
            case "GET", ["users", "@me"]:
                return bot
            case "GET", ["oauth2", "applications", "@me"] | ["applications", "@me"]:
                return application()
            case "PUT", ["applications", _, "commands"]:
                known = {"application_id": APPLICATION, "version": "1", "default_member_permissions": None}
                self.commands = [
                    {"description": ""} | command | known | {"id": str(next(self._ids))} for command in one.body
                ]
                return self.commands
            case "GET", ["channels", _, "messages", number]:
                return self.messages[number]
            case "GET", ["channels", where, "messages"]:
                before = one.query.get("before", "")
                here = [m for m in self.messages.values() if m["channel_id"] == where and m["id"] < before]
                return here[::-1]
            case "POST", ["channels", where, "messages"]:
                return self._message(where, one.body, bot)
            case "POST", ["interactions", number, _, "callback"]:
                made = {"id": number, "type": 2, "response_message_id": str(next(self._ids))}
                return {"interaction": made, "resource": {"type": one.body["type"]}}
            case "PATCH" | "POST", ["webhooks", *_]:
                message = self._message(CHANNEL, one.body, bot)
                user = person(ANN, "ann")
                message["interaction_metadata"] = {
                    "id": "5001", "type": 2, "user": user, "authorizing_integration_owners": {"0": GUILD},
                }  # fmt: skip
                return message
        return None

    async def socket(self, request: web.Request) -> web.StreamResponse:
        """One connection to the gateway, from HELLO to its end."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": 40_000}})
        async for frame in socket:
            if frame.type is not WSMsgType.TEXT:
                continue
            payload = json.loads(frame.data)
            if payload["op"] == 1:
                await socket.send_json({"op": 11})
            elif payload["op"] == 2:
                await self._welcome(socket, payload["d"])
            elif payload["op"] == 6:
                await self._welcome_back(socket, payload["d"])
        return socket

    async def _welcome_back(self, socket: web.WebSocketResponse, session: Json) -> None:
        self._socket = socket
        await self.dispatch("RESUMED", {})
        async with self._changed:
            self.resumed.append(session)
            self._changed.notify_all()

    async def fault(self, *, close: int | None = None, ask_to_reconnect: bool = False, cut: bool = False) -> None:
        """Something happens to the connection, after which the bot has resumed its session."""
        socket, before = self._socket, len(self.resumed)
        assert socket is not None
        if ask_to_reconnect:
            await socket.send_json({"op": 7, "d": None})
        elif cut:
            request_transport = socket._req.transport if socket._req else None  # a cut line has no public name
            assert request_transport is not None
            request_transport.abort()
        else:
            await socket.close(code=close or 1001)
        async with asyncio.timeout(20), self._changed:
            await self._changed.wait_for(lambda: len(self.resumed) > before)

    async def _welcome(self, socket: web.WebSocketResponse, identity: Json) -> None:
        if self.close_with:
            await socket.close(code=self.close_with, message=b"")
            return
        self._socket = socket
        ready = {
            "v": 10, "user": person(ME, "On Record", bot=True), "guilds": [{"id": GUILD, "unavailable": True}],
            "session_id": "session", "resume_gateway_url": self.gateway, "application": {"id": APPLICATION, "flags": 0},
        }  # fmt: skip
        await self.dispatch("READY", ready)
        await self.dispatch("GUILD_CREATE", guild())
        async with self._changed:
            self.identified.append(identity)
            self._changed.notify_all()

    async def hang_up(self) -> None:
        if self._socket and not self._socket.closed:
            await self._socket.close(code=WSCloseCode.GOING_AWAY)


@asynccontextmanager
async def loopback() -> AsyncIterator[Loopback]:
    """The server, listening on a free port of 127.0.0.1."""
    server = Loopback()
    app = web.Application()
    app.router.add_route("*", "/api/v10/{path:.*}", server.http)
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


def _json(answer: Json | list[Json], status: int) -> web.Response:
    """An answer with the content type that discord.py looks for, to the letter."""
    headers = {"Content-Type": "application/json", "Via": "1.1 loopback"}
    return web.Response(body=json.dumps(answer).encode(), status=status, headers=headers)


def person(number: str, name: str, *, bot: bool = False) -> Json:
    return {"id": number, "username": name, "discriminator": "0", "global_name": name, "avatar": None, "bot": bot}


def member() -> Json:
    return {"roles": [], "joined_at": WHEN, "deaf": False, "mute": False, "nick": None, "avatar": None, "flags": 0}


def channel() -> Json:
    return {
        "id": CHANNEL, "type": 0, "guild_id": GUILD, "name": "news", "position": 0, "permission_overwrites": [],
        "nsfw": False, "topic": None, "parent_id": None, "rate_limit_per_user": 0, "permissions": "8", "flags": 0,
        "last_message_id": None,
    }  # fmt: skip


def guild() -> Json:
    everyone = {
        "id": GUILD, "name": "@everyone", "permissions": str(0x7FFFFFFFFFFF), "position": 0, "color": 0,
        "hoist": False, "managed": False, "mentionable": False, "flags": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
    }  # fmt: skip
    return {
        "id": GUILD, "name": "A server", "icon": None, "splash": None, "owner_id": "4999", "roles": [everyone],
        "emojis": [], "stickers": [], "features": [], "channels": [channel()], "threads": [], "voice_states": [],
        "members": [member() | {"user": person(ME, "On Record", bot=True)}], "presences": [], "member_count": 2,
        "verification_level": 0, "default_message_notifications": 0, "explicit_content_filter": 0, "mfa_level": 0,
        "afk_timeout": 60, "afk_channel_id": None, "system_channel_id": None, "system_channel_flags": 0,
        "premium_tier": 0, "preferred_locale": "en-US", "nsfw_level": 0, "stage_instances": [],
        "guild_scheduled_events": [], "soundboard_sounds": [], "large": False, "unavailable": False,
        "rules_channel_id": None, "public_updates_channel_id": None, "description": None, "banner": None,
        "discovery_splash": None, "vanity_url_code": None, "application_id": None,
        "premium_progress_bar_enabled": False,
        "safety_alerts_channel_id": None, "joined_at": WHEN,
    }  # fmt: skip


def application() -> Json:
    return {
        "id": APPLICATION, "name": "On Record", "icon": None, "description": "", "bot_public": True,
        "bot_require_code_grant": False, "verify_key": "00", "team": None, "flags": 0, "summary": "",
        "owner": person("4999", "owner"), "rpc_origins": [], "integration_types_config": {"0": {}},
    }  # fmt: skip
