"""What a question is about, whom its pronouns can mean, and what it leans on."""

import pytest

from bot.answers import Turn
from bot.questions.question import Question, fits, is_pronoun, stands_for
from bot.questions.reader import Slot
from index.story import Speaker

ANN = Speaker("ann", "Ann Berg", roles=("Mayor",))
TOM = Speaker("tom", "Tom Holt", roles=("spokesman",))
LEE = Speaker("lee", "Lee", roles=("congresswoman",))
FIRM = Speaker("firm", "Northgrid", "organisation")
EVERYBODY = (ANN, TOM, LEE, FIRM)


@pytest.mark.parametrize(
    ("read", "topic"),
    [
        ("on", None), ("the", None), ("d", None), ("the wall", "the wall"), ("how she's been", "how she's been"),
        ("paying for it", "paying for it"), ("‘the wall’?", "the wall"), ("the 15%", "the 15%"),
        ("about the wall", "the wall"),
    ],
)  # fmt: skip
def test_a_topic_is_all_the_words_for_it_where_they_tell_something(read: str, topic: str | None) -> None:
    assert Question("q", "said-about", {"said-about": 1.0}, {"about": read}).topic == topic


def test_a_claim_is_the_topic_of_who_said_it_and_not_of_whether() -> None:
    slots: dict[Slot, str] = {"words": "the dam is dry"}
    assert Question("q", "who-said", {}, slots).topic == "the dam is dry"
    assert Question("q", "whether", {}, slots).topic is None


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
