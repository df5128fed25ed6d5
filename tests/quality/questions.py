"""`python -m tests.quality.questions`: evidence and refusals on public question sets, as a Markdown table.

`onrecord add` and `onrecord ask --batch` are the only doors. Needs ../shared/eval, or the folder that ONRECORD_EVAL
names. Libraries are kept in the folder given, and used again.
"""

# ruff: noqa: T201 (what this prints is what it is for)

import argparse
import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

EVAL = Path(os.environ.get("ONRECORD_EVAL", Path(__file__).parents[3] / "shared" / "eval"))
SETS = {
    "newsqa": "61.2 / 85.8",
    "abgcoqa": "60.5 / 91.9",
    "squad2": "72.2 / 99.9; balanced 50",
    "quail": "balanced 50",
    "realtimeqa": "story@1 39.3, story@5 65.0",
}
FIGURES = ("evidence@300", "evidence@1000", "story@1", "story@5", "answered", "refused", "balanced")


def load_scoring(folder: Path) -> Callable[..., dict[str, float]]:
    """The `score` function that lies beside the questions."""
    spec = importlib.util.spec_from_file_location("question_scoring", folder / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(folder / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    scoring: Callable[..., dict[str, float]] = module.score
    return scoring


def run_onrecord(*arguments: str) -> str:
    """What the command line prints."""
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout


def measure(folder: Path, name: str, libraries: Path) -> dict[str, float]:
    """The figures of one set; stories held already are not read again."""
    library = libraries / name
    run_onrecord("add", str(folder / f"{name}-stories.jsonl.gz"), "--library", str(library))
    questions = folder / f"{name}-questions.jsonl.gz"
    printed = run_onrecord("ask", "--batch", str(questions), "--json", "--library", str(library))
    answers = [json.loads(line) for line in printed.splitlines() if line.strip()]
    return load_scoring(folder)(load_lines(questions), answers)


def load_lines(path: Path) -> list[dict[str, object]]:
    """The objects of a packed file of lines."""
    import gzip

    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def main() -> None:
    """Prints a line for each set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("libraries", type=Path, help="folder to keep the libraries in")
    parser.add_argument("--set", dest="sets", action="append", choices=tuple(SETS), help="only this one")
    options = parser.parse_args()
    options.libraries.mkdir(parents=True, exist_ok=True)
    print("| set | best plain method | " + " | ".join(FIGURES) + " |")
    print("|---" * (2 + len(FIGURES)) + "|")
    for name in options.sets or SETS:
        found = measure(EVAL / "questions", name, options.libraries)
        cells = [f"{100 * found[figure]:.1f}" if figure in found else "" for figure in FIGURES]
        print(f"| {name} | {SETS[name]} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
