"""What is worked out about stories before a library stores them: which story a file is, passages, vectors, statements.

Nothing here changes a library, so it needs no lock, however long it takes. What files are called makes none of them the
same story, only their address or their text does.
"""

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol, runtime_checkable

import numpy as np

from index.encoding.embedding import Embedder, Vectors
from index.errors import StatementsUnfound, StoriesError
from index.reading.text import told_apart_id
from index.remembering import once
from index.search.passages import passages_of
from index.storing.segments import DIGEST_BYTES, Embedded, Placed, Segment, passage_digest, spans_of
from index.story import Attributed, Story
from index.workers.workers import Workers

_log = logging.getLogger(__name__)
Outcome = Literal["new", "changed", "unchanged"]
Progress = Callable[[int, int], None]
Known = Callable[[Sequence[bytes]], Mapping[bytes, Vectors]]
"""Gives the vectors that are at hand, by the digests of their texts."""
SMALLEST_BATCH = 32
LARGEST_BATCH = 256


class Identities:
    """Gives stories the ids that a library is to keep them under; `held` gives those that it has, once it is needed.

    A story that only has its file's name for an id is one that is held, or was given before, where all that is known of
    it is the same, or where it has both the name and the address of it. Else it gets an id that no other story has.
    """

    def __init__(self, held: Callable[[], Mapping[str, Story]]) -> None:
        self._held = held
        self._taken: dict[str, Story] | None = None
        self._by_text: dict[str, Story] = {}

    def of(self, story: Story) -> Story:
        """The story under its id."""
        if self._taken is None:
            if not story.called:
                return story
            self._taken = dict(self._held())
            self._by_text = {one.text: one for one in self._taken.values()}
        if story.called:
            story = _identified(story, self._taken.get(story.id), self._by_text.get(story.text))
        self._taken[story.id] = self._by_text[story.text] = story
        return story


def is_another(story: Story, known: Story) -> bool:
    """Whether a story that has the id of a known one has it only because a file was called so."""
    return story.called and story.text != known.text and (story.url is None or story.url != known.url)


def told_apart(story: Story) -> Story:
    """The story under an id made of the name and the text."""
    return replace(story, id=told_apart_id(story.id, story.text))


def _identified(story: Story, known: Story | None, like: Story | None) -> Story:
    if known is not None and not is_another(story, known):
        return story
    if like is not None and replace(story, id=like.id, version=like.version) == like:
        return replace(story, id=like.id)
    return story if known is None else told_apart(story)


class Attributor(Protocol):
    """Reads stories for statements."""

    def attribute_all(self, stories: Sequence[Story]) -> Sequence[Attributed]:
        """What each story says, and who says it."""
        ...


@runtime_checkable
class AttributorOfEach(Attributor, Protocol):
    """An attributor that knows itself which story it fails over."""

    def attribute_each(self, stories: Sequence[Story]) -> Iterable[Attributed | StatementsUnfound]:
        """What each story says, and who says it, or why that is not found."""
        ...


def workers_of_this_program() -> Workers:
    """The worker processes of a program that works for nobody in particular: a command, or libraries opened alone."""
    return once(Workers)


class Held(Protocol):
    """What a library holds of the stories that are to be prepared."""

    @property
    def by_id(self) -> Mapping[str, Story]:
        """The newest version of each."""
        ...

    @property
    def attributed(self) -> Collection[str]:
        """Those that this version of the program has read for statements, or has tried to."""
        ...

    def next_version(self, story_id: str) -> int:
        """The number that a new text under this id gets."""
        ...


@dataclass(frozen=True, slots=True)
class Prepared:
    """A story ready to be stored: in a new version with its passages, or with other facts or statements only.

    `attributed` is None where it was not read for statements.
    """

    story: Story
    outcome: Outcome
    embedded: Embedded | None
    attributed: Attributed | StatementsUnfound | None


Step = tuple[tuple[Prepared, ...], tuple[str, ...]]
"""What is to be stored in one change, and the ids of the stories that are held just so already."""


class Intake:
    """Prepares stories, several at once, so that texts of many stories share the embedder's batches."""

    def __init__(self, embedder: Embedder, attributor: Attributor | None) -> None:
        self._embedder = embedder
        self._attributor = attributor

    def batch(self, waiting: Sequence[Story], start: int, held: int) -> Sequence[Story]:
        """The stories to store together from a position on: more where much is held, and no id twice."""
        size = min(LARGEST_BATCH, max(SMALLEST_BATCH, held // 8))
        seen: set[str] = set()
        for at, story in enumerate(waiting[start : start + size]):
            if story.id in seen:
                return waiting[start : start + at]
            seen.add(story.id)
        return waiting[start : start + size]

    def read(self, base: Held, known: Known, stories: Sequence[Story]) -> Step:
        """The statements of these stories, as far as they are held in this version and have not been read."""
        waiting = [one for one in stories if base.by_id.get(one.id) == one and one.id not in base.attributed]
        if self._attributor is None:
            return (), ()
        read = _attributed(self._attributor, waiting)
        return tuple(Prepared(one, "unchanged", None, found) for one, found in zip(waiting, read, strict=True)), ()

    @property
    def reads(self) -> bool:
        """Whether there is anything that reads stories for statements."""
        return self._attributor is not None

    def rebuilt(self, stories: Sequence[Story], known: Known, progress: Progress | None = None) -> list[Embedded]:
        """The passages of these stories, cut anew; vectors that are at hand are not made again."""
        found: list[Embedded] = []
        for at in range(0, len(stories), LARGEST_BATCH):
            found.extend(self._embedded(stories[at : at + LARGEST_BATCH], known))
            if progress:
                progress(len(found), len(stories))
        return found

    def prepare(self, base: Held, known: Known, stories: Sequence[Story]) -> Step:
        """What is to be stored of these stories; of those held just so already, their statements if they are read."""
        versioned: list[tuple[Story, Outcome]] = []
        texts_new: list[Story] = []
        same: list[str] = []
        for given in stories:
            story, held = given, base.by_id.get(given.id)
            if held is not None and is_another(story, held):  # somebody else has just given the id to another text
                story = told_apart(story)
                held = base.by_id.get(story.id)
            if held is None or held.text != story.text:
                outcome: Outcome = "new" if held is None else "changed"
                texts_new.append(replace(story, version=base.next_version(story.id)))
                versioned.append((texts_new[-1], outcome))
            elif replace(story, version=held.version) != held:
                versioned.append((replace(story, version=held.version), "changed"))
            elif self._attributor is not None and story.id not in base.attributed:
                versioned.append((held, "unchanged"))
            else:
                same.append(story.id)
        embedded = {part.placed.story: part for part in self._embedded(texts_new, known)}
        read: Sequence[Attributed | StatementsUnfound | None] = [None] * len(versioned)
        if self._attributor is not None:
            read = _attributed(self._attributor, [story for story, _ in versioned])
        parts = ((*one, said) for one, said in zip(versioned, read, strict=True))
        return tuple(Prepared(one, outcome, embedded.get(one.id), said) for one, outcome, said in parts), tuple(same)

    def _embedded(self, stories: Sequence[Story], known: Known) -> list[Embedded]:
        """The stories' passages with vectors: those at hand, and the others from the embedder."""
        parts = [_cut(story) for story in stories]
        texts_of = {
            digest: text
            for placed, texts in parts
            for digest, text in zip(split_digests(placed.digests), texts, strict=True)
        }
        vectors = dict(known(tuple(texts_of)))
        wanted = {digest: text for digest, text in texts_of.items() if digest not in vectors}
        vectors.update(zip(wanted, self._embed(tuple(wanted.values())), strict=True))
        found = []
        for placed, texts in parts:
            rows = [vectors[digest] for digest in split_digests(placed.digests)]
            matrix = np.array(rows, dtype=np.float32).reshape(len(rows), -1) if rows else self._embed(())
            found.append(Embedded(placed, matrix, texts))
        return found

    def _embed(self, texts: Sequence[str]) -> Vectors:
        return self._embedder.embed(texts) if texts else np.zeros((0, self._embedder.dim), np.float32)


def is_outdated(part: Prepared, base: Held, newest: Held) -> bool:
    """Whether a story was changed by somebody else since it was prepared."""
    story_id = part.story.id
    return newest.by_id.get(story_id) != base.by_id.get(story_id) or (
        newest.next_version(story_id) != base.next_version(story_id)
    )


def _attributed(attributor: Attributor, stories: Sequence[Story]) -> list[Attributed | StatementsUnfound]:
    """What each story says, or why that is not found: a story that the attributor fails over is alone in it.

    Raises OSError, ImportError and StoriesError, which say that there is no attributor, rather than of a story.
    """
    if not stories:
        return []
    try:
        if isinstance(attributor, AttributorOfEach):
            return list(attributor.attribute_each(stories))
        return list(attributor.attribute_all(stories))
    except StatementsUnfound as error:
        failure = error
    except (OSError, ImportError, StoriesError):
        raise
    except Exception as error:  # noqa: BLE001 - whatever a text brings about is that text's
        _log.warning("the statements of %d stories could not be found: %s", len(stories), type(error).__name__)
        failure = StatementsUnfound(stories[0].id, "working through it failed")
        failure.__cause__ = error
    if len(stories) == 1:
        return [failure]
    half = len(stories) // 2
    return _attributed(attributor, stories[:half]) + _attributed(attributor, stories[half:])


def _cut(story: Story) -> tuple[Placed, tuple[str, ...]]:
    passages = passages_of(story)
    texts = tuple(passage.span.of(story.text) for passage in passages)
    digests = b"".join(map(passage_digest, texts))
    return Placed(story.id, story.version, -1, -1, spans_of(passages), digests), texts


def vectors_in(rows: Mapping[bytes, tuple[int, int]], segments: Mapping[int, Segment]) -> Known:
    """The vectors of these segments, found by their texts' digests; rows that no segment has are left out."""

    def known(digests: Sequence[bytes]) -> dict[bytes, Vectors]:
        places = {digest: rows[digest] for digest in digests if digest in rows}
        return {
            digest: segments[number].vectors.rows(np.array([row]))[0]
            for digest, (number, row) in places.items()
            if number in segments and row < len(segments[number].vectors)
        }

    return known


def split_digests(digests: bytes) -> Iterator[bytes]:
    """The digests that were put one after another."""
    return (digests[at : at + DIGEST_BYTES] for at in range(0, len(digests), DIGEST_BYTES))
