"""One line of the benchmark's table, and how its seconds are counted."""

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


def run_python(*arguments: str) -> str:
    """What a new Python process printed. Raises CalledProcessError where it failed."""
    environment = {**os.environ, "HF_HUB_OFFLINE": "1"}
    environment.pop("OPENBLAS_NUM_THREADS", None)  # what this program sets for itself is not for its peers
    command = [sys.executable, *arguments]
    ran = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)  # noqa: S603 - ours
    return ran.stdout


def process_mb(code: str) -> float:
    """The most memory that a new Python process held for some code. Raises CalledProcessError where it failed."""
    told = f"\nfrom {__name__} import peak_mb\nprint()\nprint(peak_mb())"
    return float(run_python("-c", code + told).splitlines()[-1])


def told_by(*arguments: str) -> dict[str, float]:
    """The numbers that a new Python process printed as JSON on its last line."""
    told: dict[str, float] = json.loads(run_python(*arguments).splitlines()[-1])
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
