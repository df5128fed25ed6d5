"""A door in a process of its own, as somebody would start it."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[3]
TOKEN = "a-token-of-the-tests-alone"


@dataclass(slots=True)
class Running:
    """A process that listens, and what it left behind once it has ended."""

    address: str
    code: int | None = None
    printed: str = ""


@contextmanager
def listening(*arguments: str, environment: dict[str, str] | None = None) -> Iterator[Running]:
    """Starts `onrecord` with these arguments on a free port, waits until it listens, and ends it with SIGTERM."""
    command = [sys.executable, "-m", "bot", *arguments, "--port", "0"]
    given = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "HOME": "/nonexistent", **(environment or {})}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=given) as process:
        assert process.stderr is not None
        line = process.stderr.readline()
        assert line.startswith("Listening on "), line + process.stderr.read()
        running = Running(line.removeprefix("Listening on ").strip())
        try:
            yield running
        finally:
            process.terminate()
            out, err = process.communicate(timeout=300)
            running.code, running.printed = process.returncode, out + err
