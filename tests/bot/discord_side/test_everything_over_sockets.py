"""All that the bot offers is used over real sockets, each request held against Discord's own description.

What is offered is read from the code, and what was used from what came over the gateway: a new command, button, menu or
form is missed here until somebody uses it.
"""

import re
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import discord
import pytest
from discord import app_commands

from bot.discord_side.client import ITEMS
from bot.discord_side.commands import COMMANDS, FORMS, MENUS
from bot.discord_side.limits import QUESTION_MAX
from bot.discord_side.replies.about import MENTION_ME
from bot.rendering.discord_letter import MORE
from index.story import Story
from tests.bot.discord_side.gateway import Json
from tests.bot.discord_side.loopback import ANN, CHANNEL, GUILD, ME, PRIVATE, Loopback
from tests.bot.discord_side.payloads import thread
from tests.bot.discord_side.people import COMMAND, COMPONENT, FORM, TYPING, role
from tests.bot.discord_side.test_every_button import EVERY, OWNER, RESULTS, SPEECH, running, saw

Act = Callable[[Loopback], Awaitable[object]]
LEFT_FOR_THE_END = ("Remove it", "Forget me", "Yes, forget me", "demonstration")
"""What takes something away that others of these need."""
LONG = Story(
    "long",
    "\n\n".join(f"“The dam held for year number {year},” said Cy Dunn on Monday." for year in range(40)),
    "A dam",
)
CROWD = Story(
    "crowd", "\n\n".join(f"“The sea is rising,” said {name} Hall on Monday." for name in "Abe Bo Cy Di Ed Flo".split())
)
OF_A_MESSAGE, OF_A_GROUP = 3, 1
"""The type of a command in the menu of a message, and of an option that is a command of a group."""
ALTERNATIVES = re.compile(r"\(\?P<(\w+)>((?:[\w-]+\|)+[\w-]+)\)")
"""A group of a button's template that says which of several things it does."""


def offered() -> Iterator[str]:
    """What there is to use: commands, what they offer while somebody types, menus, forms, and each kind of button."""
    for one in COMMANDS:
        for command in one.commands if isinstance(one, app_commands.Group) else [one]:
            assert isinstance(command, app_commands.Command)
            yield f"/{command.qualified_name}"
            completed = (each.name for each in command.parameters if each.autocomplete)
            yield from (f"/{command.qualified_name} {each}: typed" for each in completed)
    yield from (one.name for one in MENUS)
    yield from FORMS
    yield from (f"⋯ {action}" for action in MORE)
    for item in ITEMS:
        yield item.__name__
        yield from (_named(item, name, each) for name, parts in alternatives(item).items() for each in parts)


def alternatives(item: type[discord.ui.DynamicItem[Any]]) -> dict[str, list[str]]:
    """What a button or menu can be for, by the groups of its template that say so."""
    groups = ALTERNATIVES.findall(item.__discord_ui_compiled_template__.pattern)
    return {name: parts.split("|") for name, parts in groups}


def _named(item: type[discord.ui.DynamicItem[Any]], name: str, each: str) -> str:
    """What a button or menu is for; whatever stands under a reply is under one of that command."""
    return f"under /{each}" if name == "source" else f"{item.__name__} {name}={each}"


def used(interaction: Json) -> Iterator[str]:
    """What somebody used, by the names that it is offered under."""
    data = interaction["data"]
    kind = interaction["type"]
    if kind == COMMAND:
        yield data["name"] if data["type"] == OF_A_MESSAGE else _command(data)
    if kind == COMPONENT:
        yield from _item(data)
    if kind == TYPING:
        [typed] = [one["name"] for one in _options(data) if one.get("focused")]
        yield f"{_command(data)} {typed}: typed"
    if kind == FORM:
        yield data["custom_id"].rpartition(":")[0]


def _within(data: Json) -> Json | None:
    return next((one for one in data["options"] if one["type"] == OF_A_GROUP), None)


def _command(data: Json) -> str:
    within = _within(data)
    return f"/{data['name']} {within['name']}" if within else f"/{data['name']}"


def _options(data: Json) -> list[Json]:
    return list((_within(data) or data)["options"])


def _item(data: Json) -> Iterator[str]:
    """A button or menu by the template that its custom id fits, and the alternatives of it; what “⋯” was used for."""
    for item in ITEMS:
        found = item.__discord_ui_compiled_template__.fullmatch(data["custom_id"])
        if found:
            yield item.__name__
            yield from (_named(item, name, found[name]) for name in alternatives(item))
            if found.groupdict().get("leads") == "more":
                yield f"⋯ {data['values'][0]}"


COMMANDS_USED: tuple[tuple[str, dict[str, str]], ...] = (
    ("ask", {"question": "what did Ada Burke say?"}),
    ("speaker", {"name": "Ada Burke"}),
    ("speakers", {}),
    ("whosaid", {"words": "the mill number 3 will reopen"}),
    ("check", {"quote": "The mill number 3 will reopen in spring", "speaker": "Ada Burke"}),
    ("stories", {}),
    ("timeline", {"name": "Ada Burke"}),
    ("quoted", {}),
    ("watch", {"about": "the dam"}),
    ("export", {"name": "Ada Burke"}),
    ("settings", {}),
    ("help", {}),
    ("privacy", {}),
    ("story here", {}),
    ("story add", {}),
)
TYPED = (
    *(("ask", "story"), ("speaker", "name"), ("timeline", "name"), ("check", "speaker"), ("export", "name")),
    *(("watch", "speaker"), ("story show", "story"), ("story remove", "story"), ("story refresh", "story")),
    ("story here", "story"),
)
TYPED_WORDS = {"story": "speech", "name": "burke", "speaker": "burke"}
MESSAGES_USED = (
    ("Ask about this", "what did Ada Burke say?", "The mill number 0"),
    ("Check this quote", "Burke said “The mill number 3 will reopen in spring”.", "Exact"),
    ("Add as story", "“The sea rises,” said Flo Hall on Monday. " * 6, "is added"),
)
PRESSED = {"watch": "Watch Ada Burke"} | {one: one for one in ("all", "context", "share", "up", "down", "wrong")}
"""Buttons that no reply here has, by what they do: one for an errand, and under older replies what is in a menu now."""


async def test_everything_that_is_offered_is_used(tmp_path: Path) -> None:
    async with running(tmp_path) as (server, bots):
        bots.engine.give(OWNER, [LONG, CROWD])
        for act in (
            use_commands,
            type_names,
            use_messages,
            hand_in_forms,
            turn_each_kind_of_reply,
            press_other_buttons,
        ):
            await act(server)
        first = [name for name in EVERY if name not in LEFT_FOR_THE_END]
        for name in (*first, *LEFT_FOR_THE_END):
            shown, act_on = EVERY[name]
            outcome = await saw(server, await act_on(server, await shown(server), ANN))
            assert outcome.drawn or outcome.words.startswith(RESULTS), name
            if name == "removed":
                bots.engine.give(OWNER, [SPEECH])
        seen = {name for one in server.used for name in used(one)}

    assert set(offered()) - seen == set()


async def use_commands(server: Loopback) -> None:
    for name, given in COMMANDS_USED:
        outcome = await saw(server, await server.command(name, **given))  # type: ignore[arg-type]  # given by name
        assert outcome.words.strip(), name
    for name in ("story show", "story remove", "story refresh"):
        outcome = await saw(server, await server.command(name, story=await key_of(server, "speech")))
        assert outcome.words.strip(), name


async def key_of(server: Loopback, typed: str) -> str:
    """What stands for a story that is offered."""
    choices = await offered_for(server, "story show", "story", typed)
    return str(choices[0]["value"])


async def offered_for(server: Loopback, command: str, option: str, typed: str) -> list[Json]:
    asked = await server.typed(command, option, typed)
    [told] = await server.until("POST", f"{asked['token']}/callback")
    return list(told.body["data"]["choices"])


async def type_names(server: Loopback) -> None:
    for command, option in TYPED:
        assert await offered_for(server, command, option, TYPED_WORDS[option]), (command, option)


async def use_messages(server: Loopback) -> None:
    for name, words, said in MESSAGES_USED:
        chosen = await server.menu(name, await server.say(words))
        assert (await saw(server, chosen)).private, name
        await told(server, chosen, said)


async def told(server: Loopback, used: Json, said: str) -> None:
    """Waits until an interaction is answered with these words."""
    await server.until_any(lambda one: used["token"] in one.path and said in str(one.body))


async def hand_in_forms(server: Loopback) -> None:
    for form, given, said in (
        (await server.command("story add"), {"text": "“The mill turns,” said Di Hall."}, "is added"),
        (await hosts_asked_for(server), {"denied": "blocked.example"}, "without 1 host"),
    ):
        [shown] = await server.until("POST", f"{form['token']}/callback")
        await told(server, await server.fill_in(shown.body["data"], **given), said)  # type: ignore[arg-type]  # given by name


async def hosts_asked_for(server: Loopback) -> Json:
    panel = await server.command("settings")
    await saw(server, panel)
    return await server.press(server.shown[panel["token"]][0], "Hosts")


async def turn_each_kind_of_reply(server: Loopback) -> None:
    """Of each command's reply something is used that stands under it."""
    for name, given, act in (
        ("speaker", {"name": "Cy Dunn"}, "More"),
        ("speakers", {}, "Cy Dunn"),
        ("whosaid", {"words": "the mill number 3 will reopen"}, "👍 Good answer"),
        ("check", {"quote": "The mill number 3 will reopen in spring"}, "In context"),
        ("stories", {}, "A dam"),
        ("timeline", {"name": "Cy Dunn"}, "More"),
        ("quoted", {}, "Cy Dunn"),
        ("story show", {"story": await key_of(server, "dam")}, "More"),
    ):
        reply = await server.command(name, **given)  # type: ignore[arg-type]  # given by name
        await saw(server, reply)
        outcome = await saw(server, await server.press(server.shown[reply["token"]][0], act))
        assert outcome.drawn or outcome.words.startswith(RESULTS), name


async def press_other_buttons(server: Loopback) -> None:
    reply = await server.command("ask", question="what did Ada Burke say?")
    await saw(server, reply)
    for action, label in PRESSED.items():
        message = dict(server.shown[reply["token"]][0])
        button = {"type": 2, "style": 2, "label": label, "custom_id": f"onrecord:ask:{action}:0::{ANN}"}
        message["components"] = [{"type": 1, "components": [button]}]
        outcome = await saw(server, await server.press(message, label))
        assert outcome.drawn or outcome.words.startswith(RESULTS), action


def asked_with(words: str, **how: object) -> Act:
    """Somebody writes this, where and how it is said."""
    return lambda server: server.say(words, **how)  # type: ignore[arg-type]  # given by name


async def in_a_thread(server: Loopback) -> None:
    await server.dispatch("THREAD_CREATE", thread("3100", "Burke"))
    await server.say("what did Ada Burke say?", where="3100")


async def to_its_role(server: Loopback) -> None:
    mine = role("7007") | {"tags": {"bot_id": ME}}
    await server.dispatch("GUILD_ROLE_CREATE", {"guild_id": GUILD, "role": mine})
    await server.say("<@&7007> what did Ada Burke say?", roles=["7007"])


def under_an_answer(words: str) -> Act:
    """Somebody replies so to what the bot has said."""

    async def reply(server: Loopback) -> None:
        await server.say(f"<@{ME}> what did Cy Dunn say?")
        await server.until("POST", POSTED)
        await server.say(words, reply_to=list(server.messages)[-1])

    return reply


async def in_a_server_of_threads(server: Loopback) -> None:
    panel = await server.command("settings")
    await saw(server, panel)
    await saw(server, await server.press(server.shown[panel["token"]][0], "Answer in threads"))
    await server.say(f"<@{ME}> what did Ada Burke say?")


POSTED = f"/channels/{CHANNEL}/messages"
MESSAGES: dict[str, tuple[Act, str, str]] = {
    "a mention": (asked_with(f"<@{ME}> what did Ada Burke say?"), POSTED, "The mill number 0 will"),
    "a mention of its role": (to_its_role, POSTED, "The mill number 0 will"),
    "a direct message": (
        asked_with("what did Vera Stone say?", private=True), f"/channels/{PRIVATE}/messages", "harbour is deep enough"
    ),
    "a reply that pings": (under_an_answer(f"<@{ME}> and Burke?"), POSTED, "The mill number 0 will"),
    "a reply without a ping": (under_an_answer("and Burke?"), POSTED, "The mill number 0 will"),
    "a reply whose words are kept from it": (under_an_answer(""), POSTED, MENTION_ME),
    "a thread of its own": (in_a_thread, "/channels/3100/messages", "The mill number 0 will"),
    "a thread that it opens": (in_a_server_of_threads, "", "The mill number 0 will"),
    "a bare mention": (asked_with(f"<@{ME}>"), POSTED, "Ask me who said what in the stories."),
    "quotations to check": (
        asked_with(f"<@{ME}> “The mill number 3 will reopen in spring” and “pigs can fly”"), POSTED, "2 quotations"
    ),
    "what is new": (asked_with(f"<@{ME}> what's new?"), POSTED, "3 stories, from The Post and The Tide:"),
    "a word to check": (asked_with(f"<@{ME}> “reopen”"), POSTED, "– Too few words"),
    "a command that was only written": (asked_with(f"<@{ME}> /check"), POSTED, "That is a command: click </check:"),
    "an address that is not held": (
        asked_with(f"<@{ME}> https://nowhere.example/page"), POSTED, "I do not hold that page yet."
    ),
    "a question longer than a button keeps": (
        asked_with(f"<@{ME}> what did Ada Burke say?{' Please.' * (QUESTION_MAX // 8)}"), POSTED, "mill number 0"
    ),
}  # fmt: skip
"""What is written to the bot: how, where the answer comes (wherever it is for one in a new thread), and words of it."""


@pytest.mark.parametrize("name", MESSAGES)
async def test_whatever_is_written_to_the_bot_is_answered_over_sockets(name: str, tmp_path: Path) -> None:
    act, where, said = MESSAGES[name]
    async with running(tmp_path) as (server, bots):
        bots.engine.give(OWNER, [LONG])

        await act(server)

        [*_, answer] = await server.until_any(
            lambda one: one.method == "POST" and one.path.endswith(where or "/messages") and said in str(one.body)
        )
    assert answer.body["allowed_mentions"]["parse"] == []
