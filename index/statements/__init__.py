"""Story -> Statements: quotation marks, cues, speakers, and who "he" is.

What is named here is for `bot`; each is imported when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.statements.cues import find_verb
    from index.statements.extraction import Attributor
    from index.statements.paragraphs import find_paragraphs
    from index.statements.parsing import packaged_pipeline
    from index.statements.quotation_marks import Quoted, find_quoted

__all__ = ["EXTRACTOR", "Attributor", "Quoted", "find_paragraphs", "find_quoted", "find_verb", "packaged_pipeline"]

EXTRACTOR = 2
"""Which version of this package finds statements: raised with every release that finds others, so that libraries are
read anew. 1 is every version before it was kept which one had read a story."""

_MODULES = {
    "cues": "find_verb", "extraction": "Attributor", "paragraphs": "find_paragraphs",
    "parsing": "packaged_pipeline", "quotation_marks": "Quoted find_quoted",
}  # fmt: skip

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """One of the names above, from its module."""
        for module, names in _MODULES.items():
            if name in names.split():
                return getattr(import_module(f"{__name__}.{module}"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
