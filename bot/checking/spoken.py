"""Who says each word of a story: the quoted words in order, with the reporter's between them left out; and
where the words of a quotation stand there one after the other, with what it says it left out between them.

A quotation that runs on over "said Lund," or into the next paragraph stands in one piece here. Where words within
somebody's words are somebody else's, both are kept: each layer holds words that do not overlap.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from bot.checking.folded import Gap, Given, Words, words_of
from index.statements import Quoted, find_quoted
from index.story import Span, Statement

BREAK = "|"
"""Stands between the words of two people: no quotation runs over it."""
_LAYERS = 4
_BRACKETED = re.compile(r"\[[^\[\]\n]{2,80}\]")
"""What a story itself has put in brackets."""
_LEFT_OUT = 400
"""Words of one speaker that an ellipsis may leave out."""
_LEFT_OUT_BY_REPORTER = 30
_MOST_RUNS = 40
"""Runs of a quotation that are followed from every place of the first; who leaves out more quotes nothing."""
_REPLACED = 8
"""Words that a bracket may stand for."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some quoted words of a story, by their numbers: a statement's, or such as no statement gives to anybody."""

    first: int
    after: int
    numbers: tuple[int, ...]
    statement: Statement | None

    @property
    def denied(self) -> bool:
        """Whether the story has them as denied, as not said, or as what the speaker declined to say."""
        cue = self.statement.cue if self.statement is not None else None
        return cue is not None and (cue.takes_back or cue.stance == "declines")

    @property
    def teller(self) -> tuple[object, ...]:
        """What two pieces share whose words may be read as one: the speaker, or else the utterance."""
        if self.statement is None:
            return None, self.first
        said = self.statement
        return said.speaker or said.attribution, self.denied, bool(said.speaker)


class Stream:
    """Words that may be read one after the other, each with its number in the story and its piece."""

    def __init__(self, keys: Sequence[str], numbers: Sequence[int], pieces: Sequence[Piece | None]) -> None:
        self.keys = keys
        self.numbers = numbers
        self.pieces = pieces

    @cached_property
    def _joined(self) -> tuple[str, list[int]]:
        return f" {' '.join(self.keys)} ", list(accumulate((len(key) + 1 for key in self.keys), initial=0))

    @cached_property
    def _in_order(self) -> tuple[list[Piece], list[int]]:
        pieces = list(dict.fromkeys(piece for piece in self.pieces if piece is not None))
        return pieces, [piece.first for piece in pieces]

    def touching(self, first: int, after: int) -> list[Piece]:
        """The pieces that have some of these words of the story."""
        pieces, firsts = self._in_order
        found = pieces[max(0, bisect_right(firsts, first) - 1) : bisect_left(firsts, after)]
        return [piece for piece in found if piece.after > first]

    def find(self, run: Sequence[str]) -> list[int]:
        """Where these words stand one after the other; of places that overlap the first."""
        text, offsets = self._joined
        wanted = f" {' '.join(run)} "
        found = []
        at = text.find(wanted)
        while at >= 0:
            found.append(bisect_left(offsets, at))
            at = text.find(wanted, at + len(wanted) - 1)
        return found


@dataclass(frozen=True)
class Spoken:
    """A story's words, the streams of what is said in it, the outermost first, and all of it as it is written."""

    words: Words
    layers: tuple[Stream, ...]
    written: Stream
    indirect: Stream

    def told(self, first: int, after: int) -> Piece | None:
        """What the reporter tells of somebody, where these words lie in it."""
        return next((p for p in self.indirect.touching(first, after) if p.first <= first and after <= p.after), None)


def spoken_in(text: str, statements: Sequence[Statement]) -> Spoken:
    """Who says what in a story with these statements."""
    words = words_of(text)
    quoted = find_quoted(text)
    pieces = [piece for said in statements if (piece := _piece(words, said, quoted))]
    said = [piece for piece in pieces if piece.numbers]
    free = list(_nobodys(words, quoted, said))
    told = [Piece(*_range(words, one.span), (), one) for one in statements if one.kind != "direct"]
    layers = tuple(_stream(words, layer) for some in (said, free) for layer in _layers(some))
    if "[" in text:
        layers += tuple(_without(layer, _bracketed(text, words)) for layer in layers)
    told.sort(key=lambda piece: piece.first)
    written = Stream(words.keys, range(len(words.keys)), [None] * len(words.keys))
    return Spoken(words, layers, written, Stream((), (), told))


def _range(words: Words, span: Span) -> tuple[int, int]:
    return bisect_left(words.starts, span.start), bisect_left(words.starts, span.end)


def _piece(words: Words, said: Statement, quoted: Sequence[Quoted]) -> Piece | None:
    """The words of a statement that are the speaker's own: all of a direct one, of others those in marks."""
    first, after = _range(words, said.span)
    if said.kind == "direct":
        numbers = tuple(range(first, after))
    else:
        numbers = tuple(number for start, end in _marked(words, said.span, quoted) for number in range(start, end))
    return Piece(numbers[0], numbers[-1] + 1, numbers, said) if numbers else None


def _marked(words: Words, span: Span, quoted: Sequence[Quoted]) -> Iterator[tuple[int, int]]:
    starts = [one.span.start for one in quoted]
    reached = span.start
    for one in quoted[max(0, bisect_right(starts, span.start) - 1) : bisect_left(starts, span.end)]:
        if one.level == 0 and one.span.overlaps(span) and one.words.end > reached:
            inside = Span(max(one.words.start, reached), max(reached, min(one.words.end, span.end)))
            yield _range(words, inside)
            reached = inside.end


def _nobodys(words: Words, quoted: Sequence[Quoted], said: Sequence[Piece]) -> Iterator[Piece]:
    """What stands in marks and in no statement."""
    edges = sorted((piece.first, piece.after) for piece in said)
    reach = list(accumulate((after for _, after in edges), max))
    firsts = [first for first, _ in edges]
    for one in quoted:
        first, after = _range(words, one.words)
        at = bisect_left(firsts, after) - 1
        if first < after and (at < 0 or reach[at] <= first):
            yield Piece(first, after, tuple(range(first, after)), None)


def _layers(pieces: Sequence[Piece]) -> list[list[Piece]]:
    layers: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda one: (one.first, -one.after)):
        layer = next((one for one in layers if one[-1].after <= piece.first), None)
        if layer is not None:
            layer.append(piece)
        elif len(layers) < _LAYERS:
            layers.append([piece])
    return layers


def _bracketed(text: str, words: Words) -> frozenset[int]:
    """The words that the story itself put in brackets."""
    found = _BRACKETED.finditer(text)
    return frozenset(number for one in found for number in range(*_range(words, Span(*one.span()))))


def _without(stream: Stream, numbers: frozenset[int]) -> Stream:
    kept = [at for at, number in enumerate(stream.numbers) if number not in numbers]
    keys, marked = [stream.keys[at] for at in kept], [stream.numbers[at] for at in kept]
    return Stream(keys, marked, [stream.pieces[at] for at in kept])


def _stream(words: Words, pieces: Sequence[Piece]) -> Stream:
    """The words of some pieces, at least one, in order."""
    said: list[tuple[str, int, Piece | None]] = []
    for at, piece in enumerate(pieces):
        if at and pieces[at - 1].teller != piece.teller:
            said.append((BREAK, -1, None))
        said += ((words.keys[number], number, piece) for number in piece.numbers)
    return Stream(*zip(*said, strict=True))


@dataclass(frozen=True, slots=True)
class Found:
    """A place where all runs of a quotation stand in order: of each the first word in the stream and the one after."""

    stream: Stream
    runs: tuple[tuple[int, int], ...]
    literal: tuple[bool, ...] = ()

    @property
    def first(self) -> int:
        """The first word, counted in the stream."""
        return self.runs[0][0]

    @property
    def after(self) -> int:
        """The word after the last one, counted in the stream."""
        return self.runs[-1][1]

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The pieces that the words are of, in order."""
        every = (self.stream.pieces[at] for start, end in self.runs for at in range(start, end))
        return tuple(dict.fromkeys(piece for piece in every if piece is not None))


def find_in(stream: Stream, given: Given) -> Iterator[Found]:
    """Every place in a stream where the quotation stands, its runs in order and of one speaker."""
    if len(given.runs) > _MOST_RUNS:
        return
    each = [stream.find(run.keys) for run in given.runs]
    if not all(each):
        return
    for start in each[0]:
        found = _followed(stream, given, each, start)
        if found is not None:
            yield found


def _followed(stream: Stream, given: Given, each: Sequence[Sequence[int]], start: int) -> Found | None:
    """The place that begins with the first run there, each further run as soon after the one before as it may be."""
    runs = [(start, start + len(given.runs[0].keys))]
    literal: list[bool] = []
    for gap, run, places in zip(given.gaps, given.runs[1:], each[1:], strict=True):
        end = runs[-1][1]
        stands = gap.joint == "bracket" and tuple(stream.keys[end : end + len(gap.words)]) == gap.words
        at = bisect_left(places, end + (len(gap.words) if stands else 0))
        if at == len(places) or not _may_leave_out(stream, gap, end, places[at]):
            return None
        literal.append(stands)
        runs.append((places[at], places[at] + len(run.keys)))
    return Found(stream, tuple(runs), tuple(literal))


def _may_leave_out(stream: Stream, gap: Gap, end: int, start: int) -> bool:
    """Whether a gap may stand for these words of the stream."""
    before, behind = stream.pieces[end - 1], stream.pieces[start]
    if gap.joint == "ellipsis" and before is None:
        return start - end <= _LEFT_OUT_BY_REPORTER
    if (before.teller if before else None) != (behind.teller if behind else None):
        return False
    if gap.joint == "cue":
        return start == end
    most = _LEFT_OUT if gap.joint == "ellipsis" else _REPLACED + len(gap.words)
    return start - end <= most and (gap.joint == "ellipsis" or BREAK not in stream.keys[end:start])
