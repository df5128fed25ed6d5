"""What a library holds, as every face tells it: who speaks how often, its stories, and one of them whole."""

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Protocol

from bot.rendering.contract import Json, JsonObject, added_json, statement_json, story_json
from bot.rendering.wording import foreign_words
from bot.shelf import Shelf
from index.errors import StatementsUnfound
from index.story import Speaker, Statement, Story


class Keeping(Shelf, Protocol):
    """A shelf that also knows older versions' statements and which stories are copies of each other."""

    def statements(self, story_id: str | None = None, version: int | None = None) -> tuple[Statement, ...]:
        """The statements of one story or of all, in reading order."""
        ...

    def copies_of(self, story_id: str) -> tuple[str, ...]:
        """The ids of stories that are copies of this one."""
        ...


def speaking_in(shelf: Shelf) -> tuple[tuple[Speaker, int], ...]:
    """Who speaks, each with how many statements are theirs, whoever has most of them first."""
    counts = Counter(statement.speaker for statement in shelf.statements())
    found = ((who, counts[who.id]) for who in shelf.speakers())
    return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0].name)))


def held_in(shelf: Shelf) -> tuple[tuple[Story, int], ...]:
    """The stories in the order in which they were added, each with how many statements it has."""
    counts = Counter(statement.story for statement in shelf.statements())
    return tuple((story, counts[story.id]) for story in shelf.stories)


def whole_json(shelf: Keeping, story_id: str, version: int | None = None) -> JsonObject:
    """One story with its text and its statements: what `onrecord show` prints. Raises NoSuchStory."""
    story = shelf.story(story_id, version)
    speakers = {who.id: who for who in shelf.speakers(story_id)}
    found: list[Json] = [
        statement_json(said, story, speakers.get(said.speaker or ""))
        for said in shelf.statements(story_id, story.version)
    ]
    return story_json(story) | {"text": story.text, "statements": found, "copies": list(shelf.copies_of(story_id))}


def taken_json(
    source: str, story: Story, statements: int, *, new: bool, waiting: Collection[str], unfound: Mapping[str, str]
) -> JsonObject:
    """What became of a story that was added, with how many statements were found, or why none could be.

    `waiting` are the stories that have yet to be read for statements, `unfound` those that cannot be, and why.
    """
    foreign = foreign_words(story)
    error = f"{foreign[0].upper()}{foreign[1:]}." if foreign else None
    if story.id in unfound:
        error = str(StatementsUnfound(story.id, unfound[story.id]))
    read = error is None and story.id not in waiting
    return added_json(source, story, new=new, statements=statements if read else None, error=error)
