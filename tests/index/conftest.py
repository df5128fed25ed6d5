"""Fixtures shared by the tests of stories and libraries."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from uuid import uuid4

import pytest

from index.library.verbs import StoryLibrary
from tests.index.databases import TestServer, running_postgres
from tests.index.fakes import FakeAttributor, FakeEmbedder
from tests.index.keepers import Folder, Keeper, Owner

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture
def seed_path() -> Path:
    return next(SEEDS.glob("*.txt"))


@pytest.fixture
def embedder() -> FakeEmbedder:
    return FakeEmbedder()


@pytest.fixture
def attributor() -> FakeAttributor:
    return FakeAttributor()


@pytest.fixture(scope="session")
def postgres() -> Iterator[TestServer]:
    """A database that all tests share; each uses owners of its own, and none stops it."""
    with running_postgres() as server:
        server.forget_durability()
        yield server


@pytest.fixture(params=["folder", "postgres"])
def keeper(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Keeper]:
    """A place for one library, of both kinds in turn."""
    if request.param == "folder":
        yield Folder(tmp_path / "library")
        return
    with ExitStack() as opened:
        yield Owner(request.getfixturevalue("postgres").url, uuid4().hex, opened)


@pytest.fixture
def library(keeper: Keeper, embedder: FakeEmbedder, attributor: FakeAttributor) -> StoryLibrary:
    """A library of both kinds in turn."""
    return keeper.open(embedder=embedder, attributor=attributor)
