"""When garbage is looked for: each look stops every thread, the event loop's too, as long as there is much to look at.

A library that is held is hundreds of thousands of small values, which are let go of without any look once nobody needs
them. So what has stayed after one look is passed over by those that follow.
"""

import gc
from collections.abc import Callable
from time import monotonic

ALL_EVERY_S = 3_600.0
"""Seconds after which everything is looked at again: what has stayed may have become garbage meanwhile."""
_OLDEST = 2


class Looks:
    """Has each full look for garbage pass over what the ones before it left, from `begin` until `end`."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._all_at = 0.0

    def begin(self) -> None:
        """Looks at everything once, and at nothing of it again for an hour."""
        if self._look not in gc.callbacks:
            gc.callbacks.append(self._look)
        self._all_at = self._clock()
        gc.unfreeze()
        gc.collect()

    def end(self) -> None:
        """Leaves it to Python again."""
        if self._look in gc.callbacks:
            gc.callbacks.remove(self._look)
            gc.unfreeze()

    def _look(self, phase: str, told: dict[str, int]) -> None:
        """What Python calls before and after each look."""
        if told["generation"] < _OLDEST:
            return
        if phase == "stop":
            gc.freeze()
        elif self._clock() - self._all_at >= ALL_EVERY_S:
            self._all_at = self._clock()
            gc.unfreeze()
