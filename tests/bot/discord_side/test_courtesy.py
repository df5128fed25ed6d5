"""What is meant for the bot without mentioning it, what a message holds besides its words, and refusals told once."""

import logging
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import discord
import pytest
from simcord import Env

from bot.discord_side.client import OnRecord
from bot.discord_side.limits import QUESTION_MAX
from bot.discord_side.messages.conversation import all_words, links_in
from bot.discord_side.replies.about import MENTION_ME
from tests.bot.discord_side.connecting import on_loopback
from tests.bot.discord_side.gateway import Json
from tests.bot.discord_side.loopback import CHANNEL, GUILD, ME, PRIVATE, Loopback
from tests.bot.discord_side.openapi import check_all
from tests.bot.discord_side.owned import OwnedEngine
from tests.bot.discord_side.payloads import thread
from tests.bot.discord_side.people import role
from tests.bot.discord_side.room import UNHURRIED, Room, a_room, answered, words_of
from tests.bot.discord_side.shelf import FakeEngine
from tests.bot.discord_side.test_story_commands import ADDRESS, PAGE, FakeWeb

POSTED = f"/channels/{CHANNEL}/messages"
LONG = "“The dam holds,” said Cy Dunn on Monday. " + "It was built long ago and mended often. " * 6


@pytest.fixture
async def server() -> AsyncIterator[Loopback]:
    async with on_loopback() as running:
        yield running
        check_all(running.received)


async def answer(server: Loopback) -> Json:
    await server.say(f"<@{ME}> what did Ryan say?")
    await server.until("POST", POSTED)
    return server.messages[list(server.messages)[-1]]


async def test_a_reply_without_a_ping_whose_words_are_kept_from_the_bot_is_told_why_once(server: Loopback) -> None:
    above = await answer(server)

    for _ in range(2):
        await server.say("", reply_to=above["id"])
    await server.say(f"<@{ME}> and Pelosi?")

    [_, hint, pelosi] = await server.until("POST", POSTED, 3)
    assert hint.body["content"] == MENTION_ME
    assert "Nancy Pelosi" in pelosi.body["embeds"][0]["description"]


async def test_a_reply_without_a_ping_whose_words_are_there_is_answered(server: Loopback) -> None:
    above = await answer(server)

    await server.say("and Pelosi?", reply_to=above["id"])

    [_, pelosi] = await server.until("POST", POSTED, 2)
    assert "Nancy Pelosi" in pelosi.body["embeds"][0]["description"]


async def test_a_mention_of_the_bots_own_role_is_one_of_the_bot_and_of_another_role_is_not(server: Loopback) -> None:
    for number, tags in (("7007", {"bot_id": ME}), ("7008", {})):
        await server.dispatch("GUILD_ROLE_CREATE", {"guild_id": GUILD, "role": role(number) | {"tags": tags}})

    for number in ("7008", "7007"):
        await server.say(f"<@&{number}> what did Ryan say?", roles=[number])
    await server.until("POST", POSTED)
    await server.say(f"<@{ME}> and Pelosi?")

    [ryan, pelosi] = await server.until("POST", POSTED, 2)
    assert ["Paul Ryan" in str(ryan.body), "Nancy Pelosi" in str(pelosi.body)] == [True, True]


async def test_in_a_thread_of_the_bots_own_nobody_has_to_mention_it_and_the_question_before_is_known(
    server: Loopback,
) -> None:
    await server.dispatch("THREAD_CREATE", thread("3100", "Ryan"))
    for words in ("what did Ryan say?", "and Pelosi?"):
        await server.say(words, where="3100")
        posted = await server.until("POST", "/channels/3100/messages", 1 + (words != "what did Ryan say?"))

    assert ["Paul Ryan" in str(posted[0].body), "Nancy Pelosi" in str(posted[1].body)] == [True, True]


async def test_what_is_said_to_somebody_else_is_left_alone(server: Loopback) -> None:
    theirs = await server.say("what did Ryan say?", by="4002")
    await server.say("", reply_to=theirs["id"])
    await server.say("and Pelosi?", reply_to=theirs["id"])

    await answer(server)

    assert len([one for one in server.received if (one.method, one.path) == ("POST", POSTED)]) == 1


async def test_a_question_longer_than_a_button_keeps_is_read_whole(simcord_env: Env, engine: FakeEngine) -> None:
    room = a_room(simcord_env)
    asked = "what did Ryan say about " + "the letter and " * 20 + "the weather?"
    assert len(asked) > QUESTION_MAX

    await room.ask(asked)
    private = await room.ann.slash(room.channel, "ask", question=asked)

    assert [question for question, _, _ in engine.asked] == [asked, asked]
    assert "**Paul Ryan**" in answered(private)


async def test_lists_of_ones_own_stories_are_private_by_default_in_a_server_without_the_bot(
    tmp_path: Path,
) -> None:
    async with on_loopback(OwnedEngine(tmp_path)) as server:
        server.foreign = True
        listed = await server.command("stories")
        asked = await server.command("ask", question="what did Vera Stone say?")
        for used in (listed, asked):
            await server.until("PATCH", f"{used['token']}/messages/@original")

        [told, other] = [one for one in server.received if one.path.endswith("/callback") and one.body["type"] == 5]
        assert (told.body["data"]["flags"], (other.body.get("data") or {}).get("flags", 0)) == (64, 0)


class TestAdding:
    @pytest.fixture
    def engine(self, tmp_path: Path) -> OwnedEngine:
        return OwnedEngine(tmp_path)

    @pytest.fixture
    def simcord_bot(self, engine: OwnedEngine) -> OnRecord:
        bot = OnRecord(engine, UNHURRIED)
        bot.desk.intake.fetcher = FakeWeb({ADDRESS: PAGE.format(opening="The old mill will open again.")})
        return bot

    async def added(self, room: Room, words: str = "", **given: object) -> str:
        boss = room.member("boss", manages=True)
        message = await boss.send(room.channel, words, **given)  # type: ignore[arg-type]
        result = await boss.context_menu(room.channel, "Add as story", message)
        return answered(result)

    async def test_what_a_message_links_to_becomes_a_story(self, simcord_env: Env) -> None:
        said = await self.added(a_room(simcord_env), f"look: <{ADDRESS}>.")

        assert said.startswith("**The mill** is added")

    async def test_what_a_message_has_attached_becomes_a_story(self, simcord_env: Env) -> None:
        file = ("dam.txt", "“The dam holds,” said Cy Dunn.".encode())

        said = await self.added(a_room(simcord_env), "here", attachments=[file])

        assert "is added: 1 statement by 1 speaker." in said

    async def test_a_long_message_becomes_a_story_of_its_day_added_by_a_member(self, simcord_env: Env) -> None:
        room = a_room(simcord_env)

        said = await self.added(room, LONG)

        assert "is added: 1 statement by 1 speaker." in said
        shown = words_of(await room.ask("what did Cy Dunn say?"))
        assert "](<https://discord.com/" in shown
        assert ">) · no outlet given, 1 January 2026 · added by a member\n" in shown

    async def test_where_there_is_nothing_to_add_or_no_right_to_it_says_so(self, simcord_env: Env) -> None:
        room = a_room(simcord_env)
        message = await room.ann.send(room.channel, LONG)

        assert (await self.added(room, "hello there")).startswith("There is no link, no file and no long text")
        refused = await room.ann.context_menu(room.channel, "Add as story", message)
        assert "Only members who may manage this server" in answered(refused)


async def test_what_a_message_forwards_is_read_like_its_own_words(simcord_env: Env, engine: FakeEngine) -> None:
    room = a_room(simcord_env)
    first = await room.ann.send(room.channel, "Ryan said “I don't see any purpose” to us.")
    forwarded = await room.ann.forward(first, room.channel)

    await room.ann.context_menu(room.channel, "Check this quote", forwarded)
    await room.ann.context_menu(room.channel, "Ask about this", forwarded)

    assert engine.looked_up[0] == ("I don't see any purpose", "Ryan")
    assert engine.asked[0][0].startswith("Ryan said")


def test_previews_news_and_polls_are_read_too() -> None:
    embed = discord.Embed(title="Mill to reopen", description="“It will grind again,” said Ewen Jones.", url=ADDRESS)
    embed.add_field(name="By", value="The Post")
    poll = discord.Poll("Did he say it?", timedelta(hours=1))
    poll.add_answer(text="Yes, he did")
    message = _Message("look", [embed], poll)

    words = all_words(message)  # type: ignore[arg-type]

    for said in ("look", "Mill to reopen", "grind again", "The Post", "Did he say it?", "Yes, he did"):
        assert said in words
    assert links_in(message) == (ADDRESS,)  # type: ignore[arg-type]


class _Message:
    def __init__(self, content: str, embeds: list[discord.Embed], poll: discord.Poll) -> None:
        self.content, self.embeds, self.poll = content, embeds, poll
        self.message_snapshots: list[discord.MessageSnapshot] = []
        self.mentions: list[discord.User] = []


async def test_a_refusal_is_logged_with_its_place_and_told_to_the_owner_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with on_loopback(OwnedEngine(tmp_path)) as server:
        server.refuse[POSTED] = 403
        for _ in range(2):
            await server.say(f"<@{ME}> what did Vera Stone say?")
        await server.until("POST", POSTED, 2)

        [told] = await server.until("POST", f"/channels/{PRIVATE}/messages")
        await server.say("what did Vera Stone say?", private=True)
        await server.until("POST", f"/channels/{PRIVATE}/messages", 2)

    assert told.body["content"].startswith("In A server I was asked something in #news and may not answer there")
    logged = [one.getMessage() for one in caplog.records if one.levelno == logging.WARNING]
    assert any("refused in server 2001, channel 3001: missing" in line for line in logged)
