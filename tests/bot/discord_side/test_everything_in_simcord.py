"""Every command, button, menu and greeting has a test that uses it through a simulated server."""

import importlib
import inspect
from collections.abc import Iterator
from typing import Any

import pytest
from discord import app_commands

from bot.discord_side.client import ITEMS
from bot.discord_side.commands import COMMANDS, FORMS, MENUS
from bot.discord_side.replies.about import LABELS
from bot.discord_side.replies.settings_items import ROWS, SettingMenu
from bot.discord_side.replies.story_items import ADD, ADD_FIRST, AGAIN
from bot.discord_side.replies.watch_items import SILENCE
from bot.rendering.discord_letter import MORE, PLACEHOLDERS
from tests.bot.discord_side.test_everything_over_sockets import alternatives

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
    "/timeline": "test_used_in_simcord.test_what_somebody_said_over_time_is_shown_oldest_first",
    "/quoted": "test_used_in_simcord.test_who_is_quoted_is_counted_with_a_picture",
    "/watch": "test_used_in_simcord.test_a_watch_is_set_listed_and_silenced",
    "/export": "test_settings_panel.test_a_speakers_words_are_exported_as_a_file",
    "/settings": "test_settings_panel.test_questions_without_an_answer_are_listed_without_who_asked",
    "/help": "test_first_minute.test_help_is_short_with_somebody_who_speaks_here_and_commands_to_click",
    "/privacy": "test_commands.test_what_the_bot_says_of_itself_is_private",
    "Ask about this": "test_commands.test_ask_about_this_takes_a_message_as_the_question",
    "Check this quote": "test_commands.test_check_this_quote_of_one_quotation_shows_all_of_its_check",
    "Add as story": "test_courtesy.TestAdding.test_what_a_message_links_to_becomes_a_story",
    "greeting": "test_used_in_simcord.test_a_server_is_greeted_with_the_button_that_opens_the_form",
    "More, Back": "test_buttons.test_more_and_back_turn_the_page_for_the_one_who_asked",
    "a question to ask": "test_buttons.test_a_choice_asks_its_question_privately",
    "Watch somebody": "test_used_in_simcord.TestErrands.test_whom_an_errand_names_can_be_watched_by_a_button",
    "Quote card": "test_used_in_simcord.test_a_card_is_made_of_the_words_that_are_chosen",
    "context": "test_buttons.test_in_context_shows_the_words_where_they_stand",
    "all": "test_used_in_simcord.test_all_pages_come_at_once_privately",
    "share": "test_buttons.test_a_private_answer_is_shared_by_the_one_who_has_it",
    "up": "test_forgetting.test_after_forget_me_no_byte_on_the_disk_and_no_line_of_the_log_has_the_id",
    "down": "test_used_in_simcord.test_a_bad_answer_is_thanked_for",
    "wrong": "test_used_in_simcord.test_a_wrong_speaker_is_proposed_and_settled",
    "speaker": "test_used_in_simcord.test_what_is_chosen_from_a_list_is_shown",
    "story": "test_used_in_simcord.test_what_is_chosen_from_a_list_is_shown",
    ADD: "test_first_minute.TestEmpty.test_the_form_opens_for_whoever_may_add_and_nobody_else_fills_it_in_in_vain",
    ADD_FIRST: "test_used_in_simcord.test_a_server_is_greeted_with_the_button_that_opens_the_form",
    AGAIN: "test_used_in_simcord.test_a_form_with_a_wrong_date_is_filled_in_again",
    SILENCE: "test_used_in_simcord.test_a_watch_is_set_listed_and_silenced",
    "Forget me": "test_forgetting.test_after_forget_me_no_byte_on_the_disk_and_no_line_of_the_log_has_the_id",
    "Yes, forget me": "test_forgetting.test_after_forget_me_no_byte_on_the_disk_and_no_line_of_the_log_has_the_id",
    "private": "test_settings_panel.test_private_by_default_is_kept_and_can_be_asked_otherwise",
    "threads": "test_settings_panel.test_mentions_are_answered_in_a_thread_where_that_is_set",
    "demo": "test_used_in_simcord.test_the_demonstration_is_hidden_by_its_button",
    "cooldown": "test_settings_panel.test_a_cooldown_asks_one_person_to_wait_and_nobody_else",
    "unanswered": "test_settings_panel.test_questions_without_an_answer_are_listed_without_who_asked",
    "feeds": "test_feeds_and_hosts.test_feeds_are_listed_in_the_settings_and_given_up_there",
    "hosts": "test_feeds_and_hosts.test_only_hosts_that_a_server_allows_are_read",
    "onrecord:set:channels": (
        "test_settings_panel.test_outside_the_channels_chosen_commands_are_private_and_mentions_left_alone"
    ),
    "onrecord:set:adders": "test_used_in_simcord.test_a_role_that_is_chosen_may_add_stories",
    "onrecord:set:dates": "test_settings_panel.test_dates_are_written_in_the_language_chosen",
    "onrecord:set:cooldown_s": "test_settings_panel.test_a_cooldown_asks_one_person_to_wait_and_nobody_else",
    "onrecord:paste": "test_used_in_simcord.test_a_form_with_a_wrong_date_is_filled_in_again",
    "onrecord:hosts": "test_feeds_and_hosts.test_only_hosts_that_a_server_allows_are_read",
    "corrections": "test_used_in_simcord.test_a_wrong_speaker_is_proposed_and_settled",
    "ReplyButton": "test_buttons.test_more_and_back_turn_the_page_for_the_one_who_asked",
    "ReplyMenu": "test_buttons.test_in_context_shows_the_words_where_they_stand",
    "WhichSpeaker": "test_used_in_simcord.test_a_wrong_speaker_is_proposed_and_settled",
    "RemoveButton": "test_story_commands.test_a_story_is_removed_after_asking_once",
    "HereMenu": "test_story_commands.test_the_list_of_stories_keeps_a_channel_to_several_or_to_all",
    "SettingMenu": "test_settings_panel.test_dates_are_written_in_the_language_chosen",
    "SettingButton": "test_settings_panel.test_mentions_are_answered_in_a_thread_where_that_is_set",
    "FeedMenu": "test_feeds_and_hosts.test_feeds_are_listed_in_the_settings_and_given_up_there",
    "ForgetButton": "test_forgetting.test_after_forget_me_no_byte_on_the_disk_and_no_line_of_the_log_has_the_id",
    "AddButton": "test_used_in_simcord.test_a_server_is_greeted_with_the_button_that_opens_the_form",
    "SilenceButton": "test_used_in_simcord.test_a_watch_is_set_listed_and_silenced",
    "CardMenu": "test_used_in_simcord.test_a_card_is_made_of_the_words_that_are_chosen",
    "RightSpeaker": "test_used_in_simcord.test_a_wrong_speaker_is_proposed_and_settled",
    "SettleMenu": "test_used_in_simcord.test_a_wrong_speaker_is_proposed_and_settled",
    "WatchMenu": "test_used_in_simcord.test_a_watch_is_set_listed_and_silenced",
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
