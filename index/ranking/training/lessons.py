"""What the judge is taught, in which order, and how much of each set: the course, and the drawing of its rounds."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from index.encoding.packaged import packaged_tokenizer
from index.ranking.training.examples import Example, Question, example_of
from index.ranking.training.plain import PLAIN
from index.ranking.training.teaching import Plan
from index.ranking.weighing import Weights


@dataclass(frozen=True, slots=True)
class Lesson:
    """A part of the course. `shares` say how much of each set every round takes, by chance: 0.5 for half of it, 2 for
    all of it twice; `plan` how it is taught; `short` shares that are read in the windows of the lessons before.
    `begins` is of which of these lessons' ends the judge is the mean when this one begins, and by how much; `kept` is
    how much of what the lesson makes of it the judge is when it ends, and for the rest what it was before."""

    name: str
    shares: Mapping[str, float]
    plan: Plan
    rounds: int = 1
    short: Mapping[str, float] = field(default_factory=dict)
    begins: Mapping[int, float] = field(default_factory=dict)
    kept: float = 1.0


SHORT = (128, 192, 272)  # wordpieces, of which each example that is read in a short window takes one by chance
_PARAGRAPHS, _STORIES = Plan(longest=(160, 208, 288)), Plan(longest=(128, 176, 240))
_LATER = Plan(longest=(272, 384), batch=32, rate=1.2e-4, head_rate=5e-4)
COURSE = (
    Lesson("reading", {
        "multirc": 0.49, "selqa-dev": 1, "selqa-test": 1, "squadshifts-new_wiki": 0.32, "squadshifts-reddit": 0.36,
        "squadshifts-amazon_reviews": 0.15, "squad2": 1,
    }, _PARAGRAPHS),
    Lesson("chat", {
        "asks": 1, "own": 0.5, "newsqa": 0.06, "abgcoqa": 0.06, "squad2": 0.06, "elsewhere": 0.06, "claims": 0.33,
    }, _STORIES, rounds=2),
    Lesson("news", {
        "newsqa": 1, "abgcoqa": 1, "squadshifts-new_wiki": 0.16, "squadshifts-reddit": 0.13, "multirc": 0.18,
        "squad2": 0.47, "claims": 0.2, "asks": 0.25,
    }, replace(_PARAGRAPHS, rate=6e-5, head_rate=4e-4, seed=23)),
    Lesson("more chat", {
        "asks": 1.3, "news": 1, "own": 0.3, "newsqa": 0.15, "abgcoqa": 0.3, "squad2": 0.06, "elsewhere": 0.1,
        "claims": 0.1,
    }, replace(_STORIES, longest=SHORT, rate=5e-5, head_rate=4e-4, seed=31)),
    Lesson("chat again", {
        "asks": 1, "news": 1, "own": 0.15, "newsqa": 0.12, "abgcoqa": 0.2, "squad2": 0.04, "elsewhere": 0.06,
    }, replace(_STORIES, longest=SHORT, rate=5e-5, head_rate=4e-4, seed=37)),
    Lesson("newer chat", {
        "news-2": 1, "asks": 0.4, "news": 0.1, "own": 0.1, "newsqa": 0.06, "abgcoqa": 0.1, "squad2": 0.02,
        "elsewhere": 0.03,
    }, replace(_STORIES, longest=SHORT, rate=5e-5, head_rate=4e-4, seed=41)),
    Lesson("newest chat", {
        "news-3": 1, "asks": 0.5, "news": 0.05, "own": 0.5, "newsqa": 0.04, "abgcoqa": 0.1, "squad2": 0.02,
        "elsewhere": 0.03, "claims": 0.3, "more claims": 1, "yes or no": 0.7,
    }, replace(_STORIES, longest=SHORT, rate=5e-5, head_rate=4e-4, seed=43)),
    Lesson("whole windows", {
        "asks": 1, "own": 0.75, "news": 0.75, "news-2": 1, "news-3": 1, "newsqa": 1, "abgcoqa": 2,
    }, replace(_STORIES, longest=(272, 384), batch=32, rate=2e-4, head_rate=1e-3), rounds=2, short={
        "asks": 0.9, "elsewhere": 1, "yes or no": 0.5, "more claims": 0.4, "squad2": 1, "squadshifts-new_wiki": 0.05,
        "squadshifts-reddit": 0.05, "multirc": 0.05,
    }, begins={4: 0.5, 6: 0.5}),
    Lesson("near misses", {
        "news-4": 1, "asks": 1, "own": 0.4, "news": 0.3, "news-2": 0.5, "news-3": 0.5, "newsqa": 0.5, "abgcoqa": 1,
    }, replace(_STORIES, longest=(272, 384), batch=32, rate=1.5e-4, head_rate=6e-4, seed=47), short={
        "squad2": 0.6, "elsewhere": 0.4, "yes or no": 0.3, "more claims": 0.15,
    }, kept=0.5),
    Lesson("voices", {
        "news-5": 1, "news-4": 0.35, "asks": 1, "own": 0.5, "news": 0.3, "news-2": 0.4, "news-3": 0.5, "newsqa": 0.4,
        "abgcoqa": 1,
    }, replace(_LATER, seed=53), short={
        "squad2": 0.5, "elsewhere": 0.4, "yes or no": 0.2, "more claims": 0.1,
    }, kept=0.5),
    Lesson("inferred", {
        "news-6": 1, PLAIN: 1, "news-5": 0.5, "news-4": 0.35, "asks": 1, "own": 0.5, "news": 0.3, "news-2": 0.4,
        "news-3": 0.5, "newsqa": 0.4, "abgcoqa": 1,
    }, replace(_LATER, seed=59), short={
        "squad2": 0.5, "elsewhere": 0.4, "yes or no": 0.2, "more claims": 0.1,
    }, kept=0.6),
    Lesson("either words", {
        "news-7": 1, PLAIN: 0.4, "news-6": 0.3, "news-5": 0.25, "news-4": 0.2, "asks": 0.8, "own": 0.4, "news": 0.2,
        "news-2": 0.25, "news-3": 0.3, "newsqa": 0.4, "abgcoqa": 1,
    }, replace(_LATER, seed=61), short={
        "squad2": 0.4, "elsewhere": 0.3, "yes or no": 0.15, "more claims": 0.1,
    }, kept=0.6),
    Lesson("conversations", {
        "news-8": 1.5, PLAIN: 0.25, "news-7": 0.45, "news-6": 0.25, "news-5": 0.2, "news-4": 0.2, "asks": 0.8,
        "own": 0.4, "news": 0.2, "news-2": 0.25, "news-3": 0.3, "newsqa": 0.4, "abgcoqa": 1,
    }, replace(_LATER, seed=67), short={
        "squad2": 0.4, "elsewhere": 0.3, "yes or no": 0.15, "more claims": 0.1,
    }, kept=0.6),
)  # fmt: skip
"""The lessons in their order; the rate falls to 0 at the end of each. "whole windows" begins with a mean (model soups,
Wortsman et al. 2022), and has windows as long as those that are read for an answer: taught on short ones alone the
judge puts the right sentence first for 71.7 % of 681 held-out questions of asks, and for 76.0 after it. "near misses"
is taught in pairs that look almost the same, of which a story answers one (contrast sets, Gardner et al. 2020),
"voices" in questions about who said, felt and wanted what, in words far from the story's, "inferred" in many that a
sentence answers without saying so, "either words" in what is asked in the story's words as often as in others, and
"conversations" in messages one after the other."""


def rounds_of(lesson: Lesson, pools: Mapping[str, Sequence[Question]], weights: Weights) -> list[list[Example]]:
    """The examples of every round of a lesson; each time other windows, and where it is a share, other questions."""
    chance, tokenizer = random.Random(lesson.plan.seed), packaged_tokenizer()  # noqa: S311  nothing secret

    def examples(shares: Mapping[str, float], longest: Sequence[int]) -> Iterator[Example]:
        for name, share in shares.items():
            for one in drawn(pools[name], share, chance):
                scores = weights.base_scores(one.features) if one.features.shape[1] > 1 else one.features[:, 0]
                yield example_of(one, scores, tokenizer, chance, chance.choice(longest))

    return [
        [*examples(lesson.shares, lesson.plan.longest), *examples(lesson.short, SHORT)] for _ in range(lesson.rounds)
    ]


def drawn(questions: Sequence[Question], share: float, chance: random.Random) -> list[Question]:
    """So much of a set: all of it as often as the share says, and for the rest of the share some by chance."""
    whole, rest = divmod(share, 1)
    return [*questions] * int(whole) + chance.sample(list(questions), round(rest * len(questions)))
