"""What the judge is taught, in which order, and how much of each set: the course, and the drawing of its examples."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from index.encoding.packaged import packaged_tokenizer
from index.ranking.training.examples import Example, Question, example_of
from index.ranking.training.teaching import Plan
from index.ranking.weighing import Weights


@dataclass(frozen=True, slots=True)
class Lesson:
    """A part of the course. `shares` say how much of each set it takes, by chance: 0.5 for half of it, 2 for all of it
    twice; `plan` how it is taught; `short` shares that are read in short windows, whatever those of the plan are."""

    name: str
    shares: Mapping[str, float]
    plan: Plan
    short: Mapping[str, float] = field(default_factory=dict)


SHORT = (128, 192, 272)  # wordpieces, of which each example that is read in a short window takes one by chance
COURSE = (
    Lesson("short windows", {
        "multirc": 0.5, "selqa-dev": 1, "selqa-test": 1, "squadshifts-new_wiki": 0.3, "squadshifts-reddit": 0.3,
        "squadshifts-amazon_reviews": 0.15, "squad2": 1, "claims": 1, "more claims": 0.5, "yes or no": 0.5,
        "elsewhere": 1, "asks": 2, "own": 1, "news": 1, "news-2": 1, "news-3": 1, "news-4": 0.7, "news-5": 1,
        "newsqa": 1, "abgcoqa": 2,
    }, Plan(longest=SHORT)),
    Lesson("whole windows", {
        "asks": 1.2, "own": 0.8, "news": 0.4, "news-2": 0.5, "news-3": 0.6, "news-4": 0.5, "news-5": 0.6, "news-6": 0.9,
        "plain": 1, "newsqa": 0.8, "abgcoqa": 2,
    }, Plan(longest=(272, 384), seed=23), short={
        "squad2": 1, "elsewhere": 0.6, "yes or no": 0.3, "more claims": 0.2, "claims": 0.2, "multirc": 0.2,
        "selqa-test": 0.2,
    }),
)  # fmt: skip
"""The lessons in their order; the rate falls to 0 at the end of each. In the second, windows are as long as those that
are read for an answer."""


def examples_of(lesson: Lesson, pools: Mapping[str, Sequence[Question]], weights: Weights) -> list[Example]:
    """The examples of a lesson."""
    chance, tokenizer = random.Random(lesson.plan.seed), packaged_tokenizer()  # noqa: S311  nothing secret

    def examples(shares: Mapping[str, float], longest: Sequence[int]) -> Iterator[Example]:
        for name, share in shares.items():
            for one in drawn(pools[name], share, chance):
                scores = weights.base_scores(one.features) if one.features.shape[1] > 1 else one.features[:, 0]
                yield example_of(one, scores, tokenizer, chance, chance.choice(longest))

    return [*examples(lesson.shares, lesson.plan.longest), *examples(lesson.short, SHORT)]


def drawn(questions: Sequence[Question], share: float, chance: random.Random) -> list[Question]:
    """So much of a set: all of it as often as the share says, and for the rest of the share some by chance."""
    whole, rest = divmod(share, 1)
    return [*questions] * int(whole) + chance.sample(list(questions), round(rest * len(questions)))
