"""How long a large library takes to open after its writer died.

Run it as `python -m tests.index.library.opening_time [STORIES] [KILLS]`.

Builds a library of generated stories, kills a process that adds to it at random moments, and each time opens it and
searches; beside it stands the time for reading the same files and the same search when nothing had happened before.
"""

import os
import random
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from index.encoding.embedding import Vectors
from index.library.folder import Library
from index.story import Story

MOST_S = 2.0
WORDS = ("river", "flood", "mayor", "council", "vote", "storm", "bridge", "school", "fire", "train", "strike", "court")


class RandomEmbedder:
    """Vectors of the usual length that mean nothing, at no cost."""

    name = "random"
    dim = 384

    def embed(self, texts: Sequence[str]) -> Vectors:
        rows = np.random.default_rng(len(texts)).standard_normal((len(texts), self.dim), dtype=np.float32)
        unit: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit


def story(number: int, chance: random.Random) -> Story:
    """A story of 30 sentences."""
    sentences = (f"The {' '.join(chance.choices(WORDS, k=12))} {number} {at}." for at in range(30))
    return Story(f"s{number}", "\n\n".join(sentences), title=f"Story {number}")


def opened_seconds(folder: Path) -> tuple[float, int]:
    """The time until a library that nobody has open gives its first result, and how many stories it holds."""
    began = time.perf_counter()
    with Library.open(folder, embedder=RandomEmbedder(), attribution=False) as library:
        assert library.search("the river and the flood")
        return time.perf_counter() - began, len(library.stories)


def killed_while_adding(folder: Path, first: int, moment_s: float) -> None:
    """Adds stories in a process of its own, which is killed after a time."""
    child = os.fork()
    if child == 0:
        chance = random.Random(first)
        with Library.open(folder, embedder=RandomEmbedder(), attribution=False) as library:
            for number in range(first, first + 100_000):
                library.add([story(number, chance)])
        os._exit(0)
    time.sleep(moment_s)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def main() -> int:
    """Measures, prints the slowest, and says whether it is within its limit."""
    stories = int(sys.argv[1]) if len(sys.argv) > 1 else 2_328
    kills = int(sys.argv[2]) if len(sys.argv) > 2 else 30
    chance = random.Random(3)
    with TemporaryDirectory() as place:
        folder = Path(place) / "library"
        with Library.open(folder, embedder=RandomEmbedder(), attribution=False) as library:
            library.add([story(number, chance) for number in range(stories)])
        usual = max(opened_seconds(folder)[0] for _ in range(5))
        after, held = [], stories
        for kill in range(kills):
            killed_while_adding(folder, stories + kill * 100_000, chance.uniform(0.5, 4.0))
            seconds, now_held = opened_seconds(folder)
            assert now_held >= held
            after.append(seconds)
            held = now_held
    sys.stdout.write(f"{stories} stories: opened and searched in {usual:.2f} s; after each of {kills} kills, ")
    sys.stdout.write(f"{held - stories} stories later, in {max(after):.2f} s at most (limit {usual + MOST_S:.2f} s)\n")
    return 0 if max(after) <= usual + MOST_S else 1


if __name__ == "__main__":
    sys.exit(main())
