"""One worker process as whoever started it sees it: a job goes in, results come out until its end or its deadline."""

import json
import logging
import os
import pickle
import signal
import subprocess
import sys
import weakref
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path

from index.reading.bounds import Bounds
from index.workers.jobs import End, Job, Result, unpacked

_SECRET = ("DISCORD_", "ONRECORD_", "PG")
_SPENT = (signal.SIGXCPU,)
_log = logging.getLogger(__name__)


class Gone(Exception):
    """The process was at its end before it took the job up: another one has to do it."""


class Undone(Exception):
    """A job was given up; `why` is the second half of a sentence."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


class Process:
    """A worker process, of use to one thread at a time, until it is no longer `alive`."""

    def __init__(self, started: "subprocess.Popen[bytes]", line: Connection, bounds: Bounds) -> None:
        self._started = started
        self._line = line
        self._bounds = bounds
        weakref.finalize(self, _end, started, line)  # at the end of the program, if not before

    @classmethod
    def start(cls, bounds: Bounds) -> "Process":
        """A new one, which has our code and none of our secrets."""
        ours, theirs = Pipe()
        command = [sys.executable, "-P", "-m", "index.workers", str(theirs.fileno()), json.dumps(asdict(bounds))]
        with theirs:
            started = subprocess.Popen(  # noqa: S603 - our own program
                command,
                pass_fds=(theirs.fileno(),),
                env=_surroundings(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        return cls(started, ours, bounds)

    @property
    def alive(self) -> bool:
        """Whether it can take another job, as far as is known."""
        return self._started.poll() is None and not self._line.closed

    def results(self, job: Job) -> Iterator[Result]:
        """What comes of a job. Raises Undone past a limit or where it fails, Gone where it was never taken up."""
        ended = False
        taken_up = False
        try:
            self._line.send_bytes(pickle.dumps(job))
            while True:
                found = self._next()
                taken_up = True
                if isinstance(found, End):
                    ended = found.how != "memory"
                    _judge(found)
                    return
                yield found
        except (EOFError, BrokenPipeError, ConnectionResetError):
            raise self._ending(taken_up=taken_up) from None
        finally:
            if not ended:  # given up here or there: nobody knows what else it would still send
                _end(self._started, self._line)

    def prepare(self, job: Job) -> None:
        """Has it do a job of which nothing comes back, before the next one."""
        with suppress(BrokenPipeError, ConnectionResetError):
            self._line.send_bytes(pickle.dumps(job))

    def stop(self) -> None:
        """Ends it at once; whoever waits for its results gets Undone. Safe from any thread."""
        self._started.kill()
        self._started.wait()

    def _next(self) -> Result | End:
        if not self._line.poll(self._bounds.work_wall_s):
            raise Undone(f"it takes more than {self._bounds.work_wall_s:.0f} seconds")
        try:
            return unpacked(self._line.recv_bytes(self._bounds.result_bytes))
        except (ValueError, TypeError, OSError) as error:
            if isinstance(error, ConnectionError):
                raise
            _log.error("a worker process sent something else than results")
            raise Undone("working through it failed") from error

    def _ending(self, *, taken_up: bool) -> Exception:
        """What a process died of that has closed its line."""
        with suppress(subprocess.TimeoutExpired):
            self._started.wait(timeout=1.0)
        code = self._started.returncode
        if code == 0 and not taken_up:
            return Gone()
        if code is not None and -code in _SPENT:
            return Undone(f"it takes more than {self._bounds.work_cpu_s} seconds of a processor")
        _log.error("a worker process ended with code %s", code)
        return Undone("working through it failed")


def _end(started: "subprocess.Popen[bytes]", line: Connection) -> None:
    """Nothing is left of a process that nobody knows any more."""
    line.close()
    started.kill()
    started.wait()


def _judge(end: End) -> None:
    if end.how == "memory":
        raise Undone("it takes more memory than one story may")
    if end.how == "failure":
        _log.error("a worker process could not do its work: %s", end.where)
        raise Undone("working through it failed")


def _surroundings() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_SECRET)}
    here = str(Path(__file__).parents[2])
    paths = os.pathsep.join([here, *filter(None, [kept.get("PYTHONPATH")])])
    return kept | {"PYTHONPATH": paths, "OMP_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false"}
