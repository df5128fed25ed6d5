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
from index.ranking.training.lessons import COURSE, SHORT, Lesson, drawn, rounds_of
from index.ranking.training.plain import PLAIN
from index.ranking.training.teaching import Plan
from index.ranking.weighing import Weights
from index.story import Span

TEXTS = ("The dam is dry.", "Ana Bell will pay for the road.", "Nobody knows when.")


def question(number: int, asked: str, texts: tuple[str, ...] = TEXTS) -> Question:
    ends = np.cumsum([len(text) + 1 for text in texts]).tolist()
    spans = tuple(Span(end - len(text) - 1, end - 1) for text, end in zip(texts, ends, strict=True))
    words = lexical_scores(stems_of(asked), [stems_of(text) for text in texts])
    right = np.array([at == 1 for at in range(len(texts))])
    return Question(
        f"q{number}", "asks", Asked(asked), spans, texts, (Line(),) * len(texts), Linked.of(asked, (), ()),
        words[:, None], (), right, True, None, "fact", held_out=False,
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


def test_some_of_a_lesson_is_read_in_short_windows_and_the_rest_in_whole_ones() -> None:
    lesson = Lesson("one", {"asks": 1}, Plan(longest=(384,)), short={"asks": 2})
    long_story = (*TEXTS, *(f"The road number {at} was closed by the council of Orley last May." for at in range(60)))
    ((whole, *short),) = rounds_of(lesson, {"asks": [question(1, "who pays?", long_story)]}, Weights.plain())
    assert max(SHORT) < len(whole.window.ids) <= 384
    assert len(short) == 2
    assert all(len(one.window.ids) <= max(SHORT) for one in short)


def test_a_lesson_that_begins_as_a_mean_has_lessons_before_it() -> None:
    for number, lesson in enumerate(COURSE):
        assert all(before < number for before in lesson.begins), lesson.name
        assert sum(lesson.begins.values()) in (0, 1), lesson.name


def test_every_lesson_takes_from_sets_that_the_command_loads() -> None:
    source = (Path(training.__file__).parent / "__main__.py").read_text(encoding="utf-8")
    for lesson in COURSE:
        assert all(f'"{name}"' in source for name in {*lesson.shares, *lesson.short} - {PLAIN}), lesson.name
