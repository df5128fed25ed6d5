"""The stories and speakers that one result points at, read from the shelf once, so that rendering itself stays pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.answers import Abstention, Answer, Mark, Result
from bot.rendering.wording import whole_words
from bot.shelf import Shelf
from index.story import Hit, Speaker, Statement, Story


@dataclass(frozen=True, slots=True)
class Seen:
    """Stories by id and version, newest stories by id, speakers by id, how many stories the shelf holds, and their
    outlets where they are listed."""

    versions: Mapping[tuple[str, int], Story]
    newest: Mapping[str, Story]
    speakers: Mapping[str, Speaker]
    held: int = 1
    outlets: tuple[str, ...] = ()

    def story(self, statement: Statement) -> Story:
        """The story of a statement, in the version that its span counts in."""
        return self.versions[statement.story, statement.version]

    def speaker(self, statement: Statement) -> Speaker | None:
        """Who said it, or None where the story leaves that open."""
        return self.speakers.get(statement.speaker) if statement.speaker is not None else None

    def marked(self, mark: Mark) -> str:
        """The words that answer, in the newest version of their story."""
        text = self.newest[mark.story].text
        return whole_words(mark.span, text).of(text)

    def story_of(self, hit: Hit) -> Story:
        """The story of a passage, in the version that its span counts in."""
        return self.versions[hit.passage.story, hit.passage.version]

    def passage(self, hit: Hit) -> str:
        """The words of a passage, exactly as stored."""
        return hit.passage.span.of(self.story_of(hit).text)


def seen_by(result: Result, shelf: Shelf) -> Seen:
    """What a result points at, the folded near-copies too. Raises NoSuchStory where a story has gone since it was
    found."""
    parts = (result, *result.apart) if isinstance(result, Answer) else (result,)
    statements = [said for part in parts for said in _statements_of(part)]
    passages = [hit.passage for part in parts for hit in part.passages]
    keys = [*((one.story, one.version) for one in statements), *((one.story, one.version) for one in passages)]
    versions = {key: shelf.story(*key) for key in dict.fromkeys(keys)}
    marked = {mark.story for part in parts if isinstance(part, Answer) for mark in part.marks}
    newest = {name: shelf.story(name) for name in {story for story, _ in versions} | marked}
    speakers = {who.id: who for part in parts for who in part.speakers}
    if any(said.speaker is not None and said.speaker not in speakers for said in statements):
        speakers = {speaker.id: speaker for speaker in shelf.speakers()} | speakers
    outlets = outlets_of(shelf.stories) if lists_stories(result) else ()
    return Seen(versions, newest, speakers, len(shelf.stories), outlets)


def _statements_of(result: Result) -> tuple[Statement, ...]:
    if isinstance(result, Abstention):
        return result.nearest
    return result.statements + tuple(copy for _, copy in result.folded)


def lists_stories(result: Result) -> bool:
    """Whether a result is a list of what is held, whatever it is about; one alone is the story of something else."""
    listed = isinstance(result, Answer) and result.form == "stories" and not (result.topic or result.statements)
    return listed and len(result.passages) > 1


def outlets_of(stories: Sequence[Story]) -> tuple[str, ...]:
    """The outlets of stories, the one with most of them first."""
    return tuple(outlet for outlet, _ in Counter(story.source for story in stories if story.source).most_common())
