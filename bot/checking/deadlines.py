"""A moment after which work is given up: whoever works looks at it between steps, so that the work really ends.

The seconds are those of the thread that works, so that a busy machine makes nothing fail.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from time import thread_time

from bot.errors import TooSlow

CHECK_S = 10.0
"""Seconds for the check of one text: a thousand times what it takes, less than anybody waits."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """So many seconds from when it is made."""

    seconds: float = CHECK_S
    clock: Callable[[], float] = thread_time
    started: float = field(init=False, default=0.0)

    def __post_init__(self) -> None:
        object.__setattr__(self, "started", self.clock())

    def check(self) -> None:
        """Raises TooSlow once the time is over."""
        if self.clock() - self.started > self.seconds:
            raise TooSlow(self.seconds)
