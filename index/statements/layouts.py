"""Two layouts that name a speaker by place rather than by a verb: "NAME: words" and a quotation signed "- Name".

Pure functions over what the tagger found; they move speakers and trim labels, and never add or drop a piece.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count

from index.language.words import parts_of_names
from index.statements.labels import is_no_speaker

Place = tuple[int, int]

LAYOUT_CONFIDENCE = 0.9  # all 13 that these layouts changed on PolNeAR's development part were right
_MARKS = "\"“”„‟«»'‘’`"
_GAP = r"[^\S\r\n]"
_WORD = r"[^\W\d_][\w.'’-]{0,40}"
_NAME = rf"{_WORD}(?:,?{_GAP}{{1,3}}{_WORD}){{0,5}}?(?:{_GAP}{{0,3}}\([^()\n]{{1,40}}\))?"
_LABEL = re.compile(rf"[\s{_MARKS}\[]{{0,9}}(?P<name>{_NAME}){_GAP}{{0,3}}(?P<cue>:)[\s{_MARKS}]{{0,9}}")
_SIGNED = re.compile(
    rf"[\s{_MARKS}.,!?]{{0,9}}(?P<cue>[―—–]|--?){_GAP}{{0,3}}(?P<name>{_NAME}){_GAP}{{0,3}}[.,]?"
    rf"{_GAP}{{0,9}}(?=[\r\n]|$)"
)
_SMALL_WORDS = frozenset(("de", "la", "del", "van", "von", "der", "da", "bin", "al", "of", "the", "and", "y"))


@dataclass(frozen=True, slots=True)
class Found:
    """One contiguous piece of one attribution, with offsets in code points of the text."""

    start: int
    end: int
    speaker: Place | None
    cue: Place | None
    attribution: int
    speech: bool
    confidence: float


@dataclass(frozen=True, slots=True)
class _Label:
    """Who a line says is speaking, and where the words begin."""

    name: Place
    cue: Place
    words: int


def name_by_layout(text: str, found: Sequence[Found]) -> tuple[Found, ...]:
    """The pieces with the speakers that a transcript's labels and a quotation's signature give them."""
    named: list[Found] = []
    fresh = count(max((piece.attribution for piece in found), default=-1) + 1)
    carried: tuple[_Label, int] | None = None
    for piece in found:
        line = text.rfind("\n", 0, piece.start) + 1
        label = _label(text, line, piece)
        if label:
            trimmed = replace(piece, start=max(piece.start, label.words))
            named.append(_spoken(trimmed, label.name, label.cue, next(fresh)))
            carried = (label, named[-1].attribution) if _shouted(text[slice(*label.name)]) else None
            continue
        opens = all(sign.isspace() or sign in _MARKS for sign in text[line : piece.start])
        if opens and (signed := _signature(text, piece)):
            named.append(_spoken(piece, *signed, next(fresh)))
            carried = None
        elif opens and carried and not _named_nearby(text, line, piece):
            named.append(_spoken(piece, carried[0].name, carried[0].cue, carried[1]))
        else:
            named.append(piece)
            carried = carried if opens and not piece.speaker else None
    return tuple(named)


def _label(text: str, line: int, piece: Found) -> _Label | None:
    """The "NAME:" before the words, or at their very beginning."""
    match = _LABEL.match(text, line, min(piece.end, line + 90))
    if not match or match.end() >= piece.end or not match.start("name") <= max(piece.start, line + 1):
        return None
    if match.end() < piece.start or not _is_name(match["name"]) or is_no_speaker(match["name"]):
        return None
    if not _shouted(match["name"]) and (match.end("name") > piece.start or _named_nearby(text, line, piece)):
        return None
    return _Label(match.span("name"), match.span("cue"), match.end("cue"))


def _signature(text: str, piece: Found) -> tuple[Place, Place] | None:
    match = _SIGNED.match(text, piece.end)
    if not match or not _is_name(match["name"]) or text.count("\n", piece.end, match.start("name")) > 1:
        return None
    return match.span("name"), match.span("cue")


def _is_name(words: str) -> bool:
    parts = parts_of_names(words.partition("(")[0])
    return bool(parts) and parts[0][0].isupper() and all(p[0].isupper() or p in _SMALL_WORDS for p in parts)


def _shouted(name: str) -> bool:
    bare = name.partition("(")[0]
    return bare.isupper() and sum(letter.isalpha() for letter in bare) > 2


def _named_nearby(text: str, line: int, piece: Found) -> bool:
    """Whether the tagger already has a speaker on the piece's own line, outside the piece."""
    if piece.speaker is None or piece.start <= piece.speaker[0] < piece.end:
        return False
    stop = text.find("\n", piece.end)
    return line <= piece.speaker[0] < (stop if stop >= 0 else len(text))


def _spoken(piece: Found, speaker: Place, cue: Place, attribution: int) -> Found:
    if piece.speaker and piece.speaker[0] < speaker[1] and speaker[0] < piece.speaker[1]:
        return replace(piece, speech=True)
    return replace(
        piece,
        speaker=speaker,
        cue=cue,
        attribution=attribution,
        speech=True,
        confidence=max(piece.confidence, LAYOUT_CONFIDENCE),
    )
