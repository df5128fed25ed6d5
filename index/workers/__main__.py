"""A worker process: `python -m index.workers DESCRIPTOR BOUNDS` does what comes in, one job after another.

It ends where nothing comes for a while, where whoever started it is gone, and, killed by the system, past its limits.
"""

import json
import os
import pickle
import resource
import sys
import time
import traceback
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread

from index.reading.bounds import Bounds
from index.workers.process import End, GetReady, Job, packed

LOOKS_S = 1.0
"""Seconds between two looks for whoever started this process."""
NICER = 5
"""How far behind those who answer it stands where both want a processor."""


def main(descriptor: str, bounds_as_json: str) -> None:
    """Does what comes over the connection."""
    bounds = Bounds(**json.loads(bounds_as_json))
    _limit_memory(bounds)
    os.nice(NICER)
    sys.modules["torch"] = None  # type: ignore[assignment]  # spaCy looks for it: 140 MB, and seconds, for nothing
    Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    with Connection(int(descriptor)) as line:
        while line.poll(bounds.idle_s):
            try:
                job = pickle.loads(line.recv_bytes())  # noqa: S301 - from whoever started this process
            except EOFError:
                return
            _do(job, line, bounds)


def _end_with(parent: int) -> None:
    """Ends this process, whatever it is at, once the one that started it is gone."""
    while os.getppid() == parent:
        time.sleep(LOOKS_S)
    os._exit(1)


def _do(job: Job, line: Connection, bounds: Bounds) -> None:
    """Sends what comes of a job, piece after piece, and how it ended. After want of memory the process is no use."""
    try:
        _renew(bounds)
        for result in job.results():
            line.send_bytes(packed(result))
            _renew(bounds)
    except MemoryError:
        line.send_bytes(packed(End("memory")))
        sys.exit(1)
    except Exception as error:  # noqa: BLE001 - one story's failure is told, and the next one is read
        ended = End("failure", _where(error))
    else:
        ended = End()
    if not isinstance(job, GetReady):
        line.send_bytes(packed(ended))


def _renew(bounds: Bounds) -> None:
    """Grants the next piece its seconds: the system kills a process that uses more."""
    spent = resource.getrusage(resource.RUSAGE_SELF)
    until = int(spent.ru_utime + spent.ru_stime) + bounds.work_cpu_s + 1
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _limit_memory(bounds: Bounds) -> None:
    """Bounds what the process may write to memory, and leaves no image of it behind where it is killed."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (bounds.work_bytes, resource.getrlimit(resource.RLIMIT_DATA)[1]))


def _where(error: BaseException) -> str:
    """What was raised and in which lines, without what it says: that may be somebody's text."""
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    places = (f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)
    return f"{type(error).__name__} in {' > '.join(places)}"


if __name__ == "__main__":
    main(*sys.argv[1:])
