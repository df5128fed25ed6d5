"""The few calls on a folder through which everything durable passes, so that a test can fail or drop any of them; and
bytes with their own checksum: what is read back is what was written, or is refused.

A sealed file is one line, `on-record KIND FORMAT SHA256 LENGTH`, and the bytes themselves, which zlib may have made
smaller. What was kept before there was packing is read as it is: neither a database nor postings begin as packed bytes
do.
"""

import hashlib
import os
import time
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Protocol

from index.errors import LibraryBusy

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


Stamp = tuple[int, int, int]
LOCK = "lock"
_POLL_S = 0.02
_OWNERS_ONLY = 0o600


class Disk(Protocol):
    """One folder, as `LocalDisk` is. What `write` and `rename` did survives a power cut only after `sync` and
    `sync_folder`.
    """

    def names(self) -> tuple[str, ...]: ...  # noqa: D102 - as the local one's
    def read(self, name: str) -> bytes: ...  # noqa: D102
    def write(self, name: str, content: bytes) -> None: ...  # noqa: D102
    def sync(self, name: str) -> None: ...  # noqa: D102
    def rename(self, old: str, new: str) -> None: ...  # noqa: D102
    def sync_folder(self) -> None: ...  # noqa: D102
    def delete(self, name: str) -> None: ...  # noqa: D102
    def stamp(self, name: str) -> Stamp | None: ...  # noqa: D102
    def locked(self, wait_s: float) -> AbstractContextManager[None]: ...  # noqa: D102


class LocalDisk:
    """A folder of this machine's file system; it is made when something is first written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._beginning = os.path.join(folder, "")  # `stamp` is asked for by every question, several times

    def names(self) -> tuple[str, ...]:
        """The files there are, sorted; none where there is no folder."""
        try:
            return tuple(sorted(entry.name for entry in os.scandir(self.folder) if entry.is_file()))
        except FileNotFoundError:
            return ()

    def read(self, name: str) -> bytes:
        """A file's bytes. Raises FileNotFoundError, or another OSError."""
        return (self.folder / name).read_bytes()

    def write(self, name: str, content: bytes) -> None:
        """Makes the file have these bytes, in place of what it had, for nobody but its owner to read."""
        with open(self.folder / name, "wb", opener=_for_its_owner) as opened:
            opened.write(content)

    def sync(self, name: str) -> None:
        """Returns when the file's bytes are on the disk."""
        _sync(self.folder / name, os.O_RDWR)

    def rename(self, old: str, new: str) -> None:
        """Gives a file another name, in place of the file that had it; atomic on every file system of today."""
        (self.folder / old).replace(self.folder / new)

    def sync_folder(self) -> None:
        """Returns when the names are on the disk; Windows has no such call and needs none."""
        if os.name == "posix":
            _sync(self.folder, os.O_RDONLY)

    def delete(self, name: str) -> None:
        """Takes a file away."""
        (self.folder / name).unlink()

    def stamp(self, name: str) -> Stamp | None:
        """Something that differs whenever the file was replaced; None where there is no file."""
        try:
            found = os.stat(self._beginning + name)
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size

    @contextmanager
    def locked(self, wait_s: float) -> Iterator[None]:
        """Holds the folder for one writer, by an advisory lock on a file, which a dying process gives back.

        Raises LibraryBusy when it was not free within `wait_s` seconds.
        """
        make_private_folder(self.folder)
        handle = os.open(self.folder / LOCK, os.O_RDWR | os.O_CREAT, _OWNERS_ONLY)
        try:
            give_up = time.monotonic() + wait_s
            while not _try_lock(handle):
                if time.monotonic() >= give_up:
                    raise LibraryBusy(str(self.folder), wait_s)
                time.sleep(_POLL_S)
            yield
        finally:
            os.close(handle)


def make_private_folder(folder: Path) -> None:
    """Makes a folder, and those above it that are missing, for nobody but its owner to look into."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir(mode=0o700, exist_ok=True)


def replace_files(disk: Disk, names: Sequence[str], content: bytes, before: Mapping[str, bytes | None]) -> None:
    """Gives files the same other bytes, in their order, each all at once and all durably.

    If the disk fails after a name has moved, the bytes of `before` are put back (None: no file) and the error raised.
    They lie ready for that, since a disk that is full can still rename.
    """
    for name in names:
        former = before[name]
        for each, raw in ((f"{name}.old", former), (f"{name}.new", content)):
            if raw is not None:
                disk.write(each, raw)
                disk.sync(each)
    disk.sync_folder()
    moved: list[str] = []
    try:
        for name in names:
            disk.rename(f"{name}.new", name)
            moved.append(name)
        disk.sync_folder()
    except OSError:
        for name in reversed(moved):
            if before[name] is None:
                disk.delete(name)
            else:
                disk.rename(f"{name}.old", name)
        raise
    with suppress(OSError):  # what is left of them is taken away at the next start
        for name in names:
            if before[name] is not None:
                disk.delete(f"{name}.old")


def _for_its_owner(path: str, flags: int) -> int:
    return os.open(path, flags, _OWNERS_ONLY)


def _sync(path: Path, mode: int) -> None:
    handle = os.open(path, mode)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _try_lock(handle: int) -> bool:
    """Whether the lock could be had at once."""
    try:
        if os.name == "posix":
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    except OSError:
        return False
    return True
