"""Finds what overlaps a span among many things with spans, without looking at all of them."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Generic, TypeVar

from index.story import Span

T = TypeVar("T")


class Overlaps(Generic[T]):
    """Things that each have a span. Quick as long as none of them is very much longer than the rest."""

    def __init__(self, things: Sequence[T], span_of: Callable[[T], Span]) -> None:
        rows = [(span_of(thing), number, thing) for number, thing in enumerate(things)]
        self._rows = sorted(rows, key=lambda row: row[0].start)
        self._starts = [span.start for span, _, _ in self._rows]
        self._longest = max((len(span) for span, _, _ in self._rows), default=0)

    def of(self, span: Span) -> list[T]:
        """The things that share a code point with the span, in the order in which they were given."""
        first = bisect_left(self._starts, span.start - self._longest)
        last = bisect_left(self._starts, span.end)
        found = [row for row in self._rows[first:last] if row[0].overlaps(span)]
        return [thing for _, _, thing in sorted(found, key=itemgetter(1))]
