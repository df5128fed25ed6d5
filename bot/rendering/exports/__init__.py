"""Statements as files: Markdown and HTML to read, JSON, CSV and JSON-LD to work with, with the place of each piece.

Offsets are code points into the story's text as it was given, end excluded; the words are read out of it.
"""

from collections.abc import Callable, Iterable
from typing import Literal

from bot.rendering.exports.page import page
from bot.rendering.exports.tables import Row, letter, linked, records, rows_of, table
from bot.rendering.utterances import Correction
from bot.shelf import Shelf
from index.story import Statement

Format = Literal["md", "json", "csv", "jsonld", "html"]
_FORMS: dict[Format, Callable[[tuple[Row, ...]], str]] = {
    "md": letter,
    "json": records,
    "csv": table,
    "jsonld": linked,
    "html": page,
}


def exported(
    statements: Iterable[Statement], shelf: Shelf, form: Format, corrections: tuple[Correction, ...] = ()
) -> str:
    """The statements as the text of a file, in the order given, with whose they are held to be where it is settled."""
    return _FORMS[form](rows_of(statements, shelf, corrections))
