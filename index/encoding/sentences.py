"""Texts to unit vectors by the packaged model: wordpieces, the layers, the mean over a text's pieces, length 1.

The same as sentence-transformers makes of it (`modules.json` of the model: transformer, mean pooling, normalise).
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from index.encoding.layers import Layers, PieceEmbeddings
from index.encoding.packaged import PACKAGED_DIM, Floats, packaged_tensors, packaged_tokenizer, unmapped

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

LONGEST_TEXT = 256  # pieces; the rest of a text is not read (sentence_bert_config.json of the model)
PIECES_PER_BATCH = 512  # padding included; tried with 256 to 1,024 on two cores
PIECES_PER_ROW = 64  # short texts share a row up to so many: little padding, and few pairs that must not see each other
TEXTS_PER_ROUND = 4_096  # tokenised together, which bounds memory


@dataclass(frozen=True, slots=True)
class Pieces:
    """The wordpieces of a text: `offsets` in code points, (0, 0) for the marks at both ends; `states` (piece, 384)."""

    offsets: tuple[tuple[int, int], ...]
    states: Floats

    @property
    def vector(self) -> Floats:
        """What the text is embedded as: the mean over its pieces, of length 1."""
        summed: Floats = self.states.sum(axis=0)
        return summed / max(float(np.linalg.norm(summed)), 1e-12)


class SentenceEncoder:
    """The packaged model, loaded. A batch runs on all the cores that it was given, one batch after the other."""

    def __init__(self, tokenizer: "Tokenizer", embeddings: PieceEmbeddings, layers: Layers) -> None:
        self._tokenizer = tokenizer
        self._embeddings = embeddings
        self._layers = layers

    @classmethod
    def load(cls, *, int8: bool = False, threads: int | None = None) -> "SentenceEncoder":
        """The model from its installed files. Raises EmbedderUnusable where they are not the published ones."""
        tensors = packaged_tensors()
        tokenizer = packaged_tokenizer()
        tokenizer.enable_truncation(LONGEST_TEXT)
        layers = Layers.of(tensors, int8=int8, threads=threads or usable_cores())
        unmapped(tensors)  # the layers have their own
        return cls(tokenizer, PieceEmbeddings.of(tensors), layers)

    def encode(self, texts: Sequence[str]) -> Floats:
        """Unit rows, float32 (n, 384), in the order of the texts."""
        vectors = np.zeros((len(texts), PACKAGED_DIM), dtype=np.float32)
        for start in range(0, len(texts), TEXTS_PER_ROUND):
            self._encode_into(vectors[start : start + TEXTS_PER_ROUND], texts[start : start + TEXTS_PER_ROUND])
        return vectors

    def pieces(self, texts: Sequence[str]) -> list[Pieces]:
        """The states of each text's wordpieces, with where they stand; the marks at both ends stand nowhere."""
        codes = self._codes(texts)
        found: list[Pieces | None] = [None] * len(texts)
        for rows in _batches(_rows([len(code.ids) for code in codes])):
            states, starts = self._states([[codes[at].ids for at in row] for row in rows])
            for at, start in zip(chain(*rows), starts, strict=True):
                own = states[start : start + len(codes[at].ids)]
                found[at] = Pieces(tuple(codes[at].offsets), own.copy())  # the others' are not kept for its sake
        return [one for one in found if one is not None]

    def _codes(self, texts: Sequence[str]) -> "list[Encoding]":
        sound = [text.encode("utf-8", "replace").decode() for text in texts]  # halves of a character have no bytes
        codes: list[Encoding] = self._tokenizer.encode_batch(sound)
        return codes

    def _encode_into(self, vectors: Floats, texts: Sequence[str]) -> None:
        pieces = [code.ids for code in self._codes(texts)]
        for rows in _batches(_rows([len(ids) for ids in pieces])):
            states, starts = self._states([[pieces[at] for at in row] for row in rows])
            summed: Floats = np.add.reduceat(states, starts)
            summed /= np.maximum(np.linalg.norm(summed, axis=1, keepdims=True), 1e-12)
            vectors[list(chain(*rows))] = summed

    def _states(self, rows: Sequence[Sequence[Sequence[int]]]) -> tuple[Floats, list[int]]:
        """The states of texts that go through the layers together, row after row, and where each text's begin.

        No text sees another, and what fills a row up is 0.
        """
        shape = len(rows), max(sum(map(len, row)) for row in rows)
        ids, places = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
        owner = np.full(shape, -1)
        starts: list[int] = []
        for at, row in enumerate(rows):
            start = 0
            for own in row:
                here = slice(start, start + len(own))
                ids[at, here], places[at, here], owner[at, here] = own, range(len(own)), len(starts)
                starts.append(at * shape[1] + start)
                start = here.stop
        states = self._layers.states(self._embeddings.hidden(ids, places), owner[:, :, None] == owner[:, None, :])
        states[owner < 0] = 0
        return states.reshape(-1, PACKAGED_DIM), starts


def usable_cores() -> int:
    """How many cores this process may use: those that it is given, or fewer where OMP_NUM_THREADS says so."""
    given = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    limit = os.environ.get("OMP_NUM_THREADS", "")
    return max(1, min(given, int(limit))) if limit.isdigit() else given


def _rows(lengths: Sequence[int]) -> list[tuple[int, list[int]]]:
    """Texts that share a row, by their numbers, with how long it is: the longest, and with each what still fits in."""
    waiting: list[list[int]] = [[] for _ in range(max(lengths) + 1)]
    for at, length in enumerate(lengths):
        waiting[length].append(at)
    rows = []
    for length in range(len(waiting) - 1, 0, -1):
        while waiting[length]:
            row, taken = [waiting[length].pop()], length
            while fitting := _longest(waiting, min(PIECES_PER_ROW - taken, length)):
                row.append(waiting[fitting].pop())
                taken += fitting
            rows.append((taken, row))
    return rows


def _longest(waiting: Sequence[Sequence[int]], most: int) -> int:
    """The greatest length, `most` at most, of which there are texts; 0 where there are none."""
    return next((length for length in range(most, 0, -1) if waiting[length]), 0)


def _batches(rows: Sequence[tuple[int, list[int]]]) -> Iterator[list[list[int]]]:
    """Rows of like length together, the longest first, so that hardly anything is padding."""
    batch: list[list[int]] = []
    longest = 0
    for length, row in sorted(rows, key=lambda one: -one[0]):
        if batch and (len(batch) + 1) * longest > PIECES_PER_BATCH:
            yield batch
            batch = []
        if not batch:
            longest = length
        batch.append(row)
    if batch:
        yield batch
