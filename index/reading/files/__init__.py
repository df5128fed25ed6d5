"""Files that are no plain text and no page: PDF, Word documents, mail, captions; each read by one function."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Literal

from index.errors import StoryUnreadable
from index.reading.text import MAX_STORY_BYTES, is_text, read_text
from index.story import Story

__all__ = ["FILE_SUFFIXES", "is_readable", "kind_of", "read_document"]

Kind = Literal["pdf", "docx", "eml", "mbox", "captions"]
SUFFIXES: dict[str, Kind] = {
    ".pdf": "pdf", ".docx": "docx", ".eml": "eml", ".mbox": "mbox", ".vtt": "captions", ".srt": "captions",
}  # fmt: skip
FILE_SUFFIXES = tuple(SUFFIXES)
_TYPES: dict[str, Kind] = {
    "application/pdf": "pdf",
    "application/x-pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "message/rfc822": "eml",
    "application/mbox": "mbox",
    "text/vtt": "captions",
    "text/srt": "captions",
    "application/x-subrip": "captions",
}


def kind_of(raw: bytes, name: str = "", content_type: str = "") -> Kind | None:
    """The kind of a file; None where it is a plain text, a page or nothing that is known."""
    if raw[:1024].lstrip().startswith(b"%PDF-"):
        return "pdf"
    if raw.startswith(b"PK\x03\x04"):
        return "docx"
    if raw.lstrip(b"\xef\xbb\xbf").startswith(b"WEBVTT"):
        return "captions"
    suffix = "." + name.lower().rpartition(".")[2]
    return SUFFIXES.get(suffix) or _TYPES.get(content_type)


def is_readable(raw: bytes) -> bool:
    """Whether bytes of which nobody says what they are can be read: a text, a page, or one of these files."""
    return kind_of(raw) is not None or is_text(raw)


def read_document(raw: bytes, kind: Kind, identity: str | None, *, name: str) -> Iterator[Story]:
    """The stories of a file: one, or of a mailbox one a letter. Raises StoryUnreadable where there is none."""
    if len(raw) > MAX_STORY_BYTES:
        raise StoryUnreadable(name, f"it is longer than {MAX_STORY_BYTES:,} bytes")
    if kind == "mbox":
        from index.reading.files.mail import read_mailbox

        yield from read_mailbox(raw, name=name)
        return
    yield _READERS[kind](raw, identity, name)


def _read_pdf(raw: bytes, identity: str | None, name: str) -> Story:
    from index.reading.files.pdf import pdf_text

    text, title = pdf_text(raw, name)
    story = read_text(text, identity, name=name)
    return replace(story, title=title or story.title)


def _read_docx(raw: bytes, identity: str | None, name: str) -> Story:
    from index.reading.files.docx import docx_text

    text, title, author = docx_text(raw, name)
    story = read_text(text, identity, name=name)
    return replace(story, title=title or story.title, author=story.author or author)


def _read_mail(raw: bytes, identity: str | None, name: str) -> Story:
    from index.reading.files.mail import read_letter

    return read_letter(raw, identity, name=name)


def _read_captions(raw: bytes, identity: str | None, name: str) -> Story:
    from index.reading.files.captions import captions_text

    return read_text(captions_text(raw, name), identity, name=name)


_READERS: dict[Kind, Callable[[bytes, str | None, str], Story]] = {
    "pdf": _read_pdf,
    "docx": _read_docx,
    "eml": _read_mail,
    "captions": _read_captions,
}
