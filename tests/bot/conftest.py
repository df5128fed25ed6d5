"""The library of the seed story as it is really read, opened once for all tests that ask it."""

from collections.abc import Iterator

import pytest

from index.library.folder import Library
from tests.seed import seed_library_in


@pytest.fixture(scope="session")
def seed_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.open(seed_library_in(tmp_path_factory, "seed")) as library:
        yield library
