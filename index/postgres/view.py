"""One generation of an owner's library as it is read: its parts are fetched when they are asked for, and then kept.

Every fetch sees one moment of the database. Where that is no longer the view's own generation it raises Moved, and
whoever asked begins again with the newest.

It is searched inside the database: pgvector's cosines and BM25 over postings, put together in one query. The figures
are those of `index.search.searching` and `index.search.words`; only where they are worked out differs.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, LiteralString

import numpy as np
from numpy.typing import NDArray

from index.encoding.embedding import Vectors
from index.errors import NoSuchStory
from index.library.speakers import Appearance, Generation
from index.postgres.connecting import Database, Session
from index.search.searching import BY_WORDS, CANDIDATES, Positions, narrowed
from index.search.words import COMMON, K1, MANY_ROWS, B, Scores, find_words
from index.statements import EXTRACTOR
from index.storing.tables import appearance_of, speaker_of, statement_of, story_of
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
LONGEST_TERM = 200
"""Bytes of a word in the index; of a longer one (PostgreSQL indexes no more than 2,704) its digest stands there."""
_WORDED = """
    found AS (
        SELECT position, times, words, count(*) OVER (PARTITION BY term) AS holders
        FROM postings WHERE owner = %(owner)s AND term = ANY(%(terms)s)
    ), worded AS (
        SELECT position, sum(
            ln(1 + (%(all)s - holders + 0.5::float8) / (holders + 0.5::float8)) * times * (%(k1)s + 1)
            / (times + %(k1)s * (1 - %(b)s + %(b)s * words / %(mean)s))
        )::real AS score
        FROM found WHERE holders <= %(most)s GROUP BY position
    )"""
_SHOWN = """
    SELECT p.position, -(p.vector <#> %(query)s)::real, coalesce(w.score, 0), t.id, t.version, p.span_start,
        p.span_end, p.paragraph
    FROM chosen JOIN passages p ON p.owner = %(owner)s AND p.position = chosen.position
    JOIN stories t ON t.owner = p.owner AND t.place = p.position >> 20 AND t.newest
    LEFT JOIN worded w ON w.position = p.position
    ORDER BY p.position"""
_ALL = f"""
    WITH {_WORDED}, best AS (
        (SELECT position FROM passages WHERE owner = %(owner)s ORDER BY vector <#> %(query)s, position LIMIT %(limit)s)
        UNION (SELECT position FROM worded ORDER BY score DESC, position LIMIT %(by_words)s)
    ), chosen AS (
        SELECT DISTINCT position + step AS position FROM best, unnest(%(steps)s::int[]) AS beside (step)
    ) {_SHOWN}"""  # noqa: S608
_OF_STORIES = f"""
    WITH {_WORDED}, chosen AS (
        SELECT p.position FROM stories t
        JOIN passages p ON p.owner = t.owner AND p.position BETWEEN t.place << 20 AND ((t.place + 1) << 20) - 1
        WHERE t.owner = %(owner)s AND t.newest AND t.id = ANY(%(stories)s)
    ) {_SHOWN}"""  # noqa: S608
_STORY_WORDS = """
    WITH found AS (
        SELECT position >> 20 AS place, term, sum(times)::float8 AS times, count(*) AS passages
        FROM postings WHERE owner = %(owner)s AND term = ANY(%(terms)s) GROUP BY 1, 2
    ), counted AS (
        SELECT place, times, count(*) OVER same AS holders, sum(passages) OVER same AS passages
        FROM found WINDOW same AS (PARTITION BY term)
    )
    SELECT t.place, sum(
        ln(1 + (%(all)s - holders + 0.5::float8) / (holders + 0.5::float8)) * times * (%(k1)s + 1)
        / (times + %(k1)s * (1 - %(b)s + %(b)s * t.words / %(mean)s))
    )::real
    FROM counted JOIN stories t ON t.owner = %(owner)s AND t.place = counted.place AND t.newest
    WHERE counted.passages <= %(most)s GROUP BY t.place"""
_COSINES = """
    SELECT position, -(vector <#> %(query)s)::real FROM passages
    WHERE owner = %(owner)s AND position = ANY(%(positions)s)"""


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


class View(Generation):
    """The stories of one generation, and all that came of them."""

    def __init__(self, database: Database, owner: str, head: Head) -> None:
        super().__init__()
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

    def _find_statements(self, story_id: str, version: int) -> tuple[Statement, ...]:
        query = _STATEMENTS + "t.id = %(id)s AND t.version = %(version)s ORDER BY s.number"
        return tuple(map(statement_of, self.rows(query, id=story_id, version=version)))

    @cached_property
    def _speakers(self) -> tuple[Speaker, ...]:
        query = "SELECT id, name, kind, aliases, roles, handles FROM speakers WHERE owner = %(owner)s ORDER BY number"
        return tuple(map(speaker_of, self.rows(query)))

    def _find_appearances(self, story_id: str) -> tuple[Appearance, ...]:
        found = self.rows(APPEARANCES + " AND t.id = %(id)s ORDER BY p.number", id=story_id)
        return tuple(map(appearance_of, found))

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


def passage_of(row: Sequence[Any]) -> Passage:
    """The Passage of a row of id, version, start, end and paragraph."""
    identity, version, start, end, paragraph = row
    return Passage(identity, version, Span(start, end), paragraph)


def head_of(connection: Session, owner: str) -> Head:
    """The library as this transaction sees it; an empty one where the owner has none."""
    row = connection.execute(HEAD, (owner,)).fetchone()
    return Head(*row) if row else Head()


class PassageSearch:
    """The passages of one generation, known by their positions; a folder has `index.search.searching` for it."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._seen: dict[int, Passage] = {}

    def __len__(self) -> int:
        return self._view.head.passages

    def passage(self, position: int) -> Passage:
        """A passage that this search has found."""
        return self._seen[position]

    def edges(self, positions: Positions) -> NDArray[np.int32]:
        """Where each passage begins and ends in its story, shape (n, 2)."""
        spans = [self._seen[position].span for position in positions.tolist()]
        return np.array([(span.start, span.end) for span in spans], dtype=np.int32).reshape(-1, 2)

    def positions(self, story: str) -> Positions:
        """The positions of a story's passages, in reading order; none where it is not held."""
        place, count = self._view.places.get(story, (0, 0))
        return (place << NUMBER_BITS) + np.arange(count, dtype=np.int64)

    def story_numbers(self, positions: Positions) -> Positions:
        """The number of the story that each position is in."""
        return positions >> NUMBER_BITS

    def story_id(self, number: int) -> str:
        """The id of a story by its number."""
        return self._view.ids[number]

    def candidates(
        self, question: str, query: Vectors, stories: Collection[str] | None
    ) -> tuple[Positions, Scores, Scores]:
        """Positions in order, with cosine and BM25: all passages of one story, the best of several, and neighbours."""
        if stories is None:
            return self._everywhere(question, query, steps=(-1, 0, 1))
        positions, dense, words = self._found(_OF_STORIES, question, query=query, stories=list(stories))
        if len(positions) > 4 * CANDIDATES:
            kept = narrowed(positions, dense, words, lambda best: np.concatenate([best - 1, best, best + 1]))
            return positions[kept], dense[kept], words[kept]
        return positions, dense, words

    def best(self, question: str, query: Vectors) -> tuple[Positions, Scores, Scores]:
        """The positions best by either score in the whole library, in order, with cosine and BM25."""
        return self._everywhere(question, query, steps=(0,))

    def _everywhere(self, question: str, query: Vectors, steps: Sequence[int]) -> tuple[Positions, Scores, Scores]:
        """The best of the whole library by either score, and what stands so many passages from them."""
        return self._found(_ALL, question, query=query, limit=CANDIDATES, by_words=BY_WORDS, steps=list(steps))

    def _found(self, sql: LiteralString, question: str, **given: object) -> tuple[Positions, Scores, Scores]:
        """The passages that a query finds, with cosine and BM25."""
        found = self._view.rows(sql, **given, **self._asked(question, self._view.head.passages))
        self._seen.update((row[0], passage_of(row[3:])) for row in found)
        positions = np.array([row[0] for row in found], dtype=np.int64)
        dense, words = (np.array([row[column] for row in found], dtype=np.float32) for column in (1, 2))
        return positions, dense, words

    def cosines(self, positions: Positions, query: Vectors) -> Scores:
        """The cosine of each of these passages to a unit vector (dim,)."""
        found = dict(self._view.rows(_COSINES, query=query, positions=positions.tolist()))
        return np.array([found[position] for position in positions.tolist()], dtype=np.float32)

    def centre_cosines(self, numbers: Positions, query: Vectors) -> Scores:
        """For each of these stories, by number, the mean cosine of all its passages to a unit vector."""
        places = [self.positions(self.story_id(int(number))) for number in numbers]
        cosines = self.cosines(np.concatenate([np.zeros(0, np.int64), *places]), query)
        parts = np.split(cosines, np.cumsum([len(part) for part in places]))[: len(places)]
        return np.array([part.mean() if len(part) else 0.0 for part in parts], dtype=np.float32)

    def story_words(self, question: str) -> Scores:
        """BM25 of a question against whole stories, by their numbers."""
        head = self._view.head
        scores = np.zeros(max(self._view.ids, default=-1) + 1, dtype=np.float32)
        for place, score in self._view.rows(_STORY_WORDS, **self._asked(question, head.stories)):
            scores[place] = score
        return scores

    def _asked(self, question: str, count: int) -> dict[str, object]:
        """What BM25 is worked out from, among so many passages or stories."""
        head = self._view.head
        terms = list(dict.fromkeys(map(indexed_term, find_words(question))))
        most = COMMON * head.passages if head.passages > MANY_ROWS else head.passages
        return {
            "terms": terms,
            "all": count,
            "most": most,
            "mean": max(head.words / max(count, 1), 1.0),
            "k1": K1,
            "b": B,
        }


def indexed_term(word: str) -> str:
    """How a word stands in the index."""
    raw = word.encode("utf-8", "surrogatepass")
    return word if len(raw) <= LONGEST_TERM else hashlib.sha256(raw).hexdigest()
