"""A Word document to its text as its reader sees it: insertions accepted, deletions gone, a table's row on a line."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.errors import StoryUnreadable
from index.reading.pages.names import author_names

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_UNPACKED = 60_000_000
"""Bytes of all that is packed in it, as it says itself before anything is unpacked."""
MAX_PARTS = 5_000
MAX_XML = 20_000_000
"""Bytes of the part that holds the text."""
_FAILURES = (
    *(KeyError, ValueError, AttributeError, TypeError, OSError, EOFError, RuntimeError),
    *(zipfile.BadZipFile, zlib.error),
)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_UNSEEN = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}delText", _FALLBACK, f"{_W}fldData"})
_MARKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def docx_text(raw: bytes, name: str) -> tuple[str, str | None, str | None]:
    """Its text, and the title and author in its properties, where they name any. Raises StoryUnreadable."""
    _judge(raw, name)
    from docx import Document
    from lxml.etree import LxmlError

    try:
        document = Document(io.BytesIO(raw))
        lines = list(_lines(document.element.body))
        title, author = document.core_properties.title, document.core_properties.author
    except (LxmlError, *_FAILURES) as error:
        raise StoryUnreadable(name, "the Word document is damaged") from error
    except Exception as error:
        # python-docx has errors of its own, which share no root but this one, for a package that is none of Word's.
        if type(error).__module__.startswith("docx"):
            raise StoryUnreadable(name, "it is no Word document") from error
        raise
    return "\n".join(lines), _plain(title), ", ".join(author_names(author, None)) or None


def _judge(raw: bytes, name: str) -> None:
    """Refuses an archive that is none, or that would unpack to too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
        raise StoryUnreadable(name, "the Word document is damaged") from error
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise StoryUnreadable(name, f"it unpacks to more than {MAX_UNPACKED:,} bytes")
    body = next((part for part in parts if part.filename == "word/document.xml"), None)
    if body is None:
        raise StoryUnreadable(name, "it is no Word document")
    if body.file_size > MAX_XML:
        raise StoryUnreadable(name, f"its text is longer than {MAX_XML:,} bytes")


def _lines(body: "_Element") -> Iterator[str]:
    """Its paragraphs and the rows of its tables, in their order."""
    from lxml.etree import iterwalk

    pieces: list[str] = []
    rows: list[list[str]] = []
    steps = iterwalk(body, events=("start", "end"))
    for event, element in steps:
        if event == "start" and _is_unseen(element):
            steps.skip_subtree()
        elif event == "start" and element.tag == f"{_W}tr":
            rows.append([])
        elif event == "start":
            pieces.append(_said(element))
        elif element.tag == f"{_W}p":
            lines = [words for line in "".join(pieces).split("\n") if (words := " ".join(line.split()))]
            pieces.clear()
            if rows:
                rows[-1].extend(lines)
            else:
                yield from lines
        elif element.tag == f"{_W}tr" and rows:
            cells = rows.pop()  # a row of short cells is one line; of long ones, a line each
            yield from [" | ".join(cells)] if cells and sum(map(len, cells)) <= 300 else cells


def _is_unseen(element: "_Element") -> bool:
    """Whether an element holds what was deleted, is told twice, or is hidden."""
    hidden = element.tag == f"{_W}r" and element.find(f"{_W}rPr/{_W}vanish") is not None
    return element.tag in _UNSEEN or hidden


def _said(element: "_Element") -> str:
    """What an element adds to its paragraph by itself."""
    return str(element.text or "") if element.tag == f"{_W}t" else _MARKS.get(element.tag, "")


def _plain(title: str | None) -> str | None:
    """A title that is one, and not what the program calls a new document."""
    words = " ".join((title or "").split())[:300]
    is_title = len(words.split()) >= 2 and not words.lower().startswith(("microsoft word", "document", "untitled"))
    return words if is_title else None
