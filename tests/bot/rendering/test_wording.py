"""The words that every face shares."""

from dataclasses import replace
from datetime import date

import pytest

from bot.rendering.wording import (
    counted,
    date_words,
    listed,
    origin_words,
    place_sign,
    place_words,
    speaker_words,
    whole_words,
    without_marks,
)
from index.statements.paragraphs import find_paragraphs
from index.story import Span, Speaker, Story
from tests.bot.rendering.lee import STORY, TEXT


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("About 1,140 people", "140", "1,140"),
        ("About 1,140 people", "1", "1,140"),
        ("it rose 2.5 per cent", "2", "2.5"),
        ("It was twelve.", "twel", "twelve"),
        ("It was twelve.", "twelve", "twelve"),
        ("in 1931, the boat", "1931", "1931"),
        ("Ends at 30", "0", "30"),
    ],
)
def test_an_answer_is_never_half_a_word_or_half_a_number(text: str, part: str, whole: str) -> None:
    start = text.index(part)
    assert whole_words(Span(start, start + len(part)), text).of(text) == whole


def test_the_paragraphs_of_a_story_are_counted_once_for_all_its_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[str] = []

    def counting(text: str) -> tuple[Span, ...]:
        counted.append(text)
        return find_paragraphs(text)

    monkeypatch.setattr("bot.rendering.wording.find_paragraphs", counting)
    story = replace(STORY, text=f"{STORY.text}\n\nA text of which nobody has told yet.")
    assert {place_words(0, story) for _ in range(5)} == {"paragraph 1 of 4"}
    assert len(counted) == 1


def test_a_speaker_without_a_name_is_not_given_one() -> None:
    assert speaker_words(Speaker("x", "a senior aide", kind="unnamed")) == "a senior aide (not named)"
    assert speaker_words(None) == "a speaker the story leaves open"
    assert speaker_words(Speaker("m", "Mayor Ann Lee", roles=("Mayor",))) == "Mayor Ann Lee"


def test_a_place_is_the_same_paragraph_in_words_and_as_a_sign() -> None:
    story = Story("s", f"A headline\n\n{TEXT}", "A headline")
    assert (place_words(2, story), place_sign(2, story)) == ("paragraph 2 of 3", "¶2")
    assert (place_words(1, story, 2), place_sign(1, story, 2)) == ("paragraphs 1–2 of 3", "¶1–2")


def test_dates_places_and_counts_read_as_english() -> None:
    assert date_words(date(2017, 3, 2)) == "2 March 2017"
    assert place_words(0, STORY) == "paragraph 1 of 3"
    assert origin_words(Story("id", "x")) == "id"
    assert counted(1, "story", "stories") == "1 story"
    assert counted(2000, "story", "stories") == "2,000 stories"
    assert listed(["A", "B", "C"], "or") == "A, B or C"


def test_what_somebody_typed_loses_its_marks() -> None:
    assert without_marks(' “taxes”\n and "jobs" ') == "taxes and jobs"
