"""The layers of all-MiniLM-L6-v2 without torch: what embeds texts, reads sentences and marks statements.

ONNX Runtime runs them, on a graph that is written here and the weights that come with the installation.

What is named here is for `bot`; each is imported when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.encoding.embedding import Embedder, PackagedEmbedder, SentenceEmbedder, Vectors
    from index.encoding.packaged import PACKAGED_DIM, mapped_tensors, packaged_folder
    from index.encoding.sentences import Pieces, SentenceEncoder
    from index.encoding.sharing import SharedEmbedder

__all__ = [
    "PACKAGED_DIM",
    "Embedder",
    "PackagedEmbedder",
    "Pieces",
    "SentenceEmbedder",
    "SentenceEncoder",
    "SharedEmbedder",
    "Vectors",
    "mapped_tensors",
    "packaged_folder",
]  # fmt: skip

_MODULES = {
    "embedding": "Embedder PackagedEmbedder SentenceEmbedder Vectors",
    "packaged": "PACKAGED_DIM mapped_tensors packaged_folder", "sentences": "Pieces SentenceEncoder",
    "sharing": "SharedEmbedder",
}  # fmt: skip

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """One of the names above, from its module."""
        for module, names in _MODULES.items():
            if name in names.split():
                return getattr(import_module(f"{__name__}.{module}"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
