"""A library of stories: its verbs, how stories come into it, who speaks in it, feeds, watches, several at once.

What is named here is for `bot`; each is imported when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.library.claims import KEPT_S, Claims
    from index.library.folder import Library, Rebuilding
    from index.library.identifying import Identities
    from index.library.intake import Attributor, Progress
    from index.library.libraries import FolderLibraries, Libraries
    from index.library.verbs import Added, StoryLibrary

__all__ = [
    "KEPT_S",
    "Added",
    "Attributor",
    "Claims",
    "FolderLibraries",
    "Identities",
    "Libraries",
    "Library",
    "Progress",
    "Rebuilding",
    "StoryLibrary",
]  # fmt: skip

_MODULES = {
    "claims": "KEPT_S Claims", "folder": "Library Rebuilding", "identifying": "Identities",
    "intake": "Attributor Progress", "libraries": "FolderLibraries Libraries", "verbs": "Added StoryLibrary",
}  # fmt: skip

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """One of the names above, from its module."""
        for module, names in _MODULES.items():
            if name in names.split():
                return getattr(import_module(f"{__name__}.{module}"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
