"""From question sets and their stories to what the ranking learns from.

A question set is `NAME-stories.jsonl.gz` beside `NAME-questions.jsonl.gz`; every answer is a span of its story's text.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.passages import passages_of
from index.ranking.features import Asked, features_of
from index.ranking.matching import Floats
from index.ranking.windows import Sentence, Window, window_of
from index.story import Span, Story

HELD_OUT_FOLD, FOLDS = 0, 5
TAKEN_OUT = 0.1  # of the questions whose answer's sentence is taken out, so that there is none to find
RAISED_TO = 7  # the rank at which the answer's sentence is read while teaching, if it was not found
Embed = Callable[[Sequence[str]], Floats]


@dataclass(frozen=True, slots=True)
class ReadStory:
    """A story's sentences in reading order: their spans, words and vectors (sentence, dimension)."""

    id: str
    spans: tuple[Span, ...]
    texts: tuple[str, ...]
    vectors: Floats


@dataclass(frozen=True, slots=True)
class Question:
    """A question about one story with the spans that answer it (none: nothing does), and its features.

    `vectors` are those of the question alone and of the question after the earlier turns.
    """

    id: str
    set_name: str
    asked: Asked
    story: ReadStory
    answers: tuple[Span, ...]
    answerable: bool
    features: Floats
    vectors: tuple[Floats, Floats]
    held_out: bool

    @property
    def right(self) -> NDArray[np.bool_]:
        """Which sentences hold at least half of an answer."""
        return np.array([any(_holds(span, answer) for answer in self.answers) for span in self.story.spans], dtype=bool)


@dataclass(frozen=True, slots=True)
class Example:
    """A window with the places of its answer: pairs of pieces, and positions of sentences, if it has one."""

    window: Window
    spans: tuple[tuple[int, int], ...]
    sentences: tuple[int, ...]


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a `.jsonl.gz` file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def load_questions(folder: Path, name: str, embed: Embed) -> list[Question]:
    """The questions of one set that are about a story, with their stories."""
    stories = _load_stories(folder / f"{name}-stories.jsonl.gz", embed)
    lines = [line for line in read_lines(folder / f"{name}-questions.jsonl.gz") if line.get("story")]
    asked = [Asked(line["question"], turns_of(line.get("history") or [])) for line in lines]
    alone, after = embed([one.text for one in asked]), embed([one.in_context for one in asked])
    return [
        _question(name, line, one, stories[line["story"]], vectors)
        for line, one, vectors in zip(lines, asked, zip(alone, after, strict=True), strict=True)
    ]


def features_about(asked: Asked, story: ReadStory, vectors: tuple[Floats, Floats]) -> Floats:
    """`features.features_of` for a question, given by its words and its vectors, and any story."""
    return features_of(asked, story.texts, story.vectors @ vectors[0], story.vectors @ vectors[1])


def moved_to(question: Question, story: ReadStory) -> Question:
    """The question asked about another story, which does not answer it."""
    features = features_about(question.asked, story, question.vectors)
    return replace(question, story=story, answers=(), answerable=False, features=features)


def turns_of(history: Sequence[dict[str, str]]) -> tuple[str, ...]:
    """Earlier questions with their answers, a text each."""
    return tuple(f"{turn['q']} {turn.get('a') or ''}".strip() for turn in history)


def fold_of(story_id: str) -> int:
    """Which fifth a story belongs to; paragraphs of one encyclopedia article (`squad2_Title_3`) stay together."""
    key = story_id.rsplit("_", 1)[0] if story_id.startswith("squad2_") else story_id
    return hashlib.sha256(key.encode()).digest()[0] % FOLDS


def ranked_sentences(
    story: ReadStory, scores: Floats, left_out: Sequence[int] = (), raised: int = -1
) -> list[Sentence]:
    """The sentences of a story with their ranks, less those `left_out`; the one `raised` ranks as if it was found."""
    order = [int(number) for number in np.argsort(-scores, kind="stable") if number not in left_out]
    if raised in order[RAISED_TO + 1 :]:
        order.remove(raised)
        order.insert(RAISED_TO, raised)
    return [Sentence(story.texts[number], number, rank) for rank, number in enumerate(order)]


def example_of(
    question: Question, scores: Floats, tokenizer: Tokenizer, chance: random.Random, longest: int
) -> Example:
    """The window to learn a question from: it holds the answer, save where that is taken out on purpose."""
    holding = [int(number) for number in np.flatnonzero(question.right)]
    take_out = bool(holding) and chance.random() < TAKEN_OUT and len(holding) < len(question.story.spans)
    sentences = ranked_sentences(
        question.story, scores, holding if take_out else (), -1 if take_out or not holding else holding[0]
    )
    window = window_of(
        tokenizer, question.asked.text, sentences, context=" ".join(question.asked.context), longest=longest
    )
    placed = replace(window, sentence=tuple(-1 if at < 0 else sentences[at].place for at in window.sentence))
    return _labelled(placed, question.story, () if take_out else question.answers)


def _load_stories(path: Path, embed: Embed) -> dict[str, ReadStory]:
    texts = {line["id"]: line["text"] for line in read_lines(path)}
    spans = {key: tuple(passage.span for passage in passages_of(Story(key, text))) for key, text in texts.items()}
    words = {key: tuple(span.of(text) for span in spans[key]) for key, text in texts.items()}
    vectors = embed([sentence for sentences in words.values() for sentence in sentences])
    ends = np.cumsum([len(spans[key]) for key in texts])
    parts = np.split(vectors, ends[:-1])
    return {key: ReadStory(key, spans[key], words[key], part) for key, part in zip(texts, parts, strict=True)}


def _question(
    name: str, line: dict[str, Any], asked: Asked, story: ReadStory, vectors: tuple[Floats, Floats]
) -> Question:
    given = [
        (entry["start"], entry["text"])
        for entry in line["evidence"]
        if entry.get("start") is not None and entry["text"]
    ]
    answers = tuple(sorted({Span(start, start + len(text)) for start, text in given})) if line["answerable"] else ()
    features = features_about(asked, story, vectors)
    held_out = fold_of(story.id) == HELD_OUT_FOLD
    return Question(line["id"], name, asked, story, answers, line["answerable"], features, vectors, held_out)


def _holds(span: Span, answer: Span) -> bool:
    return 2 * (min(span.end, answer.end) - max(span.start, answer.start)) >= len(answer)


def _labelled(window: Window, story: ReadStory, answers: Sequence[Span]) -> Example:
    """The window with its answers, and its sentences counted anew from 0 in reading order."""
    seen = sorted({place for place in window.sentence if place >= 0})
    spans: list[tuple[int, int]] = []
    for answer in answers:
        inside = [
            piece for piece, place in enumerate(window.sentence)
            if place >= 0 and story.spans[place].start + window.starts[piece] < answer.end
            and story.spans[place].start + window.ends[piece] > answer.start
        ]  # fmt: skip
        if inside and len(inside) == inside[-1] - inside[0] + 1:
            spans.append((inside[0], inside[-1]))
    holding = tuple(
        at for at, place in enumerate(seen) if any(_holds(story.spans[place], answer) for answer in answers)
    )
    position = {place: at for at, place in enumerate(seen)} | {-1: -1}
    counted = replace(window, sentence=tuple(position[place] for place in window.sentence))
    return Example(counted, tuple(spans) if holding else (), holding)
