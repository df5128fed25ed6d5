"""What people do on the small Discord: write, use commands and menus, type, press, choose, and fill in forms."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.bot.discord_side.gateway import Gateway, Json
from tests.bot.discord_side.payloads import (
    ANN,
    APPLICATION,
    CHANNEL,
    GUILD,
    ME,
    NEW_CHANNEL,
    NEW_GUILD,
    PRIVATE,
    channel,
    guild,
    member,
    person,
)

COMMAND, COMPONENT, TYPING, FORM = 2, 3, 4, 5
WORDS, FILE = 3, 11
ALL_PERMISSIONS = str(0x7FFFFFFFFFFF)


@dataclass
class People(Gateway):
    """Ann (or somebody else) in the server's channel; each act comes to the bot over its gateway.

    `foreign` has them act, with the bot in their own account, in a server that the bot is not in. `used` has every
    command, button, menu and form that somebody used.
    """

    address: str = ""
    messages: dict[str, Json] = field(default_factory=dict)
    commands: list[Json] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    permissions_of: dict[str, str] = field(default_factory=dict)
    foreign: bool = False
    used: list[Json] = field(default_factory=list)
    _ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(900_000_000))

    async def say(
        self,
        words: str,
        *,
        private: bool = False,
        reply_to: str | None = None,
        by: str = ANN,
        where: str = "",
        roles: Sequence[str] = (),
    ) -> Json:
        """Ann (or somebody else) writes a message; the bot is mentioned where the words do so, and these roles."""
        message = self.message(where or (PRIVATE if private else CHANNEL), {"content": words}, person(by, "ann"))
        message["mentions"] = [person(ME, "On Record", bot=True)] if f"<@{ME}>" in words else []
        if not private:
            message |= {"guild_id": GUILD, "member": member(), "mention_roles": list(roles)}
        if reply_to:
            message |= {"type": 19, "message_reference": {"message_id": reply_to, "channel_id": message["channel_id"]}}
            message["referenced_message"] = self.messages[reply_to]
        await self.dispatch("MESSAGE_CREATE", message)
        return message

    async def join(self, number: str, *, writable: bool = True) -> None:
        """The bot is added to another server, whose one channel it may write in unless that is forbidden."""
        barred = {"id": number, "type": 0, "allow": "0", "deny": str(1 << 11)}
        where = channel() | {
            "id": NEW_CHANNEL, "guild_id": number, "permission_overwrites": [] if writable else [barred]
        }  # fmt: skip
        told = guild(number, [where])
        del told["unavailable"]
        told["roles"][0]["permissions"] = str(0x7FFFFFFFFFFF & ~8)  # whoever may do everything is barred from nothing
        await self.dispatch("GUILD_CREATE", told)

    async def command(
        self, name: str, by: str = ANN, /, *, file: tuple[str, bytes] | None = None, **given: str
    ) -> Json:
        """Ann (or somebody else) uses a slash command ("story add" is one of a group), with a file if there is one."""
        options = [{"name": key, "type": WORDS, "value": value} for key, value in given.items()]
        resolved = {}
        if file:
            attached = self._attached(*file)
            options.append({"name": "file", "type": FILE, "value": attached["id"]})
            resolved = {"resolved": {"attachments": {attached["id"]: attached}}}
        return await self._interact(COMMAND, self._used(name, options) | resolved, by=by)

    async def typed(self, name: str, option: str, value: str) -> Json:
        """Ann has typed this far in an option of a command."""
        given = [{"name": option, "type": WORDS, "value": value, "focused": True}]
        return await self._interact(TYPING, self._used(name, given))

    async def menu(self, name: str, message: Json) -> Json:
        """Ann uses a message command on a message."""
        data = {"id": self._known(name)["id"], "name": name, "type": 3, "target_id": message["id"]}
        return await self._interact(COMMAND, data | {"resolved": {"messages": {message["id"]: message}}})

    async def press(self, message: Json, label: str, by: str = ANN) -> Json:
        """Ann (or somebody else) presses the button of this label under a message, or chooses it from a menu."""
        button = next((one for one in components(message) if one.get("label") == label), None)
        if button is None:
            [(menu, value)] = [
                (one["custom_id"], option["value"])
                for one in components(message)
                for option in one.get("options", ())
                if option["label"] == label
            ]
            return await self.choose(message, menu, [value], by)
        return await self._interact(COMPONENT, {"custom_id": button["custom_id"], "component_type": 2}, message, by)

    async def choose(self, message: Json, custom_id: str, values: Sequence[str], by: str = ANN) -> Json:
        """Ann (or somebody else) chooses in a menu under a message: words, or the ids of roles or channels."""
        menu = next(one for one in components(message) if one["custom_id"] == custom_id)
        data: Json = {"custom_id": custom_id, "component_type": menu["type"], "values": list(values)}
        if menu["type"] == 8:
            data["resolved"] = {"channels": {one: channel() | {"id": one} for one in values}}
        if menu["type"] == 6:
            data["resolved"] = {"roles": {one: role(one) for one in values}}
        return await self._interact(COMPONENT, data, message, by)

    async def fill_in(self, form: Json, *, file: tuple[str, bytes] | None = None, **given: str) -> Json:
        """Ann fills in a form, as it was sent, and hands it in, with a file if there is one."""
        attached = self._attached(*file) if file else None
        rows = []
        for one in components(form):
            filled: Json = {"type": one["type"], "custom_id": one["custom_id"]}
            if one["type"] == 19:
                filled["values"] = [attached["id"]] if attached else []
            else:
                filled["value"] = given.get(one["custom_id"], one.get("value") or "")
            rows.append({"type": 18, "component": filled})
        resolved = {"resolved": {"attachments": {attached["id"]: attached}}} if attached else {}
        return await self._interact(FORM, {"custom_id": form["custom_id"], "components": rows} | resolved)

    def _known(self, name: str) -> Json:
        return next(command for command in self.commands if command["name"] == name)

    def _used(self, name: str, options: list[Json]) -> Json:
        """A command as it is used: of a group, the one within it holds the options."""
        first, _, within = name.partition(" ")
        given = [{"type": 1, "name": within, "options": options}] if within else options
        return {"id": self._known(first)["id"], "name": first, "type": 1, "options": given}

    def _attached(self, name: str, content: bytes) -> Json:
        number = str(next(self._ids))
        self.files[number] = content
        url = f"http://{self.address}/files/{number}"
        return {"id": number, "filename": name, "size": len(content), "url": url, "proxy_url": url}

    def message(self, where: str, body: Json, author: Json) -> Json:
        raise NotImplementedError

    async def _interact(self, kind: int, data: Json, message: Json | None = None, by: str = ANN) -> Json:
        number, may = str(next(self._ids)), self.permissions_of.get(by, ALL_PERMISSIONS)
        interaction: Json = {
            "id": number, "application_id": APPLICATION, "type": kind, "token": f"interaction-{number}", "version": 1,
            "data": data, "guild_id": GUILD, "channel_id": CHANNEL, "channel": channel(), "app_permissions": "8",
            "member": member() | {"user": person(by, "ann"), "permissions": may}, "locale": "en-US",
            "guild_locale": "en-US", "entitlements": [], "authorizing_integration_owners": {"0": GUILD}, "context": 0,
            "guild": {"id": GUILD, "features": [], "locale": "en-US"}, "attachment_size_limit": 1,
        }  # fmt: skip
        if self.foreign:
            own = {"authorizing_integration_owners": {"1": by}, "guild_id": NEW_GUILD, "context": 0}
            interaction |= own | {"guild": interaction["guild"] | {"id": NEW_GUILD}}
        if message:
            interaction["message"] = message
        self.used.append(interaction)
        await self.dispatch("INTERACTION_CREATE", interaction)
        return interaction


def components(shown: Json) -> list[Json]:
    """What can be pressed, chosen in or filled in on a message or a form, whatever it is laid out by."""
    return [one for row in shown["components"] for one in row.get("components", [row.get("component")])]


def role(number: str) -> Json:
    """A role of the server."""
    return {
        "id": number, "name": "editors", "permissions": "0", "position": 1, "color": 0, "hoist": False,
        "managed": False, "mentionable": False, "flags": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
    }  # fmt: skip
