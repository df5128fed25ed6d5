"""What a library of every kind keeps beside its stories: settings, verdicts, questions without an answer."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from index.library.verbs import StoryLibrary
from index.story import Feedback
from tests.index.keepers import FIRE, FLOOD, Keeper

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def verdict(minute: int, user: str = "1001", words: str = "wrong speaker") -> Feedback:
    return Feedback("flood", 1, minute, minute + 5, words, user, NOON + timedelta(minutes=minute))


def test_settings_come_back_as_they_were_set(keeper: Keeper, library: StoryLibrary) -> None:
    values = {"a": [1, {"b": "é“”\x00"}], "c": False, "d": "words", "e": 2.5}
    for name, value in values.items():
        library.set_setting(name, value)  # type: ignore[arg-type]
    library.set_setting("gone", "soon")
    library.set_setting("gone", None)
    assert library.settings() == keeper.open().settings() == values
    assert library.stories == ()


def test_a_users_newest_verdict_on_the_same_words_is_the_one_that_counts(library: StoryLibrary) -> None:
    library.add([FLOOD])
    for given in (verdict(1), verdict(1, words="right"), verdict(1, "1002"), verdict(0, "1002")):
        library.keep_feedback(given)
    assert library.feedback()[0] == verdict(0, "1002")
    assert {(given.user, given.verdict) for given in library.feedback()[1:]} == {
        ("1001", "right"),
        ("1002", "wrong speaker"),
    }


def test_a_forgotten_user_leaves_nothing_and_the_others_stay(keeper: Keeper, library: StoryLibrary) -> None:
    library.add([FLOOD])
    for minute in range(30):
        library.keep_feedback(verdict(minute, "1001" if minute % 3 else "1002"))
    assert library.forget_user("1001") == 20
    assert library.forget_user("1001") == 0
    assert {given.user for given in keeper.open().feedback()} == {"1002"}


def test_unanswered_questions_are_counted_by_what_they_ask(library: StoryLibrary) -> None:
    for minute, question in enumerate(["Who won?", "who  won", "What did Ana say?", "WHO WON?!", " ", "?"]):
        library.note_unanswered(question, "not-in-story", NOON + timedelta(minutes=minute))
    first, second = library.unanswered()
    assert (first.question, first.count, first.last) == ("WHO WON?!", 3, NOON + timedelta(minutes=3))
    assert (second.question, second.reason, second.count) == ("What did Ana say?", "not-in-story", 1)


def test_stories_coming_and_going_leave_the_notes_on_others_alone(keeper: Keeper, library: StoryLibrary) -> None:
    library.set_setting("channels", ["1"])
    library.add([FLOOD, FIRE])
    for story in ("flood", "fire", "shared:flood"):
        library.keep_feedback(replace(verdict(1), story=story))
    library.remove("flood")
    again = keeper.open()
    assert (again.settings(), again.stories) == ({"channels": ["1"]}, (FIRE,))
    assert {given.story for given in again.feedback()} == {"fire", "shared:flood"}


def test_a_time_without_a_zone_is_refused(library: StoryLibrary) -> None:
    with pytest.raises(ValueError, match="time zone"):
        library.note_unanswered("Who?", "not-in-story", datetime(2026, 5, 4))  # noqa: DTZ001
