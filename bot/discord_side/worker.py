"""The one way by which work for a CPU or a disk leaves the event loop, with a deadline for each piece of it."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from bot.errors import Stopping, TooBusy, TooSlow

T = TypeVar("T")


class Worker:
    """One thread that does pieces of work in the order in which they came, so that a library has one user at a time.

    A piece that overruns its deadline is given up on, not stopped: those behind it wait for it to end.
    """

    def __init__(self, waiting_max: int) -> None:
        self._waiting_max = waiting_max
        self._waiting: set[asyncio.Future[Any]] = set()
        self._stopped = False
        self._threads = ThreadPoolExecutor(max_workers=1, thread_name_prefix="onrecord-worker")

    async def run(self, work: Callable[[], T], *, deadline_s: float) -> T:
        """What the work returns, or its exception. Raises TooBusy, TooSlow, and Stopping once the worker is stopped."""
        if self._stopped:
            raise Stopping
        if len(self._waiting) >= self._waiting_max:
            raise TooBusy
        future = asyncio.get_running_loop().run_in_executor(self._threads, work)
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
        self._threads.shutdown(wait=False, cancel_futures=True)
