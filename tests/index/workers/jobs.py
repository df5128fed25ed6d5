"""Jobs that a worker process cannot be trusted with, as a text made for it might turn any job into one."""

import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

from index.story import Story
from index.workers.process import Result


@dataclass(frozen=True)
class Tell:
    """Gives a story for each word."""

    words: tuple[str, ...]

    def results(self) -> Iterator[Result]:
        yield from (Story(word, word) for word in self.words)


@dataclass(frozen=True)
class Spin(Tell):
    """Gives what it has, and then uses the processor for ever."""

    def results(self) -> Iterator[Result]:
        yield from super().results()
        while True:
            pass


@dataclass(frozen=True)
class Hang(Tell):
    """Gives what it has, and then waits for ever."""

    def results(self) -> Iterator[Result]:
        yield from super().results()
        while True:
            time.sleep(3_600)


@dataclass(frozen=True)
class Grow:
    """Takes all the memory that it is given."""

    def results(self) -> Iterator[Result]:
        taken = []
        while True:
            taken.append(bytearray(10_000_000))
        yield


@dataclass(frozen=True)
class Fail:
    """Raises what it has read."""

    def results(self) -> Iterator[Result]:
        raise RuntimeError("a secret of the text")
        yield


@dataclass(frozen=True)
class Crash:
    """Ends its process as a fault in a library does."""

    def results(self) -> Iterator[Result]:
        os.abort()
        yield


@dataclass(frozen=True)
class Surroundings:
    """Gives the names of what stands in the environment."""

    def results(self) -> Iterator[Result]:
        yield from (Story(name, name) for name in sorted(os.environ))


@dataclass(frozen=True)
class WhoAreYou:
    """Gives the number of the process."""

    def results(self) -> Iterator[Result]:
        yield Story("pid", str(os.getpid()))


@dataclass(frozen=True)
class Loaded:
    """Says what of the heaviest has been loaded."""

    def results(self) -> Iterator[Result]:
        yield from (Story(name, name) for name in ("spacy", "torch") if sys.modules.get(name))
