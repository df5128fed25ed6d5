"""What no other file uses through a simulated server: lists, cards, pages, watches, corrections, the first minute."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from simcord import Env

from bot.answers import Abstention, Answer, Reason, Result, Turn
from bot.discord_side.client import OnRecord
from bot.discord_side.replies.story_items import ADD_FIRST, AGAIN
from bot.discord_side.replies.watch_items import SILENCE
from bot.shelf import Shelf
from index.story import Story
from tests.bot.discord_side.owned import OwnedEngine, story_of
from tests.bot.discord_side.room import a_room_with, answered, choose, last, menu_in, used, values_in
from tests.bot.discord_side.test_everything_over_sockets import TYPED, TYPED_WORDS

SPEECH = Story(
    "speech",
    "\n\n".join(f"“The mill number {number} will reopen in spring,” said Ada Burke on Monday." for number in range(12)),
    "A speech",
    "The Post",
)


@pytest.fixture
def engine(tmp_path: Path) -> OwnedEngine:
    return OwnedEngine(tmp_path)


async def test_what_somebody_said_over_time_is_shown_oldest_first(simcord_env: Env, engine: OwnedEngine) -> None:
    room, boss = a_room_with(simcord_env, engine, story_of("dam", "The dam holds", "Ada Burke"))

    shown = await boss.slash(room.channel, "timeline", name="Ada Burke")

    assert answered(shown).startswith("Ada Burke: 1 statement, 1 May 2024, oldest first.")


async def test_who_is_quoted_is_counted_with_a_picture(simcord_env: Env, engine: OwnedEngine) -> None:
    room, boss = a_room_with(simcord_env, engine, story_of("dam", "The dam holds", "Ada Burke"))

    shown = await used(boss, room, "quoted")

    assert (shown.embeds[0].description or "").startswith("2 people are quoted 2 times in 2 stories.")
    assert [one.filename for one in shown.attachments] == ["quoted.png"]


async def test_a_watch_is_set_listed_and_silenced(simcord_env: Env, engine: OwnedEngine) -> None:
    room, boss = a_room_with(simcord_env, engine)

    first = await used(boss, room, "watch", speaker="Ada Burke")
    silenced = await boss.click(first, label=SILENCE)
    await used(boss, room, "watch", about="the dam")
    listed = (await boss.click(await used(boss, room, "settings"), label="Feeds and watches")).response
    assert listed is not None
    lines = listed.content
    gone = await boss.select(listed, values_in(listed, "onrecord:watches"), custom_id="onrecord:watches")

    assert answered(silenced).startswith("This watch is silenced")
    assert "**the dam** · " in lines
    assert "Ada Burke" not in lines
    assert answered(gone).startswith("This watch is silenced")


async def test_what_is_watched_in_private_is_listed_for_and_silenced_by_its_owner_alone(
    simcord_env: Env, engine: OwnedEngine
) -> None:
    room, boss = a_room_with(simcord_env, engine)
    await used(room.ann, room, "watch", speaker="Ada Burke")
    await used(boss, room, "watch", about="the dam")

    panel = (await boss.click(await used(boss, room, "settings"), label="Feeds and watches")).response
    listed = await used(room.ann, room, "watch")
    assert panel is not None
    assert "**2 watches** · 1 of members in private\n**the dam** · " in panel.content
    assert "Ada Burke" not in panel.content
    assert "\n**Ada Burke** · in private, at once" in listed.content
    assert "the dam" not in listed.content
    assert len(values_in(panel, "onrecord:watches")) == 1
    await room.ann.select(listed, values_in(listed, "onrecord:watches"), custom_id="onrecord:watches")

    assert (await used(room.ann, room, "watch")).content == "Say whose words to watch for, on what, or both."


async def test_a_server_is_greeted_with_the_button_that_opens_the_form(simcord_env: Env, engine: OwnedEngine) -> None:
    room, boss = a_room_with(simcord_env, engine)
    bot = simcord_env.bot
    assert isinstance(bot, OnRecord)
    guild = bot.get_guild(room.guild.id)
    assert guild is not None

    await bot.on_guild_join(guild)

    greeting = last(room.channel)
    assert greeting.content.startswith("Hello! I look up **who said what** in news stories")
    form = await boss.click(greeting, label=ADD_FIRST)
    assert form.modal is not None
    assert form.modal["title"] == "Add a story"


async def test_a_form_with_a_wrong_date_is_filled_in_again(simcord_env: Env, engine: OwnedEngine) -> None:
    room, boss = a_room_with(simcord_env, engine)
    form = await boss.slash(room.channel, "story add")

    wrong = await boss.submit_modal(form, {"text": "“The dam holds,” said Cy Dunn.", "title": "Dam", "day": "May Day"})
    assert wrong.response is not None
    again = await boss.click(wrong.response, label=AGAIN)
    added = await boss.submit_modal(again, {"text": "“It holds,” said Cy Dunn.", "title": "Dam", "day": "2024-05-01"})

    assert "is no date that I can read" in answered(wrong)
    assert "Dam" in str(again.modal)
    assert answered(added) == "**Dam** is added: 1 statement by 1 speaker."


async def test_a_card_is_made_of_the_words_that_are_chosen(simcord_env: Env, engine: OwnedEngine) -> None:
    room, boss = a_room_with(simcord_env, engine, SPEECH)
    answer = await used(boss, room, "speaker", name="Ada Burke")

    which = (await boss.click(answer, label="Quote card")).followups[0]
    made = await boss.select(which, values_in(which, "onrecord:card")[:1], custom_id="onrecord:card:all")

    [card] = made.followups
    assert [one.filename for one in card.attachments] == ["quotation.png"]
    assert (card.attachments[0].description or "").startswith("“The mill number 0 will reopen in spring,” — Ada Burke.")


async def test_all_pages_come_at_once_privately(simcord_env: Env, engine: OwnedEngine) -> None:
    room, boss = a_room_with(simcord_env, engine, SPEECH)
    answer = await used(boss, room, "ask", question="what did Ada Burke say?")

    whole = await choose(boss, answer, "All")

    assert whole.ephemeral
    pages = [one.embeds[0].description or "" for one in (whole.response, *whole.followups) if one]
    assert all(any(f"number {number} will" in page for page in pages) for number in range(12))


async def test_a_bad_answer_is_thanked_for(simcord_env: Env, engine: OwnedEngine) -> None:
    room, boss = a_room_with(simcord_env, engine, SPEECH)

    thanked = await choose(boss, await used(boss, room, "speaker", name="Ada Burke"), "👎 Bad answer")

    assert answered(thanked).startswith("Thank you, noted.")


async def test_a_wrong_speaker_is_proposed_and_settled(simcord_env: Env, engine: OwnedEngine) -> None:
    room, boss = a_room_with(simcord_env, engine, SPEECH)
    which = (await choose(boss, await used(boss, room, "speaker", name="Ada Burke"), "Wrong speaker")).response
    assert which is not None
    words = values_in(which, "onrecord:wrong-speaker")[:1]
    right = (await boss.select(which, words, custom_id="onrecord:wrong-speaker")).response
    assert right is not None
    proposed = await boss.select(right, ["Vera Stone"], custom_id=menu_in(right, "onrecord:right")["custom_id"])
    other = await boss.autocomplete(room.channel, "story here", "story", "Harbour")
    await used(boss, room, "story here", story=other[0]["value"])
    listed = (await boss.click(await used(boss, room, "settings"), label="Corrections")).response
    assert listed is not None
    assert "Ada Burke → **Vera Stone**" in listed.content
    assert "The mill number 0 will reopen" in listed.content

    settled = await boss.select(listed, values_in(listed, "onrecord:settle:accept"), custom_id="onrecord:settle:accept")

    assert "can settle it in" in answered(proposed)
    assert answered(settled).startswith("**0 corrections to settle**")


@pytest.mark.parametrize(
    ("command", "given", "chosen", "said"),
    [
        ("speakers", {}, "Ada Burke", "number 0 will"),
        ("stories", {}, "A speech", "**A speech**"),
        ("ask", {"question": "what's new?"}, "A speech", "**A speech**"),
    ],
)
async def test_what_is_chosen_from_a_list_is_shown(
    simcord_env: Env, engine: OwnedEngine, command: str, given: dict[str, str], chosen: str, said: str
) -> None:
    room, boss = a_room_with(simcord_env, engine, SPEECH)

    shown = await choose(boss, await used(boss, room, command, **given), chosen)

    assert said in answered(shown)


@pytest.mark.parametrize(("command", "option"), TYPED)
async def test_names_and_stories_are_offered_while_they_are_typed(
    simcord_env: Env, engine: OwnedEngine, command: str, option: str
) -> None:
    room, boss = a_room_with(simcord_env, engine, SPEECH)

    assert await boss.autocomplete(room.channel, command, option, TYPED_WORDS[option])


async def test_a_role_that_is_chosen_may_add_stories(simcord_env: Env, engine: OwnedEngine) -> None:
    room, boss = a_room_with(simcord_env, engine)
    editors = room.guild.create_role("editors")
    editor = room.guild.add_member(simcord_env.create_user("ed"), roles=[editors])
    refused = await editor.slash(room.channel, "story here")

    panel = await used(boss, room, "settings")
    await boss.select(panel, [editors], custom_id="onrecord:set:adders")

    assert answered(refused).startswith("Only members who may manage this server")
    assert not answered(await editor.slash(room.channel, "story here")).startswith("Only members")


async def test_the_demonstration_is_hidden_by_its_button(simcord_env: Env, engine: OwnedEngine) -> None:
    room, boss = a_room_with(simcord_env, engine)

    changed = await boss.click(await used(boss, room, "settings"), label="Hide the demonstration")

    assert "that comes along is hidden" in answered(changed)


class TestErrands:
    """Of a bot to which all that is asked is an errand."""

    class Engine(OwnedEngine):
        def ask(self, shelf: Shelf, question: str, history: Sequence[Turn], story: str | None) -> Result:
            return Abstention(question, Reason.NOT_ABOUT_THE_STORY, talk="watching")

    @pytest.fixture
    def engine(self, tmp_path: Path) -> OwnedEngine:
        return self.Engine(tmp_path)

    async def test_whom_an_errand_names_can_be_watched_by_a_button(self, simcord_env: Env, engine: OwnedEngine) -> None:
        room, boss = a_room_with(simcord_env, engine, SPEECH)
        asked = await used(boss, room, "ask", question="tell me when Burke says something new")

        set_ = await boss.click(asked, label="Watch Ada Burke")

        assert answered(set_).startswith("Watching **Ada Burke**. When a new story quotes them, I post it here")


class TestMany:
    """Of a bot to which all that is asked is who said something, and nine said it, twice each."""

    class Engine(OwnedEngine):
        def ask(self, shelf: Shelf, question: str, history: Sequence[Turn], story: str | None) -> Result:
            return Answer(question, "who-said", tuple(shelf.speakers("choir")), tuple(shelf.statements("choir")))

    @pytest.fixture
    def engine(self, tmp_path: Path) -> OwnedEngine:
        return self.Engine(tmp_path)

    async def test_the_likeliest_come_first_the_others_by_a_button_and_all_of_one_by_the_menu(
        self, simcord_env: Env, engine: OwnedEngine
    ) -> None:
        lines = [f"“It rained for {at} days here,” said Ann {'ABCDEFGHI'[at % 9]}lee on Monday." for at in range(18)]
        room, boss = a_room_with(simcord_env, engine, Story("choir", "\n\n".join(lines), "Rain", "The Post"))

        answer = await used(boss, room, "ask", question="who spoke of rain?")
        first = answer.embeds[0]
        chosen = await choose(boss, answer, "Ann Blee")
        turned = (await boss.click(answer, label="More")).response
        assert turned is not None

        speakers = [re.findall(r"\*\*Ann .lee\*\*", one.description or "") for one in (first, turned.embeds[0])]
        assert [len(names) for names in speakers] == [3, 5]
        assert first.footer.text == "6 more speakers · Page 1 of 2"
        assert all(f"for {at} days" in answered(chosen) for at in (1, 10))
        assert chosen.ephemeral
