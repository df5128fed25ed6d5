"""Logging to standard error in which neither the token nor anything that somebody wrote can appear."""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

HIDDEN = "[token]"
Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class _WithoutMessages(logging.Formatter):
    """Of an exception, its kind and where it was raised: its message may hold what somebody asked."""

    def formatException(self, ei: Raised) -> str:  # noqa: N802 - logging's name
        """The kinds of an exception and of its causes, the frames of each."""
        error, parts = ei[1], []
        while error is not None:
            parts.append("".join(traceback.format_tb(error.__traceback__)) + type(error).__qualname__)
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\nraised while handling\n".join(parts)


class _Lines(_WithoutMessages):
    """A JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """One record: time (UTC), level, logger and message, and an exception where there is one."""
        said = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            said["exception"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False)


class Redaction(logging.Handler):
    """While entered, writes the log of the whole process to standard error, with the token blotted out of each line.

    discord.py is kept from its debug level, at which it logs what people write. With `as_json` each line is an object.
    """

    def __init__(self, token: str, level: str, *, as_json: bool = False) -> None:
        super().__init__(level)
        self._token = token
        self._before: int = logging.WARNING
        plain = _WithoutMessages("%(asctime)s %(levelname)s %(name)s %(message)s")
        self.setFormatter(_Lines() if as_json else plain)

    def emit(self, record: logging.LogRecord) -> None:
        """Writes one record, its traceback included."""
        try:
            record.exc_text = None
            sys.stderr.write(self.format(record).replace(self._token, HIDDEN) + "\n")
        except Exception:  # noqa: BLE001 - a log that cannot be written must not stop the bot
            self.handleError(record)

    def __enter__(self) -> Self:
        root = logging.getLogger()
        self._before = root.level
        root.addHandler(self)
        root.setLevel(self.level)
        logging.getLogger("discord").setLevel(max(self.level, logging.INFO))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        root = logging.getLogger()
        root.removeHandler(self)
        root.setLevel(self._before)
        logging.getLogger("discord").setLevel(logging.NOTSET)
