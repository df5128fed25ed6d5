"""Whom a pronoun stands for: whoever was named last and whom it fits."""

import pytest

from bot.answers import Turn
from bot.questions.conversation import fits, is_pronoun, stands_for
from index.story import Speaker

ANN = Speaker("ann", "Ann Berg", roles=("Mayor",))
TOM = Speaker("tom", "Tom Holt", roles=("spokesman",))
LEE = Speaker("lee", "Lee", roles=("congresswoman",))
FIRM = Speaker("firm", "Northgrid", "organisation")
EVERYBODY = (ANN, TOM, LEE, FIRM)


@pytest.mark.parametrize(
    ("pronoun", "turns", "meant"),
    [
        ("she", ["what did Ann Berg say?"], [ANN]),
        ("she", ["what did Berg say?", "what did Holt say?"], [ANN]),
        ("he", ["what did Ann Berg say?"], [TOM]),
        ("they", ["what does Northgrid say?"], [FIRM]),
        ("she", [], [ANN, LEE]),
        ("he", [], [TOM]),
    ],
)
def test_the_last_one_named_whom_it_fits(pronoun: str, turns: list[str], meant: list[Speaker]) -> None:
    assert list(stands_for(pronoun, [Turn(turn) for turn in turns], EVERYBODY)) == meant


def test_an_answer_names_people_too() -> None:
    assert stands_for("she", [Turn("who wants it gone?", "“It must go,” Lee said.")], EVERYBODY) == (LEE,)


def test_titles_tell_before_given_names_do() -> None:
    assert fits("she", Speaker("x", "Tom Fry", roles=("chairwoman",)))
    assert not fits("he", Speaker("x", "Tom Fry", roles=("chairwoman",)))
    assert not fits("she", FIRM)


def test_only_a_pronoun_alone_is_one() -> None:
    assert is_pronoun(" She ")
    assert not is_pronoun("her lawyer")
