"""The first minute: a greeting, help with real names, an empty library that says what to do, and small talk."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from simcord import Env

from bot.answers import Abstention, Reason, Talk
from bot.discord_side.libraries.desk import Desk
from bot.discord_side.libraries.engine import LibraryEngine
from bot.discord_side.libraries.place import Place
from bot.discord_side.messages.questions import Asked, command_typed
from bot.rendering.discord_letter import letter, with_commands
from bot.rendering.discord_message import render_pages
from bot.rendering.examples import examples_from
from bot.rendering.sentences import reason_sentence, talk_words
from bot.settings import Settings
from tests.bot.discord_side.connecting import on_loopback
from tests.bot.discord_side.loopback import Loopback
from tests.bot.discord_side.openapi import check_all
from tests.bot.discord_side.owned import OwnedEngine
from tests.bot.discord_side.payloads import NEW_CHANNEL, NEW_GUILD
from tests.bot.discord_side.room import a_room, answered, words_of
from tests.bot.discord_side.shelf import FakeEngine, FakeShelf, seed_shelf

NOTHING = FakeShelf((), (), ())


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Loopback]:
    async with on_loopback(OwnedEngine(tmp_path)) as running:
        yield running
        check_all(running.received)


async def test_on_coming_to_a_server_the_bot_says_what_to_try_and_offers_to_add_a_story(server: Loopback) -> None:
    await server.join(NEW_GUILD)

    [posted] = await server.until("POST", f"/channels/{NEW_CHANNEL}/messages")

    assert posted.body["content"].startswith("Hello! I look up **who said what** in news stories")
    assert "> what did Vera Stone say?" in posted.body["content"]
    assert "> who said “The harbour is deep enough”?" in posted.body["content"]
    [button] = posted.body["components"][0]["components"]
    assert button["label"] == "Add your first story"
    known = {command["name"]: command["id"] for command in server.commands}
    assert f"</help:{known['help']}>" in posted.body["content"]


async def test_a_server_is_greeted_once_however_often_the_bot_comes_to_it(server: Loopback) -> None:
    await server.join(NEW_GUILD)
    await server.until("POST", f"/channels/{NEW_CHANNEL}/messages")

    await server.join(NEW_GUILD)
    await server.join("2003")

    posted = await server.until("POST", f"/channels/{NEW_CHANNEL}/messages", 2)
    assert [one.body["nonce"] for one in posted] == [f"hi{NEW_GUILD}", "hi2003"]


async def test_nothing_is_said_where_nothing_may_be_written(server: Loopback) -> None:
    await server.join(NEW_GUILD, writable=False)
    await server.join("2003")

    [posted] = await server.until("POST", f"/channels/{NEW_CHANNEL}/messages")
    assert posted.body["nonce"] == "hi2003"


async def test_help_is_short_with_somebody_who_speaks_here_and_commands_to_click(simcord_env: Env) -> None:
    room = a_room(simcord_env)

    said = answered(await room.ann.slash(room.channel, "help"))

    assert "> what did Al Franken say?" in said
    assert all(f"</{name}:" in said for name in ("speaker", "check", "watch", "story add"))
    assert len(said.splitlines()) <= 9


class TestEmpty:
    @pytest.fixture
    def engine(self) -> FakeEngine:
        return FakeEngine(NOTHING)

    @pytest.mark.parametrize("command", ["help", "stories"])
    async def test_where_there_is_no_story_it_says_how_to_add_one(self, simcord_env: Env, command: str) -> None:
        room = a_room(simcord_env)

        result = await room.ann.slash(room.channel, command)

        assert "There are no stories here yet. </story add:" in answered(result)
        assert "such as" not in answered(result)
        assert result.response is not None
        assert [one["label"] for row in result.response.components for one in row["components"]] == ["Add a story"]

    async def test_the_form_opens_for_whoever_may_add_and_nobody_else_fills_it_in_in_vain(
        self, simcord_env: Env
    ) -> None:
        room = a_room(simcord_env)
        boss = room.member("boss", manages=True)
        empty = (await room.ann.slash(room.channel, "stories")).response
        assert empty is not None

        refused = await room.ann.click(empty, label="Add a story")
        form = await boss.click(empty, label="Add a story")

        assert "Only members who may manage this server" in answered(refused)
        added = await boss.submit_modal(form, {"text": "“The dam holds,” said Cy Dunn.", "title": "The dam"})
        assert answered(added).startswith("**The dam** is added")


@pytest.mark.parametrize(
    ("talk", "said", "tries"),
    [
        ("greeting", "Hello!", 3),
        ("thanks", "You are welcome.", 0),
        ("help", "Ask who said what", 3),
        ("who", "I am On Record", 3),
        ("adding", "`/story add` takes an address", 0),
        ("watching", "`/watch` tells you when a new story quotes somebody", 0),
        ("removing", "`/story remove` takes a story out again", 0),
        ("page", "I do not hold that page yet.\n`/story add` takes an address", 0),
        ("chat", "I know only what the stories say.", 3),
    ],
)
def test_what_is_said_to_the_bot_itself_is_answered(talk: Talk, said: str, tries: int) -> None:
    pages = render_pages(Abstention("x", Reason.NOT_ABOUT_THE_STORY, talk=talk), seed_shelf())

    assert pages.pages[0].body.startswith(said)
    assert len(pages.choices) == tries
    assert [one.label for one in letter(pages).buttons if one.action == "add"] == ["Add a story"] * (
        talk in ("adding", "page")
    )


@pytest.mark.parametrize("command", ["speaker", "check", "stories", "watch", "privacy", "story add", "settings"])
def test_help_names_what_members_and_those_who_run_a_server_look_for(command: str) -> None:
    assert f"`/{command}`" in talk_words("help", "discord")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("/speakers", "speakers"),
        ("!help", "help"),
        ("/story remove the mill", "story remove"),
        ("/story", "story add"),
        ("/nothing", None),
        ("what did /ask say?", None),
        ("", None),
    ],
)
def test_a_command_that_was_only_written_is_known(typed: str, name: str | None) -> None:
    assert command_typed(typed, {"speakers", "help", "story", "ask"}) == name


async def test_a_command_in_a_message_is_given_to_be_clicked(simcord_env: Env) -> None:
    said = words_of(await a_room(simcord_env).ask("/speakers"))

    assert re.match(r"That is a command: click </speakers:\d+> here", said)


async def test_small_talk_is_answered_in_chat_and_is_no_question_without_an_answer(
    simcord_env: Env, engine: FakeEngine
) -> None:
    room = a_room(simcord_env)
    engine.talk = "thanks"

    said = words_of(await room.ask("thanks!"))

    assert said == "You are welcome."
    assert not any(own.missed for own in engine.own.values())


@pytest.mark.parametrize("talk", ["greeting", "help", "who"])
def test_in_an_empty_library_small_talk_says_how_to_add_a_story(talk: Talk) -> None:
    asked = Abstention("x", Reason.NOT_ABOUT_THE_STORY, talk=talk)

    assert "add one with “onrecord add SOURCE”" in reason_sentence(asked, stories=0)
    assert render_pages(asked, NOTHING).adds


def test_what_is_offered_to_try_stands_in_the_stories() -> None:
    shelf = seed_shelf()

    first, second, third = examples_from(shelf)

    assert (first, third) == ("what did Al Franken say?", "what did CNN say?")
    assert second.removeprefix("who said “").removesuffix("”?") in shelf.stories[0].text


def test_only_the_bots_own_naming_of_a_command_can_be_clicked() -> None:
    assert with_commands("`/story add` or \\`/story add\\` or `/else`", {"story": 7}) == (
        "</story add:7> or \\`/story add\\` or `/else`"
    )


async def test_the_story_that_comes_along_can_be_hidden_and_an_own_one_stays(tmp_path: Path) -> None:
    place = Place("server-1")
    engine = LibraryEngine(Settings(library=tmp_path / "library"))
    desk = Desk(engine)
    try:
        await desk.start()
        asked = Asked("what did Ryan say?", 1, place=place)
        assert "Paul Ryan" in (await desk.pages(asked)).pages[0].body

        await desk.ledger.change(place.owner, "demo", False)

        assert "There are no stories here yet" in (await desk.pages(asked)).pages[0].body
        assert (await desk.suggestions(place)).examples == ()
        with engine.library_of(place.owner) as library:
            library.add([replace(seed_shelf().stories[0], id="own", text="“It rains,” said Paul Ryan on Monday.")])
        assert "It rains" in (await desk.pages(asked)).pages[0].body
    finally:
        await desk.close()
