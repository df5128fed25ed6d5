"""The verbs of a library, whatever keeps it: a folder (`index.library.folder`) or a database (`index.postgres`).

A keeper brings the newest generation for reading, an index for searching, and what stores a batch.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Protocol, Self, TypeVar

from index.encoding.embedding import Embedder, PackagedEmbedder, Piecewise
from index.encoding.sentences import Pieces
from index.encoding.sharing import SharedEmbedder
from index.errors import (
    LibraryBusy,
    LibraryDamaged,
    LibraryTooNew,
    LibraryUnreadable,
    LibraryUnwritable,
    NoSuchStory,
    StoryUnreadable,
)
from index.library.intake import Attributor, Held, Identities, Intake, Known, Prepared, Progress, Step
from index.library.speakers import Generation
from index.ranking.evidence import Evidence, EvidenceRanker
from index.ranking.gathering import Gathering, Passages
from index.ranking.lines import Voices
from index.reading.addresses import Keeping
from index.reading.text import HALF_A_CHARACTER, is_storable, storable
from index.remembering import let_go_of_texts, once
from index.search.passages import telling_sentences
from index.search.searching import best_hits
from index.search.words import are_copies, runs_of
from index.story import SHARED, Feedback, Hit, Json, Passage, Speaker, Statement, Story, Unanswered

Found = TypeVar("Found")
Prepare = Callable[[Held, Known, Sequence[Story]], Step]
WAIT_S = 60.0
"""How long a change waits for another writer."""
COPIES_LOOKED_AT = 20
"""Passages looked at for each sentence of a story whose copies are sought."""
READ_AT_ONCE = 32
"""Stories that are read for statements in one change: few, since one takes about a second."""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of the stories given to `add`, by their ids: each is in one of the three."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()


class NotesKept(Keeping, Protocol):
    """What people tell a library beside its stories."""

    def feedback(self) -> tuple[Feedback, ...]: ...  # noqa: D102 - as the library's own
    def keep_feedback(self, given: Feedback) -> None: ...  # noqa: D102
    def unanswered(self) -> tuple[Unanswered, ...]: ...  # noqa: D102
    def note_unanswered(self, question: str, reason: str, when: datetime) -> None: ...  # noqa: D102
    def forget_user(self, user: str) -> int: ...  # noqa: D102
    def forget_all_but(self, stories: Collection[str]) -> int: ...  # noqa: D102


class StoryLibrary(ABC):
    """Stories kept and searched. Any number of threads and processes may read, one at a time changes it.

    Every verb reads the newest generation. Changes raise LibraryBusy when another writer holds the library for too
    long, LibraryUnwritable when they are refused; either way the library is what it was.
    """

    def __init__(
        self,
        notes: NotesKept,
        embedder: Embedder,
        attributor: Attributor | None,
        ranker: EvidenceRanker,
    ) -> None:
        self._notes = notes
        self._embedder = embedder
        self._ranker = ranker
        self._intake = Intake(embedder, attributor)

    @abstractmethod
    def _read(self, ask: Callable[[Generation], Found]) -> Found:
        """What is asked of the newest generation."""

    @abstractmethod
    def _searched(self, ask: Callable[[Generation, Passages], Found]) -> Found:
        """What is asked of the newest generation and its passages, which are first rebuilt where they must be."""

    @abstractmethod
    def _held_count(self) -> int:
        """How many stories are held."""

    @abstractmethod
    def _held(self, batch: Sequence[Story]) -> tuple[Held, Known]:
        """What is held of the stories of a batch, and the vectors that are at hand; rebuilt first where it must be."""

    @abstractmethod
    def _store(self, base: Held, prepared: Sequence[Prepared]) -> bool:
        """Whether these could be stored: not where another writer came between with the same stories or a model."""

    def _change(self, batch: Sequence[Story], prepare: Prepare) -> dict[str, str]:
        """Stores what comes of preparing a batch as one generation; the outcome for each id."""
        while True:
            base, known = self._held(batch)
            prepared, same = prepare(base, known, batch)
            outcomes = {**dict.fromkeys(same, "unchanged"), **{part.story.id: part.outcome for part in prepared}}
            if not prepared or self._store(base, prepared):
                return outcomes

    @property
    def stories(self) -> tuple[Story, ...]:
        """Every story held, in the order in which they were added, in its newest version."""
        return self._read(lambda held: held.stories)

    def story(self, story_id: str, version: int | None = None) -> Story:
        """One story, by default its newest version. Raises NoSuchStory."""
        require_storable(story_id)
        return self._read(lambda held: held.story(story_id, version))

    def statements(self, story_id: str | None = None, version: int | None = None) -> tuple[Statement, ...]:
        """The statements of one story or of all, in reading order. Raises NoSuchStory."""
        require_storable(story_id)
        return self._read(lambda held: held.statements(story_id, version))

    def speakers(self, story_id: str | None = None) -> tuple[Speaker, ...]:
        """Who speaks, in one story or in all, with one Speaker for one person across stories. Raises NoSuchStory."""
        require_storable(story_id)
        return self._read(lambda held: held.speakers(story_id))

    def passages(self, story_id: str | None = None) -> tuple[Passage, ...]:
        """The passages of one story or of all, in reading order. Raises NoSuchStory."""
        require_storable(story_id)
        return self._read(lambda held: held.passages(story_id))

    def speakers_called(self, words: Collection[str]) -> tuple[Speaker, ...]:
        """The speakers with one of these words (lower case) in a name, alias, role or handle."""
        return self._read(lambda held: held.speakers_called(words))

    def speaker_words(self) -> Collection[str]:
        """The words by which `speakers_called` finds speakers."""
        return self._read(lambda held: held.speaker_words())

    def statements_by(self, speaker_ids: Collection[str]) -> tuple[Statement, ...]:
        """The statements of these speakers in all stories, in reading order."""
        return self._read(lambda held: held.statements_by(speaker_ids))

    def pieces(self, text: str) -> Pieces:
        """The states of a text's wordpieces in the packaged encoder: the library's own, or else one beside it."""
        embedder = self._embedder.inner if isinstance(self._embedder, SharedEmbedder) else self._embedder
        reading = self._embedder if isinstance(embedder, Piecewise) else once(PackagedEmbedder)
        assert isinstance(reading, Piecewise)
        (found,) = reading.pieces([text])
        return found

    def evidence(
        self, question: str, *, context: Sequence[str] = (), limit: int = 10, stories: Collection[str] | None = None
    ) -> Evidence:
        """The passages that answer a question, best first, and how likely they do; `context` has the earlier turns."""

        def gathered(held: Generation, index: Passages) -> Evidence:
            if not len(index) or not question.strip():
                return Evidence()
            return self._gathering(held, index).evidence(question, context=context, limit=limit, stories=stories)

        return self._searched(gathered)

    def _gathering(self, held: Generation, index: Passages) -> Gathering:
        return Gathering(index, held.by_id, self._embedder.embed, self._ranker, Voices(held.statements, held.speakers))

    def gathered(self, use: Callable[[Gathering], Found]) -> Found:
        """What is made of the newest generation's gathering of evidence: for teaching, which looks inside."""
        return self._searched(lambda held, index: use(self._gathering(held, index)))

    def search(self, question: str, *, limit: int = 10, stories: Collection[str] | None = None) -> tuple[Hit, ...]:
        """The passages nearest to a question, best first, of the stories named or of all.

        A damaged index, or one of another model, is first rebuilt from the stored texts.
        """

        def found(_: Generation, index: Passages) -> tuple[Hit, ...]:
            if not len(index) or not question.strip():
                return ()
            query = self._embedder.embed([question])[0]
            positions, dense, words = index.candidates(question, query, stories)
            passages = tuple(index.passage(int(position)) for position in positions)
            return best_hits(passages, dense, words, limit)

        return self._searched(found)

    def copies_of(self, story_id: str) -> tuple[str, ...]:
        """The ids of stories that are copies of this one, or it of them, nearly word by word. Raises NoSuchStory.

        Only likely stories are compared: those in which a search finds the story's longest sentences.
        """
        story = self.story(story_id)
        sought = telling_sentences(story, self.passages(story_id))
        found = {hit.passage.story: None for words in sought for hit in self.search(words, limit=COPIES_LOOKED_AT)}
        own = runs_of(story.text)
        likely = [self.story(other) for other in found if other != story_id]
        return tuple(other.id for other in likely if are_copies(own, runs_of(other.text)))

    def add(self, stories: Iterable[Story], *, progress: Progress | None = None, statements: bool = True) -> Added:
        """Stores stories in batches, each of which becomes visible at once and stays even if a later one fails.

        A story held with the same text and the same facts about it is left as it is, so that an interrupted `add` goes
        on where it stopped. One whose text has changed is stored as its next version. With `statements` off the stories
        can be asked much sooner, and are read for statements by `complete`, or when they are next added. `progress` is
        called with how many are done, of how many. Raises StoryUnreadable for an id that is a shared library's.
        """
        waiting = [*map(self.identities().of, stories)]
        for story in waiting:
            if story.id.startswith(SHARED):
                raise StoryUnreadable(story.id, f"its id begins with “{SHARED}”, which stories of a shared library do")
            if not all(map(is_storable, (story.text, *_words_about(story)))):
                raise StoryUnreadable(storable(story.id), HALF_A_CHARACTER)
        prepare = (self._intake if statements else Intake(self._embedder, None)).prepare
        done: dict[str, str] = {}
        at = 0
        while at < len(waiting):
            batch = self._intake.batch(waiting, at, self._held_count())
            for story_id, outcome in self._change(batch, prepare).items():
                done[story_id] = outcome if done.get(story_id, "unchanged") == "unchanged" else done[story_id]
            at += len(batch)
            if progress:
                progress(at, len(waiting))
        return Added(*(tuple(key for key in done if done[key] == kind) for kind in ("new", "changed", "unchanged")))

    def identities(self) -> Identities:
        """What gives stories the ids that `add` will keep them under, where those are only what files were called."""
        return Identities(lambda: self._read(lambda held: held.by_id))

    @property
    def pending(self) -> tuple[Story, ...]:
        """The stories that have yet to be read for statements, or were read by an earlier version of the program.

        `complete` does so.
        """
        if not self._intake.reads:
            return ()
        return self._read(lambda held: tuple(one for one in held.stories if one.id not in held.attributed))

    @property
    def unfound(self) -> Mapping[str, str]:
        """The stories in which this version of the program fails to find who says what, by id, and why.

        They are kept and can be asked; the next version tries them again.
        """
        return self._read(lambda held: held.unfound)

    def complete(self, *, most: int | None = None, progress: Progress | None = None) -> int:
        """Reads pending stories for statements, all or at most so many; how many.

        A batch becomes visible at once, and stays even if a later one fails. `progress` as `add` has it.
        """
        waiting = self.pending[:most]
        for at in range(0, len(waiting), READ_AT_ONCE):
            self._change(waiting[at : at + READ_AT_ONCE], self._intake.read)
            if progress:
                progress(min(at + READ_AT_ONCE, len(waiting)), len(waiting))
        return len(waiting)

    @abstractmethod
    def _remove(self, story_id: str) -> None:
        """Takes a story away, as `remove` does, its notes left."""

    def remove(self, story_id: str) -> None:
        """Takes a story away, in every version, with all that came of it. Raises NoSuchStory."""
        require_storable(story_id)
        self._remove(story_id)
        let_go_of_texts()
        # What cannot be done now is seen by nobody, and done with the next removal.
        with suppress(LibraryBusy, LibraryUnwritable, LibraryUnreadable, LibraryDamaged, LibraryTooNew):
            self._notes.forget_all_but(self._read(lambda held: held.by_id.keys()))

    @property
    @abstractmethod
    def damaged(self) -> bool:
        """Whether something must be rebuilt before the next search: it is damaged, or another model made it."""

    @abstractmethod
    def repair(self, *, progress: Progress | None = None) -> bool:
        """Rebuilds what is damaged from the stored texts; whether there was anything to do.

        Only passages whose vectors are lost are embedded again.
        """

    def settings(self) -> Mapping[str, Json]:
        """What was set for this library, by name."""
        return self._notes.settings()

    def set_setting(self, name: str, value: Json) -> None:
        """Keeps a setting; None takes it away. Raises LibraryBusy, LibraryUnwritable, as all that keeps notes."""
        self._notes.set_setting(name, value)

    def feedback(self) -> tuple[Feedback, ...]:
        """Every verdict kept on a story that is held, here or in the shared library, oldest first."""
        held = self._read(lambda held: held.by_id)
        kept = self._notes.feedback()
        return tuple(one for one in kept if one.story in held or one.story.startswith(SHARED))

    def keep_feedback(self, given: Feedback) -> None:
        """Keeps a verdict, in place of the same user's earlier one on the same words."""
        self._notes.keep_feedback(given)

    def unanswered(self) -> tuple[Unanswered, ...]:
        """The questions that got no answer, the most often asked first; like wordings are one, at most 1,000 kept."""
        return self._notes.unanswered()

    def note_unanswered(self, question: str, reason: str, when: datetime) -> None:
        """Counts a question that got no answer, for the reason named."""
        self._notes.note_unanswered(question, reason, when)

    def forget_user(self, user: str) -> int:
        """Takes away all that is kept under a user's id, from every file of the library; how many notes that were."""
        return self._notes.forget_user(user)

    @abstractmethod
    def close(self) -> None:
        """Lets go of what is held in memory; it is read again when it is needed."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _words_about(story: Story) -> list[str]:
    facts = (story.id, story.title, story.source, story.author, story.url, story.place)
    return [fact for fact in facts if fact is not None]


def require_storable(story_id: str | None) -> None:
    """Raises NoSuchStory for an id that no story can have."""
    if story_id is not None and not is_storable(story_id):
        raise NoSuchStory(storable(story_id))
