"""What somebody said at once, as every face shows it."""

from dataclasses import replace
from datetime import date

import pytest

from bot.rendering.utterances import (
    missing_marks,
    shown_words,
    spoken,
    utterance_line,
    utterances,
)
from index.story import Cue, Kind, Span, Stance, Statement, Story
from tests.bot.rendering.lee import LEE, STORY, at, said

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


def test_the_attribution_line_says_who_how_where_when_and_at_which_paragraph() -> None:
    assert (
        utterance_line((FIRST,), STORY, LEE)
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
    assert words in utterance_line((said("“Not today.”", "denied it", stance),), STORY, LEE)


def test_the_relay_and_the_addressee_are_told_once() -> None:
    told = replace(FIRST, relay=("CNN", "AP"), addressee="The Paper")
    line = utterance_line((told,), STORY, LEE)
    assert "via CNN, AP" in line
    assert "to The Paper" not in line
    assert "to reporters" in utterance_line((replace(FIRST, addressee="reporters"),), STORY, LEE)


TURNED = (
    """Fox denied hiding anything, and refused to say who knew.

Asked about it, Fox ruled
out a run.

Hill, who """
    + "has farmed there since 1958 and " * 6
    + """grows barley, doubted that it rains. “No,” Hill said.

Rain fell. The firm's head, Fox, doubted that it mattered. “Let it rain,” added Fox, denying any harm."""
)
OF_FOX = Story("t", TURNED, "Fox speaks", "The Paper", date(2024, 5, 1))


def told(
    words: str, cue: str, mention: str | None = "Fox", kind: Kind = "indirect", stance: Stance = "says"
) -> Statement:
    """Words of the story with the cue and the mention that stand last before them, or else first behind."""

    def near(part: str) -> Span:
        before = TURNED.rfind(part, 0, start)
        at = before if before >= 0 else TURNED.index(part)
        return Span(at, at + len(part))

    start = TURNED.index(words)
    span = Span(start, start + len(words))
    return Statement("t", 1, span, kind, "fox", near(mention) if mention else None, Cue(near(cue), stance), 0, 0)


HIDING = told("hiding anything", "denied", stance="denies")


@pytest.mark.parametrize(
    ("statement", "shown"),
    [
        (HIDING, "Fox denied hiding anything"),
        (replace(HIDING, mention=None), "Fox denied hiding anything"),
        (replace(HIDING, kind="mixed"), "Fox denied hiding anything"),
        (told("who knew", "refused to say", None), "Fox denied hiding anything, and refused to say who knew"),
        (told("it mattered", "doubted"), "The firm's head, Fox, doubted that it mattered"),
        (told("any harm", "denying"), "Fox, denying any harm"),  # what is quoted before is shown as such alone
        (told("it rains", "doubted", "Hill"), "doubted that it rains"),  # all of it would be too long
        (told("a run", "ruled\nout"), "a run"),  # over two paragraphs it is no stretch to be read
        (replace(told("“No,”", "said", "Hill"), kind="direct"), "“No,”"),
        (told("No", "said", "Hill"), "No"),
    ],
)
def test_the_reporters_words_are_shown_with_the_words_that_lead_up_to_them(statement: Statement, shown: str) -> None:
    assert spoken((statement,), OF_FOX) == shown
    assert not statement.mention or shown in TURNED


def test_a_cue_that_is_read_before_the_words_is_not_told_again_below_them() -> None:
    line = utterance_line((HIDING,), OF_FOX, LEE)
    assert line.startswith("Ann Lee, Mayor · a denial · in the reporter's words · The Paper")
    assert " · denied · " in utterance_line((HIDING,), OF_FOX, LEE, led=False)


def test_no_piece_is_led_up_to_by_words_that_an_earlier_piece_has_shown() -> None:
    both = (HIDING, replace(told("who knew", "denied"), attribution=0))
    assert spoken(both, OF_FOX) == "Fox denied hiding anything\nwho knew"


def test_what_passed_the_words_on_is_told_once() -> None:
    told_it = replace(FIRST, relay=("The Paper", "AP"))
    assert " · told The Paper · via AP · " in utterance_line((told_it,), STORY, LEE)
    assert "via" not in utterance_line((replace(told_it, relay=("The Paper",)),), STORY, LEE)
    by_owner = replace(FIRST, cue=Cue(at("Lee told The Paper")), relay=("Lee", "The Pap"))
    assert " · via The Pap · " in utterance_line((by_owner,), STORY, LEE)
