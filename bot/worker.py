"""The one way by which work for a CPU or a disk leaves the event loop, with a deadline for each piece of it."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Any, TypeVar

from bot.errors import Stopping, TooBusy, TooSlow

T = TypeVar("T")
_Piece = tuple["Future[Any]", Callable[[], Any]]


class Worker:
    """Takes up pieces of work in the order in which they came, in one thread unless more are given.

    A piece that overruns its deadline is given up on, and keeps its thread until it ends: each has to see to that
    itself. The threads do not keep the process alive.
    """

    def __init__(self, waiting_max: int, threads: int = 1) -> None:
        self._waiting_max = waiting_max
        self._threads_max = threads
        self._waiting: set[asyncio.Future[Any]] = set()
        self._pieces: SimpleQueue[_Piece | None] = SimpleQueue()
        self._threads = 0
        self._ending = Lock()
        self._last: _Piece | None = None
        self._stopped = False

    async def run(self, work: Callable[[], T], *, deadline_s: float) -> T:
        """What the work returns, or its exception. Raises TooBusy, TooSlow, and Stopping once the worker is stopped."""
        if self._stopped:
            raise Stopping
        if len(self._waiting) >= self._waiting_max:
            raise TooBusy
        handed_over: Future[T] = Future()
        self._pieces.put((handed_over, work))
        future = asyncio.wrap_future(handed_over)
        self._waiting.add(future)
        if self._threads < self._threads_max:
            self._threads += 1
            Thread(target=self._work_off, name="onrecord-worker", daemon=True).start()
        try:
            async with asyncio.timeout(deadline_s) as limit:
                return await future
        except TimeoutError as late:
            if limit.expired():
                raise TooSlow(deadline_s) from late
            raise
        except asyncio.CancelledError:
            if self._stopped:
                raise Stopping from None
            raise
        finally:
            self._waiting.discard(future)

    def stop(self) -> None:
        """Gives up on everything that waits; those who wait get Stopping. A piece under way ends by itself."""
        self._stopped = True
        for future in tuple(self._waiting):
            future.cancel()

    async def close(self, last: Callable[[], None], *, deadline_s: float) -> None:
        """Stops, lets the threads end, does a last piece of work in the last one that does, where there is any; waits
        no longer than the deadline."""
        self.stop()
        if not self._threads:
            return
        ended: Future[None] = Future()
        self._last = ended, last
        self._pieces.put(None)
        await asyncio.wait({asyncio.wrap_future(ended)}, timeout=deadline_s)

    def _work_off(self) -> None:
        """Does what comes until None does, which goes on to the next thread."""
        while (piece := self._pieces.get()) is not None:
            _do(piece)
            del piece
        with self._ending:
            self._threads -= 1
            ends_last = not self._threads
        if not ends_last:
            self._pieces.put(None)
        elif self._last:
            _do(self._last)


def _do(piece: _Piece) -> None:
    """Does a piece of work that nobody has given up on. An exception goes to whoever waits for it."""
    future, work = piece
    if not future.set_running_or_notify_cancel():
        return
    try:
        future.set_result(work())
    except BaseException as error:  # noqa: BLE001 - it is handed on, whatever it is
        future.set_exception(error)
