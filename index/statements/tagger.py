"""Finds who said what in a text: a small fine-tuned encoder that marks statements and points to speaker and cue.

Behind it, two layouts name a speaker by place rather than by a verb: "NAME: words" and a quotation signed "- Name".
They move speakers and trim labels, and never add or drop a piece.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.encoding.packaged import packaged_tokenizer
from index.encoding.tags import Run
from index.language.words import parts_of_names
from index.statements.decoding import Decision, Piece, WindowScores, decode_window
from index.statements.features import Ints, Pieces, Vocabulary, Window, cut_windows, read_pieces
from index.statements.inference import WEIGHTS, TaggerInference
from index.statements.labels import is_no_speaker

if TYPE_CHECKING:
    from spacy.tokens import Doc

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


class Scoring(Protocol):
    """A network: as it reads stories (`inference`), or as it is taught (`network`)."""

    def score(self, ids: Ints, features: Ints, head: Ints) -> WindowScores:
        """Scores of a window. `ids`, `head`: (piece,); `features`: (piece, table)."""
        ...


class Tagger:
    """A loaded tagger. The same text and parse always give the same result, whatever is read beside them."""

    def __init__(self, network: Scoring, tokenizer: Tokenizer, vocabulary: Vocabulary, decision: Decision) -> None:
        self.network = network
        self.tokenizer = tokenizer
        self.vocabulary = vocabulary
        self.decision = decision

    @classmethod
    def load(cls, weights: Path = WEIGHTS) -> Tagger:
        """The tagger from its shipped weights; raises WeightsUnusable if they or the base model are not as expected."""
        network, vocabulary, decision = TaggerInference.load(weights)
        return cls(network, packaged_tokenizer(), vocabulary, decision)

    def find(self, text: str, doc: Doc | None) -> tuple[Found, ...]:
        """What is attributed to whom in `text`, in order; `doc` is spaCy's parse of exactly this text."""
        return self.find_all([text], [doc])[0]

    def find_all(self, texts: Sequence[str], docs: Sequence[Doc | None]) -> list[tuple[Found, ...]]:
        """`find` for many texts, in order."""
        stories = [
            read_pieces(text, doc, self.tokenizer, self.vocabulary) for text, doc in zip(texts, docs, strict=True)
        ]
        return self.decode_all(texts, stories, self.score_windows(stories))

    def decode_all(
        self, texts: Sequence[str], stories: Sequence[Pieces], windows: Iterable[tuple[int, Window, WindowScores]]
    ) -> list[tuple[Found, ...]]:
        """What the scores of all windows of these texts amount to."""
        found: list[list[tuple[Run, Piece]]] = [[] for _ in stories]
        for number, window, scores in windows:
            found[number].extend(self.decode_one(window, scores))
        return [self._group(text, pieces, rows) for text, pieces, rows in zip(texts, stories, found, strict=True)]

    def decode_one(self, window: Window, scores: WindowScores) -> list[tuple[Run, Piece]]:
        """The pieces of one window: where each lies among the text's wordpieces, and what it points to there."""
        return [
            (window_span(window, piece.rows), _placed(piece, window))
            for piece in decode_window(scores, window.core, window.rows >= 0, self.decision)
        ]

    def score_windows(self, stories: Sequence[Pieces]) -> Iterator[tuple[int, Window, WindowScores]]:
        """The network's scores for every window of every story, story by story.

        Each window goes through by itself: several together would be padded, which costs a tenth and moves the last
        bits of the scores.
        """
        for number, pieces in enumerate(stories):
            for window in cut_windows(pieces):
                yield number, window, self.network.score(window.ids, *window_inputs(pieces, window))

    def _group(self, text: str, pieces: Pieces, rows: list[tuple[Run, Piece]]) -> tuple[Found, ...]:
        found: list[Found] = []
        numbers: dict[tuple[Run | None, Run | None, int], int] = {}
        for content, piece in sorted(rows, key=lambda item: item[0]):
            start, end = word_span(text, pieces, content)
            speaker = word_span(text, pieces, piece.speaker) if piece.speaker else None
            cue = word_span(text, pieces, piece.cue) if piece.cue else None
            alone = 0 if cue else len(found) + 1
            number = numbers.setdefault((speaker, cue, alone), len(numbers))
            found.append(
                Found(
                    start,
                    end,
                    speaker,
                    cue,
                    number,
                    piece.speech >= self.decision.speech_floor,
                    confidence_of(piece, self.decision),
                )
            )
        return name_by_layout(text, found)


def window_inputs(pieces: Pieces, window: Window) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Features and dependency heads in window positions; special tokens have feature 0 and are their own head."""
    real, safe = window.rows >= 0, np.maximum(window.rows, 0)
    place = np.full(len(pieces), -1, dtype=np.int64)
    place[window.rows[real]] = np.flatnonzero(real)
    head = np.where(real, place[pieces.head[safe]], -1)
    return np.where(real[:, None], pieces.features[safe], 0), np.where(head >= 0, head, np.arange(len(head)))


def window_span(window: Window, run: Run) -> Run:
    """A run of window positions as first and last row of the text's pieces."""
    rows = window.rows[run[0] : run[1]]
    rows = rows[rows >= 0]
    return int(rows[0]), int(rows[-1])


def _placed(piece: Piece, window: Window) -> Piece:
    speaker, cue = (window_span(window, run) if run else None for run in (piece.speaker, piece.cue))
    return Piece(piece.rows, speaker, cue, piece.speech, piece.evidence)


def word_span(text: str, pieces: Pieces, run: Run) -> tuple[int, int]:
    """From a first and a last piece to code points, grown to whole words."""
    start, end = int(pieces.start[run[0]]), int(pieces.end[run[1]])
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return start, end


def confidence_of(piece: Piece, decision: Decision) -> float:
    """The calibrated probability that span and speaker are right (logistic in the piece's evidence)."""
    weights = decision.calibration
    level = weights[0] + sum(weight * logit(value) for weight, value in zip(weights[1:], piece.evidence, strict=False))
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, level)))), 3)


def logit(value: float) -> float:
    """Log odds, kept within about plus and minus six."""
    bounded = min(max(value, 0.002), 0.998)
    return math.log(bounded / (1 - bounded))


def name_by_layout(text: str, found: Sequence[Found]) -> tuple[Found, ...]:
    """The pieces with the speakers that a transcript's labels and a quotation's signature give them."""
    named: list[Found] = []
    fresh = count(max((piece.attribution for piece in found), default=-1) + 1)
    carried: tuple[re.Match[str], int] | None = None
    for piece in found:
        line = text.rfind("\n", 0, piece.start) + 1
        label = _label(text, line, piece)
        if label:
            trimmed = replace(piece, start=max(piece.start, label.end("cue")))
            named.append(_spoken(trimmed, label.span("name"), label.span("cue"), next(fresh)))
            carried = (label, named[-1].attribution) if _shouted(label["name"]) else None
            continue
        opens = all(sign.isspace() or sign in _MARKS for sign in text[line : piece.start])
        if opens and (signed := _signature(text, piece)):
            named.append(_spoken(piece, *signed, next(fresh)))
            carried = None
        elif opens and carried and not _named_nearby(text, line, piece):
            named.append(_spoken(piece, carried[0].span("name"), carried[0].span("cue"), carried[1]))
        else:
            named.append(piece)
            carried = carried if opens and not piece.speaker else None
    return tuple(named)


def _label(text: str, line: int, piece: Found) -> re.Match[str] | None:
    """The "NAME:" before the words, or at their very beginning."""
    match = _LABEL.match(text, line, min(piece.end, line + 90))
    if not match or match.end() >= piece.end or not match.start("name") <= max(piece.start, line + 1):
        return None
    if match.end() < piece.start or not _is_name(match["name"]) or is_no_speaker(match["name"]):
        return None
    if not _shouted(match["name"]) and (match.end("name") > piece.start or _named_nearby(text, line, piece)):
        return None
    return match


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
