"""What the rules and the tagger hand on: pieces of something said, with offsets only, before anybody has a name; and
which of them share a place, found without looking at all of them."""

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Generic, Literal, TypeVar

from index.story import Span, Stance

Form = Literal[
    "quotation", "byline", "clause", "according", "post", "issued", "transcript", "headline", "nested", "tagged"
]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Finding:
    """One contiguous piece of one utterance; pieces of the same utterance share `cue` and `mention`, or `group`.

    `via` is who passed the words on ("according to an affidavit").
    `turn` is the paragraph that is nothing but these words, which may be another's than the ones before.
    `sure` is how often a finding of this form is right (0..1).
    """

    span: Span
    form: Form
    mention: Span | None = None
    cue: Span | None = None
    stance: Stance = "says"
    addressee: Span | None = None
    group: int = -1
    sure: float = 0.8
    via: Span | None = None
    turn: int = -1


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution as found: pieces of what was said in order, the words for the speaker, the words that report.

    `turn` marks a quotation that is a whole paragraph and has neither beside it.
    """

    content: tuple[Span, ...]
    mention: Span | None
    cue: Span | None
    turn: bool = False


def span_of(finding: Finding) -> Span:
    """Where the words of a finding are."""
    return finding.span


def utterance_of(finding: Finding) -> Hashable:
    """What all pieces of one utterance have in common: the same cue and mention, or the same group of the tagger's."""
    alone = finding.span if finding.cue is None and finding.group < 0 else None
    group = finding.group if finding.cue is None else -1
    return finding.form == "nested", finding.mention, finding.cue, alone, group, finding.turn


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
