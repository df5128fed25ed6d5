"""What the gateway sends, event by event: one that discord.py cannot make sense of is left out, and logged."""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

NEEDED = frozenset({"READY", "RESUMED"})
"""Events without which there is no connection: discord.py's own error is right there."""
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
