"""Bytes to text, losing nothing: what every reader of files and pages starts with.

The text is never rewritten after this point; a byte order mark is the one thing that decoding takes off.
"""

import codecs

MAX_STORY_BYTES = 10_000_000
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decoded(raw: bytes) -> str:
    """The text of these bytes: by their byte order mark, as UTF-8, or in the encoding they look most like."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, errors="replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode(_likely_encoding(raw), errors="replace")


def is_text(raw: bytes) -> bool:
    """Whether these bytes look like writing and not like a picture, an archive or a program."""
    if raw.startswith(tuple(mark for mark, _ in _MARKS)):
        return True
    head = raw[:8192]
    controls = sum(byte < 32 and byte not in (9, 10, 12, 13, 27) for byte in head)
    return controls * 50 <= len(head)


def _likely_encoding(raw: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(raw[:100_000]).best()
    return best.encoding if best is not None else "cp1252"
