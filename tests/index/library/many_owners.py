"""The memory that many owners' small libraries take in one process.

Run it as `python -m tests.index.library.many_owners [COUNT]`.

Makes a library of one story for each of 2,000 owners, then asks every one of them, with 64 open at most.
"""

import resource
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from index.library.folder import FolderLibraries
from index.library.libraries import Libraries
from index.ranking.evidence import EvidenceRanker
from index.story import Story
from tests.index.fakes import FakeAttributor, FakeEmbedder

MOST_OPEN = 64


def megabytes() -> float:
    """What the process takes just now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def asked(libraries: Libraries, count: int) -> tuple[float, float]:
    """Asks every owner's library; the memory after, and the milliseconds that one took with its opening."""
    began = perf_counter()
    for number in range(count):
        with libraries.of(f"server-{number}") as library:
            assert library.search(f"What about number {number}?")
    return megabytes(), (perf_counter() - began) * 1000 / count


def main() -> int:
    """Measures and prints."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    with TemporaryDirectory() as folder:
        parts = {"embedder": FakeEmbedder(dim=32), "attributor": FakeAttributor()}
        ranker = EvidenceRanker.load(reader=False)
        libraries = FolderLibraries(folder, ranker=ranker, most_open=MOST_OPEN, **parts)  # type: ignore[arg-type]
        for number in range(count):
            with libraries.of(f"server-{number}") as library:
                library.add([Story("one", f"Story {number} is about the river.\n\n“It rose,” said Ana Ruiz.")])
            if number == MOST_OPEN:
                few = asked(libraries, MOST_OPEN)
        many = asked(libraries, count)
        again = asked(libraries, count)
        sys.stdout.write(f"{MOST_OPEN} libraries asked: {few[0]:.0f} MB in all; {count}: {many[0]:.0f} MB; ")
        sys.stdout.write(f"all {count} once more: {again[0]:.0f} MB\n")
        sys.stdout.write(f"{libraries.open_count} open; one opened and asked in {again[1]:.1f} ms\n")
        libraries.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
