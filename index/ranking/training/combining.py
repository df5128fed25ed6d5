"""How much the judge's opinion counts beside cheap features, and what makes an answer likely, on held-out stories."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from index.ranking.features import stems_held, telling_of
from index.ranking.matching import Floats
from index.ranking.reader import Read, Reader
from index.ranking.training.examples import Question, ranked_sentences
from index.ranking.training.fitting import Choice, fit_chance, fit_choice, grow_joint
from index.ranking.trees import Trees
from index.ranking.weighing import Weights, answerable_features, joint_features, reader_features, to_read_alone

SHARES = {"asks": 1.0, "own": 0.5, "news": 0.5, "news-2": 0.5, "news-3": 0.5, "newsqa": 1.0, "abgcoqa": 2.0}
SURE_SHARES = {
    "asks": 1.0, "own": 0.5, "news": 0.8, "news-2": 0.5, "news-3": 0.5, "newsqa": 0.5, "abgcoqa": 0.2, "squad2": 0.6,
}  # fmt: skip
"""What a set's questions count together, where the answerable and the others of each count alike."""
_PARTS = 5  # of the stories, each left out once


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
