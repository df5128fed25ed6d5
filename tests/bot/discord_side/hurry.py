"""An event loop in which waiting goes by faster than on the wall, so that minutes of it are tested in seconds.

What the loop itself does counts as long as it takes, and no time counts for which the machine lets it wait.
"""

import asyncio
import selectors
import time
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class _HastySelector(selectors.DefaultSelector):
    """Waits for a fraction of the time that it is asked to; `skipped_s` is what was saved so far."""

    pace: float = 1.0
    skipped_s: float = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        began, least = time.monotonic(), None if timeout is None else timeout / self.pace
        found = super().select(least)
        taken = time.monotonic() - began
        waited = taken if least is None else min(taken, max(least, 0.0))
        self.skipped_s += waited * self.pace - taken
        return found


class HurriedLoop(asyncio.SelectorEventLoop):
    """A loop in which a second of waiting lasts 1/`pace` of one: sleeps, deadlines and timeouts included."""

    def __init__(self, pace: float) -> None:
        self.pace = pace
        self._hasty = _HastySelector()
        self._hasty.pace = pace
        super().__init__(self._hasty)

    def time(self) -> float:
        return time.monotonic() + self._hasty.skipped_s


def hurried(work: Coroutine[Any, Any, T], *, pace: float) -> T:
    """What the work returns, done in such a loop."""
    with asyncio.Runner(loop_factory=lambda: HurriedLoop(pace)) as runner:
        return runner.run(work)
