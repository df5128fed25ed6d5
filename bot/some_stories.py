"""Shelves over a shelf: some of its stories, those that a channel keeps to or all but the demonstration; and all of
them for somebody who waits only so long: past the deadline every verb of theirs ends the work.

Answering goes through stories, statements and speakers, and asks the shelf for each; so it stops soon wherever it is,
and its thread is free for the next question.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar, runtime_checkable

from bot.shelf import ByPerson, Expecting, Legible, Near, Shelf, Telling
from index.encoding import Pieces
from index.errors import NoSuchStory
from index.ranking import Evidence
from index.story import Hit, Span, Speaker, Statement, Story

T = TypeVar("T")
LOOKED_AT = 256
"""Things of a list that are gone through between two looks at the clock."""


@runtime_checkable
class Able(Shelf, Expecting, Legible, Near, Telling, ByPerson, Protocol):
    """A shelf with every verb that asking may use."""


def some_stories(shelf: Shelf, wanted: Collection[str]) -> Shelf:
    """The shelf with only the stories of these ids that it holds; the shelf itself where it holds none of them."""
    held = frozenset(story.id for story in shelf.stories) & frozenset(wanted)
    if not held:
        return shelf
    return AbleSome(shelf, held) if isinstance(shelf, Able) else Some(shelf, held)


def other_stories(shelf: Shelf, unwanted: Collection[str]) -> Shelf:
    """The shelf without the stories of these ids, be it that none is left; the shelf itself where it holds none."""
    every = frozenset(story.id for story in shelf.stories)
    held = every - frozenset(unwanted)
    if held == every:
        return shelf
    return AbleSome(shelf, held) if isinstance(shelf, Able) else Some(shelf, held)


@dataclass(frozen=True)
class Some:
    """Those stories of a shelf whose ids are `held`."""

    shelf: Shelf
    held: frozenset[str]

    @property
    def stories(self) -> tuple[Story, ...]:
        """The stories, in the shelf's order."""
        return tuple(story for story in self.shelf.stories if story.id in self.held)

    def story(self, story_id: str, version: int | None = None) -> Story:
        """One of the stories. Raises NoSuchStory."""
        if story_id not in self.held:
            raise NoSuchStory(story_id, version)
        return self.shelf.story(story_id, version)

    def statements(self, story_id: str | None = None) -> tuple[Statement, ...]:
        """The statements of one of the stories or of all. Raises NoSuchStory."""
        if story_id is not None:
            return self.shelf.statements(self.story(story_id).id)
        return tuple(said for said in self.shelf.statements() if said.story in self.held)

    def speakers(self, story_id: str | None = None) -> tuple[Speaker, ...]:
        """Who speaks, in one of the stories or in any. Raises NoSuchStory."""
        if story_id is not None:
            return self.shelf.speakers(self.story(story_id).id)
        speaking = {said.speaker for said in self.statements()}
        return tuple(speaker for speaker in self.shelf.speakers() if speaker.id in speaking)

    def search(self, question: str, *, limit: int = 10, stories: Collection[str] | None = None) -> tuple[Hit, ...]:
        """The passages nearest to a question, best first."""
        return self.shelf.search(question, limit=limit, stories=self._among(stories))

    def _among(self, stories: Collection[str] | None) -> Collection[str]:
        return self.held if stories is None else self.held & frozenset(stories)


@dataclass(frozen=True)
class AbleSome(Some):
    """Those stories, of a shelf that has every verb."""

    shelf: Able

    def expect(self, question: str) -> None:
        """Says that this will be searched for."""
        self.shelf.expect(question)

    def nearness(self, words: str, places: Sequence[tuple[str, Span]]) -> tuple[float, ...]:
        """For each place, the highest cosine of the words to a sentence that it touches."""
        return self.shelf.nearness(words, places)

    def pieces(self, text: str) -> Pieces:
        """The states of a text's wordpieces."""
        return self.shelf.pieces(text)

    def evidence(
        self, question: str, *, context: Sequence[str] = (), limit: int = 10, stories: Collection[str] | None = None
    ) -> Evidence:
        """The passages that answer a question, best first, and how likely they do."""
        return self.shelf.evidence(question, context=context, limit=limit, stories=self._among(stories))

    def speakers_called(self, words: Collection[str]) -> tuple[Speaker, ...]:
        """The speakers in these stories with one of these words in a name, alias, role or handle."""
        speaking = {said.speaker for said in self.statements()}
        return tuple(speaker for speaker in self.shelf.speakers_called(words) if speaker.id in speaking)

    def speaker_words(self) -> Collection[str]:
        """The words by which the whole shelf finds speakers."""
        return self.shelf.speaker_words()

    def statements_by(self, speaker_ids: Collection[str]) -> tuple[Statement, ...]:
        """The statements of these speakers in these stories."""
        return tuple(said for said in self.shelf.statements_by(speaker_ids) if said.story in self.held)


def hurried(shelf: Shelf, check: Callable[[], None]) -> Shelf:
    """The shelf, each verb of which first calls `check`, which raises when the time is over."""
    return AbleHurried(shelf, check) if isinstance(shelf, Able) else Hurried(shelf, check)


class Checked(tuple[T, ...]):
    """Things that look at the clock while they are gone through."""

    check: Callable[[], None]

    @classmethod
    def of(cls, things: Iterable[T], check: Callable[[], None]) -> "Checked[T]":
        """These things."""
        made = cls(things)
        made.check = check
        return made

    def __iter__(self) -> Iterator[T]:
        for at, thing in enumerate(super().__iter__()):
            if at % LOOKED_AT == 0:
                self.check()
            yield thing


@dataclass(frozen=True)
class Hurried:
    """A shelf whose verbs end when the time is over."""

    shelf: Shelf
    check: Callable[[], None]

    @property
    def stories(self) -> tuple[Story, ...]:
        """The shelf's."""
        self.check()
        return Checked.of(self.shelf.stories, self.check)

    def story(self, story_id: str, version: int | None = None) -> Story:
        """The shelf's."""
        self.check()
        return self.shelf.story(story_id, version)

    def statements(self, story_id: str | None = None) -> tuple[Statement, ...]:
        """The shelf's."""
        self.check()
        return Checked.of(self.shelf.statements(story_id), self.check)

    def speakers(self, story_id: str | None = None) -> tuple[Speaker, ...]:
        """The shelf's."""
        self.check()
        return Checked.of(self.shelf.speakers(story_id), self.check)

    def search(self, question: str, *, limit: int = 10, stories: Collection[str] | None = None) -> tuple[Hit, ...]:
        """The shelf's."""
        self.check()
        return self.shelf.search(question, limit=limit, stories=stories)


@dataclass(frozen=True)
class AbleHurried(Hurried):
    """The same of a shelf that has every verb."""

    shelf: Able

    def expect(self, question: str) -> None:
        """The shelf's."""
        self.shelf.expect(question)

    def nearness(self, words: str, places: Sequence[tuple[str, Span]]) -> tuple[float, ...]:
        """The shelf's."""
        self.check()
        return self.shelf.nearness(words, places)

    def pieces(self, text: str) -> Pieces:
        """The shelf's."""
        self.check()
        return self.shelf.pieces(text)

    def evidence(
        self, question: str, *, context: Sequence[str] = (), limit: int = 10, stories: Collection[str] | None = None
    ) -> Evidence:
        """The shelf's."""
        self.check()
        return self.shelf.evidence(question, context=context, limit=limit, stories=stories)

    def speakers_called(self, words: Collection[str]) -> tuple[Speaker, ...]:
        """The shelf's."""
        self.check()
        return Checked.of(self.shelf.speakers_called(words), self.check)

    def speaker_words(self) -> Collection[str]:
        """The shelf's."""
        self.check()
        return self.shelf.speaker_words()

    def statements_by(self, speaker_ids: Collection[str]) -> tuple[Statement, ...]:
        """The shelf's."""
        self.check()
        return Checked.of(self.shelf.statements_by(speaker_ids), self.check)
