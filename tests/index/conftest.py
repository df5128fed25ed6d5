"""Fixtures shared by the tests of stories and libraries."""

from pathlib import Path

import pytest

from tests.index.fakes import FakeAttributor, FakeEmbedder

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
