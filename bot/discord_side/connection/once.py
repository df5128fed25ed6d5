"""What has been taken in hand already: Discord repeats events when a lost connection is taken up again."""

from dataclasses import dataclass, field

REMEMBERED = 4_096
"""Ids remembered: far more than arrive between an event and its repetition."""


@dataclass(slots=True)
class Once:
    """The newest ids that came by."""

    _seen: dict[int, None] = field(default_factory=dict)

    def first(self, number: int) -> bool:
        """Whether this id comes for the first time."""
        if number in self._seen:
            return False
        self._seen[number] = None
        if len(self._seen) > REMEMBERED:
            del self._seen[next(iter(self._seen))]
        return True
