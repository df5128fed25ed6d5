"""What the statement tagger sees of a text: wordpieces with offsets, quotation state, casing and the parse.

Everything here is plain arrays over the wordpieces of one text; `tagger` runs the network over the windows cut here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.statements.paragraphs import LINE
from index.statements.quotation_marks import opens_quotation

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from tokenizers import Tokenizer

Ints = NDArray[np.int64]

CLS_ID, SEP_ID = 101, 102
CORE_PIECES, LEFT_PIECES, RIGHT_PIECES = 288, 64, 32  # of one window; the longest fits the 512 positions of the base
WINDOW_ROWS = 512  # special tokens included
SHAPES, QUOTE_STATES, EDGES, IOB_STATES = 16, 6, 4, 4

_MARK = re.compile(r"``|''|[\"“”„‟«»]")
OUTSIDE, OPENING, INSIDE, CLOSING, STRAY, REOPENED = range(QUOTE_STATES)
_SPECIAL_ROW = -1


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The spaCy labels that have an embedding; any other label is row 0."""

    tags: tuple[str, ...]
    deps: tuple[str, ...]
    ents: tuple[str, ...]

    def sizes(self) -> dict[str, int]:
        """Rows of every feature table, in the order of the columns of `Pieces.features`."""
        return {
            "shape": SHAPES,
            "quote": QUOTE_STATES,
            "edge": EDGES,
            "tag": len(self.tags) + 1,
            "dep": len(self.deps) + 1,
            "ent": len(self.ents) + 1,
            "iob": IOB_STATES,
        }


@dataclass(frozen=True, slots=True)
class Pieces:
    """One text as wordpieces: arrays of equal length, offsets in code points of the text."""

    ids: Ints
    start: Ints
    end: Ints
    features: Ints  # one row a piece, one column a table of `Vocabulary.sizes`
    head: Ints  # the first piece of the dependency head's word, itself where unknown
    paragraph: Ints
    breaks: Ints  # 1 where a sentence starts

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Window:
    """What the network reads at once: rows of `Pieces` (-1 for a special token), and which of them it answers for."""

    rows: Ints
    ids: Ints
    core: NDArray[np.bool_]


def quote_states(paragraph: str, carried: bool) -> tuple[NDArray[np.int8], bool]:
    """The quotation state of every character, and whether the paragraph ends inside an open quotation.

    `carried` says that the paragraph before was left open; a closing mark without an opening one then closes it.
    """
    states = np.zeros(len(paragraph), dtype=np.int8)
    opened: int | None = None
    seen_mark = False
    for match in _MARK.finditer(paragraph):
        a, b = match.span()
        opens = opens_quotation(
            match.group(), paragraph[a - 1 : a] if a else "", paragraph[b : b + 1], opened is not None
        )
        if opens:
            if opened is not None:
                states[opened:a] = INSIDE
                states[a:b] = STRAY
                continue
            opened = b
            states[a:b] = REOPENED if carried and not seen_mark and not paragraph[:a].strip() else OPENING
        elif opened is not None:
            states[opened:a] = INSIDE
            states[a:b] = CLOSING
            opened = None
        elif carried and not seen_mark:
            states[:a] = INSIDE
            states[a:b] = CLOSING
        else:
            states[a:b] = STRAY
        seen_mark = True
    if opened is not None:
        states[opened:] = np.where(states[opened:] == OUTSIDE, INSIDE, states[opened:])
    return states, opened is not None


def _shape(piece: str, continued: bool) -> int:
    """Casing class of one wordpiece as written; the base model itself is uncased."""
    if piece.isalpha():
        if piece.islower():
            kind = 1
        elif piece.isupper():
            kind = 2 if len(piece) == 1 else 3
        else:
            kind = 4 if piece[0].isupper() else 5
    elif piece.isdigit():
        kind = 6
    else:
        kind = 7
    return kind + 8 * continued


def read_pieces(text: str, doc: Doc | None, tokenizer: Tokenizer, vocabulary: Vocabulary) -> Pieces:
    """The wordpieces of `text` with their features; `doc` is spaCy's parse of the same text (or None: no parse)."""
    matches = [m for m in LINE.finditer(text) if not m.group().isspace()]
    encodings = tokenizer.encode_batch([m.group() for m in matches], add_special_tokens=False)
    ids: list[int] = []
    spans: list[tuple[int, int]] = []
    rows: list[tuple[int, int, int, int]] = []
    carried = False
    for number, (match, encoding) in enumerate(zip(matches, encodings, strict=True)):
        words, base = match.group(), match.start()
        states, carried = quote_states(words, carried)
        last, final = -1, len(encoding.ids) - 1
        for place, (piece_id, (a, b)) in enumerate(zip(encoding.ids, encoding.offsets, strict=True)):
            shape = _shape(words[a:b], a == last and a > 0 and words[a - 1 : a].isalnum())
            state = int(states[a]) if a < len(states) else 0
            last = b
            ids.append(piece_id)
            spans.append((base + a, base + b))
            rows.append((shape, state, 1 if place == 0 else 2 if place == final else 0, number))
    table = np.array(rows, dtype=np.int64).reshape(-1, 4)
    offsets = np.array(spans, dtype=np.int64).reshape(-1, 2)
    parse, head, breaks = _parse_features(len(text), offsets, doc, vocabulary)
    features = np.concatenate([table[:, :3], parse], axis=1)
    return Pieces(
        np.array(ids, dtype=np.int64),
        offsets[:, 0].copy(),
        offsets[:, 1].copy(),
        features,
        head,
        table[:, 3].copy(),
        breaks,
    )


def _parse_features(length: int, offsets: Ints, doc: Doc | None, vocabulary: Vocabulary) -> tuple[Ints, Ints, Ints]:
    """Tag, dependency, entity type and entity state; the head's piece; sentence starts - all from spaCy, by offset."""
    count = len(offsets)
    parse, head = np.zeros((count, 4), dtype=np.int64), np.arange(count, dtype=np.int64)
    breaks = np.zeros(count, dtype=np.int64)
    if doc is None or not len(doc) or not count:
        return parse, head, breaks
    values: NDArray[Any] = doc.to_array(["TAG", "DEP", "ENT_TYPE", "ENT_IOB", "HEAD", "SENT_START"])
    starts = np.array([token.idx for token in doc], dtype=np.int64)
    ends = starts + np.array([len(token) for token in doc], dtype=np.int64)
    word = np.searchsorted(starts, offsets[:, 0], side="right") - 1
    known = (word >= 0) & (offsets[:, 0] < ends[np.maximum(word, 0)]) & (offsets[:, 1] <= length)
    word = np.maximum(word, 0)
    for column, labels in enumerate((vocabulary.tags, vocabulary.deps, vocabulary.ents)):
        parse[:, column] = _rows_of(values[:, column], labels, doc)[word] * known
    parse[:, 3] = np.clip(values[:, 3].astype(np.int64), 0, IOB_STATES - 1)[word] * known
    first = np.full(len(doc), -1, dtype=np.int64)
    first[word[::-1]] = np.arange(count)[::-1]
    governor = np.arange(len(doc)) + values[:, 4].astype(np.int64)
    governor = np.clip(governor, 0, len(doc) - 1)
    found = first[governor[word]]
    head = np.where(known & (found >= 0), found, head)
    breaks = ((values[:, 5].astype(np.int64)[word] == 1) & (first[word] == np.arange(count)) & known).astype(np.int64)
    return parse, head, breaks


def _rows_of(hashes: NDArray[np.uint64], labels: Sequence[str], doc: Doc) -> Ints:
    strings = doc.vocab.strings
    rows: Mapping[int, int] = {int(strings.as_int(label)): row for row, label in enumerate(labels, 1)}
    distinct, inverse = np.unique(hashes, return_inverse=True)
    return np.array([rows.get(int(value), 0) for value in distinct], dtype=np.int64)[inverse]


def cut_blocks(pieces: Pieces, longest: int = CORE_PIECES) -> list[tuple[int, int]]:
    """Runs of pieces that are never torn apart: paragraphs, or parts of a long one that end where a sentence ends."""
    blocks: list[tuple[int, int]] = []
    edges = [0, *(np.flatnonzero(np.diff(pieces.paragraph)) + 1).tolist(), len(pieces)]
    for a, b in pairwise(edges):
        while b - a > longest:
            stops = np.flatnonzero(pieces.breaks[a + longest // 2 : a + longest + 1])
            cut = a + longest // 2 + int(stops[-1]) if len(stops) else a + longest
            blocks.append((a, cut))
            a = cut
        if b > a:
            blocks.append((a, b))
    return blocks


def cut_windows(
    pieces: Pieces, longest: int = CORE_PIECES, left: int = LEFT_PIECES, right: int = RIGHT_PIECES
) -> list[Window]:
    """Windows whose cores together cover every piece once, each with some context on either side."""
    windows: list[Window] = []
    blocks = cut_blocks(pieces, longest)
    at = 0
    while at < len(blocks):
        stop = at + 1
        while stop < len(blocks) and _fits(blocks[at][0], blocks[stop][1], stop - at + 1, longest):
            stop += 1
        windows.append(_window(pieces, (blocks[at][0], blocks[stop - 1][1]), left, right))
        at = stop
    return windows


def _fits(a: int, b: int, blocks: int, longest: int) -> bool:
    """Whether so many pieces, and a separator after each block, leave some room for context."""
    return b - a <= longest and b - a + blocks <= WINDOW_ROWS - 64


def _window(pieces: Pieces, core: tuple[int, int], left: int, right: int) -> Window:
    a, b = core
    low, high = max(0, a - left), min(len(pieces), b + right)
    if high - low + len(set(pieces.paragraph[low:high].tolist())) + 1 > WINDOW_ROWS:
        return _window(pieces, core, left // 2, right // 2)
    plain = np.arange(low, high)
    turns = np.flatnonzero(np.diff(pieces.paragraph[low:high])) + 1
    rows = np.concatenate([[_SPECIAL_ROW], np.insert(plain, turns, _SPECIAL_ROW), [_SPECIAL_ROW]]).astype(np.int64)
    ids = np.where(rows >= 0, pieces.ids[np.maximum(rows, 0)], SEP_ID)
    ids[0] = CLS_ID
    return Window(rows, ids, (rows >= a) & (rows < b))
