"""`python -m tests.quality.pages [--kept|--later|--unseen]`: reading's figures on the labelled pages beside trafilatura's.

`--kept`, `--later` and `--unseen` ask the pages of those templates that reading was not built on; `--wrong` names what is wrong.
"""

import sys
from collections.abc import Callable, Sequence
from time import process_time

from tests.quality.pages.made import Labelled
from tests.quality.pages.readers import ours, trafilaturas
from tests.quality.pages.scoring import FACTS, Read, Score, f1, same, score, shared_runs
from tests.quality.pages.sets import SETS

ROUNDS = 3


def timed(reader: Callable[[Labelled], Read], pages: Sequence[Labelled]) -> tuple[list[Read], float]:
    """What a reader takes from pages, and its seconds of a processor a page."""
    began = process_time()
    found = [reader(page) for page in pages]
    return found, (process_time() - began) / len(pages)


def table(pages: Sequence[Labelled]) -> str:
    """The figures of both, a line each; the two take turns, and the quickest of their rounds counts."""
    seconds: dict[str, list[float]] = {"here": [], "trafilatura": []}
    read: dict[str, list[Read]] = {}
    for _ in range(ROUNDS):
        for name, reader in (("here", ours), ("trafilatura", trafilaturas)):
            read[name], took = timed(reader, pages)
            seconds[name].append(took)
    scores = {name: score(zip(pages, found, strict=True)) for name, found in read.items()}
    times = {name: min(each) for name, each in seconds.items()}
    head = (
        "| | text P / R / F1 | "
        + " | ".join(f"{fact} right / wrong" for fact in FACTS)
        + " | cut off P / R | pages a second |"
    )
    lines = [_line(name, scores[name], times[name], times["trafilatura"]) for name in scores]
    return "\n".join([f"{len(pages)} pages", head, "|---" * (len(FACTS) + 4) + "|", *lines])


def _line(name: str, of: Score, seconds: float, theirs: float) -> str:
    facts = " | ".join(f"{of.right[fact]:.1%} / {of.wrong[fact]:.1%}" for fact in FACTS)
    cut = "–" if name == "trafilatura" else f"{of.cut_precision:.0%} / {of.cut_recall:.0%}"
    return f"| {name} | {of.precision:.3f} / {of.recall:.3f} / {of.f1:.3f} | {facts} | {cut} | {1 / seconds:.0f} ({theirs / seconds:.2f}) |"


def wrong(pages: Sequence[Labelled]) -> list[str]:
    """What reading has wrong, a line each."""
    lines: list[str] = []
    for page in pages:
        read = ours(page)
        share = f1(*shared_runs("\n".join(page.text), read.text))
        if share < 0.99:
            lines.append(f"{page.name}: text {share:.3f}")
            given = read.text.split("\n")
            lines += [f"    + {line[:160]}" for line in given if line not in page.text]
            lines += [f"    - {line[:160]}" for line in page.text if line not in given]
        for fact in FACTS:
            if not same(getattr(page, fact), getattr(read, fact)):
                lines.append(f"{page.name}: {fact} {getattr(read, fact)!r} for {getattr(page, fact)!r}")
        if page.cut != read.cut:
            lines.append(f"{page.name}: cut {read.cut} for {page.cut}")
    return lines


def main() -> int:
    """Prints the table, or what is wrong."""
    pages = SETS[next((one for one in SETS if f"--{one}" in sys.argv), "built on")]()
    sys.stdout.write("\n".join(wrong(pages)) + "\n" if "--wrong" in sys.argv else table(pages) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
