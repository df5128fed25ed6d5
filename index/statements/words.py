"""The tokens of a parse by offset (spaCy's own look-ups walk the whole text each time), and whatever else has a span:
found without looking at all of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Generic, TypeVar

from index.story import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

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


class Words:
    """The tokens of one parse, found by where they stand in the text."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.text: str = doc.text
        self._tokens: list[Token] = list(doc)
        self._starts = [token.idx for token in self._tokens]
        self._sentences = [token.i for token in self._tokens if token.is_sent_start]

    def between(self, start: int, end: int) -> list[Token]:
        """The tokens that start in the range, white space left out."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [token for token in self._tokens[first:last] if not token.is_space]

    def touching(self, span: Span) -> list[Token]:
        """The tokens that share a code point with the span, white space left out."""
        first, last = max(0, bisect_right(self._starts, span.start) - 1), bisect_left(self._starts, span.end)
        return [t for t in self._tokens[first:last] if not t.is_space and t.idx + len(t) > span.start]

    def at(self, offset: int) -> Token | None:
        """The token that starts at the offset, if one does."""
        place = bisect_left(self._starts, offset)
        return self._tokens[place] if place < len(self._starts) and self._starts[place] == offset else None

    def sentence(self, token: Token) -> Span:
        """The sentence that a token is in."""
        place = bisect_right(self._sentences, token.i)
        first = self._sentences[place - 1] if place else 0
        after = self._sentences[place] if place < len(self._sentences) else len(self._tokens)
        last = self._tokens[after - 1]
        return Span(self._starts[first], last.idx + len(last))
