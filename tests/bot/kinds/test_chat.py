"""What is said to the bot itself, and asks nothing of the stories."""

from collections import defaultdict

import pytest

from bot.answers import Answer, Result, Talk
from bot.kinds.answering import answer_read
from bot.kinds.chat import answer_chat
from bot.kinds.desk import Desk
from bot.questions.question import Question
from bot.questions.reader import Kind
from bot.rendering.discord_letter import letter
from bot.rendering.discord_message import render_pages
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


@pytest.mark.parametrize(
    ("line", "buttons"),
    [
        ("tell me when Pelosi says something new", ["Watch Nancy Pelosi"]),
        ("ping me if the House Speaker or Al Franken speaks again", ["Watch Paul Ryan", "Watch Al Franken"]),
        ("lmk when theres more on the rail strike", []),
    ],
)
def test_an_errand_to_watch_gets_a_button_that_watches_whom_it_names(line: str, buttons: list[str]) -> None:
    asked = Question(line, "help", {"help": 1.0}, {}, talk="watching")
    pages = render_pages(answer_read(Desk(SHELF, line), asked, (), lambda question, history: never()), SHELF)

    assert pages.pages[0].body.startswith("`/watch` tells you when a new story quotes somebody")
    assert [one.label for one in letter(pages).buttons if one.action == "watch"] == buttons
    assert not pages.choices


@pytest.mark.parametrize("other", ["summary", "speakers", "header"])
def test_what_asks_for_the_stories_one_way_or_the_other_is_none_about_what_they_tell(other: Kind) -> None:
    asked = Question("any news?", "stories", defaultdict(float, {"stories": 0.4, other: 0.3, "fact": 0.3}), {})
    result = answer_read(Desk(SHELF, "any news?"), asked, (), lambda question, history: never())

    assert isinstance(result, Answer)
    assert result.form == "stories"


def never() -> Result:
    """What is asked again where nothing leans on what was asked before."""
    raise AssertionError
