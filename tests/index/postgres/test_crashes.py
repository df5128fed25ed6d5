"""The database dies in the middle of a change, or is restarted: nothing is lost, nothing is half there."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index.errors import LibraryUnreadable, LibraryUnwritable
from index.library.folder import Library
from index.library.verbs import StoryLibrary
from index.story import Story
from tests.index.databases import TestServer, running_postgres
from tests.index.fakes import FakeAttributor, FakeEmbedder

if TYPE_CHECKING:
    from psycopg import Connection

psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed: pip install 'onrecord[postgres]'")
from index.postgres.library import PostgresLibrary  # noqa: E402 - only where psycopg is installed

FLOOD = Story("flood", "The river rose overnight.\n\n“We will rebuild,” said Ana Ruiz on Monday.", title="Flood")
FIRE = Story("fire", "A fire burned the old mill.\n\n“Nobody was hurt,” said Tom Berg on Tuesday.", title="Fire")
CHANGED = Story("flood", FLOOD.text + " It was dry on Tuesday.", title="Flood")


@pytest.fixture(scope="module")
def server() -> Iterator[TestServer]:
    with running_postgres() as running:
        yield running


def opened(server: TestServer, owner: str) -> PostgresLibrary:
    return PostgresLibrary.open(
        server.url, owner=owner, embedder=FakeEmbedder(), attributor=FakeAttributor(), connect_s=2
    )


def all_of(library: StoryLibrary) -> tuple[object, ...]:
    """All that is held, and what is found; a folder keeps vectors in small steps, a database as they are."""
    found = [(hit.passage, round(hit.score, 2)) for hit in library.search("what about the river and the mill?")]
    return library.stories, library.statements(), library.speakers(), library.passages(), found


def wait_until_a_writer_is_stopped(connection: "Connection[tuple[int]]") -> None:
    """Until somebody waits for a lock that this connection holds."""
    while connection.execute("SELECT count(*) FROM pg_locks WHERE NOT granted").fetchone() == (0,):
        pass


@pytest.mark.parametrize("table", ["stories", "statements", "passages", "speakers"])
def test_a_database_killed_in_mid_write_has_all_that_was_there_and_nothing_of_the_write(
    tmp_path: Path, server: TestServer, table: str
) -> None:
    with (
        opened(server, f"killed-{table}") as library,
        Library.open(tmp_path, embedder=FakeEmbedder(), attributor=FakeAttributor()) as folder,
    ):
        for each in (library, folder):
            each.add([FLOOD])
        before = all_of(library)
        assert before == all_of(folder)
        blocking = psycopg.connect(server.url)
        blocking.execute(f"LOCK TABLE onrecord.{table} IN SHARE MODE")
        with ThreadPoolExecutor(1) as pool:
            writing = pool.submit(library.add, [CHANGED, FIRE])
            wait_until_a_writer_is_stopped(blocking)
            assert all_of(library) == before
            server.kill()
            assert isinstance(writing.exception(), LibraryUnwritable)
        blocking.close()
        with pytest.raises(LibraryUnreadable, match="cannot be reached"):
            library.search("the river")
        with pytest.raises((LibraryUnreadable, LibraryUnwritable)):
            library.add([FIRE])
        server.start()
        assert all_of(library) == before
        for each in (library, folder):
            each.add([CHANGED, FIRE])
        assert all_of(library) == all_of(folder)


def test_connections_that_a_restart_cut_are_taken_up_again_without_anybody_noticing(server: TestServer) -> None:
    with opened(server, "restarted") as library:
        library.add([FLOOD])
        assert library.search("river")
        server.kill()
        server.start()
        assert library.search("river")
        server.kill()
        server.start()
        library.add([FIRE])
        assert library.stories == (FLOOD, FIRE)
