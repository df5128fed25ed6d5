"""Changes to an owner's rows, each made inside one transaction that holds the owner's library."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from index.encoding.embedding import Vectors
from index.errors import StatementsUnfound
from index.library.intake import Prepared, split_digests
from index.library.speakers import merge_people
from index.postgres.connecting import Session
from index.postgres.view import APPEARANCES, NUMBER_BITS, Head, head_of, indexed_term
from index.search.words import find_words
from index.statements import EXTRACTOR
from index.storing.segments import Embedded
from index.storing.tables import appearance_of, facts_row, removed_id, speaker_row, statement_row, story_of
from index.story import Attributed, Story

_OF_STORY = ("statements", "story_speakers")
_BY_PLACE = "owner = %s AND position BETWEEN %s AND %s"


@dataclass(frozen=True, slots=True)
class HeldStories:
    """What is held of some stories, as `index.library.intake.Held` asks."""

    by_id: Mapping[str, Story]
    attributed: Collection[str]
    highest: Mapping[str, int]

    def next_version(self, story_id: str) -> int:
        """The number that a new text under this id gets."""
        return self.highest.get(story_id, 0) + 1


def hold(connection: Session, owner: str) -> Head:
    """Holds an owner's library, begun if there is none, until the transaction ends; nobody else changes it."""
    connection.execute("INSERT INTO libraries (owner) VALUES (%s) ON CONFLICT DO NOTHING", (owner,))
    connection.execute("SELECT FROM libraries WHERE owner = %s FOR NO KEY UPDATE", (owner,))
    return head_of(connection, owner)


def held_stories(connection: Session, owner: str, ids: Sequence[str]) -> HeldStories:
    """What is held of the stories with these ids."""
    columns = "id, text, title, source, date, author, url, dateline, version, shortened, attributed"
    query = f"SELECT {columns} FROM stories WHERE owner = %s AND id = ANY(%s) AND newest"  # noqa: S608
    rows = connection.execute(query, (owner, list(ids))).fetchall()
    named = {key: one for one in ids for key in (one, removed_id(one))}
    found = connection.execute(
        "SELECT id, highest FROM versions WHERE owner = %s AND id = ANY(%s) ORDER BY highest", (owner, list(named))
    )
    versions = {named[key]: highest for key, highest in found}
    by_id = {row[0]: story_of(row[:-1]) for row in rows}
    return HeldStories(by_id, {row[0] for row in rows if row[-1] >= EXTRACTOR}, versions)


def known_vectors(connection: Session, owner: str, digests: Sequence[bytes], embedder: str) -> dict[bytes, Vectors]:
    """The vectors of this model that are at hand, by the digests of their texts."""
    rows = connection.execute(
        "SELECT DISTINCT ON (digest) digest, vector FROM passages JOIN libraries USING (owner) "
        "WHERE owner = %s AND digest = ANY(%s) AND embedder = %s",
        (owner, list(digests), embedder),
        binary=True,
    )
    return {bytes(digest): vector.to_numpy() for digest, vector in rows}


def put_prepared(connection: Session, owner: str, prepared: Sequence[Prepared]) -> None:
    """Stores prepared stories with all that comes of them."""
    for part in prepared:
        if part.embedded is not None:
            put_story(connection, owner, part.story)
        else:
            relabel_story(connection, owner, part.story)
        if part.attributed is not None:
            put_attributed(connection, owner, part.story, part.attributed)
    put_passages(connection, owner, [part.embedded for part in prepared if part.embedded is not None])
    merge_speakers(connection, owner)


def put_story(connection: Session, owner: str, story: Story) -> None:
    """Stores a version of a story as its newest one, keeping its place in the library if it has one."""
    place = _place_of(connection, owner, story.id)
    if place is None:
        row = connection.execute(
            "SELECT coalesce(max(place), -1) + 1 FROM stories WHERE owner = %s", (owner,)
        ).fetchone()
        place = row[0] if row else 0
    connection.execute("UPDATE stories SET newest = false WHERE owner = %s AND place = %s", (owner, place))
    connection.execute(
        "INSERT INTO versions VALUES (%s, %s, %s) ON CONFLICT (owner, id) DO UPDATE SET highest = excluded.highest",
        (owner, story.id, story.version),
    )
    connection.execute(
        "INSERT INTO stories (owner, place, version, newest, id, text, title, source, date, author, url, dateline, "
        "shortened) VALUES (%s, %s, %s, true, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
        (owner, place, story.version, story.id, story.text, *facts_row(story)),
    )


def relabel_story(connection: Session, owner: str, story: Story) -> None:
    """Stores other facts about the newest version of a story, whose text is the same."""
    connection.execute(
        "UPDATE stories SET title = %s, source = %s, date = %s, author = %s, url = %s, dateline = %s, shortened = %s "
        "WHERE owner = %s AND id = %s AND newest",
        (*facts_row(story), owner, story.id),
    )


def delete_story(connection: Session, owner: str, story_id: str) -> bool:
    """Takes away every version of a story and all that came of it; whether it was held."""
    place = _place_of(connection, owner, story_id)
    if place is None:
        return False
    _delete_passages(connection, owner, place)
    connection.execute(
        "INSERT INTO versions SELECT owner, %s, highest FROM versions WHERE owner = %s AND id = %s "
        "ON CONFLICT (owner, id) DO UPDATE SET highest = excluded.highest",
        (removed_id(story_id), owner, story_id),
    )
    connection.execute("DELETE FROM versions WHERE owner = %s AND id = %s", (owner, story_id))
    for table in ("stories", *_OF_STORY):
        connection.execute(f"DELETE FROM {table} WHERE owner = %s AND place = %s", (owner, place))  # noqa: S608 - of ours
    return True


def put_attributed(connection: Session, owner: str, story: Story, found: Attributed | StatementsUnfound) -> None:
    """Stores what a version of a story says and who says it; where that is not found, why, beside what was found once.

    It is kept which version of the program found it.
    """
    place = _place_of(connection, owner, story.id)
    key = (owner, place, story.version)
    unfound = found.why if isinstance(found, StatementsUnfound) else None
    read = "UPDATE stories SET attributed = %s, unfound = %s WHERE owner = %s AND place = %s AND version = %s"
    connection.execute(read, (EXTRACTOR, unfound, *key))
    if isinstance(found, StatementsUnfound):
        return
    for table in _OF_STORY:
        connection.execute(f"DELETE FROM {table} WHERE owner = %s AND place = %s AND version = %s", key)  # noqa: S608 - of ours
    statements = [(*key, number, *statement_row(each)) for number, each in enumerate(found.statements)]
    speakers = [(*key, number, *speaker_row(each)) for number, each in enumerate(found.speakers)]
    _insert(connection, "statements", statements)
    _insert(
        connection, "story_speakers (owner, place, version, number, id, name, kind, aliases, roles, handles)", speakers
    )


def put_passages(connection: Session, owner: str, stories: Sequence[Embedded]) -> None:
    """Stores the passages of the newest versions of stories, with their vectors and words, for what was there."""
    passages: list[tuple[object, ...]] = []
    postings: list[tuple[object, ...]] = []
    for part in stories:
        place = _place_of(connection, owner, part.placed.story)
        if place is None:
            continue
        _delete_passages(connection, owner, place)
        words = [find_words(text) for text in part.texts]
        digests = split_digests(part.placed.digests)
        for number, (span, digest) in enumerate(zip(part.placed.spans.tolist(), digests, strict=True)):
            position = (place << NUMBER_BITS) + number
            passages.append((owner, position, *span, len(words[number]), digest, part.vectors[number]))
            counts = Counter(map(indexed_term, words[number]))
            postings.extend((term, position, times, len(words[number])) for term, times in counts.items())
        connection.execute(
            "UPDATE stories SET passages = %s, words = %s WHERE owner = %s AND place = %s AND newest",
            (len(words), sum(map(len, words)), owner, place),
        )
    _insert(connection, "passages", passages)
    connection.execute(
        "INSERT INTO postings SELECT %s, * FROM unnest(%s::text[], %s::bigint[], %s::int[], %s::int[])",
        (owner, *map(list, zip(*postings, strict=True))) if postings else (owner, [], [], [], []),
    )


def merge_speakers(connection: Session, owner: str) -> None:
    """Finds anew who is who across the stories; needed when a story's speakers came, went or changed."""
    rows = connection.execute(APPEARANCES + " ORDER BY t.place, p.number", {"owner": owner}).fetchall()
    appearances = [appearance_of(row) for row in rows]
    people, owners = merge_people(appearances)
    connection.execute("DELETE FROM speakers WHERE owner = %s", (owner,))
    _insert(connection, "speakers", [(owner, number, *speaker_row(each)) for number, each in enumerate(people)])
    moved = [(owners[one.key], owner, *one.key) for one in appearances if owners[one.key] != one.before]
    if moved:
        connection.cursor().executemany(
            "UPDATE story_speakers p SET person = %s FROM stories t WHERE t.owner = %s AND t.id = %s AND t.newest "
            "AND p.id = %s AND p.owner = t.owner AND p.place = t.place AND p.version = t.version",
            moved,
        )


def move_on(connection: Session, owner: str, embedder: str) -> None:
    """Makes this change a generation of its own."""
    connection.execute(
        "UPDATE libraries SET generation = generation + 1, embedder = %(embedder)s, "
        "stories = (SELECT count(*) FROM stories WHERE owner = %(owner)s AND newest), "
        "passages = (SELECT count(*) FROM passages WHERE owner = %(owner)s), "
        "words = (SELECT coalesce(sum(words), 0) FROM stories WHERE owner = %(owner)s AND newest) "
        "WHERE owner = %(owner)s",
        {"owner": owner, "embedder": embedder},
    )


def _insert(connection: Session, table: str, rows: Sequence[tuple[object, ...]]) -> None:
    """Many rows at once; COPY would be quicker, and does not work where rows have owners."""
    if rows:
        places = ", ".join(["%s"] * len(rows[0]))
        connection.cursor().executemany(f"INSERT INTO {table} VALUES ({places})", rows)  # noqa: S608 - of ours


def _place_of(connection: Session, owner: str, story_id: str) -> int | None:
    row = connection.execute(
        "SELECT place FROM stories WHERE owner = %s AND id = %s LIMIT 1", (owner, story_id)
    ).fetchone()
    return row[0] if row else None


def _delete_passages(connection: Session, owner: str, place: int) -> None:
    within = (owner, place << NUMBER_BITS, ((place + 1) << NUMBER_BITS) - 1)
    for table in ("postings", "passages"):
        connection.execute(f"DELETE FROM {table} WHERE {_BY_PLACE}", within)  # noqa: S608 - of ours
