"""What was not foreseen: logged under an incident id, which the sentence that somebody is told names with the log.

This is where everything is caught, for commands and for the doors of other programs.
"""

import logging
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from bot.errors import BotError, Incident
from index.errors import StoriesError

Given = TypeVar("Given")
SECRETS = ("DISCORD_TOKEN", "ONRECORD_API_TOKEN")


def seen_to(work: Callable[[], Given], *foreseen: type[Exception]) -> Given:
    """What the work gives; an error that was not foreseen is logged, and comes out as an Incident."""
    known: tuple[type[Exception], ...] = (BotError, StoriesError, *foreseen)
    try:
        return work()
    except known:
        raise
    except Exception as error:
        raise _incident(error) from error


def _incident(error: Exception) -> Incident:
    from platformdirs import user_log_path

    number = secrets.token_hex(4)
    log = user_log_path("onrecord", appauthor=False) / "onrecord.log"
    logger = logging.getLogger("onrecord.incidents")
    logger.propagate = False
    handler = _handler(log)
    logger.addHandler(handler)
    try:
        logger.error("incident %s", number, exc_info=error)
    finally:
        logger.removeHandler(handler)
        handler.close()
    return Incident(number, str(log) if isinstance(handler, logging.FileHandler) else None)


def _handler(log: Path) -> logging.Handler:
    """The log file, or standard error where no file can be written."""
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = logging.FileHandler(log, encoding="utf-8", errors="backslashreplace")
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(_Redacted("%(asctime)s %(levelname)s %(message)s"))
    return handler


class _Redacted(logging.Formatter):
    """Writes a record as usual, with the tokens blotted out."""

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        for name in SECRETS:
            token = os.environ.get(name, "").strip()
            line = line.replace(token, "[token]") if token else line
        return line
