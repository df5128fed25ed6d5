"""The library of the seed story as it is really read, opened once for all tests that ask it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.library.folder import Library
from tests.judge import reading_once
from tests.seed import seed_library_in


@pytest.fixture(scope="session")
def seed_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where `seed_library` is kept. No test changes it."""
    return seed_library_in(tmp_path_factory, "seed")


@pytest.fixture(scope="session")
def seed_library(seed_folder: Path) -> Iterator[Library]:
    with Library.open(seed_folder, ranker=reading_once()) as library:
        yield library
