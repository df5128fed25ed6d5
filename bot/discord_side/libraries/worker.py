"""The one way by which work for a CPU or a disk leaves the event loop, with a deadline for each piece of it."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from threading import Thread
from typing import Any, TypeVar

from bot.errors import Stopping, TooBusy, TooSlow

T = TypeVar("T")
_Piece = tuple["Future[Any]", Callable[[], Any]]


class Worker:
    """One thread that does pieces of work in the order in which they came, so that a library has one user at a time.

    A piece that overruns its deadline is given up on, not stopped: those behind it wait for it to end. The thread
    does not keep the process alive.
    """

    def __init__(self, waiting_max: int) -> None:
        self._waiting_max = waiting_max
        self._waiting: set[asyncio.Future[Any]] = set()
        self._pieces: SimpleQueue[_Piece | None] = SimpleQueue()
        self._thread: Thread | None = None
        self._stopped = False

    async def run(self, work: Callable[[], T], *, deadline_s: float) -> T:
        """What the work returns, or its exception. Raises TooBusy, TooSlow, and Stopping once the worker is stopped."""
        if self._stopped:
            raise Stopping
        if len(self._waiting) >= self._waiting_max:
            raise TooBusy
        future = self._handed_over(work)
        self._waiting.add(future)
        try:
            async with asyncio.timeout(deadline_s):
                return await future
        except TimeoutError as late:
            if future.cancelled():
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
        """Stops, does a last piece of work in the thread, and lets it end; waits no longer than the deadline."""
        self.stop()
        if self._thread is None:
            return
        future = self._handed_over(last)
        self._pieces.put(None)
        await asyncio.wait({future}, timeout=deadline_s)
        self._thread = None

    def _handed_over(self, work: Callable[[], T]) -> "asyncio.Future[T]":
        if self._thread is None:
            self._thread = Thread(target=_work_off, args=(self._pieces,), name="onrecord-worker", daemon=True)
            self._thread.start()
        future: Future[T] = Future()
        self._pieces.put((future, work))
        return asyncio.wrap_future(future)


def _work_off(pieces: "SimpleQueue[_Piece | None]") -> None:
    """Does what comes until None does. An exception goes to whoever waits for the piece."""
    while (piece := pieces.get()) is not None:
        future, work = piece
        if not future.set_running_or_notify_cancel():
            continue
        try:
            future.set_result(work())
        except BaseException as error:  # noqa: BLE001 - it is handed on, whatever it is
            future.set_exception(error)
        del piece, future, work
