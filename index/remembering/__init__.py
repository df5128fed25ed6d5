"""What is remembered while the program runs: what is stored with it, for good, and what was worked out of texts, until
they are let go. It stands here alone, so that nothing is kept of a story that was taken away.
"""

from collections.abc import Callable
from functools import cache, lru_cache
from typing import Generic, ParamSpec, Protocol, TypeVar, TypeVarTuple, cast
from weakref import WeakSet

P = ParamSpec("P")
Key = TypeVar("Key")
Found = TypeVar("Found")
What = TypeVarTuple("What")


class HoldsTexts(Protocol):
    """Something that remembers texts, or what was worked out of them."""

    def let_go(self) -> None:
        """Empties it."""
        ...


_HOLDERS: WeakSet[HoldsTexts] = WeakSet()
_EMPTIED: list[Callable[[], None]] = []


def once(load: Callable[[*What], Found], *what: *What) -> Found:
    """What `load` gives for this, loaded once a process: a model, a list, a table. It never changes, and nobody's text
    is in it."""
    return cast("Found", _loaded(load, what))


@cache
def _loaded(load: Callable[..., object], what: tuple[object, ...]) -> object:
    return load(*what)


def remembered(most: int) -> Callable[[Callable[P, Found]], Callable[P, Found]]:
    """Has a function of texts keep what it found last, at most so many, until texts are let go."""

    def keeping(find: Callable[P, Found]) -> Callable[P, Found]:
        kept = lru_cache(maxsize=most)(find)
        _EMPTIED.append(kept.cache_clear)
        return cast("Callable[P, Found]", kept)

    return keeping


def hold_texts(holder: HoldsTexts) -> None:
    """Has it let go as all do, for as long as it lives."""
    _HOLDERS.add(holder)


def let_go_of_texts() -> None:
    """Empties all that was worked out of texts: none of it may outlive its story."""
    for empty in _EMPTIED:
        empty()
    for holder in tuple(_HOLDERS):
        holder.let_go()


class Remembered(Generic[Key, Found]):
    """What was found under at most `most` keys; one more, and all are let go. Any number of threads may ask.

    Unlike a function that remembers, it does not hold on to the object that finds things, and goes with its own.
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
