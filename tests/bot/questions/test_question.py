"""What a question is about: as much of the words read for it as tells anything."""

import pytest

from bot.questions.question import Question
from bot.questions.reader import Slot


@pytest.mark.parametrize(
    ("read", "topic"),
    [
        ("on", None), ("the", None), ("right to", "right"), ("the wall", "the wall"), ("the state of the", "the state"),
        ("paying for it", "paying"), ("what comes next", "what comes next"),
    ],
)  # fmt: skip
def test_a_topic_ends_with_a_word_that_tells_something(read: str, topic: str | None) -> None:
    assert Question("q", "said-about", {"said-about": 1.0}, {"about": read}).topic == topic


def test_a_claim_is_the_topic_of_who_said_it_and_not_of_whether() -> None:
    slots: dict[Slot, str] = {"words": "the dam is dry"}
    assert Question("q", "who-said", {}, slots).topic == "the dam is dry"
    assert Question("q", "whether", {}, slots).topic is None
