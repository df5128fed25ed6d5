"""A quotation as somebody gives it: its words in runs, and between them what it says was left out or put in.

An ellipsis of any shape, words in square brackets and the cue of a pasted sentence part the runs.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.checking.folded import places_of
from index.story import Span

Joint = Literal["ellipsis", "bracket", "cue"]
_ELLIPSIS = r"[\[(<]?\s?(?:…|\.(?:\s?\.){1,5})(?:\s?…)?\s?[\])>]?\.?"
_BRACKET = r"\w{0,30}\[[^\[\]\n]{1,80}\]\w{0,30}"
_APART = re.compile(rf"(?P<ellipsis>{_ELLIPSIS})|(?P<bracket>{_BRACKET})")
_SIC = frozenset({"sic", "emphasis", "laughs", "laughter", "applause", "crosstalk", "inaudible", "pause", "pauses"})
_UNSEEN = str.maketrans("[]", "\u2060\u2060")
_CAPITAL = re.compile(r"\[(\w)\](?=\w)")


@dataclass(frozen=True, slots=True)
class Run:
    """Words given one after the other: their folded keys, and where each stands in what was given."""

    keys: tuple[str, ...]
    places: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """What stands between two runs; of a bracket also its words."""

    joint: Joint
    words: tuple[str, ...] = ()
    place: Span | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """A quotation in runs, with one gap before each run but the first; `edges` tells what stands before and behind."""

    text: str
    runs: tuple[Run, ...]
    gaps: tuple[Gap, ...]
    before: Gap | None = None
    behind: Gap | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """All words in order."""
        return tuple(key for run in self.runs for key in run.keys)

    @property
    def places(self) -> tuple[Span, ...]:
        """Where each of the words stands in what was given."""
        return tuple(place for run in self.runs for place in run.places)


def read_given(text: str, parts: Sequence[Span] = ()) -> Given:
    """A quotation read; `parts` are the stretches of it that are quoted, where a cue stands between them."""
    pieces: list[Run | Gap] = []
    for number, part in enumerate(parts or (Span(0, len(text)),)):
        if number:
            pieces.append(Gap("cue"))
        pieces += _read(text, part)
    return _put_together(text, pieces)


def _read(text: str, part: Span) -> list[Run | Gap]:
    """The runs and gaps of one stretch, in order. A word whose first letter is in brackets is that word."""
    words = part.of(text)
    plain = _CAPITAL.sub("\u2060\\1\u2060", words)
    pieces: list[Run | Gap] = []
    at = 0
    for found in _APART.finditer(plain):
        pieces.append(_run(plain, at, found.start(), part.start))
        place = Span(part.start + found.start(), part.start + found.end())
        if found["ellipsis"]:
            pieces.append(Gap("ellipsis", place=place))
        elif not _says_nothing(found["bracket"]):
            whole = found["bracket"].translate(_UNSEEN)
            inside = tuple(key for key, _, _ in places_of(whole))
            pieces.append(Gap("bracket", inside, place))
        at = found.end()
    pieces.append(_run(plain, at, len(plain), part.start))
    return pieces


def _says_nothing(bracket: str) -> bool:
    inside = {key for key, _, _ in places_of(bracket)}
    return not inside or bool(inside & _SIC) or inside == {"emphasis", "added"}


def _run(text: str, start: int, end: int, offset: int) -> Run:
    found = [(key, Span(offset + start + a, offset + start + b)) for key, a, b in places_of(text[start:end])]
    return Run(tuple(key for key, _ in found), tuple(place for _, place in found))


def _put_together(text: str, pieces: Sequence[Run | Gap]) -> Given:
    """Runs and gaps in turn: runs side by side are one, empty ones are none, of gaps side by side the first counts."""
    runs: list[Run] = []
    gaps: list[Gap] = []
    waiting: Gap | None = None
    before: Gap | None = None
    for piece in pieces:
        if isinstance(piece, Gap):
            waiting = waiting or piece
        elif piece.keys:
            if not runs:
                before = waiting
                runs.append(piece)
            elif waiting is None:
                runs[-1] = Run(runs[-1].keys + piece.keys, runs[-1].places + piece.places)
            else:
                gaps.append(waiting)
                runs.append(piece)
            waiting = None
    return Given(text, tuple(runs), tuple(gaps), before, waiting)
