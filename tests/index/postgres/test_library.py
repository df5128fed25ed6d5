"""What only a library in a database promises: owners apart, tables brought up to date, and no password anywhere."""

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from index.errors import LibraryTooNew, LibraryUnreadable, StoryUnreadable
from index.story import Story
from tests.index.databases import TestServer, running_postgres
from tests.index.fakes import FakeAttributor, FakeEmbedder

psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed: pip install 'onrecord[postgres]'")
from index.postgres.library import (  # noqa: E402 - only where psycopg is installed
    LONGEST_ID,
    PostgresLibraries,
    PostgresLibrary,
)

FLOOD = Story("flood", "The river rose overnight.\n\n“We will rebuild,” said Ana Ruiz on Monday.", title="Flood")
FIRE = Story("fire", "A fire burned the old mill.\n\n“Nobody was hurt,” said Tom Berg on Tuesday.", title="Fire")


@contextmanager
def owned(server: TestServer) -> Iterator[PostgresLibraries]:
    libraries = PostgresLibraries(server.url, embedder=FakeEmbedder(), attributor=FakeAttributor())
    try:
        yield libraries
    finally:
        libraries.close()


@pytest.fixture
def libraries(postgres: TestServer) -> Iterator[PostgresLibraries]:
    with owned(postgres) as opened:
        yield opened


def test_no_verb_gives_one_owner_what_is_anothers(libraries: PostgresLibraries) -> None:
    with libraries.of("apart-1") as one, libraries.of("apart-2") as other:
        one.add([FLOOD])
        other.add([FIRE, Story("flood", "Another flood.\n\n“It was dry,” said Li Wei.")])
        assert one.stories == (FLOOD,)
        assert {said.story for said in one.statements()} == {"flood"}
        assert [who.name for who in one.speakers()] == ["Ana Ruiz"]
        assert one.speakers_called(["berg", "wei"]) == ()
        assert {hit.passage.story for hit in one.search("fire mill dry flood")} == {"flood"}
        assert {hit.passage.story for hit in one.evidence("who was hurt in the fire?").hits} == {"flood"}
        assert one.search("fire", stories=["fire"]) == ()
        assert len(other.stories) == 2


def test_the_database_itself_shows_a_session_only_the_owner_it_names(
    postgres: TestServer, libraries: PostgresLibraries
) -> None:
    with libraries.of("walled-1") as one, libraries.of("walled-2") as other:
        one.add([FLOOD])
        other.add([FIRE])
    with psycopg.connect(postgres.url) as connection:
        for table in ("stories", "passages", "postings", "statements", "story_speakers", "speakers"):
            connection.execute("SET onrecord.owner = ''")
            assert connection.execute(f"SELECT count(*) FROM onrecord.{table}").fetchone() == (0,)
            connection.execute("SET onrecord.owner = 'walled-1'")
            owners = connection.execute(f"SELECT DISTINCT owner FROM onrecord.{table}").fetchall()
            assert owners == [("walled-1",)], table
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("INSERT INTO onrecord.versions VALUES ('walled-2', 'flood', 9)")


def test_a_forgotten_owner_has_no_row_left(postgres: TestServer, libraries: PostgresLibraries) -> None:
    with libraries.of("gone-1") as one, libraries.of("gone-2") as other:
        for library in (one, other):
            library.add([FLOOD])
            library.set_setting("a", 1)
    assert libraries.forget("gone-1")
    assert not libraries.forget("gone-1")
    assert "gone-1" not in libraries.owners()
    with psycopg.connect(postgres.superuser_url) as connection:
        tables = connection.execute(
            "SELECT table_name FROM information_schema.columns "
            "WHERE table_schema = 'onrecord' AND column_name = 'owner'"
        ).fetchall()
        assert len(tables) >= 10
        for (table,) in tables:
            rows = connection.execute(f"SELECT count(*) FROM onrecord.{table} WHERE owner = 'gone-1'").fetchone()
            assert rows == (0,), table
    with libraries.of("gone-2") as other:
        assert other.stories == (FLOOD,)


def test_the_library_of_the_address_is_shared_by_all_and_is_nobodys(libraries: PostgresLibraries) -> None:
    libraries.archive.add([FIRE])
    with libraries.of("reader") as own, libraries.shelf("reader") as shelf:
        own.add([FLOOD])
        assert [story.id for story in shelf.stories] == ["flood", "shared:fire"]
    assert all(not owner.startswith("_") for owner in libraries.owners())
    libraries.archive.remove("fire")


def test_a_job_is_done_by_one_at_a_time_and_given_back_when_its_holder_dies(
    postgres: TestServer, libraries: PostgresLibraries
) -> None:
    with owned(postgres) as others:
        with libraries.alone("feeds") as first, others.alone("feeds") as second, others.alone("another") as third:
            assert (first, second, third) == (True, False, True)
        with libraries.alone("feeds"):
            with psycopg.connect(postgres.superuser_url, autocommit=True) as connection:
                connection.execute(
                    "SELECT pg_terminate_backend(pid, 60000) FROM pg_locks WHERE locktype = 'advisory' AND granted"
                )
            with others.alone("feeds") as taken_over:
                assert taken_over


def test_tables_are_made_once_however_many_begin_at_the_same_time() -> None:
    with running_postgres() as server, ThreadPoolExecutor(4) as pool:

        def begin(number: int) -> tuple[Story, ...]:
            with PostgresLibrary.open(server.url, owner=f"o{number}", embedder=FakeEmbedder()) as library:
                return library.stories

        assert list(pool.map(begin, range(4))) == [()] * 4
        with psycopg.connect(server.url) as connection:
            connection.execute("INSERT INTO onrecord.migrations (number) VALUES (99)")
        with pytest.raises(LibraryTooNew, match="newer version"):
            begin(1)


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://anna:hush5ecret@127.0.0.1:1/news",
        "postgresql://anna:hush@5ecret@127.0.0.1:1/news",
        "postgresql://anna:hush5ecret@127.0.0.1:1/news?nonsense=hush5ecret",
    ],
)
def test_no_error_log_or_repr_says_the_password(address: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(LibraryUnreadable) as caught:
        PostgresLibrary.open(address, embedder=FakeEmbedder(), connect_s=2)
    shown = [str(caught.value), repr(caught.value), repr(vars(caught.value)), caplog.text]
    assert caught.value.__cause__ is None
    assert "5ecret" not in "".join(shown)
    assert "hush" not in "".join(shown)


def test_words_and_ids_of_any_length_are_kept_or_refused_in_a_sentence(libraries: PostgresLibraries) -> None:
    with libraries.of("long") as library:
        long_word = "ab" * 5_000
        library.add([Story("word", f"It says {long_word} once. And goes on with many other words then.")])
        assert {hit.passage.story for hit in library.search(long_word)} == {"word"}
        library.add([Story("i" * LONGEST_ID, "An id may be long.")])
        with pytest.raises(StoryUnreadable, match="longer than"):
            library.add([Story("é" * LONGEST_ID, "But not this long.")])
