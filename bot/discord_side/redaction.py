"""Logging to standard error in which the token cannot appear."""

import logging
import sys
from types import TracebackType
from typing import Self

HIDDEN = "[token]"


class Redaction(logging.Handler):
    """While entered, writes the log of the whole process to standard error, with the token blotted out of each line.

    discord.py is kept from its debug level, at which it logs what people write.
    """

    def __init__(self, token: str, level: str) -> None:
        super().__init__(level)
        self._token = token
        self._before: int = logging.WARNING
        self.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        """Writes one record, its traceback included."""
        try:
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
