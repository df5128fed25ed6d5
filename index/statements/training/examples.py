"""Training windows for the statement tagger: gold attributions turned into tags and pointer targets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.statements.features import Ints, Pieces, Window, cut_windows
from index.statements.tagger import window_inputs

UNSCORED = -100
NO_TARGET = -1
_INPUTS = frozenset({"ids", "features", "head"})  # of an example; the rest are targets
_STRAIGHT_ID, _CURLY_IDS = 1000, (1523, 1524)


@dataclass(frozen=True, slots=True)
class Gold:
    """Targets for the pieces of one story; source and cue hold a first and a last row, -1 where there is none."""

    content: Ints
    cue: Ints
    source: Ints
    to_source: Ints
    to_cue: Ints


@dataclass(frozen=True, slots=True)
class Example:
    """One window ready for a batch, with its targets in window positions."""

    ids: Ints
    features: Ints
    head: Ints
    content: Ints
    cue: Ints
    source: Ints
    to_source: Ints
    to_cue: Ints


def read_gold(story: dict[str, Any], pieces: Pieces) -> Gold:
    """The story's marked attributions as tags and targets over `pieces`."""
    count = len(pieces)
    content = np.zeros(count, dtype=np.int64)
    to_source, to_cue = (np.full((count, 2), NO_TARGET, dtype=np.int64) for _ in range(2))
    for region in story["ignore"]:
        rows = _rows(pieces, region)
        content[rows] = UNSCORED
    for quote in story["quotes"]:
        rows = _rows(pieces, quote)
        if not len(rows):
            continue
        kind = 1 if quote["speech"] else 3
        content[rows] = kind + 1
        content[rows[0]] = kind
        for target, mention in ((to_source, quote["speaker"]), (to_cue, quote["cue"])):
            named = _rows(pieces, mention) if mention else rows[:0]
            target[rows] = (named[0], named[-1]) if len(named) else (NO_TARGET, NO_TARGET)
    cue = _mention_tags(pieces, [quote["cue"] for quote in story["quotes"] if quote["cue"]])
    source = _mention_tags(pieces, [quote["speaker"] for quote in story["quotes"] if quote["speaker"]])
    return Gold(content, cue, source, to_source, to_cue)


def _rows(pieces: Pieces, span: dict[str, Any]) -> Ints:
    return np.flatnonzero((pieces.start < span["end"]) & (pieces.end > span["start"]))


def _mention_tags(pieces: Pieces, spans: Sequence[dict[str, Any]]) -> Ints:
    tags = np.zeros(len(pieces), dtype=np.int64)
    for span in sorted(spans, key=lambda span: span["start"] - span["end"]):
        rows = _rows(pieces, span)
        if len(rows) and not tags[rows].any():
            tags[rows] = 2
            tags[rows[0]] = 1
    return tags


def build_example(pieces: Pieces, gold: Gold, window: Window) -> Example:
    """The window's inputs and targets; nothing is scored outside its core or where a target lies outside the window."""
    real, safe = window.rows >= 0, np.maximum(window.rows, 0)
    place = np.full(len(pieces), NO_TARGET, dtype=np.int64)
    place[window.rows[real]] = np.flatnonzero(real)
    features, head = window_inputs(pieces, window)
    scored = window.core
    content, cue, source = (np.where(scored, tags[safe], UNSCORED) for tags in (gold.content, gold.cue, gold.source))
    inside = scored & (content > 0)
    return Example(
        window.ids,
        features,
        head,
        content,
        cue,
        source,
        _targets(gold.to_source[safe], place, inside),
        _targets(gold.to_cue[safe], place, inside),
    )


def _targets(target: Ints, place: Ints, inside: NDArray[np.bool_]) -> Ints:
    """First and last window position of each target: (0, 0) is [CLS], which stands for none; -100 is not scored."""
    absent = target[:, 0] < 0
    spots = np.where(absent[:, None], 0, place[np.maximum(target, 0)])
    usable = inside & (absent | (spots > 0).all(axis=1))
    return np.where(usable[:, None], spots, UNSCORED)


def draw_examples(stories: Sequence[tuple[Pieces, Gold]], random: Random) -> Iterator[Example]:
    """Every story once, cut at random window lengths, some with straight marks or blanked words."""
    for pieces, gold in stories:
        left, right = random.choice(((0, 0), (0, 24), (24, 16), (64, 32)))
        for window in cut_windows(pieces, random.choice((200, 250, 288, 288)), left, right):
            yield _disturb(build_example(pieces, gold, window), random)


def _disturb(example: Example, random: Random) -> Example:
    draw = np.random.default_rng(random.getrandbits(32))
    ids = example.ids.copy()
    if random.random() < 0.15:
        ids[np.isin(ids, _CURLY_IDS)] = _STRAIGHT_ID
    blank = (draw.random(len(ids)) < 0.04) & (ids > 1996)
    ids[blank] = 103
    features = example.features.copy()
    features[:, 3:][draw.random(len(ids)) < 0.05] = 0
    return replace(example, ids=ids, features=features)


def pad_batch(examples: Sequence[Example]) -> dict[str, NDArray[Any]]:
    """The examples side by side; padding is unscored."""
    length = max(len(example.ids) for example in examples)
    batch: dict[str, NDArray[Any]] = {}
    for name in (field.name for field in fields(Example)):
        arrays = [getattr(example, name) for example in examples]
        fill = 0 if name in _INPUTS else UNSCORED
        padded = np.full((len(arrays), length, *arrays[0].shape[1:]), fill, dtype=np.int64)
        for row, array in enumerate(arrays):
            padded[row, : len(array)] = array
        batch[name] = padded
    batch["real"] = np.arange(length)[None] < np.array([len(example.ids) for example in examples])[:, None]
    return batch


def batch_examples(examples: Sequence[Example], pieces_per_batch: int, random: Random) -> list[list[Example]]:
    """Batches of similar length, in random order."""
    ordered = sorted(examples, key=lambda example: len(example.ids) + random.random() * 40)
    batches: list[list[Example]] = [[]]
    for example in ordered:
        if batches[-1] and len(example.ids) * (len(batches[-1]) + 1) > pieces_per_batch:
            batches.append([])
        batches[-1].append(example)
    random.shuffle(batches)
    return batches
