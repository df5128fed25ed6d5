"""What the gateway sends, event by event: one that discord.py cannot make sense of is left out, and logged.

Discord repeats events when a lost connection is taken up again, so what was taken in hand already is remembered.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

NEEDED = frozenset({"READY", "RESUMED"})
"""Events without which there is no connection: discord.py's own error is right there."""
REMEMBERED = 4_096
"""Ids remembered: far more than arrive between an event and its repetition."""
Parsers = dict[str, Callable[[Any], None]]

_log = logging.getLogger(__name__)


def forgive(parsers: Parsers) -> None:
    """Has each event's parser log what it cannot make sense of: raised, it would end the connection, and the bot."""
    for name, parse in parsers.items():
        if name not in NEEDED:
            parsers[name] = partial(_parsed, name, parse)


def _parsed(name: str, parse: Callable[[Any], None], event: object) -> None:
    try:
        parse(event)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is this one event's
        _log.error("an event cannot be understood and is left out: %s, %s", name, type(error).__name__)


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
