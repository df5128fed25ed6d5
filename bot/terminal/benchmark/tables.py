"""The figures of a run as the README's tables, which one command writes: those of this program, then those of peers."""

from collections.abc import Sequence

from bot.terminal.benchmark.figures import Figure

HEAD = "| | here | beside | times |\n|---|---|---|---|\n"
PEERS = "peers"


def with_tables(readme: str, figures: Sequence[Figure]) -> str:
    """The README with its tables of figures made of these; that of peers is left where none was measured.

    Raises ValueError where it does not have the two tables.
    """
    before, *tables = readme.split(HEAD)
    if len(tables) != 2:
        raise ValueError("it has not two tables of figures")
    peers = [figure for figure in figures if figure.part == PEERS]
    own = [figure for figure in figures if figure.part != PEERS]
    made = [_rewritten(table, rows) if rows else table for table, rows in zip(tables, (own, peers), strict=True)]
    return HEAD.join([before, *made])


def _rewritten(table: str, figures: Sequence[Figure]) -> str:
    """What follows a table's head, with rows of these in place of those that it has."""
    lines = table.splitlines(keepends=True)
    after = next((at for at, line in enumerate(lines) if not line.startswith("| ")), len(lines))
    return "".join([*(f"{figure.row}\n" for figure in figures), *lines[after:]])
