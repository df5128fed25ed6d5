"""From the network's log-probabilities to attributions: legal tag paths, then pointers to speaker and cue."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.encoding.tags import NEVER, Run, best_path, runs_of

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class WindowScores:
    """The network's log-probabilities for one window; the first row is [CLS], which a pointer uses for "none"."""

    content: Floats
    cue: Floats
    source: Floats
    to_source: Floats
    to_cue: Floats


@dataclass(frozen=True, slots=True)
class Decision:
    """Settings of decoding, tuned on the development part and kept with the weights."""

    content_bias: float = 0.0  # added to every content tag's log-probability
    begin_bias: float = 0.0  # added to the tags that begin a piece
    speech_floor: float = 0.5
    untagged_margin: float = 0.5  # a mention that no tag marks needs this much of the pointer's mass
    calibration: tuple[float, ...] = (0.0, 1.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Piece:
    """One decoded piece in window rows, with what calibration looks at."""

    rows: Run
    speaker: Run | None
    cue: Run | None
    speech: float
    evidence: tuple[float, ...]  # content certainty, least edge certainty, speaker mass, cue mass


def decode_window(
    scores: WindowScores, core: NDArray[np.bool_], words: NDArray[np.bool_], decision: Decision
) -> list[Piece]:
    """The pieces in the core rows; `words` marks the rows that are wordpieces rather than special tokens."""
    content = scores.content.copy()
    content[:, 1:] += decision.content_bias
    content[:, (1, 3)] += decision.begin_bias
    content[~core, 1:] = NEVER
    sources, cues = (_mentions(tags, words) for tags in (scores.source, scores.cue))
    pieces: list[Piece] = []
    for a, b in runs_of(best_path(content)):
        rows = np.arange(a, b)
        tags = np.exp(scores.content[rows])
        inside = tags[:, 1:].sum(axis=1)
        speech = float((tags[:, 1:3].sum(axis=1) / np.maximum(inside, 1e-6)).mean())
        speaker, sure = _pointed(scores.to_source[a:b], sources, scores.source, words, decision)
        cue, cue_sure = _pointed(scores.to_cue[a:b], cues, scores.cue, words, decision)
        edges = min(float(tags[0, 1] + tags[0, 3]), float(inside[-1]))
        pieces.append(Piece((a, b), speaker, cue, speech, (float(inside.mean()), edges, sure, cue_sure)))
    return pieces


def _mentions(tags: Floats, words: NDArray[np.bool_]) -> list[Run]:
    usable = tags.copy()
    usable[~words, 1:] = NEVER
    return runs_of(best_path(usable))


def _pointed(
    pointers: Floats, runs: list[Run], tags: Floats, words: NDArray[np.bool_], decision: Decision
) -> tuple[Run | None, float]:
    """The run that the rows point to together, and the mass that says so; None where they point to [CLS]."""
    mass = np.exp(pointers).mean(axis=0)
    best: Run | None = None
    most = float(mass[0])
    for a, b in runs:
        if float(mass[a:b].sum()) > most:
            best, most = (a, b), float(mass[a:b].sum())
    loose = _grown(mass, tags, words)
    if loose is not None:
        weight = float(mass[loose[0] : loose[1]].sum())
        if weight > max(most, decision.untagged_margin) and not _overlap(loose, best):
            return loose, weight
    return best, most


def _grown(mass: Floats, tags: Floats, words: NDArray[np.bool_]) -> Run | None:
    """The rows around the most pointed-at wordpiece that share its mass or look like a mention."""
    peak = int(np.where(words, mass, -1).argmax())
    if not words[peak]:
        return None
    likely = (np.exp(tags[:, 1:]).sum(axis=1) > 0.2) | (mass > 0.1)
    a, b = peak, peak + 1
    while a > 0 and words[a - 1] and likely[a - 1]:
        a -= 1
    while b < len(mass) and words[b] and likely[b]:
        b += 1
    return a, b


def _overlap(first: Run, second: Run | None) -> bool:
    return second is not None and first[0] < second[1] and second[0] < first[1]
