"""Finds what overlaps a span among many things with spans, without looking at all of them."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from typing import Generic, TypeVar

from index.story import Span

T = TypeVar("T")


class Overlaps(Generic[T]):
    """Things that each have a span, found in a time that goes with how many are found."""

    def __init__(self, things: Sequence[T], span_of: Callable[[T], Span]) -> None:
        rows = [(span_of(thing), number, thing) for number, thing in enumerate(things)]
        self._rows = sorted(rows, key=lambda row: row[0].start)
        self._starts = [span.start for span, _, _ in self._rows]
        self._size = 1 << max(0, len(self._rows) - 1).bit_length()
        self._latest = [-1] * self._size + [span.end for span, _, _ in self._rows]  # a tree of the latest end below
        self._latest += [-1] * (2 * self._size - len(self._latest))
        for at in range(self._size - 1, 0, -1):
            self._latest[at] = max(self._latest[2 * at], self._latest[2 * at + 1])

    def of(self, span: Span) -> list[T]:
        """The things that share a code point with the span, in the order in which they were given."""
        found = [self._rows[at] for at in self._ending_behind(span.start, bisect_left(self._starts, span.end))]
        return [thing for _, _, thing in sorted(found, key=itemgetter(1))]

    def _ending_behind(self, offset: int, last: int) -> Iterator[int]:
        """The rows before the last one whose spans end behind the offset."""
        waiting = [(1, 0, self._size)] if last else []
        while waiting:
            at, low, high = waiting.pop()
            if low >= last or self._latest[at] <= offset:
                continue
            if at >= self._size:
                yield low
                continue
            middle = (low + high) // 2
            waiting += [(2 * at + 1, middle, high), (2 * at, low, middle)]
