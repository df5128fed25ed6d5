"""The stories of a shelf for somebody who waits only so long: past the deadline every verb of theirs ends the work.

Answering goes through stories, statements and speakers, and asks the shelf for each; so it stops soon wherever it is,
and its thread is free for the next question.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.shelf import Shelf
from bot.some_stories import Able
from index.encoding.sentences import Pieces
from index.ranking.evidence import Evidence
from index.story import Hit, Span, Speaker, Statement, Story

T = TypeVar("T")
LOOKED_AT = 256
"""Things of a list that are gone through between two looks at the clock."""


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
