"""The course of the judge: how much of each set a round takes, and that each lesson's sets are there."""

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

import index.ranking.training as training

pytest.importorskip("torch")

from index.language.words import stems_of
from index.ranking.features import Asked
from index.ranking.lines import Line, Linked
from index.ranking.matching import lexical_scores
from index.ranking.training.examples import Question
from index.ranking.training.lessons import COURSE, Lesson, drawn, rounds_of
from index.ranking.training.teaching import Plan
from index.ranking.weighing import Weights
from index.story import Span

TEXTS = ("The dam is dry.", "Ana Bell will pay for the road.", "Nobody knows when.")


def question(number: int, asked: str) -> Question:
    ends = np.cumsum([len(text) + 1 for text in TEXTS]).tolist()
    spans = tuple(Span(end - len(text) - 1, end - 1) for text, end in zip(TEXTS, ends, strict=True))
    words = lexical_scores(stems_of(asked), [stems_of(text) for text in TEXTS])
    right = np.array([False, True, False])
    return Question(
        f"q{number}", "asks", Asked(asked), spans, TEXTS, (Line(),) * 3, Linked.of(asked, (), ()), words[:, None], (),
        right, True, None, "fact", held_out=False,
    )  # fmt: skip


@pytest.mark.parametrize(("share", "times"), [(1, {1}), (2, {2}), (0.5, {0, 1}), (1.3, {1, 2})])
def test_a_share_of_a_set_is_whole_sets_and_some_more_by_chance(share: float, times: set[int]) -> None:
    pool = [question(number, "who pays?") for number in range(10)]
    chosen = [one.id for one in drawn(pool, share, random.Random(3))]
    assert len(chosen) == round(share * len(pool))
    assert {chosen.count(one.id) for one in pool} == times


def test_a_lesson_is_the_same_twice_and_each_of_its_rounds_another() -> None:
    lesson = Lesson("one", {"asks": 0.5}, Plan(longest=(64, 96)), rounds=2)
    pools: dict[str, Sequence[Question]] = {"asks": [question(at, f"who pays {at} times?") for at in range(20)]}
    first, again = (rounds_of(lesson, pools, Weights.plain()) for _ in range(2))
    assert first == again
    assert [len(one) for one in first] == [10, 10]
    assert first[0] != first[1]
    assert any(example.sentences for example in first[0])


def test_every_lesson_takes_from_sets_that_the_command_loads() -> None:
    source = (Path(training.__file__).parent / "__main__.py").read_text(encoding="utf-8")
    for lesson in COURSE:
        assert all(f'"{name}"' in source for name in lesson.shares), lesson.name
