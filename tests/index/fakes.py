"""Stand-ins for what a library is given: an embedder and an attributor without a model, and a disk that can fail."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, lru_cache

import numpy as np

from index.encoding.embedding import Vectors
from index.ranking.evidence import EvidenceRanker
from index.search.words import find_words
from index.storing.disk import Stamp
from index.story import Attributed, Cue, Span, Speaker, Statement, Story

_SAID = re.compile(r"“([^”]+)” (?P<cue>said) (?P<who>(?:[A-Z]\w+ ?)+)")


@cache
def ranker() -> EvidenceRanker:
    """What ranks, without the model that reads; its weights are loaded once for all tests of a process."""
    return EvidenceRanker.load(reader=False)


class FakeEmbedder:
    """Adds up a direction for each word; counts what it was given."""

    def __init__(self, name: str = "fake", dim: int = 16) -> None:
        self._name = name
        self._dim = dim
        self.embedded: list[str] = []

    @property
    def name(self) -> str:
        return self._name

    @property
    def dim(self) -> int:
        return self._dim

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.embedded.extend(texts)
        sums = [sum((self._direction(word) for word in find_words(text)), self._direction("")) for text in texts]
        rows = np.array(sums).reshape(len(texts), self._dim)
        unit: Vectors = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
        return unit

    def _direction(self, word: str) -> Vectors:
        return _direction(self._name, self._dim, word)


@lru_cache(maxsize=10_000)
def _direction(name: str, dim: int, word: str) -> Vectors:
    digest = hashlib.sha256(f"{name}/{word}".encode()).digest()
    return np.frombuffer(digest[:dim], dtype=np.int8).astype(np.float32) / np.float32(128) + np.float32(0.01)


class FakeAttributor:
    """Finds “words” said Somebody; counts the stories it was given."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def attribute_all(self, stories: Sequence[Story]) -> list[Attributed]:
        self.read.extend(story.id for story in stories)
        return [self._attributed(story) for story in stories]

    def _attributed(self, story: Story) -> Attributed:
        statements = []
        speakers: dict[str, Speaker] = {}
        paragraph = before = 0
        for number, match in enumerate(_SAID.finditer(story.text)):
            paragraph += story.text.count("\n", before, match.start())
            before = match.start()
            name = match["who"].strip()
            identity = name.lower().replace(" ", "-")
            speakers[identity] = Speaker(identity, name, aliases=(name.split()[-1],) if " " in name else ())
            statements.append(
                Statement(
                    story=story.id,
                    version=story.version,
                    span=Span(match.start(1), match.end(1)),
                    kind="direct",
                    speaker=identity,
                    mention=Span(match.start("who"), match.start("who") + len(name)),
                    cue=Cue(Span(*match.span("cue"))),
                    attribution=number,
                    paragraph=paragraph,
                    relay=("Courier",),
                    confidence=0.5,
                )
            )
        return Attributed(tuple(statements), tuple(speakers.values()))


class Failing(FakeAttributor):
    """Fails over every batch that has one of these stories in it."""

    def __init__(self, *ids: str, error: Exception | None = None) -> None:
        super().__init__()
        self._ids = ids
        self._error = error or RuntimeError("generator raised StopIteration")

    def attribute_all(self, stories: Sequence[Story]) -> list[Attributed]:
        if any(story.id in self._ids for story in stories):
            raise self._error
        return super().attribute_all(stories)


class PowerCut(BaseException):
    """The machine stops here; nothing after it happens."""


@dataclass(slots=True)
class _File:
    content: bytes
    synced: bytes | None = None


@dataclass(slots=True)
class FakeDisk:
    """A folder in memory that knows what would outlive a power cut.

    `cut_at` is the number of the call before which the power goes, `fail_at` of the one that raises OSError; calls
    that only read count for `fail_at` alone. From that call on, a `full` disk takes no bytes any more and a `gone` one
    does nothing at all. `capacity` is how many bytes fit into all files together.
    """

    files: dict[str, _File] = field(default_factory=dict)
    synced_names: dict[str, _File] = field(default_factory=dict)
    cut_at: int | None = None
    fail_at: int | None = None
    full: bool = False
    gone: bool = False
    errno: int = 5
    capacity: int | None = None
    writes: int = 0
    calls: int = 0
    stamps: int = 0

    def names(self) -> tuple[str, ...]:
        self._called()
        return tuple(sorted(self.files))

    def read(self, name: str) -> bytes:
        self._called()
        if name not in self.files:
            raise FileNotFoundError(2, "no such file", name)
        return self.files[name].content

    def write(self, name: str, content: bytes) -> None:
        self._called(takes_bytes=True)
        torn = self.files.setdefault(name, _File(b""))
        torn.content = b""
        room = None if self.capacity is None else self.capacity - self.size
        if room is not None and len(content) > room:
            torn.content = content[: max(0, room)]
            raise OSError(28, "no space left on device")
        torn.content = content[: len(content) // 2]
        self._changed()
        torn.content = content
        self.stamps += 1
        self._changed()

    @property
    def size(self) -> int:
        """The bytes in all files together."""
        return sum(len(file.content) for file in self.files.values())

    @property
    def contents(self) -> frozenset[tuple[str, bytes]]:
        """What is in which file."""
        return frozenset((name, file.content) for name, file in self.files.items())

    def sync(self, name: str) -> None:
        self._called(takes_bytes=True)
        self._changed()
        self.files[name].synced = self.files[name].content

    def rename(self, old: str, new: str) -> None:
        self._called()
        self._changed()
        self.files[new] = self.files.pop(old)
        self.stamps += 1

    def sync_folder(self) -> None:
        self._called(takes_bytes=True)
        self._changed()
        self.synced_names = dict(self.files)

    def delete(self, name: str) -> None:
        self._called()
        self._changed()
        del self.files[name]

    def stamp(self, name: str) -> Stamp | None:
        found = self.files.get(name)
        return (id(found), self.stamps, len(found.content)) if found else None

    @contextmanager
    def locked(self, wait_s: float) -> Iterator[None]:
        self._called()
        yield

    def _called(self, *, takes_bytes: bool = False) -> None:
        self.calls += 1
        if self.fail_at is None or self.calls < self.fail_at:
            return
        if self.calls == self.fail_at or self.gone or (self.full and takes_bytes):
            raise OSError(self.errno, "the disk says no")

    def _changed(self) -> None:
        self.writes += 1
        if self.writes == self.cut_at:
            raise PowerCut

    def copy(self) -> "FakeDisk":
        """Another disk with the same files, all of it synced."""
        files = {name: _File(file.content, file.content) for name, file in self.files.items()}
        return FakeDisk(files, dict(files))

    def after_power_cut(self, *, names_kept: bool, content_kept: bool) -> "FakeDisk":
        """What is found when the power is back, if the unsynced names or contents happened to be written, or not."""
        names = self.files if names_kept else self.synced_names
        files = {name: _File(file.content if content_kept else file.synced or b"", b"") for name, file in names.items()}
        return FakeDisk(files, dict(files))
