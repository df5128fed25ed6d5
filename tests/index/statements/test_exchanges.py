"""Who answers whom, and ranks, on short texts written for these tests."""

import pytest

from index.statements.extraction import Attributor
from index.story import Story
from tests.index.statements.conftest import said


def speaker_of(attributor: Attributor, text: str, words: str) -> str | None:
    story = Story("a", text)
    return next(name for name, spoken in said(story, attributor.attribute(story)) if words in spoken)


@pytest.mark.parametrize(
    "question",
    [
        "“Will you sell the pier?” councillor Nora Vance asked Mayor Edith Crane.",
        "Councillor Nora Vance asked Mayor Edith Crane whether the pier would be sold.",
        "Councillor Nora Vance pressed Mayor Edith Crane on the pier.",
        "Nora Vance, a prosecutor, questioned Edith Crane for an hour.",
        "Nora Vance put it to Edith Crane that the pier was rotten.",
        "“The pier is rotten,” Nora Vance told Edith Crane.",
    ],
)
def test_she_who_replies_is_whoever_was_spoken_to(rules: Attributor, question: str) -> None:
    text = f"The pier\n\n{question}\n\n“It will outlive us both,” she replied.\n\nThe council meets in June."
    assert speaker_of(rules, text, "outlive us") == "Edith Crane"


@pytest.mark.parametrize(
    "question",
    ["Nora Vance asked Edith Crane if the pier was safe.", "Judge Nora Vance asked Edith Crane: “Is it safe?”"],
)
def test_a_question_is_answered_without_a_verb_of_answering(rules: Attributor, question: str) -> None:
    assert speaker_of(rules, f"The pier\n\n{question} “It is safe as houses,” she said.", "houses") == "Edith Crane"


@pytest.mark.parametrize("cue", ["added", "continued", "asked again"])
def test_whoever_asks_goes_on_asking(rules: Attributor, cue: str) -> None:
    text = f"The pier\n\nNora Vance asked Edith Crane whether the pier was safe. “It looks rotten to me,” she {cue}."
    assert speaker_of(rules, text, "rotten") == "Nora Vance"


def test_a_request_is_no_question(rules: Attributor) -> None:
    text = "The pier\n\nNora Vance asked Edith Crane to close the pier. “It looks rotten to me,” she said."
    assert speaker_of(rules, text, "rotten") == "Nora Vance"


def test_no_body_answers_a_question_that_somebody_asks_of_everybody(rules: Attributor) -> None:
    text = "Few girls go, according to Orley Research.\n\n“Why is that?” said Ann Lee.\n\n“They deserve a say.”"
    assert speaker_of(rules, text, "They deserve") != "Orley Research"


def test_a_man_is_not_the_woman_who_was_asked(rules: Attributor) -> None:
    text = "The pier\n\nKen Vance asked Edith Crane whether the pier was safe. “It looks rotten to me,” he said."
    assert speaker_of(rules, text, "rotten") == "Ken Vance"


@pytest.mark.parametrize(
    "rank",
    ["Lt.", "Capt.", "Sgt.", "Supt.", "Cpl.", "Cllr.", "Dep.", "Asst. Chief", "Det. Insp.", "Fr.", "Msgr.", "Mx.",
     "Pvt.", "Lt. Cmdr.", "Treas.", "Brig.", "Maj.", "Col.", "Atty.", "Comm."],
)  # fmt: skip
def test_a_rank_before_a_name_is_no_speaker(rules: Attributor, rank: str) -> None:
    text = f"A boat sank off the pier.\n\n“Nobody was aboard,” said {rank} Dora Finch.\n\nNobody was hurt."
    assert speaker_of(rules, text, "aboard") == "Dora Finch"
    text = f"A boat sank off the pier.\n\n{rank} Dora Finch said that nobody was aboard."
    assert speaker_of(rules, text, "aboard") == "Dora Finch"
