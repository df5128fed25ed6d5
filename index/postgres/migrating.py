"""Brings a database's tables to what this version of the program knows: numbered files, each applied once."""

from importlib.resources import files

from psycopg import sql
from psycopg.errors import Error, InvalidSchemaName, UndefinedTable

from index.errors import LibraryTooNew, LibraryUnwritable
from index.postgres.connecting import Database, Session, reason

_LOCK = 0x6F6E7265636F7264
"""One process migrates at a time; the number is "onrecord" in ASCII."""


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
