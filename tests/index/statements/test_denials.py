"""Words that somebody denied, or is not known to have said, are never taken for said."""

import pytest

from index.statements.extraction import Attributor
from index.story import Statement, Story

HEAD = (
    "Firm to cut jobs\n\nCrane Steel is to cut jobs at its Kell plant. Neil Crane, its boss, met the union chief, Joan "
    "Peel, on Monday.\n\n"
)
TAIL = "\n\nThe plant opened in 1961.\n"
WORDS = "“heads will roll at this plant”"
TAKEN_BACK = (
    "Crane denies having said {}.",
    "Crane denied ever saying {}.",
    "Crane did not say {}.",
    "Crane has never said that {}.",
    "Crane denied claims that he had said {}.",
    "Crane rejected reports that he said {}.",
    "Contrary to reports, Crane did not tell staff {}.",
    "Crane was falsely accused of saying {}.",
    "A fake post had Crane saying {}.",
    "Crane is not known to have said {}.",
    "There is no evidence that Crane said {}.",
    "If Crane had said {}, the union would have walked out.",
    "Had Crane said {}, the union would have walked out.",
    "Crane has since denied saying that {}.",
    "Crane stopped short of saying {}.",
    "Crane was wrongly quoted as saying {}.",
    "Crane was misquoted as saying {}.",
    "Nobody has ever heard Crane say {}.",
    "It is not true that Crane said {}.",
    "Reports that Crane said {} are false.",
    "The Herald wrongly reported that Crane had said {}.",
    "The recording does not show Crane saying {}.",
    "Crane is alleged to have said {}. He denies it.",
)
SAID = (
    "Crane did not deny saying {}.",
    "Crane denied the charge and said {}.",
    "Crane not only said {}; he meant it.",
    "There is no doubt that Crane said {}.",
    "Without looking up, Crane said {}.",
    "Crane does not dispute that he said {}.",
    "Rejecting the report, Crane said {}.",
)
OF_PEEL = (
    "It was Joan Peel, not Neil Crane, who said {}.",
    "Joan Peel, not Neil Crane, said: {}.",
    "Not Crane but Joan Peel said: {}.",
    "Joan Peel, rather than Neil Crane, said {}.",
)


def found(attributor: Attributor, sentence: str) -> list[tuple[Statement, str | None]]:
    """The statements that have the words in marks, with their speakers' names."""
    story = Story("s", HEAD + sentence.format(WORDS) + TAIL)
    result = attributor.attribute(story)
    names = {speaker.id: speaker.name for speaker in result.speakers}
    return [(one, names.get(one.speaker or "")) for one in result.statements if WORDS[1:-1] in one.span.of(story.text)]


@pytest.mark.parametrize("sentence", TAKEN_BACK)
def test_words_that_are_taken_back_are_not_said(attributor: Attributor, sentence: str) -> None:
    kept = found(attributor, sentence)
    assert kept
    assert all(one.cue is not None and one.cue.stance in {"denies", "unsaid"} for one, _ in kept)


@pytest.mark.parametrize("sentence", SAID)
def test_what_only_stands_near_a_denial_is_said(attributor: Attributor, sentence: str) -> None:
    assert [(one.cue.stance if one.cue else None, name) for one, name in found(attributor, sentence)] == [
        ("says", "Neil Crane")
    ]


@pytest.mark.parametrize("sentence", OF_PEEL)
def test_of_two_people_the_one_who_said_it_is_the_speaker(attributor: Attributor, sentence: str) -> None:
    assert {name for _, name in found(attributor, sentence)} == {"Joan Peel"}


def test_the_cue_shows_what_takes_the_words_back(attributor: Attributor) -> None:
    sentence = "Crane denied claims that he had said {}."
    text = HEAD + sentence.format(WORDS) + TAIL
    assert [one.cue.span.of(text) for one, _ in found(attributor, sentence) if one.cue and one.kind == "direct"] == [
        "denied claims that he had said"
    ]


def test_the_denial_of_somebody_quoted_is_their_own_words(attributor: Attributor) -> None:
    story = Story("s", HEAD + "“I never said ‘heads will roll’,” Crane said." + TAIL)
    stances = [one.cue.stance for one in attributor.attribute(story).statements if one.cue and one.kind == "direct"]
    assert stances == ["says"]


@pytest.mark.parametrize(
    ("rating", "stance"),
    [("VERDICT: False. He talked of pay.", "unsaid"), ("Our rating: Fake", "unsaid"), ("VERDICT: True.", "says")],
)
def test_what_a_check_of_facts_rates_as_untrue_was_not_said(attributor: Attributor, rating: str, stance: str) -> None:
    line = f"CLAIM: Crane said {{}}.\n\n{rating}"
    ((statement, name),) = found(attributor, line)
    assert (name, statement.cue and statement.cue.stance) == ("Neil Crane", stance)


@pytest.mark.parametrize("answer", ["“No sir,” replied the witness.", "“No minister,” replied Crane."])
def test_no_in_somebodys_answer_takes_nothing_back(attributor: Attributor, answer: str) -> None:
    story = Story("s", f"{HEAD}“You made it up?” asked Peel.\n\n{answer}\n")
    stances = [one.cue.stance for one in attributor.attribute(story).statements if one.cue]
    assert stances[-1] == "says"
