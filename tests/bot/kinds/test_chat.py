"""What is said to the bot itself, and asks nothing of the stories."""

import pytest

from bot.answers import Talk
from bot.kinds.chat import answer_chat
from bot.kinds.desk import Desk
from bot.questions.reader import Kind
from tests.bot.shelf import seed_by_hand

SHELF = seed_by_hand()


@pytest.mark.parametrize("words", ["???", "...", "🤔", "🔥🔥🔥😂😂", "?!", "-", "’"])
def test_a_message_without_a_word_gets_the_short_help(words: str) -> None:
    assert answer_chat(Desk(SHELF, words), "small-talk", "thanks").talk == "help"


@pytest.mark.parametrize(("kind", "talk"), [("small-talk", "greeting"), ("help", "watching"), ("other", "who")])
def test_what_is_said_to_the_bot_itself_is_answered_as_it_was_read(kind: Kind, talk: Talk) -> None:
    assert answer_chat(Desk(SHELF, "well"), kind, talk).talk == talk


def test_what_has_nothing_to_do_with_any_story_or_the_bot_is_said_to_be_no_question_about_them() -> None:
    assert answer_chat(Desk(SHELF, "play despacito"), "other", "chat").talk is None
    assert answer_chat(Desk(SHELF, "¿qué dijo?"), "foreign", "chat").talk == "foreign"
