"""What the bot does with messages: simcord's people write, the real client answers."""

import discord
import pytest
from simcord import Env

from bot.errors import TooSlow
from tests.bot.discord_side.room import Overwrites, a_room, last, words_of
from tests.bot.discord_side.shelf import FakeEngine


async def test_a_mention_is_answered_with_the_words_of_the_one_it_names(simcord_env: Env, engine: FakeEngine) -> None:
    room = a_room(simcord_env)
    channel, ann = room.channel, room.ann

    asked = await ann.send(channel, f"{room.me} what did Ryan say?")

    answer = last(channel)
    assert answer.reference is not None
    assert answer.reference.message_id == asked.id
    assert '"If he, himself, is the subject of an investigation, of course he would,"' in words_of(answer)
    assert engine.asked == [("what did Ryan say?", (), None)]


async def test_each_of_several_quotations_in_a_message_is_checked(simcord_env: Env, engine: FakeEngine) -> None:
    said = words_of(await a_room(simcord_env).ask("Ryan said “I don't see any purpose” and then “all pigs can fly”."))

    assert [line.partition(" · ")[0] for line in said.splitlines()] == [
        "-# 2 quotations:",
        "**✓ Exact**",
        "-# Paul Ryan, House Speaker",
        "",
        "**✗ Found nowhere** (as Ryan’s)",
    ]
    assert engine.asked == []


async def test_what_does_not_mention_the_bot_is_left_alone(simcord_env: Env, engine: FakeEngine) -> None:
    room = a_room(simcord_env)
    channel, ann = room.channel, room.ann

    await ann.send(channel, "what did Ryan say?")
    await ann.send(channel, "@everyone what did Ryan say?")

    assert engine.asked == []
    assert len(channel.history()) == 2


async def test_another_bot_is_never_answered(simcord_env: Env, engine: FakeEngine) -> None:
    room = a_room(simcord_env)
    robot = simcord_env.guild.add_member(simcord_env.create_user("robot", bot=True))

    await robot.send(room.channel, f"{room.me} what did Ryan say?")

    assert engine.asked == []


async def test_a_direct_message_needs_no_mention(simcord_env: Env, engine: FakeEngine) -> None:
    ann = simcord_env.create_user("ann")

    await ann.send_dm("what did Pelosi say?")

    assert engine.asked == [("what did Pelosi say?", (), None)]
    assert "Nancy Pelosi" in words_of(last(ann))


async def test_a_reply_to_the_bot_brings_the_questions_before_it(simcord_env: Env, engine: FakeEngine) -> None:
    room = a_room(simcord_env)
    channel, ann = room.channel, room.ann
    me = room.me
    await ann.send(channel, f"{me} what did Ryan say?")

    await ann.send(channel, f"{me} and Pelosi?", reply_to=last(channel))
    await ann.send(channel, f"{me} and Warren?", reply_to=last(channel))

    assert engine.asked[-1] == ("and Warren?", ("what did Ryan say?", "and Pelosi?"), None)


async def test_a_reply_to_the_answer_of_a_command_knows_its_question(simcord_env: Env, engine: FakeEngine) -> None:
    room = a_room(simcord_env)
    channel, ann = room.channel, room.ann
    await ann.slash(channel, "ask", question="what did Ryan say?")

    await ann.send(channel, f"{room.me} and Pelosi?", reply_to=last(channel))

    assert engine.asked[-1] == ("and Pelosi?", ("what did Ryan say?",), None)


async def test_direct_messages_follow_each_other_without_replies(simcord_env: Env, engine: FakeEngine) -> None:
    ann = simcord_env.create_user("ann")
    await ann.send_dm("what did Ryan say?")

    await ann.send_dm("and Pelosi?")

    assert engine.asked[-1] == ("and Pelosi?", ("what did Ryan say?",), None)


async def test_a_conversation_ends_after_half_an_hour_of_silence(simcord_env: Env, engine: FakeEngine) -> None:
    ann = simcord_env.create_user("ann")
    await ann.send_dm("what did Ryan say?")
    await simcord_env.advance_time(1900)

    await ann.send_dm("and Pelosi?")

    assert engine.asked[-1] == ("and Pelosi?", (), None)


async def test_a_bare_mention_is_told_how_to_ask(simcord_env: Env, engine: FakeEngine) -> None:
    room = a_room(simcord_env)
    channel, ann = room.channel, room.ann

    await ann.send(channel, f"{room.me}")

    assert words_of(last(channel)).startswith("Hello! Ask me who said what")
    assert engine.asked == []


async def test_what_goes_wrong_is_said_in_one_sentence_with_an_incident_in_the_log(
    simcord_env: Env, engine: FakeEngine, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(question: str) -> None:
        raise RuntimeError("a fault")

    engine.before = fail
    ann = simcord_env.create_user("ann")

    await ann.send_dm("a question of mine about Ryan")

    said = words_of(last(ann))
    name = said.removesuffix(".").split()[-1]
    assert said.startswith("Sorry, something went wrong here.")
    assert f"incident {name}" in caplog.text
    assert "a question of mine" not in caplog.text


async def test_an_answer_that_takes_too_long_is_apologised_for(simcord_env: Env, engine: FakeEngine) -> None:
    def fail(question: str) -> None:
        raise TooSlow(1.0)

    engine.before = fail
    ann = simcord_env.create_user("ann")

    await ann.send_dm("what did Ryan say?")

    assert words_of(last(ann)).startswith("Sorry, that took too long")


async def test_where_embeds_are_not_allowed_the_same_words_come_as_text(simcord_env: Env, engine: FakeEngine) -> None:
    room = a_room(simcord_env)
    guild = simcord_env.guild
    no_embeds: Overwrites = {guild.default_role: discord.PermissionOverwrite(embed_links=False)}
    channel = guild.create_text_channel("plain", overwrites=no_embeds)

    await room.ann.send(channel, f"{room.me} what did Pelosi say?")

    assert last(channel).embeds == []
    assert "**Nancy Pelosi**" in last(channel).content


async def test_nothing_is_asked_twice_of_a_channel_that_refuses(simcord_env: Env, engine: FakeEngine) -> None:
    room = a_room(simcord_env)
    guild = simcord_env.guild
    silent: Overwrites = {guild.default_role: discord.PermissionOverwrite(send_messages=True)}
    channel = guild.create_text_channel("quiet", overwrites=silent)
    simcord_env.inject_error("POST", f"/channels/{channel.id}/messages", status=403, code=50013)

    await room.ann.send(channel, f"{room.me} what did Pelosi say?")

    posted = [one.path for one in simcord_env.http_requests if one.method == "POST" and one.path.endswith("/messages")]
    assert posted.count(f"/channels/{channel.id}/messages") == 1
