"""What the weights are worth on questions with known answers, shown soon enough, and answered or refused rightly; and
how much the judge's opinion counts beside cheap features, on held-out stories."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from index.ranking.features import stems_held, telling_of
from index.ranking.matching import Floats
from index.ranking.reader import Read, Reader
from index.ranking.training.examples import Question, ranked_sentences
from index.ranking.training.fitting import Choice, fit_chance, fit_choice, grow_joint
from index.ranking.training.plain import PLAIN
from index.ranking.weighing import Trees, Weights, answerable_features, joint_features, reader_features, to_read_alone
from index.story import Span

if TYPE_CHECKING:
    from index.ranking.reader import Read

SHOWN = 10
SHARES = {
    "asks": 1.0, "own": 0.5, "news": 0.5, "news-2": 0.5, "news-3": 0.5, "news-4": 0.5, "news-5": 0.5, "news-6": 0.5,
    "news-7": 0.5, "news-8": 0.5, PLAIN: 0.3, "newsqa": 1.0, "abgcoqa": 2.0,
}  # fmt: skip
SURE_SHARES = {
    "asks": 1.0, "own": 0.5, "news": 0.8, "news-2": 0.5, "news-3": 0.5, "news-4": 0.5, "news-5": 0.5, "news-6": 0.5,
    "news-7": 0.5, "news-8": 0.5, PLAIN: 0.3, "newsqa": 0.5, "abgcoqa": 0.2, "squad2": 0.6,
}  # fmt: skip
"""What a set's questions count together, where the answerable and the others of each count alike."""
_PARTS = 5  # of the stories, each left out once


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


def read_all(reader: Reader, questions: Sequence[Question], weights: Weights) -> list[Read]:
    """What the judge finds for each question, in all its likeliest sentences and in the best alone; sentences are in
    reading order. The best are so by the sum of `weights`, as they were fitted before."""
    found = []
    for question in questions:
        scores = question.features[:, 0] if question.set_name == "squad2" else weights.base_scores(question.features)
        sentences = sorted(ranked_sentences(question, scores), key=lambda sentence: sentence.place)
        named = question.linked.named_words()
        context = " ".join(question.asked.context)
        read = reader.read(question.asked.text, sentences, context=context, named=named)
        chosen = to_read_alone(weights.summed_scores(scores, read)) if question.set_name != "squad2" else []
        found.append(reader.with_alone(read, question.asked.text, sentences, chosen, context=context, named=named))
    return found


def fit_weights(weights: Weights, questions: Sequence[Question], reads: Sequence[Read]) -> Weights:
    """The weights with the judge's part and both chances fitted on these questions, and the trees over both grown."""
    over_stories = [(one, read) for one, read in zip(questions, reads, strict=True) if one.set_name != "squad2"]
    choices = [
        Choice(
            np.column_stack([weights.base_scores(one.features), reader_features(read)]).astype(np.float32),
            one.right,
            SHARES[one.set_name],
        )
        for one, read in over_stories
    ]
    unread = [one for one, _ in over_stories]
    fitted = replace(
        weights, read=fit_choice(choices), joint=None, sure=_fit_sure(questions, reads),
        sure_unread=_fit_sure(unread, [None] * len(unread)),
    )  # fmt: skip
    return replace(fitted, joint=_grow_joint(fitted, over_stories))


def joined_in_turn(weights: Weights, questions: Sequence[Question], reads: Sequence[Read]) -> list[Weights]:
    """For each question weights whose trees over both did not learn from its story, for figures; a fifth at a time."""
    parts = [zlib.crc32(question.texts[0].encode()) % _PARTS for question in questions]
    pairs = list(zip(questions, reads, strict=True))
    plain = replace(weights, joint=None)
    left_out = [
        replace(plain, joint=_grow_joint(plain, [one for one, its in zip(pairs, parts, strict=True) if its != part]))
        for part in range(_PARTS)
    ]
    return [left_out[part] for part in parts]


def _grow_joint(plain: Weights, read: Sequence[tuple[Question, Read]]) -> Trees:
    """Trees over what is known of a sentence before and after it was read, where weights without them leave off."""
    choices, starts = [], []
    for one, its in read:
        base = plain.base_scores(one.features)
        starts.append(plain.summed_scores(base, its))
        rows = joint_features(base, starts[-1], its, one.features)
        choices.append(Choice(rows, one.right, SHARES[one.set_name]))
    return grow_joint(choices, starts)


def _fit_sure(questions: Sequence[Question], reads: Sequence[Read | None]) -> Floats:
    """Weights of the chance of an answer."""
    rows = np.stack([_sure_row(one, read) for one, read in zip(questions, reads, strict=True)])
    happened = np.array([question.answerable for question in questions])
    cells = [(question.set_name, question.answerable) for question in questions]
    shares = np.array([SURE_SHARES[cell[0]] * len(cells) / cells.count(cell) for cell in cells], dtype=np.float32)
    return fit_chance(rows, happened, shares)


def _sure_row(question: Question, read: Read | None) -> Floats:
    telling = [0.5, 0.5, 0.5] if question.set_name == "squad2" else telling_of(question.features)
    return answerable_features(telling, read, question.asked, stems_held(question.texts), question.linked)
