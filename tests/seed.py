"""The library of the seed story, read once for all processes that share a run of the tests; each has a copy of it."""

import fcntl
import os
import shutil
from pathlib import Path

import pytest

from bot.libraries import seed_stories
from index.library.folder import Library

SEED = next((Path(__file__).parents[1] / "seeds").glob("*.txt"))


def seed_library_in(factory: pytest.TempPathFactory, name: str) -> Path:
    """A new folder of this name with the library in it."""
    folder = factory.mktemp(name) / "library"
    shutil.copytree(_made(factory), folder)
    return folder


def _made(factory: pytest.TempPathFactory) -> Path:
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    made, beside = shared / "seed-library", shared / "seed-library.begun"
    with (shared / "seed-library.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            with Library.open(beside) as library:
                library.add(seed_stories())
            beside.rename(made)
    return made
