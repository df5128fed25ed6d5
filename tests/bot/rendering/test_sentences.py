"""The sentences around what the stories say."""

import pytest

from bot.answers import Abstention, Answer, Reason, Verdict
from bot.rendering.sentences import heading, next_step, reason_sentence
from index.story import Speaker

ANN, BEN = Speaker("a", "Ann Lee", roles=("mayor",)), Speaker("b", "Ben Lee")


@pytest.mark.parametrize(
    ("result", "stories", "sentence"),
    [
        (Abstention("q", Reason.NOT_IN_STORY), 1, "The story does not say that."),
        (Abstention("q", Reason.NOT_IN_STORY), 3, "The stories do not say that."),
        (
            Abstention("q", Reason.NOT_IN_STORY, name="Lee", topic="tax"),
            1,
            "The story does not say what Lee said about tax.",
        ),
        (
            Abstention("q", Reason.MENTIONED_NOT_QUOTED, name="Lee"),
            1,
            "The story mentions Lee, but quotes nothing that they said.",
        ),
        (
            Abstention("q", Reason.MENTIONED_NOT_QUOTED, name="Lee", topic="tax"),
            2,
            "The stories mention Lee, but quote nothing that they said about tax.",
        ),
        (Abstention("q", Reason.NO_SUCH_SPEAKER, name="Lee"), 1, "Nobody called Lee speaks in the story."),
        (
            Abstention("q", Reason.SEVERAL_SPEAKERS_MATCH, name="Lee", speakers=(ANN, BEN)),
            1,
            "Several people may be meant by Lee: Ann Lee (mayor) or Ben Lee.",
        ),
        (Abstention("q", Reason.NOT_ABOUT_THE_STORY), 1, "That is not a question about the story."),
        (
            Abstention("q", Reason.NOT_IN_STORY),
            0,
            "This library holds no stories yet: add one with “onrecord add SOURCE”.",
        ),
    ],
)
def test_each_reason_is_one_plain_sentence(result: Abstention, stories: int, sentence: str) -> None:
    assert reason_sentence(result, stories=stories) == sentence


@pytest.mark.parametrize("reason", list(Reason))
def test_a_name_somebody_typed_never_looks_like_a_quotation(reason: Reason) -> None:
    typed = Abstention("q", reason, name='the "boss"', topic="“tax”", choices=('what did "he" say?',))
    assert not set('"“”') & set(reason_sentence(typed) + (next_step(typed) or ""))


def test_the_next_step_offers_questions_ready_to_be_asked() -> None:
    offered = Abstention("q", Reason.NOT_IN_STORY, choices=("what did Lee say?", "who speaks?"))
    assert next_step(offered) == "You could ask: what did Lee say? · who speaks?"
    assert next_step(Abstention("q", Reason.NOT_IN_STORY)) is None


def test_several_matches_without_choices_ask_for_the_full_name() -> None:
    assert next_step(Abstention("q", Reason.SEVERAL_SPEAKERS_MATCH)) == "Ask again with the full name."


@pytest.mark.parametrize(
    ("verdict", "first"),
    [
        ("exact", "✓ Exact"),
        ("trimmed", "≈ Trimmed"),
        ("changed", "✗ Altered"),
        ("denied", "✗ Denied"),
        ("other-speaker", "✗ Somebody else"),
        ("reporter", "– The reporter"),
        ("yes", "Yes"),
        ("no", "No"),
    ],
)
def test_each_verdict_comes_first_in_words_of_its_own(verdict: Verdict, first: str) -> None:
    line = heading(Answer("q", "check", verdict=verdict))
    assert line
    assert line.startswith(first)


def test_a_quotation_that_stands_nowhere_says_so_first() -> None:
    nothing = Abstention("q", Reason.NOT_IN_STORY, quotation="pigs can fly")
    assert reason_sentence(nothing) == "✗ Found nowhere · These words stand nowhere in the story."
