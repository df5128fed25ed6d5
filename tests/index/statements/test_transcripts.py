"""Transcripts and interviews: whose turn a paragraph is."""

import pytest

from index.statements.extraction import Attributor
from index.statements.paragraphs import find_paragraphs
from index.statements.transcripts import find_turns
from index.story import Story
from tests.index.statements.conftest import said

TURNS = "MOSS: We never saw the memo.\n\nLEE: Did you ask for it?\n\nMOSS: Twice."


def turns(text: str) -> list[tuple[str, str]]:
    return [
        (found.mention.of(text), found.span.of(text))
        for found in find_turns(text, find_paragraphs(text))
        if found.mention
    ]


def test_each_labelled_paragraph_is_a_turn_of_the_one_named() -> None:
    assert turns(TURNS) == [("MOSS", "We never saw the memo."), ("LEE", "Did you ask for it?"), ("MOSS", "Twice.")]


def test_the_lines_that_name_a_storys_title_and_author_are_nobodys_turns() -> None:
    header = "Title: The memo\nAuthor: Ann Sole\nSource: The Post\nDate: 2024-05-06\n\n"
    assert turns(f"{header}The bridge reopened on Monday.\n\nIt is old.") == []
    assert turns(header + TURNS) == turns(TURNS)


def test_a_label_in_capitals_may_tell_what_its_speaker_is() -> None:
    text = "IDA MOSS, RADIO HOST: You saw it?\n\nSEN. BEN LEE (R), WATER COMMITTEE: Twice.\n\nMOSS: Thanks."
    assert turns(text) == [("IDA MOSS", "You saw it?"), ("SEN. BEN LEE (R)", "Twice."), ("MOSS", "Thanks.")]


def test_the_words_may_begin_below_the_label() -> None:
    text = "IDA MOSS, HOST:\n\nThe dam leaked.\n\nBEN LEE, BYLINE: I saw it.\n\nMOSS: Thanks."
    assert turns(text) == [("IDA MOSS", "The dam leaked."), ("BEN LEE", "I saw it."), ("MOSS", "Thanks.")]


@pytest.mark.parametrize("between", ["(BEGIN VIDEO CLIP)", "TWO MEN / A DOG: Out."])
def test_a_clip_or_a_label_that_is_not_read_ends_a_turn(between: str) -> None:
    text = f"MOSS: You saw it?\n\nLEE: Twice.\n\n{between}\n\nIt was loud.\n\nMOSS: Thanks."
    assert turns(text) == [("MOSS", "You saw it?"), ("LEE", "Twice."), ("MOSS", "Thanks.")]


LEDE = "Rosa Delmar retires in May. She spoke to Kevin Abt of the Courier in her office.\n\n"
ANSWERS = "Q: Why go?\n\nA: I am tired.\n\nI never sleep.\n\n{}\n\nQ: Who is next?\n\nA: Ask them."


@pytest.mark.parametrize(
    "prose", ["Delmar laughs.", "The city said it would choose by spring.", "The mayor denied that."]
)
def test_prose_between_answers_is_the_reporters(rules: Attributor, prose: str) -> None:
    story = Story("s", LEDE + ANSWERS.format(prose))
    by_answer = [words for name, words in said(story, rules.attribute(story)) if name == "Rosa Delmar"]
    assert by_answer == ["I am tired.", "I never sleep.", "Ask them."]


def test_a_label_of_initials_is_who_has_them(rules: Attributor) -> None:
    text = "Kim Aldous spoke with Rae Dorn about a tower.\n\nKA: We began in May.\n\nRD: And then?\n\nKA: We went on."
    story = Story("s", text)
    turns = [name for name, words in said(story, rules.attribute(story)) if words[0] in "WA"]
    assert turns == ["Kim Aldous", "Rae Dorn", "Kim Aldous"]
