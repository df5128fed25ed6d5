"""A text as the words by which quotations are compared: case, marks, accents and the shape of apostrophes left out; and
where the words of a quotation stand one after the other, with what it says it left out between them.

Each word keeps its place in the text, so that what is compared here is shown from there.
"""

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.checking.given import Gap, Given
from bot.checking.spoken import BREAK, Piece, Stream
from index.story import Span

_JOINS = "’'‘ʼ´`\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Inside a word: apostrophes of every shape, and what cannot be seen."""
_WORD = re.compile(rf"\d+(?:[.,]\d+)+|(?:[^\W\d_]\.){{2,}}|[^\W_]+(?:[{_JOINS}]{{1,3}}[^\W_]+)*|[%&]")
_SIGNS = {"%": "percent", "&": "and"}
_KEPT_CHARACTERS = 60_000
_FOLDED_CHARACTERS = 80
"""Code points of one word that are compared: what is longer is no word."""
_LEFT_OUT = 400
"""Words of one speaker that an ellipsis may leave out."""
_LEFT_OUT_BY_REPORTER = 30
_MOST_RUNS = 40
"""Runs of a quotation that are followed from every place of the first; who leaves out more quotes nothing."""
_REPLACED = 8
"""Words that a bracket may stand for."""


@dataclass(frozen=True, slots=True)
class Words:
    """The folded words of a text in order, and where each begins and ends in it."""

    keys: tuple[str, ...]
    starts: Sequence[int]
    ends: Sequence[int]
    vocabulary: frozenset[str]

    def span(self, first: int, after: int) -> Span:
        """The stretch of the text from one word up to before another."""
        return Span(self.starts[first], self.ends[after - 1])


def words_of(text: str) -> Words:
    """The words of a text; those of a story of usual length are kept for the next question."""
    return _kept(text) if len(text) <= _KEPT_CHARACTERS else _read(text)


def _read(text: str) -> Words:
    keys: list[str] = []
    starts, ends = array("l"), array("l")
    for found in _WORD.finditer(text):
        keys.append(folded(found.group()))
        starts.append(found.start())
        ends.append(found.end())
    return Words(tuple(keys), starts, ends, frozenset(keys))


_kept = lru_cache(maxsize=128)(_read)


def keys_of(text: str) -> tuple[str, ...]:
    """The folded words of a short text."""
    return tuple(folded(found.group()) for found in _WORD.finditer(text))


def places_of(text: str) -> Iterator[tuple[str, int, int]]:
    """The folded words of a short text, each with where it begins and ends."""
    for found in _WORD.finditer(text):
        yield folded(found.group()), found.start(), found.end()


def folded(word: str) -> str:
    """The word as it is compared."""
    return _folded(word[:_FOLDED_CHARACTERS])


@lru_cache(maxsize=16_384)
def _folded(word: str) -> str:
    if word in _SIGNS:
        return _SIGNS[word]
    if not word.isascii():
        apart = unicodedata.normalize("NFKD", word)
        word = "".join(sign for sign in apart if not unicodedata.combining(sign) and sign not in _JOINS)
    word = word.replace("'", "").replace("`", "").casefold()
    if word[0].isdigit():
        return word.replace(",", "")
    return word.replace(".", "") if "." in word else word


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
