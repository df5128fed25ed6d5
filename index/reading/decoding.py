"""Bytes to text, losing nothing: what every reader of files and pages starts with.

The text is never rewritten after this point; a byte order mark is the one thing that decoding takes off.
"""

import codecs
import re
from collections.abc import Sequence

MAX_STORY_BYTES = 10_000_000
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NOT_OF_TEXT = frozenset({"base64", "bz2", "hex", "quopri", "rot13", "uu", "zlib", "idna", "punycode"})
_NOT_IN_1252 = frozenset(b"\x81\x8d\x8f\x90\x9d")
_STRAY = "onrecord.stray"
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE | re.ASCII)


def decoded(raw: bytes, *, declared: Sequence[str | None] = ()) -> str:
    """The text of these bytes: by their byte order mark, as UTF-8, as declared, or as what they look most like.

    Of several declarations the first that fits counts. Bytes astray in a text that is UTF-8 otherwise are read as
    Windows-1252, in which they mostly came there.
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, errors="replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if _is_mostly_utf_8(raw):
        codecs.register_error(_STRAY, _stray)
        return raw.decode("utf-8", errors=_STRAY)
    known = (name for name in map(_known, declared) if name is not None and name != "utf-8")
    return raw.decode(next(known, None) or _likely_encoding(raw), errors="replace")


def charset_in(said: str) -> str | None:
    """The encoding that a header, or the head of a page, declares."""
    found = _CHARSET.search(said)
    return found[1] if found else None


def is_text(raw: bytes) -> bool:
    """Whether these bytes look like writing and not like a picture, an archive or a program."""
    if raw.startswith(tuple(mark for mark, _ in _MARKS)):
        return True
    head = raw[:8192]
    controls = sum(byte < 32 and byte not in (9, 10, 12, 13, 27) for byte in head)
    return controls * 50 <= len(head)


def _is_mostly_utf_8(raw: bytes) -> bool:
    """Whether more of what is not ASCII is whole characters of UTF-8 than is not."""
    text = raw.decode("utf-8", errors="replace")
    broken = text.count("\ufffd") - raw.count("\ufffd".encode())
    whole = sum(character > "\x7f" for character in text) - broken
    return whole > broken


def _stray(error: UnicodeError) -> tuple[str, int]:
    """What stands for bytes astray: their characters in Windows-1252; of half a character, the mark that says so."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    stray = error.object[error.start : error.end]
    alone = len(stray) == 1 and stray[0] not in _NOT_IN_1252
    return (stray.decode("cp1252") if alone else "\ufffd"), error.end


def _known(declared: str | None) -> str | None:
    """The declared encoding under Python's name, if it is one of text; pages that say Latin-1 mean Windows-1252."""
    try:
        name = codecs.lookup(declared).name if declared else None
    except (LookupError, ValueError):
        return None
    return {"iso8859-1": "cp1252", "ascii": "cp1252"}.get(name or "", name) if name not in _NOT_OF_TEXT else None


def _likely_encoding(raw: bytes) -> str:
    """Windows-1252 for a text mostly in ASCII, where statistics have little to go by; else the best guess."""
    head = raw[:100_000]
    if sum(byte > 127 for byte in head) * 6 < len(head) and not any(byte in _NOT_IN_1252 for byte in head):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(head).best()
    return best.encoding if best is not None else "cp1252"
