"""What every export is made of: a statement with its story, its speaker, and whose it is held to be."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.rendering.corrections import Correction, corrected
from bot.shelf import Shelf
from index.story import Speaker, Statement, Story


@dataclass(frozen=True, slots=True)
class Row:
    """One statement; `right` is the name that those who run a server have settled it to be of."""

    said: Statement
    story: Story
    speaker: Speaker | None
    right: str | None = None

    @property
    def words(self) -> str:
        """The story's words, verbatim."""
        return self.said.span.of(self.story.text)

    @property
    def day(self) -> str | None:
        """The day on which the story appeared, as 2017-03-02."""
        return self.story.date.isoformat() if self.story.date else None

    @property
    def link(self) -> str | None:
        """The story's address where it is one of a page; any other may do something when it is followed."""
        url = self.story.url or ""
        return url if url.casefold().startswith(("https://", "http://")) else None


def rows_of(statements: Iterable[Statement], shelf: Shelf, corrections: tuple[Correction, ...] = ()) -> tuple[Row, ...]:
    """The statements with all that exports tell of them, in the order given."""
    people = {speaker.id: speaker for speaker in shelf.speakers()}
    return tuple(
        Row(
            said,
            shelf.story(said.story, said.version),
            people.get(said.speaker) if said.speaker else None,
            corrected(said, corrections),
        )
        for said in statements
    )
