"""`onrecord bench`: how fast it is on this machine, each figure beside a limit or a peer of the same run."""

from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.terminal.boundary import json_option, library_option, person_reads, print_json, print_laid_out, progress_bar

if TYPE_CHECKING:
    from rich.table import Table

    from bot.terminal.benchmark.figures import Figure

PARTS = ("start", "ask", "add", "search", "large", "peers")
_EXTRA = "pip install 'onrecord[bench]'"
_QUICK = ("start", "ask", "add", "search")


@click.command()
@click.option("--quick", is_flag=True, help="A few minutes' worth: smaller counts, and nothing that takes long.")
@click.option("--only", type=click.Choice(PARTS), multiple=True, help="Measure this part only; may be repeated.")
@click.option("--peers", is_flag=True, help="Also txtai, Haystack and LlamaIndex, those that are installed.")
@click.option("--plots", metavar="DIR", help="Draw the figures into this folder.")
@click.option("--readme", metavar="FILE", help="Write the figures into this README's tables: all parts are measured.")
@library_option
@json_option
def bench(
    quick: bool,
    only: tuple[str, ...],
    peers: bool,
    plots: str | None,
    readme: str | None,
    library: str | None,
    as_json: bool,
) -> None:
    """Measure starts, questions, adding, searching and memory here, each beside a limit of the same run."""
    if readme and (quick or only):
        raise click.UsageError("--readme is of one whole run: leave --quick and --only out.")
    if readme:
        _write_tables(Path(readme), ())
    wanted = only or (_QUICK if quick else PARTS[:-1])
    parts = [part for part in PARTS if part in wanted or (part == "peers" and peers)]
    _refuse_what_is_missing(parts, drawing=plots is not None)
    figures: list[Figure] = []
    with progress_bar("Measuring") as advanced:
        for done, part in enumerate(parts, start=1):
            for figure in _measures(part, library, quick=quick):
                figures.append(figure)
                if as_json:
                    print_json(figure.as_json())
            advanced(done, len(parts))
    if not as_json:
        _print(figures)
    if readme:
        _write_tables(Path(readme), figures)
    if plots:
        from bot.terminal.benchmark.figures import draw

        for path in draw(figures, Path(plots)):
            click.echo(f"drawn: {path}", err=True)


def _write_tables(readme: Path, figures: Sequence["Figure"]) -> None:
    """Writes figures into a README. Raises click.UsageError where it is none that has tables of them."""
    from bot.terminal.benchmark.figures import with_tables

    try:
        readme.write_text(with_tables(readme.read_text(encoding="utf-8"), figures), encoding="utf-8")
    except (OSError, ValueError) as error:
        raise click.UsageError(f"{readme} cannot be written: {error}.") from error


def _refuse_what_is_missing(parts: Sequence[str], *, drawing: bool) -> None:
    """Says what is not installed before the minutes of measuring, rather than after them."""
    if drawing and find_spec("matplotlib") is None:
        raise click.UsageError(f"--plots draws with matplotlib, which is not installed: {_EXTRA}")
    if "peers" in parts and find_spec("bot.terminal.benchmark.peers") is None:
        raise click.UsageError("what measures the peers is in a clone of On Record alone.")
    if "peers" in parts:
        from bot.terminal.benchmark.peers import others_installed

        if not others_installed():
            raise click.UsageError(f"none of txtai, Haystack and LlamaIndex is installed: {_EXTRA}")


def _measures(part: str, library: str | None, *, quick: bool) -> Iterable["Figure"]:
    """What a part measures; nothing that it needs is imported before."""
    if part == "peers":
        from bot.terminal.benchmark.peers import STORIES, beside_peers

        return beside_peers(2 if quick else STORIES)
    from bot.terminal.benchmark.parts import added, asked_of_many, asked_of_one_story, searched, starts

    count, sentences = (20, 300) if quick else (100, 2_000)
    match part:
        case "start":
            return starts(library)
        case "ask":
            return asked_of_one_story(count)
        case "add":
            return added(4 if quick else 16)
        case "search":
            sizes = (10_000, 30_000) if quick else (10_000, 100_000, 1_000_000)
            return searched(sizes, sentences=sentences)
        case _:
            return asked_of_many(5_000 if quick else 100_000, count, sentences=sentences)


def _print(figures: Sequence["Figure"]) -> None:
    """A table for a person, lines for a pipe."""
    if person_reads():
        print_laid_out(lambda _width: _table(figures))
        return
    for one in figures:
        beside = "" if one.limit is None else f"  {one.limit:>10,.2f} {one.unit:<2} {one.limit_is} ({one.ratio:.2f}x)"
        click.echo(f"{one.what:<62}{one.value:>10,.2f} {one.unit:<2}{beside}")


def _table(figures: Sequence["Figure"]) -> "Table":
    from rich.table import Table

    table = Table("", "here", "beside", "times", box=None, pad_edge=False)
    for column in table.columns[1:2] + table.columns[3:]:
        column.justify = "right"
    part = ""
    for one in figures:
        if one.part != part:
            part = one.part
            table.add_row(f"[bold]{part}[/bold]", end_section=False)
        beside = "" if one.limit is None else f"{one.limit:,.2f} {one.unit} {one.limit_is}"
        times = "" if one.ratio is None else f"{one.ratio:.2f}"
        table.add_row(f"  {one.what}", f"{one.value:,.2f} {one.unit}", beside, times)
    return table
