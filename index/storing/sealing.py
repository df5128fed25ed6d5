"""Bytes with their own checksum: what is read back is what was written, or is refused; and bytes made smaller by zlib.

A sealed file is one line, `on-record KIND FORMAT SHA256 LENGTH`, and the bytes themselves. What was kept before there
was packing is read as it is: neither a database nor postings begin as packed bytes do.
"""

import hashlib
import zlib

FORMAT = 4
"""4 since texts, words and the vectors of small segments are packed; 3 since it is kept which version of the program
found a story's statements; 2 since stories say whether they are shortened. These, and 1, are read too."""
_MAGIC = b"on-record"
PACKED_BYTES_MAX = 64_000_000
"""A change writes all texts, and packing them takes a second for so many bytes: more are kept as they are."""
_LEVEL = 1
_PACKED = b"packed\n"


class Damaged(Exception):
    """Bytes that are not what was sealed; `name` is the file's."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"{name} is damaged")


class TooNew(Exception):
    """Bytes sealed in a format that this program does not know; `found` is its number."""

    def __init__(self, name: str, found: int) -> None:
        self.name = name
        self.found = found
        super().__init__(f"{name} has format {found}")


def sealed(kind: str, payload: bytes, file_format: int = FORMAT) -> bytes:
    """The payload behind a line that names its kind, format, digest and length."""
    digest = digest_of(kind, payload, file_format)
    return b"%s %s %d %s %d\n" % (_MAGIC, kind.encode(), file_format, digest.encode(), len(payload)) + payload


def unsealed(kind: str, raw: bytes, name: str, *, digest: str | None = None) -> bytes:
    """The payload, verified, and being the one of this digest where one is given. Raises Damaged or TooNew."""
    head, _, _ = raw[:200].partition(b"\n")
    fields = head.split(b" ")
    if len(fields) != 5 or not fields[2].isdigit() or len(fields[2]) > 6:
        raise Damaged(name)
    file_format = int(fields[2])
    payload = raw[len(head) + 1 :]
    if raw != sealed(kind, payload, file_format) or digest not in (None, fields[3].decode("ascii")):
        raise Damaged(name)
    if file_format > FORMAT:
        raise TooNew(name, file_format)
    return payload


def digest_of(kind: str, payload: bytes, file_format: int = FORMAT) -> str:
    """The SHA-256, in hexadecimal, over kind, format and payload."""
    found = hashlib.sha256(b"%s %d %d\n" % (kind.encode(), file_format, len(payload)))
    found.update(payload)
    return found.hexdigest()


def sealed_format(raw: bytes) -> int:
    """The format of a sealed file that `unsealed` has verified."""
    return int(raw[:200].split(b" ", 3)[2])


def packed(payload: bytes) -> bytes:
    """The payload made smaller, unless it is too large for that."""
    return payload if len(payload) > PACKED_BYTES_MAX else _PACKED + zlib.compress(payload, _LEVEL)


def unpacked(stored: bytes, name: str) -> bytes:
    """The payload that `packed` was given. Raises Damaged."""
    if not stored.startswith(_PACKED):
        return stored
    try:
        return zlib.decompress(stored[len(_PACKED) :])
    except zlib.error as error:
        raise Damaged(name) from error
