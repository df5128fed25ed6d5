"""A library as asking and rendering see it: the verbs through which it is read; some of its stories as one of their
own; all of them for somebody who waits only so long, whose every verb ends the work past the deadline; and short names
for its stories, which fit a button.

Answering goes through stories, statements and speakers, and asks the shelf for each; so it stops soon wherever it is,
and its thread is free for the next question.
"""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from bot.errors import StoryGone, TooSlow
from index.errors import NoSuchStory
from index.story import Hit, Speaker, Statement, Story

if TYPE_CHECKING:
    from index.encoding import Pieces
    from index.ranking import Evidence

T = TypeVar("T")
LOOKED_AT = 256
"""Things of a list that are gone through between two looks at the clock."""
_DIGITS = frozenset("0123456789abcdef")


class Shelf(Protocol):
    """A library as asking and rendering see it: stories and what was derived from them, and a search."""

    @property
    def stories(self) -> tuple[Story, ...]:
        """Every story held, in the order in which they were added, in its newest version."""
        ...

    def story(self, story_id: str, version: int | None = None) -> Story:
        """One story, by default its newest version. Raises NoSuchStory."""
        ...

    def statements(self, story_id: str | None = None) -> tuple[Statement, ...]:
        """The statements of one story or of all, in reading order."""
        ...

    def speakers(self, story_id: str | None = None) -> tuple[Speaker, ...]:
        """Who speaks, in one story or in all, with one Speaker for one person across stories."""
        ...

    def search(self, question: str, *, limit: int = 10, stories: Collection[str] | None = None) -> tuple[Hit, ...]:
        """The passages nearest to a question, best first, of the stories named or of all."""
        ...

    def evidence(
        self, question: str, *, context: Sequence[str] = (), limit: int = 10, stories: Collection[str] | None = None
    ) -> "Evidence":
        """The passages that answer a question, best first, and how likely they do; `context` has the earlier turns."""
        ...

    def pieces(self, text: str) -> "Pieces":
        """The states of the wordpieces of one text: what the encoder makes of each."""
        ...

    def speakers_called(self, words: Collection[str]) -> tuple[Speaker, ...]:
        """The speakers with one of these words (lower case) in a name, alias, role or handle."""
        ...

    def speaker_words(self) -> Collection[str]:
        """The words (lower case) by which `speakers_called` finds speakers."""
        ...

    def statements_by(self, speaker_ids: Collection[str]) -> tuple[Statement, ...]:
        """The statements of these speakers in all stories, in reading order."""
        ...


def some_stories(shelf: Shelf, wanted: Collection[str]) -> Shelf:
    """The shelf with only the stories of these ids that it holds; the shelf itself where it holds none of them."""
    held = frozenset(story.id for story in shelf.stories) & frozenset(wanted)
    return Some(shelf, held) if held else shelf


def other_stories(shelf: Shelf, unwanted: Collection[str]) -> Shelf:
    """The shelf without the stories of these ids, be it that none is left; the shelf itself where it holds none."""
    every = frozenset(story.id for story in shelf.stories)
    held = every - frozenset(unwanted)
    return shelf if held == every else Some(shelf, held)


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

    def pieces(self, text: str) -> "Pieces":
        """The states of a text's wordpieces."""
        return self.shelf.pieces(text)

    def evidence(
        self, question: str, *, context: Sequence[str] = (), limit: int = 10, stories: Collection[str] | None = None
    ) -> "Evidence":
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

    def _among(self, stories: Collection[str] | None) -> Collection[str]:
        return self.held if stories is None else self.held & frozenset(stories)


class Timed(tuple[T, ...]):
    """Things that look at the clock while they are gone through."""

    check: Callable[[], None]

    @classmethod
    def of(cls, things: Iterable[T], check: Callable[[], None]) -> "Timed[T]":
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
    """A shelf, each verb of which first calls `check`, which raises when the time is over."""

    shelf: Shelf
    check: Callable[[], None]

    @property
    def stories(self) -> tuple[Story, ...]:
        """The shelf's."""
        self.check()
        return Timed.of(self.shelf.stories, self.check)

    def story(self, story_id: str, version: int | None = None) -> Story:
        """The shelf's."""
        self.check()
        return self.shelf.story(story_id, version)

    def statements(self, story_id: str | None = None) -> tuple[Statement, ...]:
        """The shelf's."""
        self.check()
        return Timed.of(self.shelf.statements(story_id), self.check)

    def speakers(self, story_id: str | None = None) -> tuple[Speaker, ...]:
        """The shelf's."""
        self.check()
        return Timed.of(self.shelf.speakers(story_id), self.check)

    def search(self, question: str, *, limit: int = 10, stories: Collection[str] | None = None) -> tuple[Hit, ...]:
        """The shelf's."""
        self.check()
        return self.shelf.search(question, limit=limit, stories=stories)

    def pieces(self, text: str) -> "Pieces":
        """The shelf's."""
        self.check()
        return self.shelf.pieces(text)

    def evidence(
        self, question: str, *, context: Sequence[str] = (), limit: int = 10, stories: Collection[str] | None = None
    ) -> "Evidence":
        """The shelf's."""
        self.check()
        return self.shelf.evidence(question, context=context, limit=limit, stories=stories)

    def speakers_called(self, words: Collection[str]) -> tuple[Speaker, ...]:
        """The shelf's."""
        self.check()
        return Timed.of(self.shelf.speakers_called(words), self.check)

    def speaker_words(self) -> Collection[str]:
        """The shelf's."""
        self.check()
        return self.shelf.speaker_words()

    def statements_by(self, speaker_ids: Collection[str]) -> tuple[Statement, ...]:
        """The shelf's."""
        self.check()
        return Timed.of(self.shelf.statements_by(speaker_ids), self.check)


def in_time(seconds: float, clock: Callable[[], float]) -> Callable[[], None]:
    """What raises TooSlow from so many seconds on, for work that looks between its steps."""
    end = clock() + seconds

    def check() -> None:
        if clock() > end:
            raise TooSlow(seconds)

    return check


def short_name(long: str, digits: int) -> str:
    """A short name that fits a button: so many hexadecimal digits of a hash."""
    return hashlib.sha256(long.encode(errors="surrogatepass")).hexdigest()[:digits]


def story_key(story_id: str) -> str:
    """A short name for a story that fits anywhere."""
    return short_name(story_id, 8)


def story_of_key(key: str, shelf: Shelf) -> Story:
    """The story of a shelf that a key stands for. Raises StoryGone where it holds none."""
    found = next((story for story in shelf.stories if story_key(story.id) == key), None)
    if found is None:
        raise StoryGone
    return found


def key_typed(typed: str) -> str:
    """The key of the story that was chosen (its key is sent then) or typed (its id)."""
    return typed if len(typed) == 8 and _DIGITS.issuperset(typed) else story_key(typed.strip())
