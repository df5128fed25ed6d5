"""Whole processes, from nothing to the printed result: time and memory, beside importing the encoder's package."""

from collections.abc import Iterator
from tempfile import TemporaryDirectory

from bot.libraries import seed_stories
from bot.terminal.benchmark.figures import Figure, process_mb, process_s
from bot.terminal.options import opened
from index.library import Library

_ROUNDS = 3
_IMPORTED = "import sentence_transformers"
_COMMANDS = (["speaker", "Ryan"], ["ask", "what did Ryan say?"], ["ask", "when did Sessions recuse himself?"])
_RUN = """
import sys
from contextlib import suppress
from bot.__main__ import main
sys.argv[1:] = {}
with suppress(SystemExit):
    main()"""


def starts(library: str | None) -> Iterator[Figure]:
    """Cold starts on a library that is built, the best of three each; on the seed story's where nothing is held."""
    with opened(library) as shelf:
        held = bool(shelf.stories)
        if held:
            shelf.search("who said what?", limit=1)
    if held:
        yield from _starts(["--library", library] if library else [])
        return
    with TemporaryDirectory() as folder:
        with Library.open(folder) as seed:
            seed.add(seed_stories())
        yield from _starts(["--library", folder])


def _starts(place: list[str]) -> Iterator[Figure]:
    rounds = [
        [process_s("-c", _IMPORTED), *(process_s("-m", "bot", *command, *place) for command in _COMMANDS)]
        for _ in range(_ROUNDS)
    ]
    imported, *taken = (min(column) for column in zip(*rounds, strict=True))
    for command, seconds in zip(_COMMANDS, taken, strict=True):
        yield Figure(_worded(command), seconds * 1000, "ms", imported * 1000, _IMPORTED, "cold start")
    imported_mb = process_mb(_IMPORTED)
    for command in _COMMANDS:
        held = process_mb(_RUN.format([*command, *place]))
        yield Figure(f"memory of {_worded(command)}", held, "MB", imported_mb, _IMPORTED, "memory")


def _worded(command: list[str]) -> str:
    """A command as it is typed."""
    return " ".join(["onrecord", *(part if " " not in part else f'"{part}"' for part in command)])
