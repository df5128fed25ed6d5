"""One generation of an owner's library as it is read: its parts are fetched when they are asked for, and then kept.

Every fetch sees one moment of the database. Where that is no longer the view's own generation it raises Moved, and
whoever asked begins again with the newest.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, LiteralString

from index.errors import NoSuchStory
from index.library.speakers import Appearance, SpeakersHeld, in_story
from index.postgres.connecting import Database, Session
from index.statements import EXTRACTOR
from index.storing.tables import speaker_of, statement_of, story_of
from index.story import Passage, Span, Speaker, Statement, Story

NUMBER_BITS = 20
"""A passage's position is its story's place, shifted by so many bits, and its number in the story."""
_STORY = "id, text, title, source, date, author, url, dateline, version, shortened"
_STATEMENTS = """
    SELECT t.id, t.version, s.span_start, s.span_end, s.kind, coalesce(p.person, s.speaker), s.mention_start,
        s.mention_end, s.cue_start, s.cue_end, s.stance, s.attribution, s.paragraph, s.relay, s.addressee, s.confidence
    FROM stories t JOIN statements s USING (owner, place, version)
    LEFT JOIN story_speakers p
        ON p.owner = s.owner AND p.place = s.place AND p.version = s.version AND p.id = s.speaker
    WHERE t.owner = %(owner)s AND """


class Moved(Exception):
    """The library has moved on to another generation."""


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of a library without reading it: its generation, the model of its vectors, and how large it is.

    `words` counts those of all passages.
    """

    generation: int = 0
    embedder: str | None = None
    stories: int = 0
    passages: int = 0
    words: int = 0


HEAD = "SELECT generation, embedder, stories, passages, words FROM libraries WHERE owner = %s"


class View(SpeakersHeld):
    """The stories of one generation, and all that came of them."""

    def __init__(self, database: Database, owner: str, head: Head) -> None:
        self._database = database
        self.owner = owner
        self.head = head

    def rows(self, query: LiteralString, /, **values: object) -> list[tuple[Any, ...]]:
        """The rows of a query on this generation; `owner` is among its values. Raises Moved, LibraryUnreadable."""
        with self._database.reading(self.owner) as connection:
            with connection.pipeline():
                head = connection.execute(HEAD, (self.owner,))
                found = connection.execute(query, {"owner": self.owner, **values}).fetchall()
            if (head.fetchone() or (0,))[0] != self.head.generation:
                raise Moved
        return found

    @cached_property
    def _rows(self) -> list[tuple[Any, ...]]:
        columns = f"{_STORY}, unfound, attributed, place, passages"
        return self.rows(f"SELECT {columns} FROM stories WHERE owner = %(owner)s AND newest ORDER BY place")  # noqa: S608

    @cached_property
    def stories(self) -> tuple[Story, ...]:
        """Every story in its newest version, in the order in which they came."""
        return tuple(story_of(row[:-4]) for row in self._rows)

    @cached_property
    def places(self) -> Mapping[str, tuple[int, int]]:
        """The place of each story in the library, and how many passages it has."""
        return {row[0]: row[-2:] for row in self._rows}

    @cached_property
    def attributed(self) -> frozenset[str]:
        """The stories that this version of the program has read for statements, or has tried to."""
        return frozenset(row[0] for row in self._rows if row[-3] >= EXTRACTOR)

    @cached_property
    def unfound(self) -> Mapping[str, str]:
        """The stories over which it failed, and why."""
        return {row[0]: row[-4] for row in self._rows if row[-3] >= EXTRACTOR and row[-4] is not None}

    @cached_property
    def ids(self) -> Mapping[int, str]:
        """The story at each place."""
        return {place: story for story, (place, _) in self.places.items()}

    @cached_property
    def by_id(self) -> Mapping[str, Story]:
        """The newest version of each story."""
        return {story.id: story for story in self.stories}

    def story(self, story_id: str, version: int | None = None) -> Story:
        """One story, by default its newest version. Raises NoSuchStory."""
        if version is None and story_id in self.by_id:
            return self.by_id[story_id]
        query = f"SELECT {_STORY} FROM stories WHERE owner = %(owner)s AND id = %(id)s AND version = %(version)s"  # noqa: S608
        found = self.rows(query, id=story_id, version=version) if version is not None else []
        if not found:
            raise NoSuchStory(story_id, version)
        return story_of(found[0])

    @cached_property
    def _statements(self) -> tuple[Statement, ...]:
        return tuple(map(statement_of, self.rows(_STATEMENTS + "t.newest ORDER BY t.place, s.number")))

    def statements(self, story_id: str | None, version: int | None = None) -> tuple[Statement, ...]:
        """Statements in reading order. Raises NoSuchStory."""
        if story_id is None:
            return self._statements
        wanted = self.story(story_id, version).version
        query = _STATEMENTS + "t.id = %(id)s AND t.version = %(version)s ORDER BY s.number"
        return tuple(map(statement_of, self.rows(query, id=story_id, version=wanted)))

    @cached_property
    def _speakers(self) -> tuple[Speaker, ...]:
        query = "SELECT id, name, kind, aliases, roles, handles FROM speakers WHERE owner = %(owner)s ORDER BY number"
        return tuple(map(speaker_of, self.rows(query)))

    def speakers(self, story_id: str | None) -> tuple[Speaker, ...]:
        """The library's speakers, or one story's: under the library's ids and names, with the story's own roles."""
        if story_id is None:
            return self._speakers
        self.story(story_id)
        library = {speaker.id: speaker for speaker in self._speakers}
        found = self.rows(APPEARANCES + " AND t.id = %(id)s ORDER BY p.number", id=story_id)
        appearances = [appearance_of(row) for row in found]
        return tuple(in_story(one.speaker, library[one.before]) for one in appearances if one.before in library)

    def passages(self, story_id: str | None) -> tuple[Passage, ...]:
        """The passages of one story or of all, in reading order. Raises NoSuchStory."""
        if story_id is not None:
            self.story(story_id)
        found = self.rows(
            "SELECT t.id, t.version, p.span_start, p.span_end, p.paragraph FROM stories t "
            "JOIN passages p ON p.owner = t.owner AND p.position >> 20 = t.place "
            "WHERE t.owner = %(owner)s AND t.newest AND (%(id)s::text IS NULL OR t.id = %(id)s) ORDER BY p.position",
            id=story_id,
        )
        return tuple(map(passage_of, found))


APPEARANCES = """
    SELECT t.id, t.source, t.date, t.version, p.id, p.name, p.kind, p.aliases, p.roles, p.handles, p.person
    FROM stories t JOIN story_speakers p USING (owner, place, version) WHERE t.owner = %(owner)s AND t.newest"""


def appearance_of(row: Sequence[Any]) -> Appearance:
    """A story's speaker, of a row of `APPEARANCES`; the story is given without its text."""
    identity, source, day, version, *speaker, person = row
    story = story_of((identity, "", None, source, day, None, None, None, version, False))
    return Appearance(story, speaker_of(tuple(speaker)), person)


def passage_of(row: Sequence[Any]) -> Passage:
    """The Passage of a row of id, version, start, end and paragraph."""
    identity, version, start, end, paragraph = row
    return Passage(identity, version, Span(start, end), paragraph)


def head_of(connection: Session, owner: str) -> Head:
    """The library as this transaction sees it; an empty one where the owner has none."""
    row = connection.execute(HEAD, (owner,)).fetchone()
    return Head(*row) if row else Head()
