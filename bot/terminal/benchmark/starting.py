"""Whole processes, from nothing to the printed result, beside one that only imports the encoder's package."""

from collections.abc import Iterator

from bot.terminal.benchmark.figures import Figure, process_s
from bot.terminal.options import opened

_ROUNDS = 3


def starts(library: str | None) -> Iterator[Figure]:
    """Cold starts on a library that is built, the best of three each."""
    with opened(library) as shelf:
        shelf.search("who said what?", limit=1)
    place = ["--library", library] if library else []
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
