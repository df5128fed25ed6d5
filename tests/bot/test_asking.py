"""A message with two questions is answered twice, apart; one question that only looks like two is not parted."""

import pytest

from bot.answers import Answer, Turn
from bot.asking import _two, ask
from index.story import Cue, Span, Speaker, Statement, Story
from tests.bot.shelf import HeldInMemory


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        (
            "what did holt say about the bridge and who opposed it",
            ("what did holt say about the bridge", "who opposed it"),
        ),
        ("What did Lowe say? Who disagreed with it?", ("What did Lowe say", "Who disagreed with it?")),
        ("who called it off? what did they give as a reason", ("who called it off", "what did they give as a reason")),
        ("who wants the weir, and how much does it cost?", ("who wants the weir", "how much does it cost?")),
        ("was it safe yet & what did Ruiz say", ("was it safe yet", "what did Ruiz say")),
        ("how much is a seat? and will he go himself", ("how much is a seat", "will he go himself")),
        (
            "did it pay more than before? & how many stores r left",
            ("did it pay more than before", "how many stores r left"),
        ),
        ("who said the shop is shut and who he is", None),
        ("who says shoppers want cars and have decent credit", None),
        ("what did he say about costs and what it means", None),
        ("did he hear anything new? he is usually the hawk", None),
        ("who won? why?", None),
        ("the bridge and who opposed it", None),
        ("who is for it and who is against it and who is neither", None),
        ("and what about the pub guy? what does he reckon", None),
        ("whats the plan and whos against it", ("whats the plan", "whos against it")),
    ],
)
def test_a_message_is_parted_only_where_it_asks_two_questions(message: str, parts: tuple[str, str] | None) -> None:
    assert _two(message) == parts


STORY = Story("weir", "“Build it,” said Ada Burke. “Never,” said Bo Hall.")
PEOPLE = (Speaker("ada", "Ada Burke"), Speaker("bo", "Bo Hall"))


def _said(words: str, who: str, at: int) -> Statement:
    start = STORY.text.index(words)
    return Statement("weir", 1, Span(start, start + len(words)), "direct", who, None, Cue(Span(0, 1)), at, 0)


SHELF = HeldInMemory((STORY,), (_said("“Build it,”", "ada", 0), _said("“Never,”", "bo", 1)), PEOPLE)


def test_each_question_of_a_message_is_answered_under_its_own_words() -> None:
    found = ask(SHELF, "what did Burke say and what did Hall say", history=(Turn("hello"),))
    assert isinstance(found, Answer)
    assert [part.question for part in found.apart] == ["what did Burke say", "what did Hall say"]
    assert [one.speaker for one in found.statements] == ["ada", "bo"]
    assert [[who.id for who in part.speakers] for part in found.apart] == [["ada"], ["bo"]]


@pytest.mark.parametrize("question", ['"build the thing" who said that?', 'whose line is "i say just build it"'])
def test_words_quoted_by_heart_are_looked_for_by_what_they_say(question: str) -> None:
    found = ask(SHELF, question)
    assert isinstance(found, Answer)
    assert [one.speaker for one in found.statements][:1] == ["ada"]


def test_a_name_in_a_few_words_is_asked_for_only_where_all_of_them_name() -> None:
    everything = ask(SHELF, "bo hall")
    assert isinstance(everything, Answer)
    assert [one.speaker for one in everything.statements] == ["bo"]
    assert "bo" not in [who.id for who in ask(SHELF, "burke on hall").speakers]
