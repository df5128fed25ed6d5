"""Which words can be the answer to a question of fact: their kind, what they count, and of whom they are."""

from time import perf_counter

import pytest

from bot.answering.fitting import Place, fits, names_in
from index.passages import sentence_spans
from index.story import Span


def place(marked: str) -> Place:
    """A place from a text with its words in square brackets; its passage is the sentence."""
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    passage = next(span for span in sentence_spans(text, Span(0, len(text))) if span.covers(Span(start, end)))
    return Place(text, Span(start, end), passage)


FITTING = [
    ("how many buses does the firm run?", "The firm runs [14] old buses in Kelby."),
    ("how many buses does the firm run?", "The firm had one bus and now has a fleet of [14], all red."),
    ("how many weeks did the strike last?", "An [eight]-week strike ended in Kelby."),
    ("how many people were hurt in the fire?", "The fire left [12] hurt and two dead."),
    ("how much did the bridge cost?", "The bridge cost the town [£3 million] in all."),
    ("how much of the firm does Ann Lee own?", "Ann Lee owns [5.8 percent] of the firm."),
    ("how much time will the repairs take?", "The repairs will take [six weeks], said Lee."),
    ("how long was the trial?", "A [six-week] trial ended on Monday."),
    ("how far did the shares fall?", "Shares in the firm fell [17 percent]."),
    ("when did the mayor resign?", "The mayor resigned [Thursday] over the bridge."),
    ("when did the talks begin?", "The talks, which began on [Nov. 3], are to go on."),
    ("who is the mayor of Kelby?", "The new bridge was praised by Kelby's mayor, [Ann Lee], at noon."),
    ("who is the CEO?", "[Ann Lee], chief executive of the firm, welcomed it."),
    ("who opened the bridge?", "Ann Lee came. The bridge was opened by [Tom Berg]."),
    ("what is the name of the ferry?", "The ferry, called [Second Wind], sank."),
    ("how old is the bridge?", "The bridge is [120] years old."),
    ("how old is he?", "Berg, [42], opened it."),
    ("when?", "The vote is on [9 November]."),
]
NOT_FITTING = [
    ("how many buses does the firm run?", "It had one bus, and now feeds [9,000] families from its buses."),
    ("how many jurors were there?", "The jurors heard that he stole more than $[1.2 million]."),
    ("how many weeks did the strike last?", "The strike cost [9,000] jobs."),
    ("how much will the fares rise?", "Higher fares will serve [180,000] residents."),
    ("how much prison time could he get?", "He could get prison for stealing [$1.2 million]."),
    ("how much did the bridge cost?", "The bridge cost [nine] people their homes."),
    ("how long was the trial?", "The trial heard of [11 counts] of theft."),
    ("when did the mayor meet the envoy?", "The mayor excused herself [Thursday] after talks about the envoy."),
    ("when did the mayor resign?", "The mayor resigned over [the bridge]."),
    ("when did Tom Berg die?", "The vote on the bridge is on [9 November]."),
    (
        "who is the chief executive of Nord?",
        "Chairman [Olaf Nord], the son of the man who once founded it, backed the embattled chief executive.",
    ),
    ("what is the name of Ann's dog?", "The fish, named [Piscis annae] after Ann Lee, was old."),
    ("what is the name of the juror?", "A jury convicted [Tom Berg] of theft."),
    ("what is the longest sentence?", "Tom Berg is guilty of stealing [$1.2 million]."),
    ("what did he ask for?", 'He asked for it: ["] No, he said.'),
    ("what did Ann Lee deny?", "She denied that [Ann Lee] had come."),
    ("how old is the fish?", "It was found by a [12]-year-old girl."),
    ("how old is Tom Berg?", "Berg spent [31] years at the firm."),
    ("how old is Tom Berg?", "Berg's late goal ends [19]-year wait"),
    ("how old is Ann?", "The creature, named after Ann Lee, lived [378] million years ago."),
]


@pytest.mark.parametrize(("question", "marked"), FITTING)
def test_words_of_the_kind_asked_for_fit(question: str, marked: str) -> None:
    assert fits(question, place(marked))


@pytest.mark.parametrize(("question", "marked"), NOT_FITTING)
def test_words_of_another_kind_or_about_somebody_else_do_not(question: str, marked: str) -> None:
    assert not fits(question, place(marked))


def test_a_name_may_stand_in_the_sentence_before() -> None:
    assert fits("when did Tom Berg resign?", place("Tom Berg has gone. He resigned in [March]."))
    far = "Tom Berg has gone. " + "The bridge is closed to all but walkers. " * 10
    assert not fits("when did Tom Berg resign?", place(far + "He resigned in [March]."))


@pytest.mark.parametrize(
    ("marked", "whole"),
    [
        ("It cost $[386,000] in all.", "$386,000"),
        ("It got C$[400,000] for it.", "C$400,000"),
        ("He was sentenced on June [3.] It rained.", "3"),
        ("It was called [Pisci]s.", "Piscis"),
        ("Asked, [Ann Lee,] came.", "Ann Lee"),
        ("He lives in the [U.S.] now.", "U.S."),
    ],
)
def test_words_are_marked_whole_and_without_the_comma_behind_them(marked: str, whole: str) -> None:
    there = place(marked)
    assert there.whole.of(there.text) == whole


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("When did Tom Berg meet Iraqi officials?", ("Tom Berg", "Iraqi")),
        ("who spoke on Friday?", ()),
        ("WHO IS TOM BERG?", ()),
        ("Where is the U.S. base?", ()),
    ],
)
def test_the_names_asked_about(question: str, names: tuple[str, ...]) -> None:
    assert names_in(question) == names


@pytest.mark.parametrize("piece", ["a' of ", "how many a-", "name of a", "the x's ", "\n of y' ", "Ab "])
def test_an_endless_question_is_looked_at_in_no_time(piece: str) -> None:
    began = perf_counter()
    fits("who is " + 5_000 * piece + "#", place("The bridge was opened by [Tom Berg]."))
    assert perf_counter() - began < 0.5
