"""The lag of an event loop that has nothing to do, in a process of its own: what the machine itself makes all wait.

`python -m tests.benchmarks.idle_loop` samples until its input ends, and prints its samples as JSON.
"""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

SAMPLE_S = 0.005


async def sample(lags_ms: list[float]) -> None:
    """Notes how much later than asked this loop goes on, again and again."""
    while True:
        began = time.perf_counter()
        await asyncio.sleep(SAMPLE_S)
        lags_ms.append((time.perf_counter() - began - SAMPLE_S) * 1000)


@contextmanager
def idle_loop_beside() -> Iterator[list[float]]:
    """The lags, in milliseconds, of an idle loop during the block; they are there behind it."""
    lags_ms: list[float] = []
    beside = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.idle_loop"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield lags_ms
    finally:
        printed, _ = beside.communicate()
        lags_ms += json.loads(printed)


def percentile(values: list[float], share: float) -> float:
    """The value that this share of all does not exceed."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else float("nan")


async def _until_told() -> list[float]:
    lags_ms: list[float] = []
    sampling = asyncio.create_task(sample(lags_ms))
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    sampling.cancel()
    return lags_ms


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(_until_told())))
