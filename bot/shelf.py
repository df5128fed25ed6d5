"""The handful of verbs through which `bot` reads a library.

`index.library.Library` has them; tests may bring their own.
"""

from collections.abc import Collection
from typing import Protocol

from index.story import Hit, Speaker, Statement, Story


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
