"""Stories in, attributed passages out.

This package has never heard of Discord; `bot` builds on it, never the reverse. What is named here is for other
programs: a library in a folder, what reads stories for it, and the values that it gives. Each is imported when it is
first used.
"""

from importlib import import_module
from os import environ
from typing import TYPE_CHECKING

# Set before numpy is first imported: the second thread of its small products spins on a core that the model needs.
environ.setdefault("OPENBLAS_NUM_THREADS", "1")

if TYPE_CHECKING:
    from index.errors import StoriesError
    from index.library.folder import Library
    from index.reading import read_source
    from index.story import Hit, Passage, Span, Speaker, Statement, Story

__all__ = ["Hit", "Library", "Passage", "Span", "Speaker", "Statement", "StoriesError", "Story", "read_source"]
_ROOMS = {
    "errors": ("StoriesError",),
    "library.folder": ("Library",),
    "reading": ("read_source",),
    "story": ("Hit", "Passage", "Span", "Speaker", "Statement", "Story"),
}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """One of the names above, from its room."""
        for room, names in _ROOMS.items():
            if name in names:
                return getattr(import_module(f"index.{room}"), name)
        raise AttributeError(f"module 'index' has no attribute {name!r}")
