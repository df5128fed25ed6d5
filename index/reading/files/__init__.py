"""Files that are no plain text and no page: PDF, Word documents, mail, captions; each read by one function."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from index.errors import StoryUnreadable
from index.reading.text import MAX_STORY_BYTES, decoded, is_text, read_text
from index.reading.transcripts import captions_text
from index.story import Story

Kind = Literal["pdf", "docx", "eml", "mbox", "captions"]
_SUFFIXES: dict[str, Kind] = {
    ".pdf": "pdf", ".docx": "docx", ".eml": "eml", ".mbox": "mbox", ".vtt": "captions", ".srt": "captions",
}  # fmt: skip
FILE_SUFFIXES = tuple(_SUFFIXES)
PAGE_TYPES = ("text/html", "application/xhtml+xml")
MARKDOWN_TYPE = "text/markdown"
TEXT_TYPES = ("text/plain", MARKDOWN_TYPE)
FILE_TYPES: dict[str, Kind] = {
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
    return _SUFFIXES.get(suffix) or FILE_TYPES.get(content_type)


def is_readable(raw: bytes) -> bool:
    """Whether bytes of which nobody says what they are can be read: a text, a page, or one of these files."""
    return kind_of(raw) is not None or is_text(raw)


def read_document(raw: bytes, kind: Kind, identity: str | None, *, name: str) -> Iterator[Story]:
    """The stories of a file: one, or of a mailbox one a letter. Raises StoryUnreadable where there is none."""
    if len(raw) > MAX_STORY_BYTES:
        raise StoryUnreadable(name, f"it is longer than {MAX_STORY_BYTES:,} bytes")
    match kind:
        case "pdf":
            from index.reading.files.pdf import pdf_text

            text, title = pdf_text(raw, name)
            story = read_text(text, identity, name=name)
            yield replace(story, title=title or story.title)
        case "docx":
            from index.reading.files.docx import docx_text

            text, title, author = docx_text(raw, name)
            story = read_text(text, identity, name=name)
            yield replace(story, title=title or story.title, author=story.author or author)
        case "eml":
            from index.reading.files.mail import read_letter

            yield read_letter(raw, identity, name=name)
        case "mbox":
            from index.reading.files.mail import read_mailbox

            yield from read_mailbox(raw, name=name)
        case "captions":
            yield read_text(captions_text(decoded(raw), name), identity, name=name)
