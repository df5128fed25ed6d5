"""Whole processes, from nothing to the printed result, beside one that only imports the encoder's package."""

from collections.abc import Iterator
from tempfile import TemporaryDirectory

from bot.libraries import seed_stories
from bot.terminal.benchmark.figures import Figure, process_s
from bot.terminal.options import opened
from index.library import Library

_ROUNDS = 3


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
    commands = (
        ["speaker", "Ryan"],
        ["ask", "what did Ryan say?"],
        ["ask", "when did Sessions recuse himself?"],
    )
    rounds = [
        [process_s("-c", "import sentence_transformers"), *(process_s("-m", "bot", *c, *place) for c in commands)]
        for _ in range(_ROUNDS)
    ]
    imported, *taken = (min(column) for column in zip(*rounds, strict=True))
    for command, seconds in zip(commands, taken, strict=True):
        words = " ".join(part if " " not in part else f'"{part}"' for part in command)
        yield Figure(
            f"onrecord {words}", seconds * 1000, "ms", imported * 1000, "import sentence_transformers", "cold start"
        )
