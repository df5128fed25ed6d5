"""Discord refuses for good: each refused request is made once, nothing is unhandled, and nobody else is harmed."""

import logging
import re
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests.bot.discord_side.connecting import on_loopback, replies
from tests.bot.discord_side.loopback import CHANNEL, ME, PRIVATE, Loopback, Request, Trouble
from tests.bot.discord_side.openapi import check_all
from tests.bot.discord_side.owned import OwnedEngine, story_of
from tests.bot.discord_side.payloads import GUILD, person

ROOM, EDITED, FOLLOWED = r"/callback$", r"/messages/@original$", r"^/webhooks/\d+/[^/]+$"
ELSEWHERE = "3009"
Act = Callable[[Loopback], Awaitable[object]]


async def mention(server: Loopback) -> object:
    return await server.say(f"<@{ME}> what did Vera Stone say?")


async def directly(server: Loopback) -> object:
    return await server.say("what did Vera Stone say?", private=True)


async def in_a_thread(server: Loopback) -> object:
    return await server.say(f"<@{ME}> what did Vera Stone say?", where=ELSEWHERE)


async def a_reply(server: Loopback) -> object:
    """A reply to a reply: the message that it goes back to has to be asked for."""
    first = server.message(CHANNEL, {"content": "what did Vera Stone say?"}, person("4002", "bo"))
    above = {"message_id": first["id"], "channel_id": CHANNEL}
    second = server.message(CHANNEL, {"content": "well?", "message_reference": above}, person("4002", "bo"))
    return await server.say(f"<@{ME}> and then?", reply_to=second["id"])


async def a_mention_for_a_thread(server: Loopback) -> object:
    panel = await server.command("settings")
    await server.until_answered(panel)
    pressed = await server.press(server.shown[panel["token"]][0], "Answer in threads")
    await server.until_answered(pressed)
    return await mention(server)


async def a_command(server: Loopback) -> object:
    return await server.command("ask", question="what did Vera Stone say?")


async def a_check(server: Loopback) -> object:
    return await server.menu(
        "Check this quote", await server.say("“The mill is shut” and “The harbour is deep enough”")
    )


async def many_pages(server: Loopback) -> object:
    """Two messages: the settings as they are then, and what was left out of the hosts."""
    panel = await server.command("settings")
    await server.until_answered(panel)
    pressed = await server.press(server.shown[panel["token"]][0], "Hosts")
    [form] = await server.until("POST", f"{pressed['token']}/callback")
    return await server.fill_in(form.body["data"], allowed="and")


async def a_file(server: Loopback) -> object:
    return await server.command("export", name="Vera Stone")


async def an_addition(server: Loopback) -> object:
    return await server.command("story add", file=("dam.txt", b"The dam holds, said nobody at all."))


async def a_form(server: Loopback) -> object:
    return await server.command("story add")


async def at_once(server: Loopback) -> object:
    return await server.command("privacy")


async def while_typing(server: Loopback) -> object:
    return await server.typed("speaker", "name", "ver")


REFUSALS: dict[str, tuple[Act, str, int, int]] = {
    "no permission to write": (mention, rf"^/channels/{CHANNEL}/messages$", 403, 50013),
    "no permission to type": (mention, rf"^/channels/{CHANNEL}/typing$", 403, 50001),
    "a channel deleted before it types": (mention, rf"^/channels/{CHANNEL}/", 404, 10003),
    "a channel deleted before it writes": (mention, rf"^/channels/{CHANNEL}/messages$", 404, 10003),
    "closed direct messages": (directly, rf"^/channels/{PRIVATE}/messages$", 403, 50007),
    "closed direct messages with their history": (directly, rf"^/channels/{PRIVATE}/", 403, 50007),
    "a locked thread": (in_a_thread, rf"^/channels/{ELSEWHERE}/messages$", 403, 50083),
    "a locked thread in which nobody types": (in_a_thread, rf"^/channels/{ELSEWHERE}/typing$", 403, 50083),
    "a message above that is gone": (a_reply, r"/messages/\d+$", 404, 10008),
    "a message above that may not be read": (a_reply, r"/messages/\d+$", 403, 50001),
    "no permission to open a thread": (a_mention_for_a_thread, r"/threads$", 403, 50013),
    "a message deleted before its thread opens": (a_mention_for_a_thread, r"/threads$", 404, 10008),
    "a thread locked before it is answered in": (a_mention_for_a_thread, r"^/channels/9\d+/messages$", 403, 50083),
    "an interaction that is gone": (a_command, ROOM, 404, 10062),
    "an answer that was deleted": (a_command, EDITED, 404, 10008),
    "an interaction that is too old": (a_command, EDITED, 403, 50027),
    "a message behind the first": (many_pages, FOLLOWED, 404, 10015),
    "a check of a message": (a_check, EDITED, 404, 10015),
    "a file": (a_file, EDITED, 403, 50013),
    "an addition": (an_addition, EDITED, 404, 10015),
    "a form": (a_form, ROOM, 404, 10062),
    "what needs no waiting": (at_once, ROOM, 404, 10062),
    "names while somebody types": (while_typing, ROOM, 404, 10062),
}


@pytest.mark.parametrize("name", REFUSALS)
async def test_what_discord_refuses_is_tried_once_and_nothing_is_unhandled(
    name: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    act, path, status, code = REFUSALS[name]
    refused: list[Request] = []

    def refuse(one: Request) -> Trouble | None:
        if not re.search(path, one.path):
            return None
        refused.append(one)
        return Trouble(status, code=code)

    engine = OwnedEngine(tmp_path)
    async with on_loopback(engine) as server:
        engine.give(f"server-{GUILD}", [story_of("mill", "The mill is shut", "Bo Hall")])
        server.trouble = refuse
        await act(server)
        await server.until_any(lambda one: one in refused)
        if act is a_reply:  # it is answered all the same, once it has been read
            await server.until("POST", f"/channels/{CHANNEL}/messages")
        after = await server.say(f"<@{ME}> what did Bo Hall say?", where="3010", by="4009")
        await server.until("POST", "/channels/3010/messages")

    assert set(Counter((one.method, one.path) for one in refused).values()) == {1}
    assert replies(server)[after["id"]] == 1
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []
    check_all(server.received)


async def test_where_no_thread_may_be_opened_the_answer_stands_in_the_channel(tmp_path: Path) -> None:
    async with on_loopback(OwnedEngine(tmp_path)) as server:
        server.trouble = lambda one: Trouble(403, code=50013) if one.path.endswith("/threads") else None

        await a_mention_for_a_thread(server)

        [answer] = await server.until("POST", f"/channels/{CHANNEL}/messages")
        assert "The harbour is deep enough" in answer.body["embeds"][0]["description"]
