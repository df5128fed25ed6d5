"""`onrecord bench`: how fast it is on this machine, each figure beside a limit that was measured in the same run."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

import click

from bot.libraries import seed_stories
from bot.rendering.contract import JsonObject
from bot.terminal.options import json_option, library_option, opened
from bot.terminal.screen import print_json, progress_bar
from index.story import Story

QUESTIONS = (
    "what did Ryan say?",
    "who called on Sessions to resign?",
    "what did Pelosi say about the oath?",
    "when did Sessions recuse himself?",
    "what did Merkel say?",
)
ROUNDS = 10
ADDED_STORIES = 16


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: what was measured, and the limit beside it, in the same unit."""

    what: str
    value: float
    unit: str
    limit: float | None = None
    limit_is: str = ""


@click.command()
@library_option
@json_option
def bench(library: str | None, as_json: bool) -> None:
    """Measure cold starts, questions, adding and memory here, each beside a bare limit."""
    with progress_bar("Measuring") as advanced:
        figures: list[Figure] = []
        for done, measure in enumerate((_cold_starts, _questions, _adding), start=1):
            figures.extend(measure(library))
            advanced(done, 3)
    figures.append(Figure("memory, at its highest", _memory_mb(), "MB"))
    for figure in figures:
        print_json(_as_json(figure)) if as_json else click.echo(_line(figure))


def _cold_starts(library: str | None) -> Iterable[Figure]:
    """Whole processes, from nothing to the printed result, beside one that only imports the encoder's package."""
    with opened(library):
        place = ["--library", library] if library else []
    command = [sys.executable, "-m", "bot"]
    imported = _timed(lambda: _run([sys.executable, "-c", "import sentence_transformers"]))
    beside = "import sentence_transformers"
    for arguments in (["--help"], ["speaker", "Ryan", *place], ["ask", QUESTIONS[0], *place]):
        taken = _timed(lambda given=arguments: _run([*command, *given]))  # type: ignore[misc]  # a lambda's default
        yield Figure(f"cold start, onrecord {arguments[0]}", taken * 1000, "ms", imported * 1000, beside)


def _questions(library: str | None) -> Iterable[Figure]:
    """Questions asked of a warm library, beside the encoder's own forward pass for each."""
    from bot.answering import ask
    from index.embedding import SentenceEmbedder

    embedder = SentenceEmbedder()
    with opened(library) as shelf:
        asked = [_times(lambda q=question: ask(shelf, q)) for question in QUESTIONS]  # type: ignore[misc]
        bare = [_times(lambda q=question: embedder.embed([q])) for question in QUESTIONS]  # type: ignore[misc]
    took, forward = sorted(t * 1000 for each in asked for t in each), sorted(t * 1000 for each in bare for t in each)
    beside = "the encoder's forward pass"
    yield Figure("a warm question, median", median(took), "ms", median(forward), beside)
    yield Figure(
        "a warm question, 99th percentile", quantiles(took, n=100)[98], "ms", quantiles(forward, n=100)[98], beside
    )
    yield Figure(
        "questions a second, one asker", 1000 * len(took) / sum(took), "/s", 1000 * len(forward) / sum(forward), beside
    )


def _adding(_library: str | None) -> Iterable[Figure]:
    """Stories made from the seed, each paragraph numbered so that none repeats, into libraries that are thrown away."""
    from index.embedding import SentenceEmbedder
    from index.library import Library
    from index.passages import passages_of
    from index.statements.extraction import Attributor
    from index.statements.parsing import Parser

    stories = [_numbered(story, n) for story in seed_stories() for n in range(ADDED_STORIES)]
    texts = [passage.span.of(story.text) for story in stories for passage in passages_of(story)]
    embedder, attributor, parser = SentenceEmbedder(), Attributor.load(), Parser.load()
    embedder.load()
    encoded = _timed(lambda: embedder.embed(texts))
    parsed = _timed(lambda: list(parser.parse_all([story.text for story in stories])))
    attributed = _timed(lambda: attributor.attribute_all(stories))
    with TemporaryDirectory() as folder:
        with Library.open(Path(folder) / "plain", embedder=embedder, attribution=False) as plain:
            kept = _timed(lambda: plain.add(stories))
        with Library.open(Path(folder) / "whole", embedder=embedder, attributor=attributor) as whole:
            added = _timed(lambda: whole.add(stories))
        size = sum(path.stat().st_size for path in (Path(folder) / "whole").rglob("*") if path.is_file())
    number = len(stories)
    yield Figure(
        "passages added a second, attribution off", len(texts) / kept, "/s", len(texts) / encoded, "the bare encoder"
    )
    yield Figure("stories read for statements a second", number / attributed, "/s", number / parsed, "spaCy alone")
    yield Figure(
        "stories added a second, all in all", number / added, "/s", number / (encoded + parsed), "encoder and spaCy"
    )
    yield Figure(
        "on disk, a story", size / number / 1024, "KB", sum(len(s.text) for s in stories) / number / 1024, "its text"
    )


def _numbered(story: Story, number: int) -> Story:
    lines = [f"{line} ({number}.{at})" if line.strip() else line for at, line in enumerate(story.text.split("\n"))]
    return replace(story, id=f"{story.id}-{number}", text="\n".join(lines))


def _timed(work: Callable[[], object]) -> float:
    """How many seconds the work took."""
    began = perf_counter()
    work()
    return perf_counter() - began


def _times(work: Callable[[], object]) -> list[float]:
    """How many seconds each of some rounds took, after one that does not count."""
    work()
    return [_timed(work) for _ in range(ROUNDS)]


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "HF_HUB_OFFLINE": "1"})  # noqa: S603 - ours


def _memory_mb() -> float:
    """The most memory this process has held, in MB (Linux counts it in KB, macOS in bytes)."""
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def _as_json(figure: Figure) -> JsonObject:
    return {
        "what": figure.what,
        "value": round(figure.value, 3),
        "unit": figure.unit,
        "limit": None if figure.limit is None else round(figure.limit, 3),
        "limit_is": figure.limit_is or None,
    }


def _line(figure: Figure) -> str:
    beside = "" if figure.limit is None else f"  {figure.limit:>10,.1f} {figure.unit:<2} {figure.limit_is}"
    return f"{figure.what:<42}{figure.value:>10,.1f} {figure.unit:<2}{beside}"
