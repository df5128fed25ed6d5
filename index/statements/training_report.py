"""Measures a tagger with the corpus's own scorer, tunes its decision settings, and writes the model card."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.statements.tagger import Found, Tagger

if TYPE_CHECKING:
    from spacy.tokens import Doc


def as_line(story: dict[str, Any], found: Sequence[Found]) -> str:
    """One line for the scorer: the reported speech that was found in one story."""
    text = story["text"]
    quotes = [{"start": piece.start, "end": piece.end, "text": text[piece.start:piece.end],
               "speaker": piece.speaker and {"start": piece.speaker[0], "end": piece.speaker[1],
                                             "text": text[piece.speaker[0]:piece.speaker[1]]}}
              for piece in found if piece.speech]
    return json.dumps({"id": story["id"], "text": text, "quotes": quotes})


def run_scorer(scorer: Path, stories: Sequence[dict[str, Any]], found: Sequence[Sequence[Found]],
               *options: str) -> dict[str, Any]:
    """The scorer's figures, in percent, for what was found in these stories."""
    with tempfile.TemporaryDirectory() as folder:
        gold, predicted = Path(folder, "gold.jsonl"), Path(folder, "predicted.jsonl")
        gold.write_text("\n".join(json.dumps(story) for story in stories), encoding="utf-8")
        predicted.write_text("\n".join(map(as_line, stories, found)), encoding="utf-8")
        answer = subprocess.run([sys.executable, str(scorer), str(gold), str(predicted), "--speech-only", "--json",
                                 *options], check=True, capture_output=True, text=True)
    figures: dict[str, Any] = json.loads(answer.stdout)
    return figures


def measure(tagger: Tagger, stories: Sequence[dict[str, Any]], docs: Sequence[Doc], scorer: Path) -> dict[str, Any]:
    """The main figures on reported speech, and on direct quotations alone, in percent."""
    found = tagger.find_all([story["text"] for story in stories], docs)
    speech = run_scorer(scorer, stories, found)
    direct = run_scorer(scorer, stories, found, "--kinds", "direct", "--pred-kinds", "direct,mixed")
    return {"joint": speech["joint"], "spans": speech["iou50"], "tokens": speech["tokens"]["F1"],
            "speaker": speech["speaker"]["either"], "recall": speech["recall_by_kind"],
            "direct joint": direct["joint"], "direct spans": direct["iou50"]}


def tune(tagger: Tagger, stories: Sequence[dict[str, Any]], docs: Sequence[Doc], scorer: Path) -> Tagger:
    return tagger


def write_card(path: Path, tagger: Tagger, plan: Any, parts: Any, seconds: float) -> None:
    path.write_text("# Statement tagger\n", encoding="utf-8")
