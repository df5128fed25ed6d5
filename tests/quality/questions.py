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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from index.ranking.training.examples import (
    CONVERSATIONS,
    HELD_OUT_FOLD,
    ONLY_MEASURED,
    chat_files,
    fold_of,
    read_lines,
    stories_at,
)

EVAL = Path(os.environ.get("ONRECORD_EVAL", Path(__file__).parents[3] / "shared" / "eval"))
QUESTIONS, QUOTES = EVAL / "questions", EVAL / "quotes"
CANONICAL = "canonical-dev"
FIGURES = ("evidence@300", "evidence@1000", "story@1", "story@5", "balanced", "answered", "refused")
ASKS, LEARNED = "asks", "asks-learned"
LEARNED_STORIES = 40  # of those that the judge learned from, to set beside those that it never saw
ASKS_FIGURES = ("right", "hit@1", "hit@3", "order@1", "order@3", "refused", "clean", "complete", "verdict")
TALKED, TALKED_FIGURES = "conversations", ("right", "hit@1", "hit@3", "refused", "clean", "complete", "verdict")
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
    ASKS: Asked("– / – / – / 47.6 / 70.5 / –", "64 / 64 / 80 / 70 / 88 / 64 / 98 / 70 / 65", ASKS_FIGURES),
    LEARNED: Asked("–", "at most 3 above", ASKS_FIGURES),
    TALKED: Asked("–", "64 / 64 / 80 / 64 / 98 / 70 / 65", TALKED_FIGURES),
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
    if name == TALKED:
        return _conversations(library, reranking)
    return _asks(name, library, reranking) if name in (ASKS, LEARNED) else _question_set(name, library, reranking)


def _asks(name: str, library: Path, reranking: str) -> dict[str, float]:
    """Chat questions over stories that nothing here was taught with, or over some that the judge was; a line a kind
    goes to standard error, and the order of what was found counts as if nothing was refused."""
    folder, answers = EVAL / "asks", library.with_name(f"{name}-{reranking}.jsonl")
    questions, stories = (library.with_name(f"{name}-{part}.jsonl") for part in ("asked", "stories"))
    part = "dev" if name == ASKS else "train"
    held, asked = (read_lines(folder / f"{part}{end}.jsonl.gz") for end in ("-stories", ""))
    if name == LEARNED:
        held = [one for one in held if fold_of(one["id"]) != HELD_OUT_FOLD][:LEARNED_STORIES]
    ids = {one["id"] for one in held}
    asked = [one for one in asked if one["story"] in ids]
    _write(stories, held)
    _write(questions, asked)
    _ask(stories, questions, library, answers, reranking)
    found = _by_kind(name, questions, answers, reranking)
    return {"verdict": 0.0, **found, **_order(asked, read_lines(answers))}


def _by_kind(name: str, questions: Path, answers: Path, reranking: str) -> dict[str, float]:
    """The figures of all chat questions; a line a kind goes to standard error."""
    found = json.loads(_run(EVAL / "asks" / "score.py", questions, answers, "--json"))
    for kind, figures in found["by_kind"].items():
        print(f"{name}, re-ranking {reranking}, {kind}: {figures}", file=sys.stderr)
    return cast("dict[str, float]", found["all"])


def _conversations(library: Path, reranking: str) -> dict[str, float]:
    """What people asked one after the other, each of all stories of a server that nothing here was taught with."""
    rows = [one for one in read_lines(chat_files(EVAL / "asks")[CONVERSATIONS]) if one["server"] in ONLY_MEASURED]
    held = {one["id"]: one for path in stories_at(EVAL, CONVERSATIONS) for one in read_lines(path)}
    questions, answers = (library.with_name(f"{TALKED}-{part}.jsonl") for part in ("asked", reranking))
    parts = []
    for server in dict.fromkeys(row["server"] for row in rows):
        asked: list[dict[str, Any]] = [row for row in rows if row["server"] == server]
        before: dict[str, list[dict[str, str]]] = {}
        for row in asked:
            turns = before.setdefault(row["id"].rpartition("-")[0], [])
            row["history"] = list(turns)
            turns.append({"q": row["question"]})
        own, stories, answered = (
            library.with_name(f"{TALKED}-{server}-{part}.jsonl") for part in ("asked", "stories", reranking)
        )
        _write(own, asked)
        _write(stories, [held[one] for one in dict.fromkeys(row["story"] for row in asked)])
        _ask(stories, own, library.with_name(f"{TALKED}-{server}"), answered, reranking)
        parts += read_lines(answered)
    _write(questions, rows)
    _write(answers, parts)
    return {"verdict": 0.0, **_by_kind(TALKED, questions, answers, reranking)}


def _write(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")


def _order(asked: Sequence[Mapping[str, Any]], answers: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """How often the first, or one of the first three, of all sentences that were found answers."""
    found = {one["id"]: one["passages"] for one in answers}
    marks = [
        [_shares_half(passage, one["evidence"]) for passage in found[one["id"]][:3]] or [False]
        for one in asked
        if one["answerable"]
    ]
    count = len(marks)
    return {"order@1": sum(mark[0] for mark in marks) / count, "order@3": sum(map(any, marks)) / count}


def _shares_half(passage: Mapping[str, int], evidence: Sequence[Mapping[str, int]]) -> bool:
    start, end = passage["start"], passage["end"]
    return any(
        min(end, one["end"]) - max(start, one["start"]) >= 0.5 * min(end - start, one["end"] - one["start"])
        for one in evidence
    )


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
