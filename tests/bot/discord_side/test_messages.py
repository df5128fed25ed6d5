"""What the bot does with messages: simcord's people write, the real client answers."""

import pytest
from simcord import Env

from bot.errors import TooSlow
from tests.bot.discord_side.shelf import FakeEngine


def last(channel: object) -> object:
    return channel.last_message  # type: ignore[attr-defined]


async def test_a_mention_is_answered_with_the_words_of_the_one_it_names(simcord_env: Env, engine: FakeEngine) -> None:
    channel = simcord_env.create_guild().create_text_channel("news")
    ann = simcord_env.guild.add_member(simcord_env.create_user("ann"))

    asked = await ann.send(channel, f"<@{simcord_env.bot.user.id}> what did Ryan say?")

    answer = channel.last_message
    assert answer.reference.message_id == asked.id
    assert '"If he, himself, is the subject of an investigation, of course he would,"' in answer.embeds[0].description
    assert engine.asked == [("what did Ryan say?", (), None)]


async def test_what_does_not_mention_the_bot_is_left_alone(simcord_env: Env, engine: FakeEngine) -> None:
    channel = simcord_env.create_guild().create_text_channel("news")
    ann = simcord_env.guild.add_member(simcord_env.create_user("ann"))

    await ann.send(channel, "what did Ryan say?")
    await ann.send(channel, "@everyone what did Ryan say?")

    assert engine.asked == []
    assert len(channel.history()) == 2


async def test_another_bot_is_never_answered(simcord_env: Env, engine: FakeEngine) -> None:
    channel = simcord_env.create_guild().create_text_channel("news")
    robot = simcord_env.guild.add_member(simcord_env.create_user("robot", bot=True))

    await robot.send(channel, f"<@{simcord_env.bot.user.id}> what did Ryan say?")

    assert engine.asked == []


async def test_a_direct_message_needs_no_mention(simcord_env: Env, engine: FakeEngine) -> None:
    ann = simcord_env.create_user("ann")

    await ann.send_dm("what did Pelosi say?")

    assert engine.asked == [("what did Pelosi say?", (), None)]
    assert "Nancy Pelosi" in ann.dm_channel.last_message.embeds[0].description


async def test_a_reply_to_the_bot_brings_the_questions_before_it(simcord_env: Env, engine: FakeEngine) -> None:
    channel = simcord_env.create_guild().create_text_channel("news")
    ann = simcord_env.guild.add_member(simcord_env.create_user("ann"))
    me = f"<@{simcord_env.bot.user.id}>"
    await ann.send(channel, f"{me} what did Ryan say?")

    await ann.send(channel, f"{me} and Pelosi?", reply_to=channel.last_message)
    await ann.send(channel, f"{me} and Warren?", reply_to=channel.last_message)

    assert engine.asked[-1] == ("and Warren?", ("what did Ryan say?", "and Pelosi?"), None)


async def test_a_reply_to_the_answer_of_a_command_knows_its_question(simcord_env: Env, engine: FakeEngine) -> None:
    channel = simcord_env.create_guild().create_text_channel("news")
    ann = simcord_env.guild.add_member(simcord_env.create_user("ann"))
    await ann.slash(channel, "ask", question="what did Ryan say?")

    await ann.send(channel, f"<@{simcord_env.bot.user.id}> and Pelosi?", reply_to=channel.last_message)

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
    channel = simcord_env.create_guild().create_text_channel("news")
    ann = simcord_env.guild.add_member(simcord_env.create_user("ann"))

    await ann.send(channel, f"<@{simcord_env.bot.user.id}>")

    assert channel.last_message.content.startswith("Ask me who said what")
    assert engine.asked == []


async def test_what_goes_wrong_is_said_in_one_sentence_with_an_incident_in_the_log(
    simcord_env: Env, engine: FakeEngine, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(question: str) -> None:
        raise RuntimeError("a fault")

    engine.before = fail
    ann = simcord_env.create_user("ann")

    await ann.send_dm("a question of mine about Ryan")

    said = ann.dm_channel.last_message.content
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

    assert ann.dm_channel.last_message.content.startswith("Sorry, that took too long")


async def test_a_channel_without_embeds_gets_the_same_words_as_text(simcord_env: Env, engine: FakeEngine) -> None:
    guild = simcord_env.create_guild()
    channel = guild.create_text_channel("news", overwrites=None)
    ann = guild.add_member(simcord_env.create_user("ann"))
    assert channel.last_message is None
    await ann.send(channel, f"<@{simcord_env.bot.user.id}> what did Ryan say?")
    assert channel.last_message is not None
