"""Texts to unit vectors by the packaged model: wordpieces, the layers, the mean over a text's pieces, length 1.

The same as sentence-transformers makes of it (`modules.json` of the model: transformer, mean pooling, normalise).
"""

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from index.encoding.layers import Bottom, Layers
from index.encoding.packaged import PACKAGED_DIM, Floats, packaged_tensors, packaged_tokenizer

if TYPE_CHECKING:
    from tokenizers import Tokenizer

LONGEST_TEXT = 256  # pieces; the rest of a text is not read (sentence_bert_config.json of the model)
PIECES_PER_BATCH = 512  # padding included; tried with 256 to 1,024 on two cores
TEXTS_PER_ROUND = 4_096  # tokenised together, which bounds memory


class SentenceEncoder:
    """The packaged model, loaded. A batch runs on all the cores that it was given, one batch after the other."""

    def __init__(self, tokenizer: "Tokenizer", bottom: Bottom, layers: Layers) -> None:
        self._tokenizer = tokenizer
        self._bottom = bottom
        self._layers = layers

    @classmethod
    def load(cls, *, int8: bool = False, threads: int | None = None) -> "SentenceEncoder":
        """The model from its installed files. Raises EmbedderUnusable where they are not the published ones."""
        tensors = packaged_tensors()
        tokenizer = packaged_tokenizer()
        tokenizer.enable_truncation(LONGEST_TEXT)
        return cls(tokenizer, Bottom.of(tensors), Layers.of(tensors, int8=int8, threads=threads or usable_cores()))

    def encode(self, texts: Sequence[str]) -> Floats:
        """Unit rows, float32 (n, 384), in the order of the texts."""
        vectors = np.zeros((len(texts), PACKAGED_DIM), dtype=np.float32)
        for start in range(0, len(texts), TEXTS_PER_ROUND):
            self._encode_into(vectors[start : start + TEXTS_PER_ROUND], texts[start : start + TEXTS_PER_ROUND])
        return vectors

    def _encode_into(self, vectors: Floats, texts: Sequence[str]) -> None:
        sound = [text.encode("utf-8", "replace").decode() for text in texts]  # halves of a character have no bytes
        pieces = [code.ids for code in self._tokenizer.encode_batch(sound)]
        for batch in _batches([len(ids) for ids in pieces]):
            vectors[batch] = self._vectors([pieces[at] for at in batch])

    def _vectors(self, pieces: Sequence[Sequence[int]]) -> Floats:
        """The vectors of texts that go through the layers together."""
        shape = len(pieces), max(map(len, pieces))
        ids = np.zeros(shape, dtype=np.int64)
        real = np.zeros(shape, dtype=bool)
        for row, own in enumerate(pieces):
            ids[row, : len(own)] = own
            real[row, : len(own)] = True
        states = self._layers.states(self._bottom.hidden(ids), real)
        summed: Floats = (real[:, None, :].astype(np.float32) @ states)[:, 0]
        summed /= np.maximum(np.linalg.norm(summed, axis=1, keepdims=True), 1e-12)
        return summed


def usable_cores() -> int:
    """How many cores this process may use: those that it is given, or fewer where OMP_NUM_THREADS says so."""
    given = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    limit = os.environ.get("OMP_NUM_THREADS", "")
    return max(1, min(given, int(limit))) if limit.isdigit() else given


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Texts of like length together, the longest first, so that hardly anything is padding."""
    batch: list[int] = []
    for at in sorted(range(len(lengths)), key=lambda at: -lengths[at]):
        if batch and (len(batch) + 1) * lengths[batch[0]] > PIECES_PER_BATCH:
            yield batch
            batch = []
        batch.append(at)
    if batch:
        yield batch
