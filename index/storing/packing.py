"""Bytes made smaller for the disk by zlib, at its quickest: a third of SQLite's pages is left, a quarter of postings.

What was kept before there was packing is read as it is: neither a database nor postings begin as packed bytes do.
"""

import zlib

from index.storing.sealing import Damaged

PACKED_BYTES_MAX = 64_000_000
"""A change writes all texts, and packing them takes a second for so many bytes: more are kept as they are."""
_LEVEL = 1
_MAGIC = b"packed\n"


def packed(payload: bytes) -> bytes:
    """The payload made smaller, unless it is too large for that."""
    return payload if len(payload) > PACKED_BYTES_MAX else _MAGIC + zlib.compress(payload, _LEVEL)


def unpacked(stored: bytes, name: str) -> bytes:
    """The payload that `packed` was given. Raises Damaged."""
    if not stored.startswith(_MAGIC):
        return stored
    try:
        return zlib.decompress(stored[len(_MAGIC) :])
    except zlib.error as error:
        raise Damaged(name) from error
