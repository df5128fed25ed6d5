"""Texts to unit vectors by the packaged model: wordpieces, the layers, the mean over a text's pieces, length 1.

The same as sentence-transformers makes of it (`modules.json` of the model: transformer, mean pooling, normalise).
"""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from index.encoding.layers import Bottom, Layers, Mask
from index.encoding.packaged import PACKAGED_DIM, PACKAGED_MODEL, Floats, packaged_tensors, packaged_tokenizer
from index.errors import EmbedderUnusable

if TYPE_CHECKING:
    from tokenizers import Tokenizer

LONGEST_TEXT = 256  # pieces; the rest of a text is not read (sentence_bert_config.json of the model)
PIECES_PER_BATCH = 256  # padding included; tried with 64 to 1,024 on passages of the seed
TEXTS_PER_ROUND = 4_096  # tokenised together, which bounds memory


class SentenceEncoder:
    """The packaged model, loaded. Each batch runs on one core, and as many batches at once as there are cores."""

    def __init__(self, tokenizer: "Tokenizer", bottom: Bottom, layers: Layers, *, workers: int) -> None:
        self._tokenizer = tokenizer
        self._bottom = bottom
        self._layers = layers
        self._workers = workers
        self._behind = ThreadPoolExecutor(workers, thread_name_prefix="encoder")

    @classmethod
    def load(cls, *, int8: bool = False, workers: int | None = None) -> "SentenceEncoder":
        """The model from its installed files. Raises EmbedderUnusable where they are not the published ones."""
        tensors = packaged_tensors()
        tokenizer = packaged_tokenizer()
        tokenizer.enable_truncation(LONGEST_TEXT)
        return cls(tokenizer, Bottom.of(tensors), Layers.of(tensors, int8=int8), workers=workers or usable_cores())

    def encode(self, texts: Sequence[str]) -> Floats:
        """Unit rows, float32 (n, 384), in the order of the texts."""
        vectors = np.zeros((len(texts), PACKAGED_DIM), dtype=np.float32)
        for start in range(0, len(texts), TEXTS_PER_ROUND):
            self._encode_into(vectors[start : start + TEXTS_PER_ROUND], texts[start : start + TEXTS_PER_ROUND])
        return vectors

    def begin(self, texts: Sequence[str]) -> "Future[Floats]":
        """The rows to come of a few texts, which go through the layers together while the caller goes on.

        It comes back when another thread is about to enter the layers, which hold nobody up: a thread that still had
        Python to run would wait for the caller's turn to end.
        """
        hidden, real = self._prepared([code.ids for code in self._tokenizer.encode_batch(_sound(texts))])
        entering = Lock()
        entering.acquire()

        def work() -> Floats:
            entering.release()
            return _pooled(self._layers.states(hidden, real), real)

        begun = self._behind.submit(work)
        entering.acquire()
        return begun

    def _encode_into(self, vectors: Floats, texts: Sequence[str]) -> None:
        pieces = [code.ids for code in self._tokenizer.encode_batch(_sound(texts))]
        batches = list(_batches([len(ids) for ids in pieces]))

        def work(batch: list[int]) -> None:
            vectors[batch] = self._vectors([pieces[at] for at in batch])

        if len(batches) == 1 or self._workers == 1:
            for batch in batches:
                work(batch)
            return
        with ThreadPoolExecutor(self._workers) as pool:
            list(pool.map(work, batches))

    def _vectors(self, pieces: Sequence[Sequence[int]]) -> Floats:
        """The vectors of texts that go through the layers together."""
        hidden, real = self._prepared(pieces)
        return _pooled(self._layers.states(hidden, real), real)

    def _prepared(self, pieces: Sequence[Sequence[int]]) -> tuple[Floats, Mask]:
        """What goes into the layers, and which of it is no padding."""
        shape = len(pieces), max(map(len, pieces))
        ids = np.zeros(shape, dtype=np.int64)
        real = np.zeros(shape, dtype=bool)
        for row, own in enumerate(pieces):
            ids[row, : len(own)] = own
            real[row, : len(own)] = True
        return self._bottom.hidden(ids), real


def _sound(texts: Sequence[str]) -> list[str]:
    """The texts without halves of a character, which have no bytes."""
    return [text.encode("utf-8", "replace").decode() for text in texts]


def _pooled(states: Floats, real: Mask) -> Floats:
    """The mean over each text's pieces, of length 1. Raises EmbedderUnusable where it is no number."""
    summed: Floats = (real[:, None, :].astype(np.float32) @ states)[:, 0]
    summed /= np.maximum(np.linalg.norm(summed, axis=1, keepdims=True), 1e-12)
    if not np.isfinite(summed).all():
        raise EmbedderUnusable(PACKAGED_MODEL, "what it returned is not one vector for each text")
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
