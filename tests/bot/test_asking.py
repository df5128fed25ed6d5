"""A message with two questions is answered twice, apart; one question that only looks like two is not parted."""

import pytest

from bot.answers import Answer, Turn
from bot.asking import ask
from bot.questions.parting import parted
from index.encoding import Pieces
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
        ("who wants the weir, and how much does it cost?", ("who wants the weir", "how much does it cost?")),
        ("when did it happen n how many died", ("when did it happen", "how many died")),
        ("who leads it & what group does he run", ("who leads it", "what group does he run")),
        ("whats the plan and whos against it", ("whats the plan", "whos against it")),
        ("who said the shop is shut and who he is", None),
        ("who says shoppers want cars and have decent credit", None),
        ("did he hear anything new? he is usually the hawk", None),
        ("who won? why?", None),
        ("and what about the pub guy? what does he reckon", None),
        ("what did ryan and pelosi say", None),
        ("The bridge at Kelby opened this week. Who built it?", None),
        ("did he say sorry? yes or no?", None),
        ('did pelosi say "the bill is dead and who cares"', None),
    ],
)
def test_a_message_is_parted_only_where_it_asks_two_questions(message: str, parts: tuple[str, str] | None) -> None:
    assert parted(message, SHELF.pieces) == parts


def test_where_nothing_could_join_two_questions_no_model_is_asked() -> None:
    def never(text: str) -> Pieces:
        raise AssertionError(text)

    assert parted("what did Ryan say about the wall?", never) is None


def test_what_is_said_to_the_bot_before_a_question_gets_no_answer_of_its_own() -> None:
    found = ask(SHELF, "thanks a lot, and what did Hall say?")
    assert isinstance(found, Answer)
    assert [one.speaker for one in found.statements] == ["bo"]
    assert not found.apart


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
