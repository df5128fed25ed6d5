"""The library of the seed story as it is really read, made once for all tests that ask it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.library.folder import Library
from index.reading import read_source

SEED = Path(__file__).parents[2] / "seeds" / "000_9e93925cc4b41a6c.txt"


@pytest.fixture(scope="session")
def seed_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.open(tmp_path_factory.mktemp("seed") / "library") as library:
        library.add(read_source(str(SEED)))
        yield library
