"""The words that every face shares."""

from dataclasses import replace
from datetime import date

import pytest

from bot.rendering.wording import (
    attribution_line,
    counted,
    date_words,
    listed,
    missing_marks,
    origin_words,
    place_words,
    shown_words,
    speaker_words,
    spoken,
    utterances,
    whole_words,
    without_marks,
)
from index.statements.paragraphs import find_paragraphs
from index.story import Cue, Span, Speaker, Stance, Statement, Story

TEXT = "Mayor Ann Lee denied it.\n\n“We will build,” Lee told The Paper. “Not today.”\n\nA post said we need it now."
STORY = Story("s", TEXT, "Lee speaks", "The Paper", date(2024, 5, 1))
LEE = Speaker("lee", "Ann Lee", roles=("Mayor",))


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def said(words: str, cue: str | None = None, stance: Stance = "says") -> Statement:
    reported = Cue(at(cue), stance) if cue else None
    return Statement("s", 1, at(words), "direct", "lee", None, reported, 0, 1)


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


FIRST, SECOND = said("“We will build,”", "told The Paper"), said("“Not today.”", "told The Paper")


@pytest.mark.parametrize(
    ("words", "marks"),
    [
        ("We need it now.", ("“", "”")),
        ("“We will build,”", ("", "")),
        ('"We will build,"', ("", "")),
        ("‘No one is above the law.’", ("", "")),
        ("“First. “Second.", ("", "”")),
        ('"Only opened', ("", '"')),
        ('only closed"', ('"', "")),
        ("only closed.”", ("“", "")),
        ('She wrote "no"', ("“", "”")),
        ("we don't", ("“", "”")),
        ("“No” means no, “yes” means “yes", ("", "”")),
        ("", ("", "")),
    ],
)
def test_marks_are_added_only_where_a_pair_is_not_complete(words: str, marks: tuple[str, str]) -> None:
    assert missing_marks(words) == marks


def test_a_post_is_shown_in_marks_that_its_text_does_not_have() -> None:
    assert str(shown_words(said("we need it now."), STORY)) == "“we need it now.”"


def test_a_reporters_words_are_never_put_in_marks() -> None:
    told = replace(said("we need it now."), kind="indirect")
    assert str(shown_words(told, STORY)) == "we need it now."


def test_the_pieces_of_one_utterance_stand_together_with_the_gap_shown() -> None:
    [(utterance, _)] = utterances([FIRST, SECOND])
    assert spoken(utterance, STORY) == "“We will build,” … “Not today.”"


def test_pieces_out_of_their_order_are_joined_as_they_were_said_and_not_into_something_nobody_said() -> None:
    other = replace(FIRST, attribution=1)
    assert utterances([SECOND, other, FIRST]) == (((FIRST, SECOND), (0, 2)), ((other,), (1,)))


def test_pieces_of_two_utterances_are_kept_apart() -> None:
    assert len(utterances([FIRST, replace(SECOND, attribution=1)])) == 2


def test_the_paragraphs_of_a_story_are_counted_once_for_all_its_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[str] = []

    def counting(text: str) -> tuple[Span, ...]:
        counted.append(text)
        return find_paragraphs(text)

    monkeypatch.setattr("bot.rendering.wording.find_paragraphs", counting)
    story = replace(STORY, text=f"{STORY.text}\n\nA text of which nobody has told yet.")
    assert {place_words(0, story) for _ in range(5)} == {"paragraph 1 of 4"}
    assert len(counted) == 1


def test_the_attribution_line_says_who_how_where_when_and_at_which_paragraph() -> None:
    assert (
        attribution_line(FIRST, STORY, LEE)
        == "Ann Lee, Mayor · told The Paper · The Paper, 1 May 2024 · paragraph 2 of 3"
    )


@pytest.mark.parametrize(
    ("stance", "words"),
    [
        ("denies", "a denial"),
        ("declines", "declined"),
        ("hedges", "not certain"),
        ("asks", "a question"),
        ("unsaid", "not said"),
    ],
)
def test_what_was_not_simply_said_is_never_shown_as_if_it_were(stance: Stance, words: str) -> None:
    assert words in attribution_line(said("“Not today.”", "denied it", stance), STORY, LEE)


def test_the_relay_and_the_addressee_are_told_once() -> None:
    told = replace(FIRST, relay=("CNN", "AP"), addressee="The Paper")
    line = attribution_line(told, STORY, LEE)
    assert "via CNN, AP" in line
    assert "to The Paper" not in line
    assert "to reporters" in attribution_line(replace(FIRST, addressee="reporters"), STORY, LEE)


def test_a_speaker_without_a_name_is_not_given_one() -> None:
    assert speaker_words(Speaker("x", "a senior aide", kind="unnamed")) == "a senior aide (not named)"
    assert speaker_words(None) == "a speaker the story leaves open"
    assert speaker_words(Speaker("m", "Mayor Ann Lee", roles=("Mayor",))) == "Mayor Ann Lee"


def test_dates_places_and_counts_read_as_english() -> None:
    assert date_words(date(2017, 3, 2)) == "2 March 2017"
    assert place_words(0, STORY) == "paragraph 1 of 3"
    assert origin_words(Story("id", "x")) == "id"
    assert counted(1, "story", "stories") == "1 story"
    assert counted(2000, "story", "stories") == "2,000 stories"
    assert listed(["A", "B", "C"], "or") == "A, B or C"


def test_what_somebody_typed_loses_its_marks() -> None:
    assert without_marks(' “taxes”\n and "jobs" ') == "taxes and jobs"
