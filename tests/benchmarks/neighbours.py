"""`python -m tests.benchmarks.neighbours [NAME...]`: one owner adds what is made to be slow; others add and ask.

Each hostile input comes at its full size, and once more as large as a story may be. For each it says what became of
it, what it cost the worker processes, and how long the others waited for adding a story like the seed's and for their
answers. Models and worker processes are those that come along; an idle loop beside it says what is the machine's.
"""

import asyncio
import os
import resource
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.discord_side.libraries.desk import Desk
from bot.discord_side.libraries.engine import LibraryEngine
from bot.discord_side.libraries.place import Place
from bot.discord_side.libraries.sources import File, Pasted, Source
from bot.discord_side.limits import Limits
from bot.discord_side.messages.questions import Asked
from bot.settings import Settings
from index.errors import StoriesError
from index.reading.bounds import BOUNDS
from tests.benchmarks.idle_loop import idle_loop_beside, percentile, sample
from tests.bot.discord_side.shelf import seed_story

EVIL, GOOD = "user-666", "server-1"
ADDING_S, ANSWER_S, CPU_S, MEMORY_MB = 10.0, 2.0, 60.0, 1_000.0
ASKERS = 4
PROSE = "The mayor said that the harbour will be shut on Monday, because of the storm, and the people went home. " * 10
LARGEST = BOUNDS.story_chars - 1_000
UNITS: Mapping[str, str] = {
    "one name": "John ",
    "one paragraph of quotations": "“The harbour is open,” he said. ",
    "labels": "X: yes\n",
    "questions and answers": "Q. Is it open?\nA. It is open.\n",
    "short lines": "a\n",
}
LIMITS = Limits()


def inputs() -> Mapping[str, tuple[str, bytes]]:
    """Each hostile file, by what it is."""
    attributes = " ".join(f"a{at}=1" for at in range(100_000))
    made = {
        "a tag of 100,000 attributes": ("a.html", f"<html><body><p {attributes}>{PROSE}</p></body></html>"),
        "5 MB of line breaks": ("a.html", f"<html><body><p>{PROSE}{'<br>' * 1_249_000}</p></body></html>"),
    }
    for name, unit in UNITS.items():
        made[f"{name}, 1 MB"] = ("a.txt", unit * (1_000_000 // len(unit)))
        made[f"{name}, as long as a story may be"] = ("a.txt", unit * (LARGEST // len(unit)))
    return {name: (file, text.encode()) for name, (file, text) in made.items()}


@dataclass
class Waited:
    """Seconds that others waited, and what became of the input."""

    adding: list[float] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)
    outcome: str = ""

    @property
    def well(self) -> bool:
        """Whether nobody waited too long."""
        return max(self.adding, default=0) <= ADDING_S and percentile(self.answers, 0.99) <= ANSWER_S


async def added(desk: Desk, owner: str, source: Source) -> str:
    """What became of a source."""
    try:
        taken = await desk.intake.add(owner, source)
    except StoriesError as refused:
        return str(refused)
    return f"{len(taken.new)} added, {taken.statements} statements; {' '.join(taken.unreadable)}"


async def beside(desk: Desk, file: File) -> Waited:
    """One owner adds a file; until it is through, another adds stories and others ask."""
    waited = Waited()
    evil = asyncio.create_task(added(desk, EVIL, file))

    async def add() -> None:
        number = 0
        while not evil.done() or not number:
            number += 1
            text = seed_story().text.replace("Peters", f"Peters{time.monotonic_ns()}")
            began = time.perf_counter()
            await added(desk, GOOD, Pasted(text, title=f"Report {time.monotonic_ns()}"))
            waited.adding.append(time.perf_counter() - began)

    async def ask(asker: int) -> None:
        number = 0
        while not evil.done() or number < 5:
            number += 1
            began = time.perf_counter()
            asked = Asked(f"what did Ryan say on day {time.monotonic_ns()}?", asker, place=Place(f"server-{asker}"))
            await desk.pages(asked)
            waited.answers.append(time.perf_counter() - began)
            await asyncio.sleep(0.25)

    await asyncio.gather(add(), *(ask(asker) for asker in range(2, 2 + ASKERS)))
    waited.outcome = await evil
    return waited


def spent() -> tuple[float, float]:
    """Seconds of a processor of all processes that this one has started, and the most megabytes that one ever had."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds, largest = ended.ru_utime + ended.ru_stime, ended.ru_maxrss / 1024
    for child in " ".join(one.read_text() for one in Path("/proc/self/task").glob("*/children")).split():
        with suppress(OSError, ValueError, IndexError):
            times = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[11:13]
            seconds += sum(map(int, times)) / os.sysconf("SC_CLK_TCK")
            status = Path(f"/proc/{child}/status").read_text()
            largest = max(largest, int(status.partition("VmHWM:")[2].split()[0]) / 1024)
    return seconds, largest


async def run(names: tuple[str, ...]) -> bool:
    """Tries each input; whether all is within its limits."""
    well = True
    lags_ms: list[float] = []
    with TemporaryDirectory() as folder:
        desk = Desk(LibraryEngine(Settings(library=Path(folder) / "library")))
        await desk.start()
        await added(desk, GOOD, Pasted(seed_story().text, title="First"))
        sampling = asyncio.create_task(sample(lags_ms))
        for name, (file, content) in inputs().items():
            if names and not any(one in name for one in names):
                continue
            before_s, _ = spent()
            waited = await beside(desk, File(file, content, LIMITS.unpacked_bytes))
            after_s, largest_mb = spent()
            sys.stdout.write(
                f"{name}: {waited.outcome[:150]}\n    additions of others: {len(waited.adding)}, the slowest "
                f"{max(waited.adding):.1f} s (at most {ADDING_S:.0f}); {len(waited.answers)} answers, p99 "
                f"{percentile(waited.answers, 0.99):.2f} s (at most {ANSWER_S:.0f}); worker processes: "
                f"{after_s - before_s:.0f} s of a processor for all of it, the largest so far {largest_mb:.0f} MB\n"
            )
            sys.stdout.flush()
            well &= waited.well
        sampling.cancel()
        sys.stdout.write(f"event-loop lag: p99 {percentile(lags_ms, 0.99):.0f} ms, max {max(lags_ms):.0f}\n")
        await desk.close()
    return well


def main(*names: str) -> int:
    """Prints the figures; 1 where one is above its limit."""
    with idle_loop_beside() as idle:
        well = asyncio.run(run(names))
    sys.stdout.write(f"an idle loop beside it: p99 {percentile(idle, 0.99):.0f} ms, max {max(idle):.0f}\n")
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
