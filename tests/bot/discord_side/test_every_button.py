"""Every button and menu, in every circumstance: a result or a private explanation, and never “interaction failed”."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.discord_side.replies.about import SURE
from bot.discord_side.replies.correction_items import THANKS, WHICH
from index.errors import NoSuchStory
from index.library.following import follow
from index.story import Story
from tests.bot.discord_side.connecting import a_bot, a_server
from tests.bot.discord_side.gateway import Json
from tests.bot.discord_side.loopback import Loopback, Request, Trouble
from tests.bot.discord_side.openapi import check_all
from tests.bot.discord_side.owned import OwnedEngine
from tests.bot.discord_side.payloads import GUILD, NEW_CHANNEL, NEW_GUILD
from tests.bot.discord_side.people import components

OWNER = f"server-{GUILD}"
EPHEMERAL = 64
STRANGER = "4002"
MESSAGE, ROOM, CHANGE, FORM = 4, 5, 6, 9
FEED = "https://news.example/feed"
SPEECH = Story(
    "speech",
    "\n\n".join(f"“The mill number {number} will reopen in spring,” said Ada Burke on Monday." for number in range(12)),
    "A speech",
    "The Post",
)
RESULTS = (
    *(
        "**Settings of this server**",
        "**Questions without an answer**",
        "Every question asked here",
        "No feeds are followed here",
        "**1 feed followed here**",
        "You are forgotten",
        "**Cooldown** of one person",
        "-# As the story has it",
        "Which words shall",
        "Thank you: those who run",
        "**1 correction to settle**",
        "**0 corrections to settle**",
        "Nobody has said here",
        "Watching **",
        "This watch is silenced",
    ),
    *("**A speech** is removed", "Questions in this channel", THANKS.partition("`")[0], WHICH, SURE),
)
"""How sentences begin that are results, as far as the first command in them, which is shown to be clicked; any other
sentence explains why there is none."""


@dataclass(frozen=True)
class Outcome:
    """What somebody saw who pressed a button: the words, and whether nobody else did."""

    words: str
    private: bool
    drawn: bool

    @property
    def well(self) -> bool:
        """Whether it is a result, or an explanation for the one who pressed alone."""
        return bool(self.words.strip()) and (self.drawn or self.words.startswith(RESULTS) or self.private)


async def saw(server: Loopback, used: Json) -> Outcome:
    """What came of an interaction: acknowledged once, and then answered."""
    token = used["token"]
    [told] = await server.until("POST", f"{token}/callback")
    kind, flags = told.body["type"], (told.body.get("data") or {}).get("flags", 0)
    if kind == FORM:
        return Outcome(told.body["data"]["title"], private=True, drawn=True)
    if kind != MESSAGE:
        [answer, *_] = await server.until_answered(used)
        flags = flags if answer.method == "PATCH" and kind == ROOM else answer.body.get("flags", 0)
    shown = server.shown[token][0]
    words = shown["content"] or "".join(embed["description"] for embed in shown["embeds"])
    return Outcome(words, bool(flags & EPHEMERAL), bool(shown["embeds"]))


Shown = Callable[[Loopback], Awaitable[Json]]
Act = Callable[[Loopback, Json, str], Awaitable[Json]]


async def shown_by(server: Loopback, used: Json) -> Json:
    await saw(server, used)
    return server.shown[used["token"]][0]


async def answer(server: Loopback) -> Json:
    return await shown_by(server, await server.command("ask", question="what did Ada Burke say?"))


async def speakers(server: Loopback) -> Json:
    return await shown_by(server, await server.command("speakers"))


async def stories(server: Loopback) -> Json:
    return await shown_by(server, await server.command("stories"))


async def second_page(server: Loopback) -> Json:
    return await shown_by(server, await server.press(await answer(server), "More"))


async def abstention(server: Loopback) -> Json:
    return await shown_by(server, await server.command("ask", question="what did Ada Burke say about taxes?"))


async def private_answer(server: Loopback) -> Json:
    return await shown_by(server, await server.menu("Ask about this", await server.say("what did Ada Burke say?")))


async def which_speaker(server: Loopback) -> Json:
    return await shown_by(server, await server.press(await answer(server), "Wrong speaker"))


async def which_card(server: Loopback) -> Json:
    return await shown_by(server, await server.press(await answer(server), "Quote card"))


async def who_is_right(server: Loopback) -> Json:
    which = await which_speaker(server)
    return await shown_by(server, await menu("onrecord:wrong-speaker")(server, which, "4001"))


async def corrections(server: Loopback) -> Json:
    right = await who_is_right(server)
    await saw(server, await _first_of_menu(server, right, "4001"))
    return await shown_by(server, await server.press(await settings(server), "Corrections"))


async def watching(server: Loopback) -> Json:
    return await shown_by(server, await server.command("watch", speaker="Ada Burke"))


async def removal(server: Loopback) -> Json:
    used = await server.typed("story remove", "story", "speech")
    [offered] = await server.until("POST", f"{used['token']}/callback")
    return await shown_by(
        server, await server.command("story remove", story=offered.body["data"]["choices"][0]["value"])
    )


async def here(server: Loopback) -> Json:
    return await shown_by(server, await server.command("story here"))


async def settings(server: Loopback) -> Json:
    return await shown_by(server, await server.command("settings"))


async def cooldown(server: Loopback) -> Json:
    return await shown_by(server, await server.press(await settings(server), "Cooldown"))


async def greeting(server: Loopback) -> Json:
    await server.join(NEW_GUILD)
    await server.until("POST", f"/channels/{NEW_CHANNEL}/messages")
    return next(one for one in server.messages.values() if one["channel_id"] == NEW_CHANNEL)


async def feeds(server: Loopback) -> Json:
    return await shown_by(server, await server.press(await settings(server), "Feeds and watches"))


async def watches(server: Loopback) -> Json:
    await watching(server)
    return await feeds(server)


async def which_card_alone(server: Loopback) -> Json:
    private = await private_answer(server) | {"flags": EPHEMERAL}
    return await shown_by(server, await server.press(private, "Quote card"))


async def privacy(server: Loopback) -> Json:
    return await shown_by(server, await server.command("privacy"))


async def sure(server: Loopback) -> Json:
    return await shown_by(server, await server.press(await privacy(server), "Forget me"))


def button(label: str) -> Act:
    return lambda server, message, by: server.press(message, label, by)


def menu(custom_id: str, value: str = "") -> Act:
    async def choose(server: Loopback, message: Json, by: str) -> Json:
        options = next(one for one in components(message) if one["custom_id"] == custom_id).get("options", ())
        return await server.choose(message, custom_id, [value or options[0]["value"]], by)

    return choose


EVERY: dict[str, tuple[Shown, Act]] = {
    "More": (answer, button("More")),
    "Back": (second_page, button("Back")),
    "All": (answer, button("All")),
    "In context": (answer, button("In context")),
    "Share": (private_answer, button("Share")),
    "👍": (answer, button("👍 Good answer")),
    "👎": (answer, button("👎 Bad answer")),
    "somebody of a list": (speakers, menu("onrecord:speakers:menu-speaker:0::4001")),
    "a story of a list": (stories, menu("onrecord:stories:menu-story:0::4001")),
    "Wrong speaker": (answer, button("Wrong speaker")),
    "Quote card": (answer, button("Quote card")),
    "which words": (which_card, menu("onrecord:card:all")),
    "which words, for one alone": (which_card_alone, menu("onrecord:card:one")),
    "watches silenced": (watches, menu("onrecord:watches")),
    "who is right": (who_is_right, lambda server, message, by: _first_of_menu(server, message, by)),
    "Corrections": (settings, button("Corrections")),
    "accepted": (corrections, menu("onrecord:settle:accept")),
    "rejected": (corrections, menu("onrecord:settle:reject")),
    "Silence this watch": (watching, button("Silence this watch")),
    "which speaker": (which_speaker, menu("onrecord:wrong-speaker")),
    "a question offered": (abstention, lambda server, message, by: _first_offered(server, message, by)),
    "Remove it": (removal, button("Remove it")),
    "stories of a channel": (here, menu("onrecord:here")),
    "Forget me": (privacy, button("Forget me")),
    "Yes, forget me": (sure, button("Yes, forget me")),
    "channels": (settings, menu("onrecord:set:channels", "3001")),
    "roles": (settings, menu("onrecord:set:adders", "7001")),
    "dates": (settings, menu("onrecord:set:dates", "de")),
    "Cooldown": (settings, button("Cooldown")),
    "cooldown": (cooldown, menu("onrecord:set:cooldown_s", "0")),
    "demonstration": (settings, button("Hide the demonstration")),
    "Add your first story": (greeting, button("Add your first story")),
    "private": (settings, button("Answer commands privately")),
    "threads": (settings, button("Answer in threads")),
    "unanswered": (settings, button("Questions without an answer")),
    "Feeds": (settings, button("Feeds and watches")),
    "feeds given up": (feeds, menu("onrecord:feeds")),
    "Hosts": (settings, button("Hosts")),
}


async def _first_of_menu(server: Loopback, message: Json, by: str) -> Json:
    [one] = [one for one in components(message) if one.get("options")]
    return await server.choose(message, one["custom_id"], [one["options"][0]["value"]], by)


async def _first_offered(server: Loopback, message: Json, by: str) -> Json:
    label = next(one["label"] for one in components(message) if one["custom_id"].split(":")[2:3] == ["ask"])
    return await server.press(message, label, by)


@asynccontextmanager
async def running(folder: Path) -> AsyncIterator[tuple[Loopback, "Bots"]]:
    """A small Discord, and a bot on it that can be restarted."""
    async with a_server() as server, AsyncExitStack() as stack:
        bots = Bots(server, folder, stack)
        await bots.start()
        bots.engine.give(OWNER, [SPEECH])
        with bots.engine.library_of(OWNER) as library:
            follow(library, FEED, timedelta(days=1), datetime(2026, 1, 1, tzinfo=UTC))
        yield server, bots
        check_all(server.received)


class Bots:
    """One bot after the other over the same folder."""

    def __init__(self, server: Loopback, folder: Path, stack: AsyncExitStack) -> None:
        self._server, self._folder, self._stack = server, folder, stack

    async def start(self) -> None:
        """Ends the bot that runs, and starts another."""
        await self._stack.aclose()
        self.engine = OwnedEngine(self._folder)
        await self._stack.enter_async_context(a_bot(self._server, self.engine))


@pytest.mark.parametrize("name", EVERY)
async def test_after_a_restart_it_gives_a_result(name: str, tmp_path: Path) -> None:
    shown, act = EVERY[name]
    async with running(tmp_path) as (server, bots):
        message = await shown(server)
        await bots.start()

        outcome = await saw(server, await act(server, message, "4001"))

    assert outcome.drawn or outcome.words.startswith(RESULTS)


@pytest.mark.parametrize("name", EVERY)
async def test_after_a_quarter_of_an_hour_it_gives_a_result(name: str, tmp_path: Path) -> None:
    shown, act = EVERY[name]
    async with running(tmp_path) as (server, _):
        message = await shown(server)
        old = tuple(server.shown)
        server.trouble = lambda one: Trouble(401) if _uses(one, old) else None

        outcome = await saw(server, await act(server, message, "4001"))

    assert outcome.drawn or outcome.words.startswith(RESULTS)


@pytest.mark.parametrize("name", EVERY)
async def test_after_its_story_was_removed_it_gives_a_result_or_says_why_not(name: str, tmp_path: Path) -> None:
    shown, act = EVERY[name]
    async with running(tmp_path) as (server, bots):
        message = await shown(server)
        with bots.engine.library_of(OWNER) as library:
            library.remove("speech")
            with pytest.raises(NoSuchStory):
                library.story("speech")

        outcome = await saw(server, await act(server, message, "4001"))

    assert outcome.well, outcome


@pytest.mark.parametrize("name", EVERY)
async def test_pressed_by_another_person_it_gives_a_result_or_says_why_not(name: str, tmp_path: Path) -> None:
    shown, act = EVERY[name]
    async with running(tmp_path) as (server, _):
        message = await shown(server)
        server.permissions_of[STRANGER] = "0"

        outcome = await saw(server, await act(server, message, STRANGER))

    assert outcome.well, outcome


@pytest.mark.parametrize("name", EVERY)
async def test_pressed_twice_at_once_it_gives_a_result_or_says_why_not_each_time(name: str, tmp_path: Path) -> None:
    shown, act = EVERY[name]
    async with running(tmp_path) as (server, _):
        message = await shown(server)

        both = [await act(server, message, "4001"), await act(server, message, "4001")]

        outcomes = [await saw(server, used) for used in both]

    assert all(outcome.well for outcome in outcomes), outcomes
    assert any(outcome.drawn or outcome.words.startswith(RESULTS) for outcome in outcomes)


def _uses(one: Request, tokens: tuple[str, ...]) -> bool:
    return any(token in one.path for token in tokens)
