"""What is said to the bot itself, and asks nothing of the stories."""

import pytest

from bot.answers import Talk
from bot.kinds.chat import answer_chat
from bot.kinds.desk import Desk
from tests.bot.shelf import seed_by_hand

SHELF = seed_by_hand()


@pytest.mark.parametrize("words", ["???", "...", "🤔", "🔥🔥🔥😂😂", "?!", "-", "’"])
def test_a_message_without_a_word_gets_the_short_help(words: str) -> None:
    assert answer_chat(Desk(SHELF, words), "small-talk").talk == "help"


@pytest.mark.parametrize(
    ("words", "talk"),
    [
        ("hey, what's up", "greeting"),
        ("Good afternoon everyone", "greeting"),
        ("this is exciting", "chat"),
        ("you’re a machine", "who"),
        ("are you ChatGPT?", "who"),
        ("ty!", "thanks"),
        ("pretty", "chat"),
        ("bye", "chat"),
        ("that's wrong", "chat"),
        ("test", "chat"),
    ],
)
def test_only_a_greeting_is_greeted(words: str, talk: Talk) -> None:
    assert answer_chat(Desk(SHELF, words), "small-talk").talk == talk
