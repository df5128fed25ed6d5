"""The few calls on a folder through which everything durable passes, so that a test can fail or drop any of them."""

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Protocol

from index.errors import LibraryBusy

Stamp = tuple[int, int, int]
LOCK = "lock"
_POLL_S = 0.02
_OWNERS_ONLY = 0o600


class Disk(Protocol):
    """One folder. What `write` and `rename` did survives a power cut only after `sync` and `sync_folder`."""

    def names(self) -> tuple[str, ...]:
        """The files there are."""
        ...

    def read(self, name: str) -> bytes:
        """A file's bytes. Raises FileNotFoundError, or another OSError."""
        ...

    def write(self, name: str, content: bytes) -> None:
        """Makes the file have these bytes, in place of what it had."""
        ...

    def sync(self, name: str) -> None:
        """Returns when the file's bytes are on the disk."""
        ...

    def rename(self, old: str, new: str) -> None:
        """Gives a file another name, in place of the file that had it."""
        ...

    def sync_folder(self) -> None:
        """Returns when the names are on the disk."""
        ...

    def delete(self, name: str) -> None:
        """Takes a file away."""
        ...

    def stamp(self, name: str) -> Stamp | None:
        """Something that differs whenever the file was replaced; None where there is no file."""
        ...

    def locked(self, wait_s: float) -> AbstractContextManager[None]:
        """Holds the folder for one writer. Raises LibraryBusy when it was not free within `wait_s` seconds."""
        ...


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
        """A file's bytes."""
        return (self.folder / name).read_bytes()

    def write(self, name: str, content: bytes) -> None:
        """Makes the file have these bytes, for nobody but its owner to read."""
        with open(self.folder / name, "wb", opener=_for_its_owner) as opened:
            opened.write(content)

    def sync(self, name: str) -> None:
        """Flushes a file to the disk."""
        _sync(self.folder / name, os.O_RDWR)

    def rename(self, old: str, new: str) -> None:
        """Renames, atomically on every file system of today."""
        (self.folder / old).replace(self.folder / new)

    def sync_folder(self) -> None:
        """Flushes the folder's names to the disk; Windows has no such call and needs none."""
        if os.name == "posix":
            _sync(self.folder, os.O_RDONLY)

    def delete(self, name: str) -> None:
        """Takes a file away."""
        (self.folder / name).unlink()

    def stamp(self, name: str) -> Stamp | None:
        """Which file that name stands for now."""
        try:
            found = os.stat(self._beginning + name)
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size

    @contextmanager
    def locked(self, wait_s: float) -> Iterator[None]:
        """Holds an advisory lock on a file of the folder, which a dying process gives back."""
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


def replace_file(disk: Disk, name: str, content: bytes, before: bytes | None) -> None:
    """Gives a file other bytes, as `replace_files` does several."""
    replace_files(disk, (name,), content, {name: before})


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
