"""Every command, button, menu and greeting has a test that uses it through a simulated server; those that no other file
has are here."""

import importlib
import inspect
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from discord import app_commands
from simcord import Env
from simcord.actors import MemberActor
from simcord.results import ResponseMessage

from bot.answers import Abstention, Answer, Reason, Result, Turn
from bot.discord_side.client import OnRecord
from bot.discord_side.commands.slash import COMMANDS, FORMS, MENUS
from bot.discord_side.replies.forgetting import LABELS
from bot.discord_side.replies.items import ITEMS
from bot.discord_side.replies.settings_items import ROWS, SettingMenu
from bot.discord_side.replies.story_items import ADD, ADD_FIRST, AGAIN
from bot.discord_side.replies.watch_items import SILENCE
from bot.rendering.discord_letter import MORE, PLACEHOLDERS
from bot.shelf import Shelf
from index.story import Story
from tests.bot.discord_side.owned import OwnedEngine, story_of
from tests.bot.discord_side.room import Room, a_room, answered, choose, last
from tests.bot.discord_side.test_everything_over_sockets import TYPED, TYPED_WORDS, alternatives

SPEECH = Story(
    "speech",
    "\n\n".join(f"“The mill number {number} will reopen in spring,” said Ada Burke on Monday." for number in range(12)),
    "A speech",
    "The Post",
)
HELD = {
    "/ask": "test_commands.test_ask_answers_and_shows_the_question",
    "/speaker": "test_commands.test_speaker_shows_what_somebody_said",
    "/speakers": "test_commands.test_speakers_lists_everybody_who_speaks",
    "/whosaid": "test_commands.test_whosaid_finds_whose_words_they_are",
    "/check": "test_commands.test_check_says_how_a_quotation_compares_and_shows_the_words",
    "/stories": "test_commands.test_stories_lists_what_is_held",
    "/story show": "test_story_commands.test_a_story_is_shown_with_its_text",
    "/story add": "test_story_commands.test_an_address_is_fetched_and_can_be_asked_at_once",
    "/story remove": "test_story_commands.test_a_story_is_removed_after_asking_once",
    "/story refresh": "test_story_commands.test_a_story_whose_page_has_changed_gets_a_new_version",
    "/story here": "test_story_commands.test_a_channel_keeps_to_the_story_chosen_for_it",
    "/timeline": "test_everything_in_simcord.test_what_somebody_said_over_time_is_shown_oldest_first",
    "/quoted": "test_everything_in_simcord.test_who_is_quoted_is_counted_with_a_picture",
    "/watch": "test_everything_in_simcord.test_a_watch_is_set_listed_and_silenced",
    "/export": "test_settings_panel.test_a_speakers_words_are_exported_as_a_file",
    "/settings": "test_settings_panel.test_questions_without_an_answer_are_listed_without_who_asked",
    "/help": "test_first_minute.test_help_is_short_with_somebody_who_speaks_here_and_commands_to_click",
    "/privacy": "test_commands.test_what_the_bot_says_of_itself_is_private",
    "Ask about this": "test_commands.test_ask_about_this_takes_a_message_as_the_question",
    "Check this quote": "test_commands.test_check_this_quote_of_one_quotation_shows_all_of_its_check",
    "Add as story": "test_courtesy.TestAdding.test_what_a_message_links_to_becomes_a_story",
    "greeting": "test_everything_in_simcord.test_a_server_is_greeted_with_the_button_that_opens_the_form",
    "More, Back": "test_buttons.test_more_and_back_turn_the_page_for_the_one_who_asked",
    "a question to ask": "test_buttons.test_a_choice_asks_its_question_privately",
    "Watch somebody": "test_everything_in_simcord.TestErrands.test_whom_an_errand_names_can_be_watched_by_a_button",
    "Quote card": "test_everything_in_simcord.test_a_card_is_made_of_the_words_that_are_chosen",
    "context": "test_buttons.test_in_context_shows_the_words_where_they_stand",
    "all": "test_everything_in_simcord.test_all_pages_come_at_once_privately",
    "share": "test_buttons.test_a_private_answer_is_shared_by_the_one_who_has_it",
    "up": "test_forgetting.test_after_forget_me_no_byte_on_the_disk_and_no_line_of_the_log_has_the_id",
    "down": "test_everything_in_simcord.test_a_bad_answer_is_thanked_for",
    "wrong": "test_everything_in_simcord.test_a_wrong_speaker_is_proposed_and_settled",
    "speaker": "test_everything_in_simcord.test_what_is_chosen_from_a_list_is_shown",
    "story": "test_everything_in_simcord.test_what_is_chosen_from_a_list_is_shown",
    ADD: "test_first_minute.TestEmpty.test_the_form_opens_for_whoever_may_add_and_nobody_else_fills_it_in_in_vain",
    ADD_FIRST: "test_everything_in_simcord.test_a_server_is_greeted_with_the_button_that_opens_the_form",
    AGAIN: "test_everything_in_simcord.test_a_form_with_a_wrong_date_is_filled_in_again",
    SILENCE: "test_everything_in_simcord.test_a_watch_is_set_listed_and_silenced",
    "Forget me": "test_forgetting.test_after_forget_me_no_byte_on_the_disk_and_no_line_of_the_log_has_the_id",
    "Yes, forget me": "test_forgetting.test_after_forget_me_no_byte_on_the_disk_and_no_line_of_the_log_has_the_id",
    "private": "test_settings_panel.test_private_by_default_is_kept_and_can_be_asked_otherwise",
    "threads": "test_settings_panel.test_mentions_are_answered_in_a_thread_where_that_is_set",
    "demo": "test_everything_in_simcord.test_the_demonstration_is_hidden_by_its_button",
    "cooldown": "test_settings_panel.test_a_cooldown_asks_one_person_to_wait_and_nobody_else",
    "unanswered": "test_settings_panel.test_questions_without_an_answer_are_listed_without_who_asked",
    "feeds": "test_feeds_and_hosts.test_feeds_are_listed_in_the_settings_and_given_up_there",
    "hosts": "test_feeds_and_hosts.test_only_hosts_that_a_server_allows_are_read",
    "onrecord:set:channels": (
        "test_settings_panel.test_outside_the_channels_chosen_commands_are_private_and_mentions_left_alone"
    ),
    "onrecord:set:adders": "test_everything_in_simcord.test_a_role_that_is_chosen_may_add_stories",
    "onrecord:set:dates": "test_settings_panel.test_dates_are_written_in_the_language_chosen",
    "onrecord:set:cooldown_s": "test_settings_panel.test_a_cooldown_asks_one_person_to_wait_and_nobody_else",
    "onrecord:paste": "test_everything_in_simcord.test_a_form_with_a_wrong_date_is_filled_in_again",
    "onrecord:hosts": "test_feeds_and_hosts.test_only_hosts_that_a_server_allows_are_read",
    "corrections": "test_everything_in_simcord.test_a_wrong_speaker_is_proposed_and_settled",
    "ReplyButton": "test_buttons.test_more_and_back_turn_the_page_for_the_one_who_asked",
    "ReplyMenu": "test_buttons.test_in_context_shows_the_words_where_they_stand",
    "WhichSpeaker": "test_everything_in_simcord.test_a_wrong_speaker_is_proposed_and_settled",
    "RemoveButton": "test_story_commands.test_a_story_is_removed_after_asking_once",
    "HereMenu": "test_story_commands.test_the_list_of_stories_keeps_a_channel_to_several_or_to_all",
    "SettingMenu": "test_settings_panel.test_dates_are_written_in_the_language_chosen",
    "SettingButton": "test_settings_panel.test_mentions_are_answered_in_a_thread_where_that_is_set",
    "FeedMenu": "test_feeds_and_hosts.test_feeds_are_listed_in_the_settings_and_given_up_there",
    "ForgetButton": "test_forgetting.test_after_forget_me_no_byte_on_the_disk_and_no_line_of_the_log_has_the_id",
    "AddButton": "test_everything_in_simcord.test_a_server_is_greeted_with_the_button_that_opens_the_form",
    "SilenceButton": "test_everything_in_simcord.test_a_watch_is_set_listed_and_silenced",
    "CardMenu": "test_everything_in_simcord.test_a_card_is_made_of_the_words_that_are_chosen",
    "RightSpeaker": "test_everything_in_simcord.test_a_wrong_speaker_is_proposed_and_settled",
    "SettleMenu": "test_everything_in_simcord.test_a_wrong_speaker_is_proposed_and_settled",
    "WatchMenu": "test_everything_in_simcord.test_a_watch_is_set_listed_and_silenced",
}
"""What there is to use, and the test that uses it."""


def everything() -> Iterator[str]:
    """What the bot offers: its commands, the entries of its menus, its buttons, and what each of them is made of."""
    for one in COMMANDS:
        within = one.commands if isinstance(one, app_commands.Group) else [one]
        yield from (f"/{each.qualified_name}" for each in within)
    yield from (one.name for one in MENUS)
    yield from (
        "greeting",
        "More, Back",
        "a question to ask",
        "Watch somebody",
        "Quote card",
        ADD,
        ADD_FIRST,
        AGAIN,
        SILENCE,
    )
    yield from (*MORE, *PLACEHOLDERS, *LABELS.values(), *ROWS)
    yield from (f"onrecord:set:{each}" for each in alternatives(SettingMenu)["name"])
    yield from FORMS
    yield from (item.__name__ for item in ITEMS)


def test_nothing_is_offered_that_no_test_uses_in_a_simulated_server() -> None:
    assert set(everything()) == set(HELD)


@pytest.mark.parametrize("held", sorted(set(HELD.values())))
def test_each_of_these_tests_is_there_and_has_a_simulated_server(held: str) -> None:
    module, *path = held.split(".")
    found: Any = importlib.import_module(f"tests.bot.discord_side.{module}")
    for name in path:
        found = getattr(found, name)
    assert "simcord_env" in inspect.signature(found).parameters


@pytest.fixture
def engine(tmp_path: Path) -> OwnedEngine:
    return OwnedEngine(tmp_path)


def a_room_with(env: Env, engine: OwnedEngine, *stories: Story) -> tuple[Room, MemberActor]:
    """A server with these stories, and somebody who manages it."""
    room = a_room(env)
    engine.give(f"server-{room.guild.id}", stories)
    return room, room.member("boss", manages=True)


async def used(who: MemberActor, room: Room, command: str, **given: object) -> ResponseMessage:
    result = await who.slash(room.channel, command, **given)
    assert result.response is not None
    return result.response


def values_in(message: ResponseMessage, custom_id: str) -> list[str]:
    """What a menu under a message offers."""
    return [option["value"] for option in menu_in(message, custom_id)["options"]]


def menu_in(message: ResponseMessage, custom_id: str) -> dict[str, Any]:
    """The menu under a message whose id begins so."""
    menus = [one for row in message.components for one in row["components"]]
    return next(dict(one) for one in menus if one["custom_id"].startswith(custom_id))


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
    ("command", "chosen", "said"), [("speakers", "Ada Burke", "number 0 will"), ("stories", "A speech", "**A speech**")]
)
async def test_what_is_chosen_from_a_list_is_shown(
    simcord_env: Env, engine: OwnedEngine, command: str, chosen: str, said: str
) -> None:
    room, boss = a_room_with(simcord_env, engine, SPEECH)

    shown = await choose(boss, await used(boss, room, command), chosen)

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
        assert first.footer.text == "6 more speakers · Page 1 of 3"
        assert all(f"for {at} days" in answered(chosen) for at in (1, 10))
        assert chosen.ephemeral
