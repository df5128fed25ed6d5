"""The buttons under a reply: for whom, after a restart, and when what they need is gone."""

import pytest
from simcord import Env

from bot.discord_side.client import OnRecord
from index.story import Span, Speaker, Statement, Story
from tests.bot.discord_side.room import UNHURRIED, a_room, answered, choose, last, words_of
from tests.bot.discord_side.shelf import FakeEngine, FakeShelf


def long_shelf() -> FakeShelf:
    """One speaker with twelve statements, enough for three pages."""
    text, statements = "", []
    for number in range(12):
        words = f"“Sentence number {number} of a long speech by Ryan.”"
        statements.append(
            Statement("long", 1, Span(len(text), len(text) + len(words)), "direct", "ryan", None, None, number, number)
        )
        text += words + "\n\n"
    return FakeShelf((Story("long", text, "A speech", "KUSI"),), tuple(statements), (Speaker("ryan", "Paul Ryan"),))


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine(long_shelf())


async def test_more_and_back_turn_the_page_for_the_one_who_asked(simcord_env: Env) -> None:
    room = a_room(simcord_env)
    reply = await room.ask("what did Ryan say?")
    assert "number 4 " in words_of(reply)
    assert "number 5 " not in words_of(reply)

    await room.ann.click(reply, label="More")

    assert "number 5 " in words_of(last(room.channel))
    assert last(room.channel).embeds[0].footer.text == "Page 2 of 3"
    await room.ann.click(last(room.channel), label="Back")
    assert "number 4 " in words_of(last(room.channel))


async def test_somebody_else_gets_all_of_it_privately_and_the_reply_stays(simcord_env: Env) -> None:
    room = a_room(simcord_env)
    bob = simcord_env.guild.add_member(simcord_env.create_user("bob"))
    reply = await room.ask("what did Ryan say?")

    result = await bob.click(reply, label="More")

    assert result.ephemeral
    assert "number 0 " in answered(result)
    assert [("number 5 " in (more.embeds[0].description or ""), more.ephemeral) for more in result.followups[:1]] == [
        (True, True)
    ]
    assert "number 0 " in words_of(last(room.channel))


async def test_in_context_shows_the_words_where_they_stand(simcord_env: Env) -> None:
    room = a_room(simcord_env)
    reply = await room.ask("what did Ryan say?")
    await room.ann.click(reply, label="More")

    result = await choose(room.ann, last(room.channel), "In context")

    assert result.ephemeral
    assert "**“Sentence number 5 of a long speech by Ryan.”**" in answered(result)
    assert "“Sentence number 4 of a long speech by Ryan.”" in answered(result)


async def test_buttons_work_after_a_restart(simcord_env: Env, engine: FakeEngine) -> None:
    room = a_room(simcord_env)
    reply = await room.ask("what did Ryan say?")
    await simcord_env.restart_bot(OnRecord(engine, UNHURRIED))

    await room.ann.click(reply, label="More")

    assert "number 5 " in words_of(last(room.channel))


async def test_buttons_of_a_command_work_after_a_quarter_of_an_hour(simcord_env: Env) -> None:
    room = a_room(simcord_env)
    await room.ann.slash(room.channel, "ask", question="what did Ryan say?")
    await simcord_env.advance_time(16 * 60)

    await room.ann.click(last(room.channel), label="More")

    assert "number 5 " in words_of(last(room.channel))


async def test_a_button_whose_question_was_deleted_says_so(simcord_env: Env, engine: FakeEngine) -> None:
    room = a_room(simcord_env)
    asked = await room.ann.send(room.channel, f"{room.me} what did Ryan say?")
    reply = last(room.channel)
    await room.ann.delete(asked)
    await simcord_env.restart_bot(OnRecord(engine, UNHURRIED))

    result = await room.ann.click(reply, label="More")

    assert "is gone" in result.followups[0].content
    assert result.followups[0].ephemeral


async def test_a_button_whose_story_is_gone_explains_itself(simcord_env: Env, engine: FakeEngine) -> None:
    room = a_room(simcord_env)
    [choice] = await room.ann.autocomplete(room.channel, "ask", "story", "speech")
    await room.ann.slash(room.channel, "ask", question="what did Ryan say?", story=choice["value"])
    reply = last(room.channel)
    await simcord_env.restart_bot(OnRecord(FakeEngine(FakeShelf((), (), ())), UNHURRIED))

    result = await room.ann.click(reply, label="More")

    assert "I do not hold that story" in result.followups[0].content


async def test_a_choice_asks_its_question_privately(simcord_env: Env, engine: FakeEngine) -> None:
    room = a_room(simcord_env)
    reply = await room.ask("what is the weather?")

    result = await room.ann.click(reply, label="what did Paul Ryan say?")

    assert engine.asked[-1][0] == "what did Paul Ryan say?"
    assert result.ephemeral
    assert "number 0 " in answered(result)


async def test_a_private_answer_is_shared_by_the_one_who_has_it(simcord_env: Env) -> None:
    room = a_room(simcord_env)
    private = await room.ann.slash(room.channel, "ask", question="what did Ryan say?", private=True)
    assert private.response is not None
    turned = await room.ann.click(private.response, label="More")
    assert turned.response is not None

    shared = await choose(room.ann, turned.response, "Share")

    [public] = shared.followups
    assert not public.ephemeral
    assert "number 5 " in (public.embeds[0].description or "")
    assert public.embeds[0].author.name == "what did Ryan say?"
    labels = [button.get("label") or button["placeholder"] for row in public.components for button in row["components"]]
    assert labels == ["Back", "More", "Quote card", "⋯"]


async def test_a_button_pressed_twice_gives_the_same_twice(simcord_env: Env) -> None:
    room = a_room(simcord_env)
    reply = await room.ask("what did Ryan say?")

    first = await choose(room.ann, reply, "In context")
    second = await choose(room.ann, reply, "In context")

    assert answered(first) == answered(second)
