"""The learned weights that turn features into one score, and into a probability that there is an answer at all: boosted
trees, walked down level by level for all rows at once, and a few numbers as readable JSON.

`index.ranking.training` makes them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.encoding.packaged import mapped_tensors
from index.ranking.features import NAMES, Asked
from index.ranking.lines import Linked
from index.ranking.matching import Floats

if TYPE_CHECKING:
    from index.ranking.reader import Read

TREES = Path(__file__).parent / "weights" / "trees.safetensors"
_PARTS = ("feature", "threshold", "left", "right", "value", "root")


@dataclass(frozen=True, slots=True)
class Trees:
    """All nodes of all trees in one row: the column that each looks at (-1: a leaf), the number up to which one goes
    left, both children, and the score of a leaf; `root` has where each tree begins."""

    feature: NDArray[np.int32]
    threshold: Floats
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: Floats
    root: NDArray[np.int32]

    @classmethod
    def load(cls, path: Path = TREES) -> Trees:
        """The stored trees. Raises OSError where the file is missing, ValueError where it is another."""
        stored: Mapping[str, NDArray[np.generic]] = mapped_tensors(path)
        if set(stored) != set(_PARTS):
            raise ValueError("the file holds no trees")
        feature, left, right, root = (np.array(stored[part], np.int32) for part in ("feature", "left", "right", "root"))
        threshold, value = (np.array(stored[part], np.float32) for part in ("threshold", "value"))
        return cls(feature, threshold, left, right, value, root)

    def score(self, rows: Floats) -> Floats:
        """The sum of all trees for each row; shape (n,) for rows of shape (n, columns)."""
        at = np.tile(self.root, (len(rows), 1))
        number = np.arange(len(rows))[:, None]
        while True:
            feature = self.feature[at]
            inner = feature >= 0
            if not inner.any():
                return np.asarray(self.value[at].sum(axis=1), dtype=np.float32)
            goes_left = rows[number, np.maximum(feature, 0)] <= self.threshold[at]
            at = np.where(inner, np.where(goes_left, self.left[at], self.right[at]), at)


WEIGHTS = Path(__file__).parent / "weights" / "evidence.json"
READ_ALONE = 2
"""Sentences that are read once more, each without the others. Of 2,371 chat questions over stories that nothing learned
from the first shown is right for 70.9 % with two, 70.7 with three, 70.8 with five and 70.1 with one; one of the first
three of the order for 92.2, 92.0, 92.8 and 92.2. Five take a quarter longer than two."""
_UNREAD = -20.0
FLOOR = -12.0  # of a logarithm of a probability: what is less likely is as good as ruled out
READ_NAMES = ("order", "relevance", "words", "not read", "answers")
JOINT = WEIGHTS.with_name("joint.safetensors")
_ALONE = ("alone relevance over nothing", "alone answers", "alone third opinion", "alone words", "alone no words")
JOINT_NAMES = (
    "behind the first in order", "behind the best", "place", "relevance", "words", "words behind the likeliest",
    "answers", "answers behind the likeliest", "answers before", "answers after", "relevance before", "relevance after",
    "answers together", "third opinion", "sentences", *NAMES,
    *_ALONE, "alone relevance", *(f"{name} behind the best" for name in _ALONE[:4]),
)  # fmt: skip
ANSWERABLE_NAMES = (
    "third opinion", "nothing", "no words", "best relevance", "best words", "best cosine", "best coverage",
    "coverage with neighbours", "names elsewhere", "asks for what is not", "read",
    "best answers", "second answers", "somebody is named", "somebody's role is named", "in a conversation",
)  # fmt: skip
ALONE_NAMES = (
    "alone relevance", "alone nothing", "alone third opinion", "alone answers", "alone words", "alone no words",
    "alone verdict", "alone relevance over nothing",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights by column: `base` for `features.NAMES`, `read` for READ_NAMES, `sure` and `sure_unread` (with the
    constant last) for ANSWERABLE_NAMES; `story` weighs the score of a passage's whole story.
    Where there are `trees`, they stand in for `base`; `joint` ones, over JOINT_NAMES, correct what `read` says."""

    base: Floats
    read: Floats
    sure: Floats
    sure_unread: Floats
    story: float = 6.0
    trees: Trees | None = None
    joint: Trees | None = None

    @classmethod
    def load(cls, path: Path = WEIGHTS) -> Weights:
        """The stored weights; without a file, the plain sum of the standardised scores."""
        if not path.exists():
            return cls.plain()
        stored = json.loads(path.read_text(encoding="utf-8"))
        columns = {
            "base": NAMES, "read": READ_NAMES, "sure": (*ANSWERABLE_NAMES, "constant"),
            "sure_unread": (*ANSWERABLE_NAMES, "constant"),
        }  # fmt: skip
        arrays = {
            part: np.array([stored[part].get(name, 0.0) for name in names], dtype=np.float32)
            for part, names in columns.items()
        }
        beside = (path.with_name(TREES.name), path.with_name(JOINT.name))
        trees, joint = (Trees.load(one) if one.exists() else None for one in beside)
        return cls(**arrays, story=float(stored["story"]), trees=trees, joint=joint)

    @classmethod
    def plain(cls, base: Floats | None = None) -> Weights:
        """Weights for a start: words and meaning count alike, and coverage makes an answer likely."""
        if base is None:
            base = np.array([float(name in ("dense", "words")) for name in NAMES], dtype=np.float32)
        sure = np.array([4.0 * (name == "best coverage") for name in ANSWERABLE_NAMES] + [-1.0], dtype=np.float32)
        return cls(base, np.array([1.0, 1.0, 0.5, 0.0, 0.5], dtype=np.float32), sure, sure)

    def save(self, path: Path = WEIGHTS) -> None:
        """Writes the weights by name."""
        sure = (*ANSWERABLE_NAMES, "constant")
        parts = {"base": (NAMES, self.base), "read": (READ_NAMES, self.read), "sure": (sure, self.sure),
                 "sure_unread": (sure, self.sure_unread)}  # fmt: skip
        stored: dict[str, object] = {
            part: {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)}
            for part, (names, weights) in parts.items()
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({**stored, "story": self.story}, indent=1) + "\n", encoding="utf-8")

    def base_scores(self, features: Floats) -> Floats:
        """The score of each row of `features.features_of`, comparable within one question."""
        if self.trees is not None:
            return self.trees.score(features)
        return np.asarray(features @ self.base, dtype=np.float32)

    def summed_scores(self, base: Floats, read: Read) -> Floats:
        """The score of each sentence once the reader has read all together: a sum, by which is chosen what to read
        alone."""
        return np.asarray(np.column_stack([base, reader_features(read)]) @ self.read, dtype=np.float32)

    def read_scores(self, base: Floats, read: Read, features: Floats) -> Floats:
        """The score of each sentence once all is read: the logarithm of its share, but for a constant."""
        scores = self.summed_scores(base, read)
        if self.joint is not None:
            scores = scores + self.joint.score(joint_features(base, scores, read, features))
        return scores

    def answerable(self, features: Floats) -> float:
        """The probability that there is an answer; `features` as from `answerable_features`."""
        was_read = features[ANSWERABLE_NAMES.index("read")] > 0
        weights = self.sure if was_read else self.sure_unread
        return probability(float(features @ weights[:-1] + weights[-1]))


def probability(score: float) -> float:
    """The logistic function of a raw score."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def log_odds(chance: float) -> float:
    """The raw score of a probability, of which what is all but certain is no more than very likely."""
    kept = min(max(chance, 1e-4), 1 - 1e-4)
    return math.log(kept / (1 - kept))


def reader_features(read: Read) -> Floats:
    """What the reader says of each sentence, columns as READ_NAMES without the first."""
    missed = np.isinf(read.relevance)
    columns = np.maximum(read.relevance, FLOOR), np.maximum(read.spans, 2 * FLOOR) / 2, missed
    return np.column_stack([*columns, np.maximum(read.answers, FLOOR)]).astype(np.float32)


def to_read_alone(scores: Floats) -> list[int]:
    """The numbers of the sentences with the highest scores, as many as are read once more alone."""
    return [int(at) for at in np.argsort(-scores, kind="stable")[:READ_ALONE]]


def joint_features(base: Floats, scores: Floats, read: Read, features: Floats) -> Floats:
    """What is known of each sentence beside the others once all is read, columns as JOINT_NAMES.

    `base` is its score before, `scores` is as from `Weights.summed_scores`, `features` as from `features.features_of`.
    """
    relevance, words, _, answers = reader_features(read).T
    places = np.argsort(np.argsort(-scores, kind="stable"), kind="stable")
    each = (1 / (1 + np.exp(-answers))).sum(), max(read.answerable, FLOOR), len(scores)
    return np.column_stack(
        [
            base - base.max(), scores - scores.max(), places, relevance, words, words - words.max(), answers,
            answers - answers.max(), *_beside(answers), *_beside(relevance),
            *(np.full(len(scores), one) for one in each), features, _alone_columns(read, len(scores)),
        ]
    ).astype(np.float32)  # fmt: skip


def _alone_columns(read: Read, count: int) -> Floats:
    """What reading each sentence alone told, the last columns of JOINT_NAMES; _UNREAD where it was not read alone."""
    told = np.full((count, len(_ALONE) + 1), _UNREAD, dtype=np.float32)
    for at, one in read.alone.items():
        relevance, nothing, opinion, answers, words, no_words = alone_features(one)[:6]
        told[at] = relevance - nothing, answers, opinion, words, no_words, relevance
    behind = np.full((count, 4), _UNREAD, dtype=np.float32)
    own = sorted(read.alone)
    if own:
        behind[own] = told[own, :4] - told[own, :4].max(axis=0)
    return np.column_stack([told, behind])


def _beside(values: Floats) -> tuple[Floats, Floats]:
    """What the sentence before each has, and the one after."""
    edge = np.array([FLOOR], dtype=np.float32)
    return np.concatenate([edge, values[:-1]]), np.concatenate([values[1:], edge])


def alone_features(read: Read) -> tuple[float, ...]:
    """What reading one sentence without the others tells of it, columns as ALONE_NAMES."""
    relevance = float(read.relevance[0])
    return (
        relevance, read.nothing, read.answerable, float(read.answers[0]), float(read.spans[0]), read.no_words,
        read.verdict, relevance - read.nothing,
    )  # fmt: skip


def answerable_features(
    telling: Sequence[float], read: Read | None, asked: Asked, held: Set[str], linked: Linked | None = None
) -> Floats:
    """What is known of a question and all its sentences together, columns as ANSWERABLE_NAMES.

    `telling` is as from `features.telling_of` the sentences, `held` are their stems; `linked` is whom of those who
    speak in them the question names.
    """
    elsewhere = len(asked.names - held) / max(len(asked.names), 1)
    opinion, answers = [0.0] * 5, [0.0, 0.0]
    if read is not None:
        opinion = [
            read.answerable,
            read.nothing,
            read.no_words / 2,
            float(read.relevance.max()),
            float(read.spans.max()) / 2,
        ]
        answers = sorted(read.answers.tolist(), reverse=True)[:2] + [FLOOR] * (2 - len(read.answers))
    links = linked.links.values() if linked else ()
    named = max((link.name for link in links), default=0.0), max((link.role for link in links), default=0.0)
    return np.array(
        [
            *(max(value, FLOOR) for value in opinion), *telling, elsewhere, asked.is_negated, read is not None,
            *(max(value, FLOOR) for value in answers), *named, bool(asked.context),
        ],
        dtype=np.float32,
    )  # fmt: skip
