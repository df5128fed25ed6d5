"""One worker process as whoever started it sees it: a job goes in, results come out until its end or its deadline.

Results come as bytes, of which only values of the classes named here come to life, since a worker reads what strangers
wrote.
"""

import io
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
from dataclasses import asdict, dataclass
from datetime import date
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol, cast

from index.errors import StoryUnreadable
from index.reading.bounds import Bounds
from index.reading.feeds import Entry
from index.remembering import once
from index.story import Attributed, Cue, Span, Speaker, Statement, Story

if TYPE_CHECKING:
    from index.reading.sources import Read

_SECRET = ("DISCORD_", "ONRECORD_", "PG")
_SPENT = (signal.SIGXCPU,)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """One source, or a line of it, that gives no story, as StoryUnreadable has it."""

    source: str
    why: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class End:
    """The work is done, or given up: `memory` where there was not enough, `failure` for anything else.

    `where` says for the log what was raised and in which lines of our code, without any of the text.
    """

    how: Literal["done", "memory", "failure"] = "done"
    where: str = ""


Result = Story | Attributed | Unreadable | Entry
_CLASSES = (Attributed, Cue, End, Entry, Span, Speaker, Statement, Story, Unreadable, date)
_NAMED = {(one.__module__, one.__qualname__): one for one in _CLASSES}


def packed(value: Result | End) -> bytes:
    """A value as bytes."""
    return pickle.dumps(value, protocol=5)


def unpacked(raw: bytes) -> Result | End:
    """The value of these bytes. Raises ValueError where they hold anything but the values that a worker sends."""
    try:
        found = _Reader(io.BytesIO(raw)).load()
    except Exception as error:  # whatever pickle raises over bytes that are none of ours
        raise ValueError("not a worker's result") from error
    if not isinstance(found, Result | End):
        raise TypeError("not a worker's result")
    return found


class _Reader(pickle.Unpickler):
    def find_class(self, module_name: str, global_name: str, /) -> type:
        """The class of this name, if it is one of ours."""
        if (module_name, global_name) not in _NAMED:
            raise ValueError("not a class of a worker's results")
        return cast("type", _NAMED[module_name, global_name])


class Job(Protocol):
    """A piece of work: the same work wherever it is done. It is sent to the process as it is."""

    def results(self) -> Iterator[Result]:
        """What comes of it, piece after piece; each piece may take as long as the bounds allow."""
        ...


@dataclass(frozen=True, slots=True)
class ReadStories:
    """The stories that one of the readers in `index.reading.sources` makes of what it is given."""

    read: "Read"
    given: tuple[object, ...]

    def results(self) -> Iterator[Result]:
        """Stories as they are read, and before each what gave none on the way to it."""
        unreadable: list[StoryUnreadable] = []
        try:
            for story in self.read(*self.given, unreadable.append):
                yield from _emptied(unreadable)
                yield story
        except StoryUnreadable as error:
            unreadable.append(error)
        yield from _emptied(unreadable)


def _emptied(unreadable: list[StoryUnreadable]) -> Iterator[Unreadable]:
    while unreadable:
        error = unreadable.pop(0)
        yield Unreadable(error.source, error.why, error.line)


@dataclass(frozen=True, slots=True)
class ReadFeed:
    """The entries of a feed."""

    raw: bytes
    url: str

    def results(self) -> Iterator[Result]:
        """One after another."""
        from index.reading.feeds import read_feed

        yield from read_feed(self.raw, self.url)


@dataclass(frozen=True, slots=True)
class FindStatements:
    """What a story says, and who says it."""

    story: Story

    def results(self) -> Iterator[Result]:
        """All of it together."""
        from index.statements.extraction import Attributor

        yield once(Attributor.load).attribute(self.story)


@dataclass(frozen=True, slots=True)
class GetReady:
    """Loads what finding statements needs, so that the first story waits less for it. Nothing comes back."""

    def results(self) -> Iterator[Result]:
        """Nothing, not even an end."""
        from index.statements.extraction import Attributor

        once(Attributor.load)
        yield from ()


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
