"""Notes that give way to answers: a write takes the processor for as long as an answer may, and a story that many
people watch for brings a thousand of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.library.notes import Json
    from index.library.watching import Telling
    from index.story import Story


@dataclass(frozen=True, slots=True)
class GivingWay:
    """A library whose notes are written when it is `quiet`, or `wait_s` later all the same."""

    library: "Telling"
    quiet: Event
    wait_s: float

    def settings(self) -> "Mapping[str, Json]":
        """What was set."""
        return self.library.settings()

    def set_setting(self, name: str, value: "Json") -> None:
        """Sets something; None takes it away."""
        self.quiet.wait(self.wait_s)
        self.library.set_setting(name, value)

    @property
    def stories(self) -> "tuple[Story, ...]":
        """Every story held."""
        return self.library.stories

    @property
    def pending(self) -> "tuple[Story, ...]":
        """Those whose statements are yet to be found."""
        return self.library.pending
