"""A shelf for somebody who waits only so long gives what the shelf gives, and past its time ends whatever goes on."""

from pathlib import Path

import pytest

from bot.asking import FOR_PEOPLE, ask
from bot.shelf import LOOKED_AT, Hurried
from index.library.folder import Library
from index.ranking.evidence import EvidenceRanker
from index.story import Statement
from tests.benchmarks.load import crowd_of_speakers
from tests.index.fakes import FakeAttributor, FakeEmbedder


class Over(Exception):
    """The time is over."""


class Clock:
    """Lets so many looks at the clock pass."""

    def __init__(self, looks: int) -> None:
        self.left = looks

    def __call__(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Over


@pytest.fixture
def library(tmp_path: Path) -> Library:
    import random

    ranker = EvidenceRanker.load(reader=False)
    made = Library.open(tmp_path, embedder=FakeEmbedder(), attributor=FakeAttributor(), ranker=ranker)
    made.add([crowd_of_speakers(number, random.Random(number)) for number in range(30)])
    return made


QUESTIONS = ("who said the harbour is open?", "what did Ryan say?", "who speaks?", "when does the harbour open?")


@pytest.mark.parametrize("question", QUESTIONS)
def test_in_time_the_answer_is_the_same(library: Library, question: str) -> None:
    assert ask(Hurried(library, Clock(10**9)), question, limits=FOR_PEOPLE) == ask(library, question, limits=FOR_PEOPLE)


@pytest.mark.parametrize("question", QUESTIONS)
def test_past_its_time_a_question_ends_at_the_next_look(library: Library, question: str) -> None:
    with pytest.raises(Over):
        ask(Hurried(library, Clock(0)), question, limits=FOR_PEOPLE)


def test_going_through_what_a_shelf_gave_ends_too(library: Library) -> None:
    statements = Hurried(library, Clock(2)).statements()

    gone_through: list[Statement] = []
    with pytest.raises(Over):
        gone_through.extend(one for _ in range(10) for one in statements)
    assert 0 < len(gone_through) <= len(statements) + LOOKED_AT
