"""Who said something: of those who only pass on another's words, and of those whose words they are."""

import random

from bot.answers import Answer, Result
from bot.kinds.desk import Desk
from bot.kinds.judged import Scored
from bot.kinds.lists import answer_speakers
from bot.kinds.who_said import _on_topic, _passing_on, _their_own
from bot.questions.question import Question
from index.story import Span, Speaker, Statement, Story
from tests.bot.shelf import HeldInMemory


def said(start: int, end: int, speaker: str, story: str = "s") -> Statement:
    return Statement(story, 1, Span(start, end), "direct", speaker, None, None, 0, 0)


def gone_through(found: list[Statement]) -> set[int]:
    """The same, each beside each."""
    return {
        at
        for at, one in enumerate(found)
        if any(
            one.story == inner.story and one.span.covers(inner.span) and one.speaker != inner.speaker
            for inner in found[:at]
        )
    }


def test_whoever_passes_words_on_is_not_who_said_them() -> None:
    assert _passing_on([said(10, 20, "mayor"), said(0, 30, "spokesman")]) == {1}
    assert _passing_on([said(10, 20, "mayor"), said(0, 30, "mayor")]) == set()
    assert _passing_on([said(10, 20, "mayor"), said(0, 30, "spokesman", "another story")]) == set()
    assert _passing_on([said(0, 10, "mayor"), said(0, 10, "spokesman")]) == {1}


def test_what_only_passes_on_anothers_words_is_not_shown_beside_them() -> None:
    spokesman, mayor, lee = said(0, 30, "spokesman"), said(10, 20, "mayor"), said(40, 50, "lee")
    assert _their_own([spokesman, lee, mayor]) == [lee, mayor]
    assert _their_own([spokesman, lee]) == [spokesman, lee]


def test_it_is_the_same_as_going_through_all_of_them() -> None:
    chance = random.Random(7)
    for _ in range(300):
        spans = [(chance.randrange(12), chance.randrange(1, 9)) for _ in range(chance.randrange(9))]
        each = [said(start, start + size, chance.choice("abc"), chance.choice("st")) for start, size in spans]
        found = sorted(each, key=lambda one: len(one.span))
        assert _passing_on(found) == gone_through(found)


def test_of_many_stories_only_those_that_have_the_words_of_the_topic_are_quoted_on_it() -> None:
    texts = {"ferry": "The ferry is late, Ola said.", "mill": "Sell the mill, Raj said.", "sea": "No ferry, Bo said."}
    shelf = HeldInMemory([Story(name, text) for name, text in texts.items()], (), ())
    scored = [Scored(said(0, 5, "ola", name), 1.0, 0.5) for name in ("ferry", "mill", "sea")]
    on = {
        topic: [one.statement.story for one in _on_topic(Desk(shelf, "?"), _asked(topic), scored)]
        for topic in ("that ferry thing", "the mill", "the tram", "")
    }
    assert on["that ferry thing"] == ["ferry", "sea"]
    assert on["the mill"] == ["ferry", "mill"]  # what leads is shown whatever its story
    assert on["the tram"] == on[""] == ["ferry", "mill", "sea"]


def _asked(topic: str) -> Question:
    return Question(f"what did everyone say about {topic}?", "stance", {"stance": 1.0}, {"about": topic})


def test_who_speaks_in_the_story_about_something_are_only_that_storys() -> None:
    stories = [
        Story("ferry", "The ferry is late, Ola said.", title="Ferry late again"),
        Story("mill", "Sell, Raj said."),
    ]
    people = [Speaker("ola", "Ola"), Speaker("raj", "Raj")]
    shelf = HeldInMemory(stories, [said(0, 5, "ola", "ferry"), said(0, 4, "raj", "mill")], people)
    desk = Desk(shelf, "who speaks in the ferry story")
    assert _names(answer_speakers(desk, "the ferry story")) == ["Ola"]
    assert sorted(_names(answer_speakers(desk))) == ["Ola", "Raj"]
    assert sorted(_names(answer_speakers(desk, "the tram story"))) == ["Ola", "Raj"]


def _names(result: Result) -> list[str]:
    assert isinstance(result, Answer)
    return [speaker.name for speaker in result.speakers]
