"""Measures a tagger with the corpus's own scorer, tunes its decision settings, and fits and checks its confidence; and
writes the model card that stands beside the shipped weights."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.statements.decoding import Decision, WindowScores
from index.statements.features import Pieces, Window, read_pieces
from index.statements.tagger import Found, Tagger, logit, word_span
from index.statements.training.corpus import Part

_BINS = 10


def judge(story: Mapping[str, Any], span: tuple[int, int], speaker: tuple[int, int] | None) -> bool | None:
    """Whether a span covers half of a marked attribution (and the reverse) with its speaker; None where unjudged."""
    for quote in story["quotes"]:
        shared = min(span[1], quote["end"]) - max(span[0], quote["start"])
        if shared * 2 >= max(span[1], quote["end"]) - min(span[0], quote["start"]):
            named = quote["speaker"]
            if not named or not speaker:
                return not named and not speaker
            return bool(named["start"] < speaker[1] and speaker[0] < named["end"])
    inside = any(span[0] < region["end"] and region["start"] < span[1] for region in story["ignore"])
    return None if inside else False


CONTENT_BIASES, BEGIN_BIASES, SPEECH_FLOORS = (-0.9, -0.6, -0.3, 0.0), (-0.6, -0.45, -0.3, 0.0), (0.2, 0.3, 0.4, 0.5)
INDIRECT_SHARE = 0.1  # settles near-ties for the paraphrases, which are the hardest to find
LEAST_PRECISION = 85.0  # of spans, in percent: a statement shown to a reader had better be one


def as_line(story: dict[str, Any], found: Iterable[Found]) -> str:
    """One line for the scorer: the reported speech that was found in one story."""
    text = story["text"]
    quotes = [
        {
            "start": piece.start,
            "end": piece.end,
            "text": text[piece.start : piece.end],
            "speaker": piece.speaker
            and {"start": piece.speaker[0], "end": piece.speaker[1], "text": text[piece.speaker[0] : piece.speaker[1]]},
        }
        for piece in found
        if piece.speech
    ]
    return json.dumps({"id": story["id"], "text": text, "quotes": quotes})


def run_scorer(part: Part, found: Sequence[Sequence[Found]], *options: str) -> dict[str, Any]:
    """The scorer's figures, in percent, for what was found in the part's stories."""
    with tempfile.TemporaryDirectory() as folder:
        gold, predicted = Path(folder, "gold.jsonl"), Path(folder, "predicted.jsonl")
        gold.write_text("\n".join(json.dumps(story) for story in part.stories), encoding="utf-8")
        predicted.write_text("\n".join(map(as_line, part.stories, found)), encoding="utf-8")
        command = [sys.executable, str(part.scorer), str(gold), str(predicted), "--speech-only", "--json", *options]
        answer = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own arguments
    figures: dict[str, Any] = json.loads(answer.stdout)
    return figures


def figures_of(part: Part, found: Sequence[Sequence[Found]]) -> dict[str, float]:
    """The main figures on reported speech, and on direct quotations alone, in percent."""
    speech = run_scorer(part, found)
    direct = run_scorer(part, found, "--kinds", "direct", "--pred-kinds", "direct,mixed")
    recall = {f"recall, {kind}": share for kind, share in speech["recall_by_kind"].items()}
    return {
        "joint F1": speech["joint"]["F1"],
        "span precision": speech["iou50"]["P"],
        "span recall": speech["iou50"]["R"],
        "span F1": speech["iou50"]["F1"],
        "token F1": speech["tokens"]["F1"],
        "speaker accuracy": speech["speaker"]["either"],
        **recall,
        "direct only: joint F1": direct["joint"]["F1"],
        "direct only: span F1": direct["iou50"]["F1"],
    }


def tune(tagger: Tagger, part: Part) -> Tagger:
    """The tagger with the biases and the floor of the best joint F1 on the part, and a confidence fitted there."""
    texts = [story["text"] for story in part.stories]
    pieces = [
        read_pieces(text, doc, tagger.tokenizer, tagger.vocabulary) for text, doc in zip(texts, part.docs, strict=True)
    ]
    windows = list(tagger.score_windows(pieces))
    best, most = Decision(), -1.0
    for content, begin, floor in product(CONTENT_BIASES, BEGIN_BIASES, SPEECH_FLOORS):
        decision = Decision(content_bias=content, begin_bias=begin, speech_floor=floor)
        figures = run_scorer(part, _with(tagger, decision).decode_all(texts, pieces, windows))
        value = figures["joint"]["F1"] + INDIRECT_SHARE * figures["recall_by_kind"]["indirect"]
        value -= 2 * max(0.0, LEAST_PRECISION - figures["iou50"]["P"])
        if value > most:
            best, most = decision, value
    return _with(tagger, replace(best, calibration=_calibrate(_with(tagger, best), part, pieces, windows)))


def _with(tagger: Tagger, decision: Decision) -> Tagger:
    return Tagger(tagger.network, tagger.tokenizer, tagger.vocabulary, decision)


def _calibrate(
    tagger: Tagger, part: Part, pieces: Sequence[Pieces], windows: Iterable[tuple[int, Window, WindowScores]]
) -> tuple[float, ...]:
    """Logistic weights that turn a piece's evidence into the chance that its span and its speaker are right."""
    rows: list[list[float]] = []
    right: list[bool] = []
    for number, window, scores in windows:
        for span, piece in tagger.decode_one(window, scores):
            story = part.stories[number]
            text, its = story["text"], pieces[number]
            verdict = judge(story, word_span(text, its, span), piece.speaker and word_span(text, its, piece.speaker))
            if verdict is not None:
                rows.append([1.0, *(logit(value) for value in piece.evidence)])
                right.append(verdict)
    return fit_logistic(np.array(rows), np.array(right, dtype=np.float64))


def fit_logistic(rows: NDArray[np.float64], right: NDArray[np.float64]) -> tuple[float, ...]:
    """Ridge-regularised logistic regression by Newton's method; the first column of `rows` is 1."""
    weights = np.zeros(rows.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (right - chance) - weights
        curve = (rows * (chance * (1 - chance))[:, None]).T @ rows + np.eye(len(weights))
        weights = weights + np.linalg.solve(curve, slope)
    return tuple(round(float(weight), 5) for weight in weights)


def confidence_gap(part: Part, found: Sequence[Sequence[Found]]) -> float:
    """Expected calibration error, in percent, of the confidence of everything found in the part."""
    pairs = [
        (piece.confidence, float(verdict))
        for story, pieces in zip(part.stories, found, strict=True)
        for piece in pieces
        if (verdict := judge(story, (piece.start, piece.end), piece.speaker)) is not None
    ]
    table = np.array(pairs)
    which = np.minimum((table[:, 0] * _BINS).astype(int), _BINS - 1)
    gaps = [abs(float(np.sum(table[which == row, 0] - table[which == row, 1]))) for row in range(_BINS)]
    return 100 * sum(gaps) / len(table)


_CARD = """# Statement tagger: model card

Finds who said what in English news: the words, the speaker's mention, the cue, and which pieces belong together.

## What it is
The six layers of all-MiniLM-L6-v2 (sha256 of the base is checked; its word and position embeddings are used as
published and are not shipped), fine-tuned, with added inputs (casing, quotation state, paragraph edges, spaCy's tag,
dependency and entity) and five small heads: tags for content, cue and speaker, and a pointer each from the content to
its speaker and its cue. `tagger.safetensors` holds every trained matrix as int8 with one scale a row, the labels and
the decision settings; nothing is pickled. Two layouts are read by rule instead: "NAME: words" and "words" - Name.

## Data
The Political News Attribution Relations corpus (PolNeAR; Newell, Margolin and Ruths, 2018): US political news of seven
outlets, every attribution marked by hand. Trained on its train part (840 articles); the development part (84) chose
the decision settings and fitted the confidence, so the figures on it are slightly kind. **The corpus states no
licence and holds publishers' full texts; none of its text is in this repository.**

Stories of many forms (wire, tabloid, court, sport, science, local news, press release, interview, obituary, live blog
and more), 240 of them, invented and marked for this project by eight writers who had not seen the program:
`index/statements/teaching`. It learned from 150; every sixth by six of the writers, and all by the other two, are held
out (90), and nothing was chosen on these.

## Training
`python -m index.statements.training --quotes ../shared/eval/quotes --out index/statements/weights`

First the corpus alone, then the stories of many forms beside some of the corpus, drawn anew for each epoch, at a lower
rate; the weights are the mean of what both parts end with. Plan: `{plan}`.
Took {minutes:.0f} minutes for this file on CPU cores that were shared with other work. The seed is
fixed; where the time limit of the plan cuts training short, the number of steps depends on the machine.
Decision: `{decision}`.

## Figures
Percent; reported speech only, by the corpus's scorer (a statement counts as joint only if its span matches and its
speaker is right). Part by part: spans, speakers, tokens; end to end: joint.

{table}

Confidence: on the development part its mean distance from the share that is right is {gap:.1f} points.

## Limits
English news; of what is not US politics it has learned from invented stories alone. Long plays of dialogue,
fiction, and speakers named only in another paragraph are weak spots. Wishes and beliefs are found too and marked as
not speech; that line is fuzzy, for people as well. A mention is not an identity: who "he" is, is decided elsewhere.

## Licence
A changed copy of all-MiniLM-L6-v2, whose publishers license it under Apache-2.0; that licence goes with it, and this
card says what was changed. The corpus that it learned from states no licence; the stories of many forms are this
project's own.
"""


def write_card(path: Path, figures: Mapping[str, Mapping[str, float]], **facts: str | float) -> None:
    """Writes the card, with each part's figures in percent, and the facts that it has places for."""
    parts = list(figures)
    rows = [f"| figure | {' | '.join(parts)} |", "|---|" + "---|" * len(parts)]
    rows += [
        f"| {name} | " + " | ".join(f"{figures[part][name]:.1f}" for part in parts) + " |" for name in figures[parts[0]]
    ]
    path.write_text(_CARD.format(table="\n".join(rows), **facts), encoding="utf-8")
