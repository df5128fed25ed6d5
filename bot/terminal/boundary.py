"""The one place where everything that can go wrong in a command ends: in one sentence and an exit code.

What was not foreseen is logged under an incident id, and the sentence names the id and the log.
"""

import logging
import os
import secrets
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from bot.errors import BotError, Incident
from bot.terminal.screen import say
from index.errors import StoriesError

Given = TypeVar("Given")

FAILED, INTERRUPTED = 1, 130


def guarded(work: Callable[[], Given]) -> Given:
    """What the work gives; an error that was not foreseen is logged, and comes out as an Incident."""
    try:
        return work()
    except (BotError, StoriesError, click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
        raise
    except Exception as error:
        raise _incident(error) from error


def run(work: Callable[[], object]) -> int:
    """Does the work and gives the exit code: 0 done, 1 failed, 2 misused, 130 interrupted."""
    try:
        guarded(work)
        sys.stdout.flush()
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (BotError, StoriesError) as error:
        say(f"onrecord: {error}", err=True)
        return error.exit_code if isinstance(error, BotError) else FAILED
    except (KeyboardInterrupt, click.Abort):
        click.echo("onrecord: interrupted.", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        _silence_output()
        return FAILED
    return 0


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
    """Writes a record as usual, with the Discord token blotted out."""

    def format(self, record: logging.LogRecord) -> str:
        token = os.environ.get("DISCORD_TOKEN", "").strip()
        line = super().format(record)
        return line.replace(token, "[token]") if token else line


def _silence_output() -> None:
    """Lets the interpreter's last flush go nowhere, now that nobody reads it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
