"""Bytes with their own checksum: what is read back is what was written, or is refused.

A sealed file is one line, `on-record KIND FORMAT SHA256 LENGTH`, and the bytes themselves.
"""

import hashlib

FORMAT = 1
_MAGIC = b"on-record"


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


def sealed(kind: str, payload: bytes) -> bytes:
    """The payload behind a line that names its kind, format, digest and length."""
    return _head(kind, digest_of(payload), len(payload)) + payload


def unsealed(kind: str, raw: bytes, name: str, *, digest: str | None = None) -> bytes:
    """The payload, verified, and being the one of this digest where one is given. Raises Damaged or TooNew."""
    head, _, _ = raw[:200].partition(b"\n")
    fields = head.split(b" ")
    if len(fields) != 5 or fields[0] != _MAGIC or fields[1] != kind.encode() or not fields[2].isdigit():
        raise Damaged(name)
    payload = raw[len(head) + 1 :]
    found = digest_of(payload)
    if fields[3:] != [found.encode(), str(len(payload)).encode()] or digest not in (None, found):
        raise Damaged(name)
    if int(fields[2]) > FORMAT and raw == _head(kind, found, len(payload), int(fields[2])) + payload:
        raise TooNew(name, int(fields[2]))
    if raw[: len(head) + 1] != _head(kind, found, len(payload)):
        raise Damaged(name)
    return payload


def digest_of(payload: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(payload).hexdigest()


def _head(kind: str, digest: str, length: int, file_format: int = FORMAT) -> bytes:
    return b"%s %s %d %s %d\n" % (_MAGIC, kind.encode(), file_format, digest.encode(), length)
