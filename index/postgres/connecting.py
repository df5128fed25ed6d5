"""Connections to the database: pooled, taken up again after a restart, each used for one transaction at a time.

Whatever PostgreSQL raises leaves here as one of `index.errors`, without its text, which may hold people's words.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.resources import files
from typing import Any, LiteralString, TypeAlias

from psycopg import Connection, Error, OperationalError, sql
from psycopg.abc import Buffer
from psycopg.conninfo import conninfo_to_dict
from psycopg.errors import (
    DiskFull,
    InsufficientPrivilege,
    InvalidSchemaName,
    LockNotAvailable,
    ProgrammingError,
    QueryCanceled,
    ReadOnlySqlTransaction,
    UndefinedTable,
)
from psycopg.types.string import StrDumper, TextLoader
from psycopg_pool import ConnectionPool

from index.errors import LibraryBusy, LibraryTooNew, LibraryUnreadable, LibraryUnwritable

Session: TypeAlias = Connection[tuple[Any, ...]]
MOST_CONNECTIONS = 8
CONNECT_S = 5
"""How long a connection may take to come about, in whole seconds."""
FORGOTTEN_S = 60
"""A writer that does nothing for so long in the middle of a change is dead or stuck, and gives its lock back."""
_ESCAPE, _NUL = "\ue0ff", "\x00"
_LOCK = 0x6F6E7265636F7264
"""One process migrates at a time; the number is "onrecord" in ASCII."""


class _NulDumper(StrDumper):
    """Text to PostgreSQL, which takes every character save NUL: that one is escaped."""

    def dump(self, obj: str) -> Buffer | None:
        if _NUL in obj or _ESCAPE in obj:
            obj = obj.replace(_ESCAPE, _ESCAPE + "1").replace(_NUL, _ESCAPE + "0")
        return super().dump(obj)


class _NulLoader(TextLoader):
    def load(self, data: Buffer) -> bytes | str:
        text = super().load(data)
        if isinstance(text, str) and _ESCAPE in text:
            return text.replace(_ESCAPE + "0", _NUL).replace(_ESCAPE + "1", _ESCAPE)
        return text


class Database:
    """One database, for any number of threads. `where` is its address without user and password."""

    def __init__(self, url: str, *, wait_s: float, connect_s: float = CONNECT_S) -> None:
        self.where = where(url)
        self._url = url
        self._wait_s = wait_s
        self._connect_s = connect_s
        self._pool: ConnectionPool[Session] = ConnectionPool(
            url,
            min_size=0,
            max_size=MOST_CONNECTIONS,
            kwargs={"autocommit": True, "connect_timeout": max(2, round(connect_s))},
            configure=_configured,
            timeout=connect_s,
            reconnect_timeout=connect_s,
            name="library",
            num_workers=1,
            open=False,
        )

    def __repr__(self) -> str:
        return f"Database({self.where!r})"

    @contextmanager
    def alone(self) -> Iterator[Session]:
        """A connection of one's own, outside the pool and any transaction. Raises LibraryUnreadable."""
        timeout = max(2, round(self._connect_s))
        with self._readable(), Connection.connect(self._url, autocommit=True, connect_timeout=timeout) as connection:
            yield connection

    @contextmanager
    def reading(self, owner: str) -> Iterator[Session]:
        """A transaction that sees one moment of an owner's rows. Raises LibraryUnreadable."""
        begin = sql.SQL("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL onrecord.owner = {}")
        with self._readable(), self._transaction(begin.format(owner)) as connection:
            yield connection

    @contextmanager
    def writing(self, owner: str) -> Iterator[Session]:
        """A transaction that changes an owner's rows, all at once or not at all.

        Raises LibraryBusy where somebody else holds a lock too long, LibraryUnwritable.
        """
        begin = sql.SQL("BEGIN; SET LOCAL onrecord.owner = {}; SET LOCAL lock_timeout = {}")
        try:
            with self._transaction(begin.format(owner, max(1, round(self._wait_s * 1000)))) as connection:
                yield connection
        except LockNotAvailable:
            raise LibraryBusy(self.where, self._wait_s) from None
        except Error as error:
            raise LibraryUnwritable(self.where, reason(error)) from None

    def glance(self, query: LiteralString, *values: object) -> list[tuple[Any, ...]]:
        """The rows of one query on what is not an owner's own. Raises LibraryUnreadable."""
        with self._readable(), self._transaction(sql.Composed([sql.SQL("BEGIN READ ONLY")])) as connection:
            return connection.execute(query, values).fetchall()

    def close(self) -> None:
        """Closes every connection; the next transaction opens them anew."""
        self._pool.close()

    @contextmanager
    def _readable(self) -> Iterator[None]:
        try:
            yield
        except Error as error:
            raise LibraryUnreadable(self.where, reason(error)) from None

    @contextmanager
    def _transaction(self, begin: sql.Composed) -> Iterator[Session]:
        connection = self._begun(begin)
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            with suppress(Error):
                connection.execute("ROLLBACK")
            raise
        finally:
            self._pool.putconn(connection)

    def _begun(self, begin: sql.Composed) -> Session:
        """A connection in a transaction; those that a restart of the database has cut are thrown away first."""
        self._pool.open()
        for _ in range(self._pool.max_size):
            connection = self._pool.getconn()
            try:
                connection.execute(begin)
            except OperationalError:
                connection.close()
                self._pool.putconn(connection)
            else:
                return connection
        raise OperationalError


def where(url: str) -> str:
    """A database's address as it may be shown. Raises LibraryUnreadable where it is none."""
    try:
        parts = conninfo_to_dict(url)
    except ProgrammingError:
        raise LibraryUnreadable("a database", "its address cannot be understood") from None
    host = str(parts.get("host") or "localhost").rpartition("@")[2]  # before it stands a password with an @ in it
    return f"postgresql://{host}/{parts.get('dbname') or ''}"


def _configured(connection: Session) -> None:
    from pgvector.psycopg import register_vector

    connection.execute(
        f"SET search_path = onrecord, public; SET idle_in_transaction_session_timeout = '{FORGOTTEN_S}s'"
    )
    register_vector(connection)
    connection.adapters.register_dumper(str, _NulDumper)
    connection.adapters.register_loader("text", _NulLoader)


def reason(error: Error) -> str:
    """What went wrong, as the second half of a sentence."""
    reasons: tuple[tuple[type[Error], str], ...] = (
        (InsufficientPrivilege, "the database does not allow it"),
        (ReadOnlySqlTransaction, "this database can only be read"),
        (DiskFull, "the disk of the database is full"),
        (QueryCanceled, "the database took too long"),
    )
    for kind, why in reasons:
        if isinstance(error, kind):
            return why
    if isinstance(error, OperationalError) and error.sqlstate in (None, "57P01", "57P02", "57P03"):
        return "the database cannot be reached, or refuses the user"
    return f"the database refused, with its code {error.sqlstate}"


def migrate(database: Database) -> None:
    """Applies what has not been applied. Raises LibraryTooNew, LibraryUnwritable, LibraryUnreadable."""
    known = _migrations()
    with database.alone() as connection:
        if _applied(connection) < len(known):
            try:
                connection.execute("SELECT pg_advisory_lock(%s)", (_LOCK,))
                _apply(connection, known)
            except Error as error:
                raise LibraryUnwritable(database.where, reason(error)) from None
        found = _applied(connection)
    if found > len(known):
        raise LibraryTooNew(database.where, found, len(known))


def _migrations() -> tuple[str, ...]:
    folder = files("index.postgres") / "migrations"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".sql"))
    return tuple((folder / name).read_text(encoding="utf-8") for name in names)


def _applied(connection: Session) -> int:
    """How many have been applied."""
    try:
        row = connection.execute("SELECT count(*) FROM onrecord.migrations").fetchone()
    except (UndefinedTable, InvalidSchemaName):
        return 0
    return int(row[0]) if row else 0


def _apply(connection: Session, known: tuple[str, ...]) -> None:
    connection.execute("CREATE SCHEMA IF NOT EXISTS onrecord")
    connection.execute(
        "CREATE TABLE IF NOT EXISTS onrecord.migrations (number integer PRIMARY KEY, at timestamptz DEFAULT now())"
    )
    connection.execute("SET search_path = onrecord, public")
    for number in range(_applied(connection), len(known)):
        with connection.transaction():
            connection.execute(sql.SQL(known[number]))
            connection.execute("INSERT INTO migrations (number) VALUES (%s)", (number + 1,))
