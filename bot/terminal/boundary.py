"""The one place where everything that can go wrong in a command ends: in one sentence and an exit code."""

import os
import sys
from collections.abc import Callable
from typing import TypeVar

import click

from bot.errors import BotError
from bot.incidents import seen_to
from bot.terminal.screen import say
from index.errors import StoriesError

Given = TypeVar("Given")

FAILED, INTERRUPTED = 1, 130


def guarded(work: Callable[[], Given]) -> Given:
    """What the work gives; an error that was not foreseen is logged, and comes out as an Incident."""
    return seen_to(work, click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError)


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


def _silence_output() -> None:
    """Lets the interpreter's last flush go nowhere, now that nobody reads it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
