"""The stories and what was derived from them, in SQLite: the schema, and values to rows and back.

The database lives in memory and is written as a whole, sealed; no file of it is ever changed in place.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from index.errors import StatementsUnfound
from index.library.speakers import Appearance
from index.statements import EXTRACTOR
from index.story import Attributed, Cue, Span, Speaker, Statement, Story

SCHEMA = """
CREATE TABLE stories (
    id TEXT NOT NULL, version INTEGER NOT NULL, place_in_library INTEGER NOT NULL, newest INTEGER NOT NULL,
    text TEXT NOT NULL, title TEXT, source TEXT, date TEXT, author TEXT, url TEXT, place TEXT,
    attributed INTEGER NOT NULL, shortened INTEGER NOT NULL, unfound TEXT, PRIMARY KEY (id, version)
);
CREATE TABLE versions (id TEXT PRIMARY KEY, highest INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX stories_in_order ON stories (newest, place_in_library);
CREATE TABLE passages (
    story TEXT PRIMARY KEY, segment INTEGER NOT NULL, first_row INTEGER NOT NULL, count INTEGER NOT NULL,
    spans BLOB NOT NULL, digests BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE statements (
    story TEXT NOT NULL, version INTEGER NOT NULL, number INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, kind TEXT NOT NULL, speaker TEXT,
    mention_start INTEGER, mention_end INTEGER, cue_start INTEGER, cue_end INTEGER,
    stance TEXT, attribution INTEGER NOT NULL, paragraph INTEGER NOT NULL,
    relay TEXT NOT NULL, addressee TEXT, confidence REAL NOT NULL, PRIMARY KEY (story, version, number)
) WITHOUT ROWID;
CREATE TABLE story_speakers (
    story TEXT NOT NULL, version INTEGER NOT NULL, number INTEGER NOT NULL, id TEXT NOT NULL,
    name TEXT NOT NULL, kind TEXT NOT NULL, aliases TEXT NOT NULL, roles TEXT NOT NULL, handles TEXT NOT NULL,
    person TEXT, PRIMARY KEY (story, version, number)
) WITHOUT ROWID;
CREATE INDEX story_speakers_by_id ON story_speakers (story, version, id);
CREATE TABLE speakers (
    id TEXT PRIMARY KEY, number INTEGER NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, aliases TEXT NOT NULL,
    roles TEXT NOT NULL, handles TEXT NOT NULL
) WITHOUT ROWID;
"""
_STORY = "id, text, title, source, date, author, url, place, version, shortened"
_SPEAKER = "id, name, kind, aliases, roles, handles"


def new_database(schema: str = SCHEMA) -> sqlite3.Connection:
    """An empty database in memory."""
    database = sqlite3.connect(":memory:", check_same_thread=False)
    database.executescript(schema)
    return _wiping(database)


def database_from(payload: bytes) -> sqlite3.Connection:
    """The database that `Connection.serialize` gave, in memory."""
    database = sqlite3.connect(":memory:", check_same_thread=False)
    database.deserialize(payload)
    return _wiping(database)


def _wiping(database: sqlite3.Connection) -> sqlite3.Connection:
    """The database, which from now on overwrites what it deletes: all its pages are written to the disk."""
    database.execute("PRAGMA secure_delete = ON")
    return database


def bring_up_to_date(database: sqlite3.Connection) -> None:
    """Gives the tables of an older format (1 had no `shortened`, 2 no `unfound`) what this one's have.

    `attributed` was 1 for every story that had been read: by version 1 of what finds statements.
    """
    columns = {row[1] for row in database.execute("PRAGMA table_info(stories)")}
    if "shortened" not in columns:
        database.execute("ALTER TABLE stories ADD COLUMN shortened INTEGER NOT NULL DEFAULT 0")
    database.execute("CREATE INDEX IF NOT EXISTS story_speakers_by_id ON story_speakers (story, version, id)")
    if "unfound" not in columns:
        database.execute("ALTER TABLE stories ADD COLUMN unfound TEXT")


def story_of(row: tuple[Any, ...]) -> Story:
    """The Story of a row of `_STORY`'s columns."""
    identity, text, title, source, day, author, url, place, version, shortened = row
    when = date.fromisoformat(day) if day else None
    return Story(identity, text, title, source, when, author, url, place, version, bool(shortened))


def newest_stories(database: sqlite3.Connection) -> Iterator[Story]:
    """Every story in its newest version, in the order in which they came."""
    rows = database.execute(f"SELECT {_STORY} FROM stories WHERE newest ORDER BY place_in_library")  # noqa: S608
    return map(story_of, rows)


def find_story(database: sqlite3.Connection, story_id: str, version: int | None = None) -> Story | None:
    """One story, by default its newest version."""
    rows = database.execute(
        f"SELECT {_STORY} FROM stories WHERE id = ? AND (version = ? OR (? IS NULL AND newest))",  # noqa: S608
        (story_id, version, version),
    )
    row = rows.fetchone()
    return story_of(row) if row else None


def next_version(database: sqlite3.Connection, story_id: str) -> int:
    """The number for a new text under this id: never one that an answer, even about a removed story, may point to."""
    query = "SELECT coalesce(max(highest), 0) + 1 FROM versions WHERE id IN (?, ?)"
    return int(database.execute(query, (story_id, removed_id(story_id))).fetchone()[0])


def removed_id(story_id: str) -> str:
    """What is kept in place of the id of a story that was removed, so that its versions are never given again."""
    return "removed:" + hashlib.sha256(story_id.encode("utf-8", "surrogatepass")).hexdigest()


def put_story(database: sqlite3.Connection, story: Story) -> None:
    """Stores a version of a story as its newest one, keeping its place in the library if it has one."""
    held = database.execute("SELECT place_in_library FROM stories WHERE id = ? LIMIT 1", (story.id,)).fetchone()
    after_all = "SELECT coalesce(max(place_in_library), -1) + 1 FROM stories"
    place = held[0] if held else database.execute(after_all).fetchone()[0]
    database.execute("UPDATE stories SET newest = 0 WHERE id = ?", (story.id,))
    database.execute("INSERT OR REPLACE INTO versions VALUES (?, ?)", (story.id, story.version))
    database.execute(
        "INSERT OR REPLACE INTO stories VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, 0, ?, NULL)",
        (story.id, story.version, place, story.text, *facts_row(story)),
    )


def relabel_story(database: sqlite3.Connection, story: Story) -> None:
    """Stores other facts about the newest version of a story, whose text is the same."""
    database.execute(
        "UPDATE stories SET title = ?, source = ?, date = ?, author = ?, url = ?, place = ?, shortened = ? "
        "WHERE id = ? AND newest",
        (*facts_row(story), story.id),
    )


def delete_story(database: sqlite3.Connection, story_id: str) -> None:
    """Takes away every version of a story and all that came of it; of its id, only a digest stays with the versions."""
    highest = next_version(database, story_id) - 1
    database.execute("DELETE FROM versions WHERE id IN (?, ?)", (story_id, removed_id(story_id)))
    database.execute("INSERT INTO versions VALUES (?, ?)", (removed_id(story_id), highest))
    database.execute("DELETE FROM stories WHERE id = ?", (story_id,))
    for table in ("passages", "statements", "story_speakers"):
        database.execute(f"DELETE FROM {table} WHERE story = ?", (story_id,))  # noqa: S608 - names of this module


def put_attributed(database: sqlite3.Connection, story: Story, found: Attributed | StatementsUnfound) -> None:
    """Stores what a version of a story says and who says it; where that is not found, why, beside what was found once.

    It is kept which version of the program found it.
    """
    key = (story.id, story.version)
    unfound = found.why if isinstance(found, StatementsUnfound) else None
    read = "UPDATE stories SET attributed = ?, unfound = ? WHERE id = ? AND version = ?"
    database.execute(read, (EXTRACTOR, unfound, *key))
    if isinstance(found, StatementsUnfound):
        return
    for table in ("statements", "story_speakers"):
        database.execute(f"DELETE FROM {table} WHERE story = ? AND version = ?", key)  # noqa: S608
    database.executemany(
        "INSERT INTO statements VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(*key, number, *statement_row(statement)) for number, statement in enumerate(found.statements)],
    )
    database.executemany(
        "INSERT INTO story_speakers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)",
        [(*key, number, *speaker_row(speaker)) for number, speaker in enumerate(found.speakers)],
    )


def find_statements(database: sqlite3.Connection, story_id: str | None, version: int | None) -> Iterator[Statement]:
    """Statements in reading order, of one story or all; speakers by their ids in the library."""
    of_story = "t.id = ?1" if story_id is not None else "?1 IS NULL"  # an OR of both would go through every story
    rows = database.execute(
        'SELECT s.story, s.version, s.start, s."end", s.kind, coalesce(p.person, s.speaker), '  # noqa: S608
        "s.mention_start, s.mention_end, s.cue_start, s.cue_end, s.stance, "
        "s.attribution, s.paragraph, s.relay, s.addressee, s.confidence "
        "FROM stories t JOIN statements s ON s.story = t.id AND s.version = t.version "
        "LEFT JOIN story_speakers p INDEXED BY story_speakers_by_id "  # else all of the story's, for each statement
        "ON p.story = s.story AND p.version = s.version AND p.id = s.speaker "
        f"WHERE {of_story} AND (t.version = ?2 OR (?2 IS NULL AND t.newest)) "
        "ORDER BY t.place_in_library, s.number",
        (story_id, version),
    )
    return map(statement_of, rows)


def find_speakers(database: sqlite3.Connection) -> Iterator[Speaker]:
    """The library's speakers, in the order of their first statements."""
    return map(speaker_of, database.execute(f"SELECT {_SPEAKER} FROM speakers ORDER BY number"))  # noqa: S608


def find_story_speakers(database: sqlite3.Connection, story_id: str | None = None) -> Iterator[Appearance]:
    """Each speaker of each newest story, as the story has it, with its id in the library."""
    of_story = "t.id = ?1" if story_id is not None else "?1 IS NULL"
    rows = database.execute(
        "SELECT t.id, t.source, t.date, t.version, p.id, p.name, p.kind, "  # noqa: S608
        "p.aliases, p.roles, p.handles, p.person "
        "FROM stories t JOIN story_speakers p ON p.story = t.id AND p.version = t.version "
        f"WHERE t.newest AND {of_story} ORDER BY t.place_in_library, p.number",
        (story_id,),
    )
    return map(appearance_of, rows)


def appearance_of(row: Sequence[Any]) -> Appearance:
    """A story's speaker, of a row as `find_story_speakers` selects it; the story is given without its text."""
    identity, source, day, version, *speaker, person = row
    story = story_of((identity, "", None, source, day, None, None, None, version, False))
    return Appearance(story, speaker_of(tuple(speaker)), person)


def put_people(database: sqlite3.Connection, people: Iterable[Speaker], owners: dict[tuple[str, str], str]) -> None:
    """Stores the library's speakers; `owners` maps (story id, speaker's id there) to the id in the library."""
    database.execute("DELETE FROM speakers")
    database.executemany(
        "INSERT INTO speakers VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(speaker.id, number, *speaker_row(speaker)[1:]) for number, speaker in enumerate(people)],
    )
    database.executemany(
        "UPDATE story_speakers INDEXED BY story_speakers_by_id SET person = ?3 WHERE story = ?1 AND id = ?2 "
        "AND version = (SELECT version FROM stories WHERE stories.id = ?1 AND newest) AND person IS NOT ?3",
        [(story, local, person) for (story, local), person in owners.items()],
    )


def speaker_of(row: tuple[Any, ...]) -> Speaker:
    """The Speaker of a row of `_SPEAKER`'s columns."""
    identity, name, kind, *lists = row
    aliases, roles, handles = (tuple(json.loads(values)) for values in lists)
    return Speaker(identity, name, kind, aliases, roles, handles)


def speaker_row(speaker: Speaker) -> tuple[str, ...]:
    """A Speaker as a row of `_SPEAKER`'s columns."""
    lists = (json.dumps(values, ensure_ascii=False) for values in (speaker.aliases, speaker.roles, speaker.handles))
    return (speaker.id, speaker.name, speaker.kind, *lists)


def statement_row(statement: Statement) -> tuple[Any, ...]:
    """A Statement as the columns of its table after its number."""
    mention, cue = statement.mention, statement.cue
    return (
        *(statement.span.start, statement.span.end, statement.kind, statement.speaker),
        *((mention.start, mention.end) if mention else (None, None)),
        *((cue.span.start, cue.span.end, cue.stance) if cue else (None, None, None)),
        *(statement.attribution, statement.paragraph, json.dumps(statement.relay, ensure_ascii=False)),
        *(statement.addressee, statement.confidence),
    )


def statement_of(row: tuple[Any, ...]) -> Statement:
    """The Statement of a row as `find_statements` selects it."""
    (story, version, start, end, kind, speaker, mention_start, mention_end, cue_start, cue_end, stance, attribution,
     paragraph, relay, addressee, confidence) = row  # fmt: skip
    return Statement(
        story=story,
        version=version,
        span=Span(start, end),
        kind=kind,
        speaker=speaker,
        mention=Span(mention_start, mention_end) if mention_start is not None else None,
        cue=Cue(Span(cue_start, cue_end), stance) if cue_start is not None else None,
        attribution=attribution,
        paragraph=paragraph,
        relay=tuple(json.loads(relay)),
        addressee=addressee,
        confidence=confidence,
    )


def facts_row(story: Story) -> tuple[str | bool | None, ...]:
    """What is known of a story beside its text, as the columns from its title on."""
    day = story.date.isoformat() if story.date else None
    return story.title, story.source, day, story.author, story.url, story.place, story.shortened
