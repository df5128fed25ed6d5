"""What was found lately, kept for whoever asks again."""

from collections.abc import Callable
from typing import Generic, TypeVar

Key = TypeVar("Key")
Found = TypeVar("Found")


class Remembered(Generic[Key, Found]):
    """What was found under at most `most` keys; one more, and all are let go. Any number of threads may ask.

    Unlike `functools.lru_cache` over a method it does not hold on to the object that finds things.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[Key, Found] = {}

    def get(self, key: Key, find: Callable[[], Found]) -> Found:
        """What is kept under a key, found first where it is not; what raises is not kept."""
        try:
            return self._kept[key]
        except KeyError:
            found = find()
        if len(self._kept) >= self._most:
            self._kept.clear()
        self._kept[key] = found
        return found
