"""One line of the benchmark, and how its seconds are counted; its lines as the README's tables, and as pictures."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from bot.rendering.contract import JsonObject

HEAD = "| | here | beside | times |\n|---|---|---|---|\n"
PEERS = "peers"
_RATIOS = {"speed": ("cold start", "memory", "warm question", "adding"), "peers": ("peers",)}
_OURS, _THEIRS = "#3b6ea5", "#b9b2a3"


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, and the limit or peer beside it, in the same unit; `x` is its place on a plot's axis."""

    what: str
    value: float
    unit: str
    limit: float | None = None
    limit_is: str = ""
    part: str = ""
    x: float | None = None

    @property
    def ratio(self) -> float | None:
        """How many times the limit the value is."""
        return self.value / self.limit if self.limit else None

    @property
    def row(self) -> str:
        """The line of a table in Markdown, as the README has it."""
        beside = "" if self.limit is None else f"{self.limit:,.2f} {self.unit}".rstrip() + f", {self.limit_is}"
        times = "" if self.ratio is None else f"{self.ratio:.2f}"
        return f"| {self.what} | {f'{self.value:,.2f} {self.unit}'.rstrip()} | {beside} | {times} |"

    def as_json(self) -> JsonObject:
        """The line for a program."""
        return {
            "part": self.part,
            "what": self.what,
            "value": round(self.value, 4),
            "unit": self.unit,
            "limit": None if self.limit is None else round(self.limit, 4),
            "limit_is": self.limit_is or None,
            "ratio": None if self.ratio is None else round(self.ratio, 3),
        }


def timed(work: Callable[[], object]) -> float:
    """How many seconds the work took."""
    began = perf_counter()
    work()
    return perf_counter() - began


def middle_ms(seconds: Sequence[float]) -> float:
    """The median, in milliseconds."""
    return 1000 * median(seconds)


def worst_ms(seconds: Sequence[float]) -> float:
    """The 99th percentile, in milliseconds."""
    return 1000 * quantiles(seconds, n=100)[98]


def process_s(*arguments: str) -> float:
    """How many seconds a new Python process took. Raises CalledProcessError where it failed."""
    return timed(lambda: run_python(*arguments))


def run_python(*arguments: str, **set_for_it: str) -> str:
    """What a new Python process printed, with this set for it. Raises CalledProcessError where it failed."""
    environment = {**os.environ, "HF_HUB_OFFLINE": "1"}
    environment.pop("OPENBLAS_NUM_THREADS", None)  # what this program sets for itself is not for its peers
    command, given = [sys.executable, *arguments], environment | set_for_it
    ran = subprocess.run(command, check=True, capture_output=True, text=True, env=given)  # noqa: S603 - ours
    return ran.stdout


def process_mb(code: str) -> float:
    """The most memory that a new Python process held for some code. Raises CalledProcessError where it failed."""
    told = f"\nfrom {__name__} import peak_mb\nprint()\nprint(peak_mb())"
    return float(run_python("-c", code + told).splitlines()[-1])


def told_by(*arguments: str, **set_for_it: str) -> dict[str, float]:
    """The numbers that a new Python process printed as JSON on its last line."""
    told: dict[str, float] = json.loads(run_python(*arguments, **set_for_it).splitlines()[-1])
    return told


def peak_mb() -> float:
    """The most memory this program has held, in MB; a system that does not say, counts what started it too."""
    status = Path("/proc/self/status")
    if status.exists():
        (held,) = (line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(held) / 1024
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)  # macOS counts it in bytes


def with_tables(readme: str, figures: Sequence[Figure]) -> str:
    """The README with its tables of figures made of these; that of peers is left where none was measured.

    Raises ValueError where it does not have the two tables.
    """
    before, *tables = readme.split(HEAD)
    if len(tables) != 2:
        raise ValueError("it has not two tables of figures")
    peers = [figure for figure in figures if figure.part == PEERS]
    own = [figure for figure in figures if figure.part != PEERS]
    made = [_rewritten(table, rows) if rows else table for table, rows in zip(tables, (own, peers), strict=True)]
    return HEAD.join([before, *made])


def _rewritten(table: str, figures: Sequence[Figure]) -> str:
    """What follows a table's head, with rows of these in place of those that it has."""
    lines = table.splitlines(keepends=True)
    after = next((at for at, line in enumerate(lines) if not line.startswith("| ")), len(lines))
    return "".join([*(f"{figure.row}\n" for figure in figures), *lines[after:]])


def draw(figures: Sequence[Figure], folder: Path) -> tuple[Path, ...]:
    """Draws what there are figures for; the files drawn. Needs matplotlib (pip install 'onrecord[bench]')."""
    import matplotlib as mpl

    mpl.use("agg")
    folder.mkdir(parents=True, exist_ok=True)
    drawn = []
    searches = [one for one in figures if one.part == "search" and one.unit == "ms"]
    if searches:
        drawn.append(_searches(searches, folder / "search.png"))
    medians = [one for one in figures if one.ratio and "percentile" not in one.what]
    for name, parts in _RATIOS.items():
        chosen = [one for one in medians if one.part in parts]
        if chosen:
            drawn.append(_ratios(chosen, folder / f"{name}.png"))
    return tuple(drawn)


def _searches(figures: Sequence[Figure], path: Path) -> Path:
    """Milliseconds by the number of passages, on logarithmic axes: what is used, and the limits beside it."""
    from matplotlib import pyplot

    drawing, axes = pyplot.subplots(figsize=(7, 4), layout="constrained")
    for limit in dict.fromkeys(one.limit_is for one in figures):
        points = [(one.x, one.limit) for one in figures if one.limit_is == limit]
        axes.plot(*zip(*points, strict=True), marker="o", linestyle="--", label=limit)
    points = list(dict.fromkeys((one.x, one.value) for one in figures))
    axes.plot(*zip(*points, strict=True), marker="o", color=_OURS, linewidth=2, label="this index")
    axes.set(xscale="log", yscale="log", xlabel="passages", ylabel="milliseconds a search (median)")
    axes.legend(frameon=False)
    drawing.savefig(path, dpi=120)
    pyplot.close(drawing)
    return path


def _ratios(figures: Sequence[Figure], path: Path) -> Path:
    """A bar for each figure: how many times its limit it is."""
    from matplotlib import pyplot

    names = [f"{one.what}\n(1 = {one.limit_is})" for one in figures]
    drawing, axes = pyplot.subplots(figsize=(8, 0.45 * len(figures) + 1), layout="constrained")
    bars = axes.barh(names, [one.ratio or 0 for one in figures], color=_OURS)
    axes.bar_label(bars, fmt="%.2f", padding=4)
    axes.axvline(1, color=_THEIRS, zorder=0)
    axes.invert_yaxis()
    axes.set(xscale="log", xlabel="times what stands beside it in the same run")
    axes.margins(x=0.15)
    axes.tick_params(labelsize=8)
    drawing.savefig(path, dpi=120)
    pyplot.close(drawing)
    return path
