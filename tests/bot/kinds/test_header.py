"""What a story's own header says, asked as people ask it, and how every face shows it."""

import io
from datetime import date

import pytest
from rich.console import Console

from bot.answers import Abstention, Answer, Part, Reason, Turn
from bot.asking import ask
from bot.rendering.discord_message import render_pages
from bot.rendering.plain import plain
from bot.rendering.seen import seen_by
from bot.rendering.terminal import rendered
from index.story import Story
from tests.bot.shelf import HeldInMemory

BRIDGE = Story(
    "bridge",
    "Old bridge reopens\n\nBy Mae Lund\n\nHARLOW — The bridge reopened to walkers on Monday.",
    title="Old bridge reopens",
    source="Harlow Post",
    date=date(2024, 5, 6),
    author="Mae Lund",
    place="HARLOW",
)
FERRY = Story(
    "ferry",
    "The ferry to the island stops in June and does not run again until autumn.",
    title="Ferry stops",
    date=date(2024, 4, 1),
)
ALONE = HeldInMemory([BRIDGE])
BOTH = HeldInMemory([BRIDGE, FERRY])

ASKED: tuple[tuple[str, Part, str], ...] = (
    ("when was this published?", "date", "It appeared on 6 May 2024."),
    ("what's the date of the article", "date", "It appeared on 6 May 2024."),
    ("how old is this story?", "date", "It appeared on 6 May 2024."),
    ("who published this?", "source", "It is from Harlow Post."),
    ("what paper is it from", "source", "It is from Harlow Post."),
    ("who wrote it?", "author", "It was written by Mae Lund."),
    ("who's the author of the piece", "author", "It was written by Mae Lund."),
    ("what is the headline?", "title", "It is titled: Old bridge reopens"),
    ("where was this filed?", "place", "It was reported from HARLOW."),
    ("where does it take place?", "place", "It was reported from HARLOW."),
)


@pytest.mark.parametrize(("question", "part", "sentence"), ASKED)
def test_a_question_about_the_story_itself_is_answered_from_what_is_known_about_it(
    question: str, part: Part, sentence: str
) -> None:
    result = ask(ALONE, question)
    assert isinstance(result, Answer)
    assert (result.form, result.part) == ("header", part)
    assert plain(result, seen_by(result, ALONE)) == sentence


def test_what_the_text_itself_has_is_marked_there() -> None:
    result = ask(ALONE, "who wrote this?")
    assert isinstance(result, Answer)
    assert [mark.span.of(BRIDGE.text) for mark in result.marks] == ["Mae Lund"]
    assert [hit.passage.span.of(BRIDGE.text) for hit in result.passages] == ["By Mae Lund"]


def test_what_is_not_known_about_a_story_is_refused() -> None:
    result = ask(HeldInMemory([FERRY]), "who wrote it?")
    assert isinstance(result, Abstention)
    assert result.reason is Reason.NOT_IN_STORY


def test_of_several_stories_the_one_about_the_topic_is_meant() -> None:
    result = ask(BOTH, "when was the story about the ferry published?")
    assert plain(result, seen_by(result, BOTH)) == "It appeared on 1 April 2024."


def test_a_summary_of_a_topic_is_of_the_one_story_about_it() -> None:
    for words in ("tldr of the ferry", "tl;dr of the ferry story", "recap of the ferry article"):
        result = ask(BOTH, words)
        assert {hit.passage.story for hit in result.passages} == {"ferry"}, words
    assert isinstance(ask(BOTH, "summary of the moon landing"), Abstention)


def test_of_several_stories_the_one_that_was_talked_of_is_meant() -> None:
    result = ask(BOTH, "when was that published?", history=[Turn("when does the ferry to the island stop?")])
    assert plain(result, seen_by(result, BOTH)) == "It appeared on 1 April 2024."


def test_of_several_stories_each_is_told_with_its_title_where_none_is_meant() -> None:
    result = ask(BOTH, "when were these published?")
    assert plain(result, seen_by(result, BOTH)) == "6 May 2024 · Old bridge reopens\n1 April 2024 · Ferry stops"


def test_where_it_happened_is_a_question_of_fact_once_something_was_talked_of() -> None:
    result = ask(ALONE, "where did it happen?", history=[Turn("when did the bridge reopen?")])
    assert not isinstance(result, Answer) or result.form == "fact"


def test_the_terminal_and_discord_show_the_same_sentence() -> None:
    result = ask(ALONE, "when was this published?")
    console = Console(width=80, record=True, file=io.StringIO())
    console.print(rendered(result, seen_by(result, ALONE)))
    assert console.export_text().strip() == "It appeared on 6 May 2024."
    (page,) = render_pages(result, ALONE, dates="de").pages
    assert page.body == "It appeared on 6. Mai 2024."
