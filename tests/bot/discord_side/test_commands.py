"""The slash commands as people use them."""

import discord
import pytest
from simcord import Env

from index.story import Speaker
from tests.bot.discord_side.room import Overwrites, a_room, answered
from tests.bot.discord_side.shelf import FakeEngine, FakeShelf, seed_shelf


async def test_ask_answers_and_shows_the_question(simcord_env: Env, engine: FakeEngine) -> None:
    room = a_room(simcord_env)

    result = await room.ann.slash(room.channel, "ask", question="what did Ryan say?")

    assert not result.ephemeral
    assert "— *told reporters Thursday* · ¶6" in answered(result)
    assert result.response is not None
    assert result.response.embeds[0].author.name == "what did Ryan say?"


async def test_an_answer_can_be_kept_private(simcord_env: Env) -> None:
    room = a_room(simcord_env)

    result = await room.ann.slash(room.channel, "ask", question="what did Ryan say?", private=True)

    assert result.ephemeral


async def test_ask_can_be_kept_to_one_story(simcord_env: Env, engine: FakeEngine) -> None:
    room = a_room(simcord_env)
    [choice] = await room.ann.autocomplete(room.channel, "ask", "story", "kusi")

    await room.ann.slash(room.channel, "ask", question="what did Ryan say?", story=choice["value"])

    assert engine.asked == [("what did Ryan say?", (), "seed")]


async def test_a_story_that_is_not_held_is_said_to_be_missing(simcord_env: Env, engine: FakeEngine) -> None:
    room = a_room(simcord_env)

    result = await room.ann.slash(room.channel, "ask", question="what did Ryan say?", story="no such story")

    assert engine.asked == []
    assert "I do not hold that story" in answered(result)


async def test_speaker_shows_what_somebody_said(simcord_env: Env, engine: FakeEngine) -> None:
    room = a_room(simcord_env)

    result = await room.ann.slash(room.channel, "speaker", name="Nancy Pelosi", about="perjury")

    assert engine.looked_up == [("Nancy Pelosi", "perjury")]
    assert "**Nancy Pelosi** · House Minority Leader" in answered(result)


async def test_speakers_lists_everybody_who_speaks(simcord_env: Env) -> None:
    room = a_room(simcord_env)

    result = await room.ann.slash(room.channel, "speakers")

    assert "3× **Jeff Sessions** · Attorney General" in answered(result)
    assert "1× **Kamala D. Harris** · U.S. Senator" in answered(result)


async def test_whosaid_finds_whose_words_they_are(simcord_env: Env) -> None:
    room = a_room(simcord_env)

    result = await room.ann.slash(room.channel, "whosaid", words="No one is above the law")

    assert "**Jeff Sessions** · Attorney General\n> ‘No one is above the law.’" in answered(result)


async def test_check_says_how_a_quotation_compares_and_shows_the_words(simcord_env: Env, engine: FakeEngine) -> None:
    room = a_room(simcord_env)

    result = await room.ann.slash(room.channel, "check", quote="No one is above the law", speaker="Jeff Sessions")

    assert engine.looked_up[0] == ("No one is above the law", "Jeff Sessions")
    assert answered(result).startswith("**✓ Exact**")


async def test_a_quotation_too_long_to_keep_is_checked_without_buttons(simcord_env: Env, engine: FakeEngine) -> None:
    room = a_room(simcord_env)

    result = await room.ann.slash(room.channel, "check", quote="word " * 150)

    assert engine.looked_up[0] == (("word " * 150).strip(), None)
    assert result.response is not None
    assert result.response.components == []


async def test_stories_lists_what_is_held(simcord_env: Env) -> None:
    room = a_room(simcord_env)

    result = await room.ann.slash(room.channel, "stories")

    assert answered(result) == (
        "12 people speak in 1 story.\n\n"
        "**Attorney General Jeff Sessions recuses himself**\n-# KUSI, 2 March 2017 · 22 statements"
    )


@pytest.mark.parametrize(("command", "says"), [("help", "Check this quote"), ("privacy", "What I keep")])
async def test_what_the_bot_says_of_itself_is_private(simcord_env: Env, command: str, says: str) -> None:
    room = a_room(simcord_env)

    result = await room.ann.slash(room.channel, command)

    assert says in answered(result)
    assert result.ephemeral


async def test_ask_about_this_takes_a_message_as_the_question(simcord_env: Env, engine: FakeEngine) -> None:
    room = a_room(simcord_env)
    message = await room.ann.send(room.channel, "what did Ryan say?")

    result = await room.ann.context_menu(room.channel, "Ask about this", message)

    assert engine.asked == [("what did Ryan say?", (), None)]
    assert result.ephemeral
    assert "**Paul Ryan**" in answered(result)


async def test_check_this_quote_checks_each_quotation_as_the_words_of_who_is_named(
    simcord_env: Env, engine: FakeEngine
) -> None:
    room = a_room(simcord_env)
    message = await room.ann.send(
        room.channel, 'Ryan said “I don\'t see any purpose” and then "pigs can fly", imagine.'
    )

    result = await room.ann.context_menu(room.channel, "Check this quote", message)

    assert engine.looked_up[::2] == [("I don't see any purpose", "Ryan"), ("pigs can fly", "Ryan")]
    first, exact, where, gap, nowhere = answered(result).splitlines()
    assert first.startswith("-# 2 quotations")
    assert exact == "**✓ Exact** · I don't see any purpose"
    assert where.startswith("-# Paul Ryan, House Speaker · ")
    assert (gap, nowhere) == ("", "**✗ Found nowhere** (as Ryan’s) · pigs can fly")
    assert result.ephemeral
    assert not result.followups


async def test_check_this_quote_of_one_quotation_shows_all_of_its_check(simcord_env: Env, engine: FakeEngine) -> None:
    room = a_room(simcord_env)
    message = await room.ann.send(room.channel, "Ryan said “I don't see any purpose”, imagine.")

    result = await room.ann.context_menu(room.channel, "Check this quote", message)

    assert answered(result).startswith("**✓ Exact**")
    assert "**Paul Ryan**" in answered(result)


async def test_a_message_without_words_is_said_to_have_none(simcord_env: Env, engine: FakeEngine) -> None:
    room = a_room(simcord_env)
    message = await room.ann.send(room.channel, "<:emoji:123>")

    for name in ("Ask about this", "Check this quote"):
        result = await room.ann.context_menu(room.channel, name, message)
        assert "no words in that message" in answered(result)
    assert engine.asked == []


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("pel", "Nancy Pelosi"),
        ("Ryan", "Paul Ryan"),
        ("house speaker r", "Paul Ryan"),
        ("minority", "Nancy Pelosi"),
        ("peloso", "Nancy Pelosi"),
    ],
)
async def test_names_aliases_roles_and_slips_find_a_speaker(simcord_env: Env, typed: str, first: str) -> None:
    room = a_room(simcord_env)

    choices = await room.ann.autocomplete(room.channel, "speaker", "name", typed)

    assert choices[0]["value"] == first


async def test_nothing_typed_offers_those_who_say_most_with_how_often(simcord_env: Env) -> None:
    room = a_room(simcord_env)

    choices = await room.ann.autocomplete(room.channel, "speaker", "name", "")

    assert choices[0]["name"] == "Al Franken, Minnesota Democratic Sen. (4)"


class TestManyLongNames:
    @pytest.fixture
    def engine(self) -> FakeEngine:
        seed = seed_shelf()
        names = [f"\u202e Person {number} {'long ' * 40}" for number in range(60)]
        people = tuple(Speaker(seed.people[0].id, name) for name in names)
        return FakeEngine(FakeShelf(seed.stories, seed.held, people))

    async def test_at_most_25_choices_of_at_most_100_characters_are_offered(self, simcord_env: Env) -> None:
        room = a_room(simcord_env)

        choices = await room.ann.autocomplete(room.channel, "speaker", "name", "person")

        assert len(choices) == 25
        assert all(1 <= len(choice[part]) <= 100 for choice in choices for part in ("name", "value"))
        assert not any("\u202e" in choice["name"] for choice in choices)


async def test_a_fault_is_told_privately_and_once(simcord_env: Env, engine: FakeEngine) -> None:
    def fail(question: str) -> None:
        raise RuntimeError("a fault")

    engine.before = fail
    room = a_room(simcord_env)

    result = await room.ann.slash(room.channel, "ask", question="what did Ryan say?", private=True)

    assert result.ephemeral
    assert "report incident" in answered(result)
    assert result.followups == []


async def test_a_fault_behind_an_answer_for_all_takes_its_place(simcord_env: Env, engine: FakeEngine) -> None:
    def fail(question: str) -> None:
        raise RuntimeError("a fault")

    engine.before = fail
    room = a_room(simcord_env)

    result = await room.ann.slash(room.channel, "ask", question="what did Ryan say?")

    assert "report incident" in answered(result)
    assert len(room.channel.history()) == 1


async def test_commands_can_be_kept_from_a_channel_by_its_server(simcord_env: Env, engine: FakeEngine) -> None:
    room = a_room(simcord_env)
    guild = simcord_env.guild
    barred: Overwrites = {guild.default_role: discord.PermissionOverwrite(use_application_commands=False)}
    channel = guild.create_text_channel("no commands", overwrites=barred)

    assert "ask" in room.ann.available_commands(room.channel)
    assert "ask" not in room.ann.available_commands(channel)
