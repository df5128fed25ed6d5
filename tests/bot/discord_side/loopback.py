"""A small Discord on loopback: the part of the HTTP interface and of the gateway that the bot uses, over real sockets.

It keeps every request, so that each can be checked against Discord's own description of them.
"""

import asyncio
import itertools
import json
import math
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.bot.discord_side.gateway import Gateway, Json

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


@dataclass(frozen=True)
class Trouble:
    """What happens to a request: a status, or a connection reset before or after it was done."""

    status: int = 0
    retry_after: float = 0.0
    scope: str = "user"
    reset: str = ""


@dataclass
class Loopback(Gateway):
    """The server: `received` holds what the bot asked for, `messages` what stands in the channels.

    `shown` has, for the token of an interaction, the messages that answer it, the first of which is edited in place.
    """

    address: str = ""
    received: list[Request] = field(default_factory=list)
    messages: dict[str, Json] = field(default_factory=dict)
    commands: list[Json] = field(default_factory=list)
    permissions: str = "8"
    too_often: dict[str, int] = field(default_factory=dict)
    refuse: dict[str, int] = field(default_factory=dict)
    acknowledged: set[str] = field(default_factory=set)
    shown: dict[str, list[Json]] = field(default_factory=dict)
    trouble: "Callable[[Request], Trouble | None]" = lambda one: None
    _by_nonce: dict[tuple[str, str | None] | None, Json] = field(default_factory=dict)
    _ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(900_000_000))

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

    async def say(
        self, words: str, *, private: bool = False, reply_to: str | None = None, by: str = ANN, where: str = ""
    ) -> Json:
        """Ann (or somebody else) writes a message; the bot is mentioned where the words do so."""
        message = self._message(where or (PRIVATE if private else CHANNEL), {"content": words}, person(by, "ann"))
        message["mentions"] = [person(ME, "On Record", bot=True)] if f"<@{ME}>" in words else []
        if not private:
            message |= {"guild_id": GUILD, "member": member()}
        if reply_to:
            message |= {"type": 19, "message_reference": {"message_id": reply_to, "channel_id": message["channel_id"]}}
            message["referenced_message"] = self.messages[reply_to]
        await self.dispatch("MESSAGE_CREATE", message)
        return message

    async def command(self, name: str, by: str = ANN, /, **options: str) -> Json:
        """Ann (or somebody else) uses a slash command."""
        known = next(command for command in self.commands if command["name"] == name)
        given = [{"name": key, "type": 3, "value": value} for key, value in options.items()]
        data = {"id": known["id"], "name": name, "type": 1, "options": given}
        return await self._interact(2, data, by=by)

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

    async def _interact(self, kind: int, data: Json, message: Json | None = None, by: str = ANN) -> Json:
        number = str(next(self._ids))
        interaction: Json = {
            "id": number, "application_id": APPLICATION, "type": kind, "token": f"interaction-{number}", "version": 1,
            "data": data, "guild_id": GUILD, "channel_id": CHANNEL, "channel": channel(), "app_permissions": "8",
            "member": member() | {"user": person(by, "ann"), "permissions": "8"}, "locale": "en-US",
            "guild_locale": "en-US", "entitlements": [], "authorizing_integration_owners": {"0": GUILD}, "context": 0,
            "guild": {"id": GUILD, "features": [], "locale": "en-US"}, "attachment_size_limit": 1,
        }  # fmt: skip
        if message:
            interaction["message"] = message
        await self.dispatch("INTERACTION_CREATE", interaction)
        return interaction

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
        trouble = self.trouble(one) or Trouble()
        if trouble.status:
            return _troubled(trouble)
        if one.path.endswith("/callback") and one.path in self.acknowledged:
            return _json({"message": "Interaction has already been acknowledged.", "code": 40060}, 400)
        answer = self._answer(one) if trouble.reset != "before" else None
        if trouble.reset and request.transport:
            request.transport.close()
        return web.Response(status=204) if answer is None else _json(answer, 200)

    def _answer(self, one: Request) -> Json | list[Json] | None:
        bot = person(ME, "On Record", bot=True)
        if one.method == "GET" and one.path in ("/users/@me", "/oauth2/applications/@me", "/applications/@me"):
            return bot if one.path.startswith("/users") else application()
        match one.method, one.path.strip("/").split("/"):
            case "GET", ["users", "@me", "guilds"]:
                return [{"id": GUILD, "name": "A server", "features": [], "permissions": self.permissions}]
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
                nonce = (where, one.body.get("nonce")) if one.body.get("enforce_nonce") else None
                message = self._by_nonce.get(nonce) or self._message(where, one.body, bot)
                if nonce:
                    self._by_nonce[nonce] = message
                return message
            case "POST", ["interactions", number, _, "callback"]:
                self.acknowledged.add(one.path)
                made = {"id": number, "type": 2, "response_message_id": str(next(self._ids))}
                return {"interaction": made, "resource": {"type": one.body["type"]}}
            case "PATCH" | "POST", ["webhooks", _, token, *_]:
                shown = self.shown.setdefault(token, [])
                message = self._message(CHANNEL, one.body, bot)
                user = person(ANN, "ann")
                message["interaction_metadata"] = {
                    "id": "5001", "type": 2, "user": user, "authorizing_integration_owners": {"0": GUILD},
                }  # fmt: skip
                place = 0 if one.method == "PATCH" else len(shown)
                shown[place : place + 1] = [message]
                return message
        return None

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


def _troubled(trouble: Trouble) -> web.Response:
    """A refusal as Discord words it: of a 429, the seconds rounded up in the header and exact in the body."""
    everything = trouble.scope == "global"
    body = {"message": "trouble", "code": 0}
    if trouble.status == 429:
        body |= {"retry_after": trouble.retry_after, "global": everything}
    response = _json(body, trouble.status)
    if trouble.status == 429:
        response.headers["Retry-After"] = str(math.ceil(trouble.retry_after))
        response.headers["X-RateLimit-Scope"] = trouble.scope
        if everything:
            response.headers["X-RateLimit-Global"] = "true"
    return response


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
