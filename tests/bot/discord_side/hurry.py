"""An event loop whose clock runs faster than the one on the wall, so that minutes of waiting are tested in seconds."""

import asyncio
import selectors
import time
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class _HastySelector(selectors.DefaultSelector):
    """Waits for a fraction of the time that it is asked to."""

    pace: float = 1.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        return super().select(None if timeout is None else timeout / self.pace)


class HurriedLoop(asyncio.SelectorEventLoop):
    """A loop of which a second lasts 1/`pace` of one: sleeps, deadlines and timeouts included."""

    def __init__(self, pace: float) -> None:
        self.pace = pace
        self._began = time.monotonic()
        selector = _HastySelector()
        selector.pace = pace
        super().__init__(selector)

    def time(self) -> float:
        return self._began + (time.monotonic() - self._began) * self.pace


def hurried(work: Coroutine[Any, Any, T], *, pace: float) -> T:
    """What the work returns, done in such a loop."""
    with asyncio.Runner(loop_factory=lambda: HurriedLoop(pace)) as runner:
        return runner.run(work)
