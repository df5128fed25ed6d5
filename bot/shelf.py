"""The handful of verbs through which `bot` reads a library, and short names for its stories, which fit a button.

`index.library.folder.Library` has them; tests may bring their own.
"""

import hashlib
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Protocol, TypeGuard, runtime_checkable

from bot.errors import StoryGone
from index.story import Hit, Span, Speaker, Statement, Story

if TYPE_CHECKING:
    from index.encoding import Pieces
    from index.ranking import Evidence

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


@runtime_checkable
class Expecting(Protocol):
    """A library that saves time where it is told beforehand what it will be asked."""

    def expect(self, question: str) -> None:
        """Says that this will be searched for: the model reads it with whatever it has to read before."""
        ...


@runtime_checkable
class Near(Protocol):
    """A library that can also say how near words come to places in meaning; without it, shared words must do."""

    def nearness(self, words: str, places: Sequence[tuple[str, Span]]) -> tuple[float, ...]:
        """For each place, a story's id and a span: the highest cosine (-1..1) of the words to a sentence it touches."""
        ...


@runtime_checkable
class Telling(Protocol):
    """A library that can also say how likely its passages answer a question; without it, shared words must do."""

    def evidence(
        self, question: str, *, context: Sequence[str] = (), limit: int = 10, stories: Collection[str] | None = None
    ) -> "Evidence":
        """The passages that answer a question, best first, and how likely they do; `context` has the earlier turns."""
        ...


@runtime_checkable
class Legible(Protocol):
    """A library whose encoder shows what it makes of each wordpiece of a question; without it, rules must do."""

    def pieces(self, text: str) -> "Pieces":
        """The states of the wordpieces of one text."""
        ...


@runtime_checkable
class ByPerson(Protocol):
    """A large library that finds names and their statements without going through all of them."""

    def speakers_called(self, words: Collection[str]) -> tuple[Speaker, ...]:
        """The speakers with one of these words (lower case) in a name, alias, role or handle."""
        ...

    def speaker_words(self) -> Collection[str]:
        """The words (lower case) by which `speakers_called` finds speakers."""
        ...

    def statements_by(self, speaker_ids: Collection[str]) -> tuple[Statement, ...]:
        """The statements of these speakers in all stories, in reading order."""
        ...


def is_near(shelf: Shelf) -> TypeGuard[Near]:
    """Whether a shelf is `Near`. Asked of its class, like the rest: Python remembers the answer, and is sooner."""
    return issubclass(type(shelf), Near)


def is_telling(shelf: Shelf) -> TypeGuard[Telling]:
    """Whether a shelf is `Telling`."""
    return issubclass(type(shelf), Telling)


def is_legible(shelf: Shelf) -> TypeGuard[Legible]:
    """Whether a shelf is `Legible`."""
    return issubclass(type(shelf), Legible)


def is_by_person(shelf: Shelf) -> TypeGuard[ByPerson]:
    """Whether a shelf is `ByPerson`."""
    return issubclass(type(shelf), ByPerson)


def story_key(story_id: str) -> str:
    """A short name for a story that fits anywhere: eight hexadecimal digits of a hash of its id."""
    return hashlib.sha256(story_id.encode(errors="surrogatepass")).hexdigest()[:8]


def story_of_key(key: str, shelf: Shelf) -> Story:
    """The story of a shelf that a key stands for. Raises StoryGone where it holds none."""
    found = next((story for story in shelf.stories if story_key(story.id) == key), None)
    if found is None:
        raise StoryGone
    return found


def key_typed(typed: str) -> str:
    """The key of the story that was chosen (its key is sent then) or typed (its id)."""
    return typed if len(typed) == 8 and _DIGITS.issuperset(typed) else story_key(typed.strip())
