"""Bytes, pages, lines and folders to Stories, whose text is exactly what came in."""

from index.reading.sources import read_source
from index.reading.text import read_text

__all__ = ["read_source", "read_text"]
