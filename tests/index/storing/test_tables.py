"""The tables of a library: whatever is looked up in them is looked up by an index, and not gone through."""

import sqlite3
from collections.abc import Callable

import pytest

from index.storing.tables import find_statements, new_database, put_attributed, put_people, put_story
from index.story import Attributed, Span, Speaker, Statement, Story

Verb = Callable[[sqlite3.Connection, list[Speaker]], object]
VERBS: dict[str, Verb] = {
    "statements of a story": lambda database, people: list(find_statements(database, "s", None)),
    "statements of all": lambda database, people: list(find_statements(database, None, None)),
    "people": lambda database, people: put_people(
        database, people, {("s", one.id): f"{one.id} here" for one in people}
    ),
}


def filled(number: int) -> tuple[sqlite3.Connection, list[Speaker]]:
    """A story in which so many people say something each."""
    database, story = new_database(), Story("s", "words", version=1)
    people = [Speaker(f"id-{at}", f"Ann Lee{at}") for at in range(number)]
    said = [Statement("s", 1, Span(at, at + 1), "direct", one.id, None, None, at, at) for at, one in enumerate(people)]
    put_story(database, story)
    put_attributed(database, story, Attributed(tuple(said), tuple(people)))
    return database, people


def steps_of(verb: Verb, number: int) -> int:
    """How many hundreds of steps SQLite takes."""
    database, people = filled(number)
    steps: list[None] = []
    database.set_progress_handler(lambda: steps.append(None), 100)
    verb(database, people)
    return len(steps)


@pytest.mark.parametrize("name", VERBS)
def test_twice_the_speakers_are_little_more_than_twice_the_work(name: str) -> None:
    assert steps_of(VERBS[name], 1_600) < 2.3 * steps_of(VERBS[name], 800)
