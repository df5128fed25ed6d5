"""Texts to unit vectors: by the packaged model without torch, or by any sentence-transformers model on this machine.

Nothing is downloaded, and nothing heavy is imported, before the first text is embedded.
"""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from index.encoding.packaged import PACKAGED_DIM, PACKAGED_MODEL, PACKAGED_SHA256, packaged_folder
from index.errors import EmbedderUnusable

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

    from index.encoding.sentences import Pieces, SentenceEncoder

Vectors = NDArray[np.float32]

BATCH_TEXTS = 32
_NAME = f"{PACKAGED_MODEL}:{PACKAGED_SHA256[:16]}"


class Embedder(Protocol):
    """Texts in, unit float32 rows out. `name` says which model it is: vectors of two names are never compared."""

    @property
    def name(self) -> str:
        """The model, with a digest of its weights where one is known."""
        ...

    @property
    def dim(self) -> int:
        """How many numbers a vector has."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row for each text, in the same order: shape (n, dim), each of length 1."""
        ...


@runtime_checkable
class Piecewise(Protocol):
    """An embedder that can also show what it makes of each wordpiece of a text."""

    def pieces(self, texts: Sequence[str]) -> "list[Pieces]":
        """The states of the wordpieces of each text, of which its vector is the mean."""
        ...


class PackagedEmbedder:
    """The packaged model, run by ONNX Runtime: the same vectors as sentence-transformers gives, sooner, without torch.

    With `int8` it is about twice as fast again and less exact, so its vectors go by another name. Loaded when it is
    first used, once. Raises EmbedderUnusable where the weights are not those that were published.
    """

    def __init__(self, *, int8: bool = False, threads: int | None = None) -> None:
        self._int8 = int8
        self._threads = threads
        self._loaded: SentenceEncoder | None = None
        self._loading = Lock()

    @property
    def name(self) -> str:
        """The model's name and the beginning of its weights' digest."""
        return f"{_NAME}:int8" if self._int8 else _NAME

    @property
    def dim(self) -> int:
        """How many numbers a vector has."""
        return PACKAGED_DIM

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit rows, float32 (n, dim). Texts of like length go through the model together."""
        if not texts:
            return np.zeros((0, PACKAGED_DIM), dtype=np.float32)
        vectors = self.load().encode(texts)
        if not np.isfinite(vectors).all():
            raise EmbedderUnusable(self.name, "what it returned is not one vector for each text")
        return vectors

    def pieces(self, texts: Sequence[str]) -> "list[Pieces]":
        """The states of the wordpieces of each text, of which its vector is the mean."""
        return self.load().pieces(texts)

    def load(self) -> "SentenceEncoder":
        """The model itself, loaded if it was not; for a warm start behind other work."""
        with self._loading:
            if self._loaded is None:
                from index.encoding.sentences import SentenceEncoder

                self._loaded = SentenceEncoder.load(int8=self._int8, threads=self._threads)
            return self._loaded


class SentenceEmbedder:
    """A sentence-transformers model: the packaged one by default, or any other by name or folder.

    It is what `PackagedEmbedder` is held to, and the way to any other model. Loaded when it is first used, once, by
    whichever thread comes first. Raises EmbedderUnusable where it is not on this machine, or where the packaged weights
    are not those that were published.
    """

    def __init__(self, model: str | None = None, *, threads: int | None = None) -> None:
        self._model = model
        self._threads = threads
        self._loaded: SentenceTransformer | None = None
        self._loading = Lock()
        self._name = _NAME if model is None else ""

    @property
    def name(self) -> str:
        """The model's name and the beginning of its weights' digest."""
        if not self._name:
            folder = Path(self._model or "")
            self._name = f"{folder.name}:{_folder_digest(folder)}" if folder.is_dir() else str(self._model)
        return self._name

    @property
    def dim(self) -> int:
        """How many numbers a vector has; only the packaged model knows it before it is loaded."""
        return PACKAGED_DIM if self._model is None else self._dim_of(self.load())

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit rows, float32 (n, dim). Texts of like length go through the model together."""
        if not texts:
            return np.zeros((0, self.dim), dtype=np.float32)
        model = self.load()
        rows = model.encode(
            list(texts),
            batch_size=BATCH_TEXTS,
            convert_to_numpy=True,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        vectors = np.ascontiguousarray(rows, dtype=np.float32)
        if vectors.shape != (len(texts), self._dim_of(model)) or not np.isfinite(vectors).all():
            raise EmbedderUnusable(self.name, "what it returned is not one vector for each text")
        return vectors

    def load(self) -> "SentenceTransformer":
        """The model itself, loaded if it was not; for a warm start behind other work."""
        with self._loading:
            if self._loaded is None:
                self._loaded = self._load()
            return self._loaded

    def _load(self) -> "SentenceTransformer":
        source = str(packaged_folder()) if self._model is None else self._model
        os.environ["HF_HUB_OFFLINE"] = "1"
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        import torch
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        if self._threads is not None:
            torch.set_num_threads(self._threads)
        try:
            return SentenceTransformer(source, device="cpu", local_files_only=True)
        except (OSError, ValueError) as error:
            raise EmbedderUnusable(self._model or PACKAGED_MODEL, "it is not on this machine") from error

    @staticmethod
    def _dim_of(model: "SentenceTransformer") -> int:
        return int(model.get_embedding_dimension() or 0)


def _folder_digest(folder: Path) -> str:
    """The beginning of a digest over weights and settings, so that a changed model has another name."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".safetensors", ".bin", ".json", ".txt") and path.is_file():
            digest.update(str(path.relative_to(folder)).encode())
            with path.open("rb") as opened:
                digest.update(hashlib.file_digest(opened, "sha256").digest())
    return digest.hexdigest()[:16]
