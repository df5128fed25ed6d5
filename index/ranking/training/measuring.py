"""What the weights are worth on questions with known answers: shown soon enough, and answered or refused rightly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from index.ranking.features import stems_held, telling_of
from index.ranking.matching import Floats
from index.ranking.training.examples import Question
from index.ranking.weighing import Weights, answerable_features
from index.story import Span

if TYPE_CHECKING:
    from index.ranking.reader import Read

SHOWN = 10


def is_shown(spans: Sequence[Span], answers: Sequence[Span], budget: int) -> bool:
    """Whether half of an answer is within the first `budget` code points of the spans, shown in this order."""
    seen: list[Span] = []
    for span in spans:
        if budget > 0:
            seen.append(Span(span.start, min(span.end, span.start + budget)))
            budget -= len(seen[-1])
    return any(
        2 * sum(max(0, min(answer.end, span.end) - max(answer.start, span.start)) for span in seen) >= len(answer)
        for answer in answers
    )


def scores_of(question: Question, weights: Weights, read: Read | None) -> Floats:
    """The score of every sentence of the question's story."""
    base = weights.base_scores(question.features)
    return base if read is None else weights.read_scores(base, read, question.features)


def chance_of(question: Question, weights: Weights, read: Read | None) -> float:
    """The probability that the question's story answers it."""
    held = stems_held(question.texts)
    return weights.answerable(
        answerable_features(telling_of(question.features), read, question.asked, held, question.linked)
    )


def report(questions: Sequence[Question], weights: Sequence[Weights], reads: Sequence[Read | None]) -> str:
    """A line for every set: evidence within 300 and 1,000, and the balanced share answered and refused at 0.5; each
    question by its own weights."""
    lines = []
    for name in dict.fromkeys(question.set_name for question in questions):
        whole = zip(questions, weights, reads, strict=True)
        triples = [(one, its, read) for one, its, read in whole if one.set_name == name]
        figures = [f"{name:10} {len(triples):5} questions"]
        for label, chosen in (("read", triples), ("unread", [(one, its, None) for one, its, _ in triples])):
            shown = [_shown(one, its, read) for one, its, read in chosen if one.right.any()]
            first = [_is_first(one, its, read) for one, its, read in chosen if one.right.any()]
            figures.append(
                f"{label} {100 * np.mean([a for a, _ in shown]):.1f} / {100 * np.mean([b for _, b in shown]):.1f}"
            )
            figures.append(
                f"first {100 * np.mean([a for a, _ in first]):.1f} / {100 * np.mean([b for _, b in first]):.1f}"
            )
            sure = np.array([chance_of(one, its, read) >= 0.5 for one, its, read in chosen])
            right = np.array([one.answerable for one, _, _ in chosen])
            figures.append(f"answered {100 * sure[right].mean():.1f}")
            if not right.all():
                figures.append(f"refused {100 * (~sure[~right]).mean():.1f}")
        lines.append("  ".join(figures))
    return "\n".join(lines)


def _shown(question: Question, weights: Weights, read: Read | None) -> tuple[bool, bool]:
    order = np.argsort(-scores_of(question, weights, read), kind="stable")[:SHOWN]
    spans = [question.spans[int(at)] for at in order]
    wanted = question.answers or [span for span, right in zip(question.spans, question.right, strict=True) if right]
    return is_shown(spans, wanted, 300), is_shown(spans, wanted, 1000)


def _is_first(question: Question, weights: Weights, read: Read | None) -> tuple[bool, bool]:
    """Whether the first sentence answers, and whether one of the first three does."""
    order = np.argsort(-scores_of(question, weights, read), kind="stable")[:3]
    return bool(question.right[order[0]]), bool(question.right[order].any())
