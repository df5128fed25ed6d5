"""Passages, and how those that are near a question are found: by meaning, and by their words.

What is named here is for `bot`; each is imported when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.search.passages import MAX_PASSAGE, passages_of
    from index.search.vectors import VectorIndex

__all__ = ["MAX_PASSAGE", "VectorIndex", "passages_of"]

_MODULES = {"passages": "MAX_PASSAGE passages_of", "vectors": "VectorIndex"}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """One of the names above, from its module."""
        for module, names in _MODULES.items():
            if name in names.split():
                return getattr(import_module(f"{__name__}.{module}"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
