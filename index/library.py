"""A library: stories, and everything derived from them, kept on disk and searched.

Readers see one whole generation at a time; writers build the next one beside it. See `index.storing` for how.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from index.embedding import Embedder, SentenceEmbedder
from index.errors import LibraryUnreadable, NoSuchStory
from index.library_intake import Attributor, Intake, OwnAttributor, Prepared, Progress, vectors_in
from index.notes import Feedback, Json, Unanswered
from index.ranking.evidence import Evidence, EvidenceRanker
from index.ranking.gathering import Gathering
from index.searching import Candidates, PassageIndex, Scorer, SumOfScores, best_hits
from index.storing.disk import Disk, LocalDisk
from index.storing.draft import Draft
from index.storing.notes import Notes
from index.storing.sealing import Damaged
from index.storing.segments import Segment
from index.storing.snapshot import Snapshot
from index.storing.tables import delete_story, put_attributed, put_story, relabel_story
from index.storing.vault import Vault
from index.story import Hit, Passage, Span, Speaker, Statement, Story

WAIT_S = 60.0
_TRIES = 20


@dataclass(frozen=True, slots=True)
class Added:
    """What became of the stories given to `Library.add`, by their ids: each is in one of the three."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()


class Library:
    """Stories kept on disk and searched. Any number of threads and processes may read, one at a time changes it.

    Every verb reads the newest generation. Changes raise LibraryBusy when another writer holds the library for longer
    than `wait_s`, LibraryUnwritable when the disk refuses; either way the library is what it was.
    """

    def __init__(
        self,
        vault: Vault,
        notes: Notes,
        embedder: Embedder,
        attributor: Attributor | None,
        scorer: Scorer,
        ranker: EvidenceRanker,
    ) -> None:
        self._vault = vault
        self._notes = notes
        self._embedder = embedder
        self._scorer = scorer
        self._ranker = ranker
        self._intake = Intake(embedder, attributor)
        self._index: tuple[Snapshot, PassageIndex] | None = None

    @classmethod
    def open(
        cls,
        folder: str | Path,
        *,
        embedder: Embedder | None = None,
        attributor: Attributor | None = None,
        attribution: bool = True,
        scorer: Scorer | None = None,
        ranker: EvidenceRanker | None = None,
        disk: Disk | None = None,
        wait_s: float = WAIT_S,
    ) -> Self:
        """The library in a folder, empty where there is none yet. Raises LibraryDamaged or LibraryTooNew.

        Without an embedder it is the packaged model's, without an attributor `index.statements`' own; neither is loaded
        before it is needed. With `attribution` off, stories are stored and searched but not read for statements.
        """
        reader = (attributor or OwnAttributor()) if attribution else None
        files = disk or LocalDisk(Path(folder))
        vault = Vault(files, str(folder), wait_s)
        vault.tidy()
        notes = Notes(files, str(folder), wait_s)
        chosen = scorer or SumOfScores(), ranker or EvidenceRanker.load()
        return cls(vault, notes, embedder or SentenceEmbedder(), reader, *chosen)

    @property
    def stories(self) -> tuple[Story, ...]:
        """Every story held, in the order in which they were added, in its newest version."""
        return self._vault.newest().stories

    def story(self, story_id: str, version: int | None = None) -> Story:
        """One story, by default its newest version. Raises NoSuchStory."""
        return self._vault.newest().story(story_id, version)

    def statements(self, story_id: str | None = None, version: int | None = None) -> tuple[Statement, ...]:
        """The statements of one story or of all, in reading order. Raises NoSuchStory."""
        return self._vault.newest().statements(story_id, version)

    def speakers(self, story_id: str | None = None) -> tuple[Speaker, ...]:
        """Who speaks, in one story or in all, with one Speaker for one person across stories. Raises NoSuchStory."""
        return self._vault.newest().speakers(story_id)

    def passages(self, story_id: str | None = None) -> tuple[Passage, ...]:
        """The passages of one story or of all, in reading order. Raises NoSuchStory."""
        return self._vault.newest().passages(story_id)

    def speakers_called(self, words: Collection[str]) -> tuple[Speaker, ...]:
        """The speakers with one of these words (lower case) in a name, alias, role or handle."""
        return self._vault.newest().speakers_called(words)

    def statements_by(self, speaker_ids: Collection[str]) -> tuple[Statement, ...]:
        """The statements of these speakers in all stories, in reading order."""
        return self._vault.newest().statements_by(speaker_ids)

    def evidence(
        self, question: str, *, context: Sequence[str] = (), limit: int = 10, stories: Collection[str] | None = None
    ) -> Evidence:
        """The passages that answer a question, best first, and how likely they do; `context` has the earlier turns."""
        snapshot, index = self._searchable()
        if not len(index) or not question.strip():
            return Evidence()
        gathering = Gathering(index, snapshot.by_id, self._embedder.embed, self._ranker)
        return gathering.evidence(question, context=context, limit=limit, stories=stories)

    def nearness(self, words: str, places: Sequence[tuple[str, Span]]) -> tuple[float, ...]:
        """For each place, a story's id and a span: the highest cosine (-1..1) of the words to a passage it touches.

        -1 where it touches none. A damaged index is first rebuilt.
        """
        _, index = self._searchable()
        if not places or not len(index):
            return (-1.0,) * len(places)
        return index.nearness(self._embedder.embed([words])[0], places)

    def search(self, question: str, *, limit: int = 10, stories: Collection[str] | None = None) -> tuple[Hit, ...]:
        """The passages nearest to a question, best first, of the stories named or of all.

        A damaged index, or one of another model, is first rebuilt from the stored texts.
        """
        snapshot, index = self._searchable()
        if not len(index) or not question.strip():
            return ()
        query = self._embedder.embed([question])[0]
        positions, dense, words = index.candidates(question, query, stories)
        passages = tuple(index.passage(int(position)) for position in positions)
        if not passages:
            return ()
        candidates = Candidates(question, passages, snapshot.words(passages), dense, words)
        return best_hits(passages, self._scorer.score(candidates), limit)

    def add(self, stories: Iterable[Story], *, progress: Progress | None = None) -> Added:
        """Stores stories in batches, each of which becomes visible at once and stays even if a later one fails.

        A story held with the same text and the same facts about it is left as it is, so that an interrupted `add` goes
        on where it stopped. One whose text has changed is stored as its next version. `progress` is called with how
        many are done, of how many.
        """
        waiting = list(stories)
        done: dict[str, str] = {}
        at = 0
        while at < len(waiting):
            batch = self._intake.batch(waiting, at, len(self._vault.newest().stories))
            for story_id, outcome in self._add_batch(batch).items():
                done[story_id] = outcome if done.get(story_id, "unchanged") == "unchanged" else done[story_id]
            at += len(batch)
            if progress:
                progress(at, len(waiting))
        return Added(*(tuple(key for key in done if done[key] == kind) for kind in ("new", "changed", "unchanged")))

    def remove(self, story_id: str) -> None:
        """Takes a story away, in every version, with all that came of it. Raises NoSuchStory."""
        self._sound()
        with self._vault.writing() as base:
            if story_id not in base.by_id:
                raise NoSuchStory(story_id)
            if self._vault.is_sound(base, self._embedder):
                draft = self._draft(base)
                delete_story(draft.database, story_id)
                draft.merge_speakers()
                self._vault.publish(draft, base)
                return
        self.remove(story_id)  # another writer came between, with another model

    @property
    def damaged(self) -> bool:
        """Whether something must be rebuilt before the next search: it is damaged, or another model made it."""
        return not self._vault.is_sound(self._vault.newest(), self._embedder)

    def repair(self, *, progress: Progress | None = None) -> bool:
        """Rebuilds what is damaged from the stored texts; whether there was anything to do.

        Only passages whose vectors are lost are embedded again.
        """
        if not self.damaged:
            return False
        with self._vault.writing() as base:
            if self._vault.is_sound(base, self._embedder):
                return False
            draft = self._draft(base)
            draft.drop_segments()
            known = vectors_in(base.rows_by_digest, self._vault.sound_segments(base, self._embedder))
            draft.put_passages(self._intake.rebuilt(base.stories, known, progress))
            self._vault.publish(draft, base)
        return True

    def settings(self) -> Mapping[str, Json]:
        """What was set for this library, by name."""
        return self._notes.settings()

    def set_setting(self, name: str, value: Json) -> None:
        """Keeps a setting; None takes it away. Raises LibraryBusy, LibraryUnwritable, as all that keeps notes."""
        self._notes.set_setting(name, value)

    def feedback(self) -> tuple[Feedback, ...]:
        """Every verdict kept, oldest first."""
        return self._notes.feedback()

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

    def close(self) -> None:
        """Lets go of what is held in memory; it is read again when it is needed."""
        self._index = None
        self._vault.forget()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _searchable(self) -> tuple[Snapshot, PassageIndex]:
        """The newest generation and the index over its passages, sound."""
        held = self._index
        snapshot = self._vault.newest()
        if held is not None and held[0] is snapshot:
            return held
        snapshot, segments = self._sound()
        made = self._index = snapshot, PassageIndex(snapshot.placed, segments)
        return made

    def _sound(self) -> tuple[Snapshot, Mapping[int, Segment]]:
        """The newest generation and its segments, repaired first where they must be."""
        for _ in range(_TRIES):
            self.repair()
            snapshot = self._vault.newest()
            # Where another process has moved on in between, the segments of this generation may be gone already.
            with suppress(Damaged):
                if self._vault.is_sound(snapshot, self._embedder):
                    return snapshot, self._vault.segments(snapshot)
        raise LibraryUnreadable(self._vault.folder, "others change it faster than it can be read")

    def _add_batch(self, batch: Sequence[Story]) -> dict[str, str]:
        """Stores a batch as one generation; the outcome for each id."""
        while True:
            base, segments = self._sound()
            prepared, same = self._intake.prepare(base, vectors_in(base.rows_by_digest, segments), batch)
            outcomes = {**dict.fromkeys(same, "unchanged"), **{part.story.id: part.outcome for part in prepared}}
            if not prepared or self._store(base, prepared):
                return outcomes

    def _store(self, base: Snapshot, prepared: Sequence[Prepared]) -> bool:
        """Whether these could be stored: not where another writer came between with the same stories or a model."""
        with self._vault.writing() as newest:
            if newest is not base and any(_is_outdated(part, base, newest) for part in prepared):
                return False
            if not self._vault.is_sound(newest, self._embedder):
                return False
            draft = self._draft(newest)
            for part in prepared:
                if part.embedded is not None:
                    put_story(draft.database, part.story)
                else:
                    relabel_story(draft.database, part.story)
                if part.attributed is not None:
                    put_attributed(draft.database, part.story, part.attributed)
            draft.put_passages([part.embedded for part in prepared if part.embedded is not None])
            draft.merge_speakers()
            self._vault.publish(draft, newest)
        return True

    def _draft(self, base: Snapshot) -> Draft:
        known = base.manifest is not None and base.manifest.embedder == self._embedder.name
        return Draft(base, self._embedder.name, base.manifest.dim if base.manifest and known else self._embedder.dim)


def _is_outdated(part: Prepared, base: Snapshot, newest: Snapshot) -> bool:
    """Whether a story was changed by somebody else since it was prepared."""
    story_id = part.story.id
    return newest.by_id.get(story_id) != base.by_id.get(story_id) or (
        newest.next_version(story_id) != base.next_version(story_id)
    )
