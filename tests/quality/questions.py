"""`python -m tests.quality.questions FOLDER`: public question sets, asked through `onrecord ask --batch`, as a table.

`onrecord add` and `onrecord ask --batch` are the only doors. Each set is asked with and without re-ranking, beside the
best plain method measured on it. Needs ../shared/eval, or the folder that ONRECORD_EVAL names. Libraries are kept in
FOLDER and used again.
"""

# ruff: noqa: T201 (what this prints is what it is for)

import argparse
import gzip
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

EVAL = Path(os.environ.get("ONRECORD_EVAL", Path(__file__).parents[3] / "shared" / "eval"))
QUESTIONS, QUOTES = EVAL / "questions", EVAL / "quotes"
CANONICAL = "canonical-dev"
FIGURES = ("evidence@300", "evidence@1000", "story@1", "story@5", "balanced", "answered", "refused")
ASKS = "asks"
ASKS_FIGURES = ("right", "hit@1", "hit@3", "refused", "clean", "complete", "verdict")
QUOTE_FIGURES = ("what said, F1", "wrong speaker", "who said", "answered", "refused")


@dataclass(frozen=True, slots=True)
class Asked:
    """One set: the best figures of a plain method on it, and those to reach, in the order of `shown`."""

    plain: str
    reach: str
    shown: tuple[str, ...]


SETS = {
    "newsqa": Asked("61.2 / 85.8", "72 / 91", FIGURES[:2]),
    "abgcoqa": Asked("60.5 / 91.9", "70 / 95", FIGURES[:2]),
    "squad2": Asked("72.2 / 50", "84 / 70", ("evidence@300", *FIGURES[4:])),
    "quail": Asked("50", "62", FIGURES[4:]),
    "realtimeqa": Asked("39.3 / 65.0", "55 / 78", FIGURES[2:4]),
    ASKS: Asked("– / 47.6 / 70.5 / –", "64 / 64 / 80 / 64 / 98 / 70 / 65", ASKS_FIGURES),
    CANONICAL: Asked("–", "80 / ≤ 2 / 80 / 92 / 85", QUOTE_FIGURES),
}


def main() -> None:
    """Prints a line for each set and way of asking."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("libraries", type=Path, help="folder to keep the libraries in")
    parser.add_argument("--set", dest="sets", action="append", choices=tuple(SETS), help="only this one")
    options = parser.parse_args()
    options.libraries.mkdir(parents=True, exist_ok=True)
    print("| set | figures | best plain method | to reach | re-ranking | here |\n|---|---|---|---|---|---|")
    for name in options.sets or SETS:
        about = SETS[name]
        for reranking in ("on", "off"):
            found = measured(name, options.libraries / name, reranking)
            cells = " / ".join(f"{100 * found[figure]:.1f}" for figure in about.shown)
            print(
                f"| {name} | {' / '.join(about.shown)} | {about.plain} | {about.reach} | {reranking} | {cells} |",
                flush=True,
            )


def measured(name: str, library: Path, reranking: str) -> dict[str, float]:
    """The figures of one set; stories held already are not read again."""
    if name == CANONICAL:
        return _canonical(library, reranking)
    return _asks(library, reranking) if name == ASKS else _question_set(name, library, reranking)


def _asks(library: Path, reranking: str) -> dict[str, float]:
    """Chat questions over stories that nothing here was taught with; the figures of each kind go into a file, too."""
    folder, answers = EVAL / "asks", library.with_name(f"{ASKS}-{reranking}.jsonl")
    questions = library.with_name("asks-asked.jsonl")
    questions.write_bytes(gzip.decompress((folder / "dev.jsonl.gz").read_bytes()))
    _ask(folder / "dev-stories.jsonl.gz", questions, library, answers, reranking)
    printed = _run(folder / "score.py", questions, answers, "--json")
    answers.with_suffix(".by-kind.json").write_text(printed, encoding="utf-8")
    found: dict[str, float] = json.loads(printed)["all"]
    return {"verdict": 0.0, **found}


def _question_set(name: str, library: Path, reranking: str) -> dict[str, float]:
    questions = QUESTIONS / f"{name}-questions.jsonl.gz"
    answers = library.with_name(f"{name}-{reranking}.jsonl")
    _ask(QUESTIONS / f"{name}-stories.jsonl.gz", questions, library, answers, reranking)
    return _scored(QUESTIONS / "score.py", questions, answers)


def _canonical(library: Path, reranking: str) -> dict[str, float]:
    gold, questions, answers = (library.with_name(f"{CANONICAL}-{part}.jsonl") for part in ("gold", "asked", reranking))
    gold.write_bytes(gzip.decompress((QUOTES / "polnear-dev.jsonl.gz").read_bytes()))
    labels = QUOTES / f"{CANONICAL}.json"
    scorer = QUOTES / "score_canonical.py"
    _run(scorer, gold, labels, "--write-questions", questions)
    _ask(gold, questions, library, answers, reranking)
    found = cast("dict[str, object]", json.loads(_run(scorer, gold, labels, "--answers", answers, "--json")))
    said = cast("Mapping[str, float]", found["what_said"])
    rest = [float(cast("float", found[name])) for name in ("who_said", "answered", "refused")]
    return dict(zip(QUOTE_FIGURES, (said["F1"], said["wrong_speaker"], *rest), strict=True))


def _ask(stories: Path, questions: Path, library: Path, answers: Path, reranking: str) -> None:
    """Adds the stories and asks the questions; what is printed goes into a file."""
    environment = {**os.environ, "ONRECORD_RERANKING": reranking}
    held = str(library)
    _run("-m", "bot", "add", stories, "--library", held, environment=environment)
    printed = _run("-m", "bot", "ask", "--batch", questions, "--json", "--library", held, environment=environment)
    answers.write_text(printed, encoding="utf-8")


def _scored(scorer: Path, questions: Path, answers: Path) -> dict[str, float]:
    return cast("dict[str, float]", json.loads(_run(scorer, questions, answers, "--json")))


def _run(*arguments: object, environment: Mapping[str, str] | None = None) -> str:
    """What another Python process prints."""
    command = [sys.executable, *map(str, arguments)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8", env=environment).stdout


if __name__ == "__main__":
    main()
