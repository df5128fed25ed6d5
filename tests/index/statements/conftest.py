"""Who finds statements, and the seed story, for the tests of statements."""

import json
from pathlib import Path

import pytest

from index.statements.extraction import Attributor
from index.story import Attributed, Story
from tests.attributors import as_shipped, by_rules

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def rules() -> Attributor:
    """Rules alone, without the trained tagger."""
    return by_rules()


@pytest.fixture(scope="session")
def whole() -> Attributor:
    """Rules and tagger, as shipped."""
    return as_shipped()


@pytest.fixture(scope="session", params=["rules", "whole"])
def attributor(request: pytest.FixtureRequest) -> Attributor:
    """Each of the two."""
    found: Attributor = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="session")
def seed() -> Story:
    """The seed story, as received."""
    labels = json.loads((ROOT / "tests" / "seed_statements.json").read_text(encoding="utf-8"))
    return Story("seed", (ROOT / labels["story"]).read_bytes().decode("utf-8"), source="KUSI")


def said(story: Story, found: Attributed) -> list[tuple[str | None, str]]:
    """Who says what, as (canonical name, words), in reading order."""
    names = {speaker.id: speaker.name for speaker in found.speakers}
    return [(names.get(s.speaker or ""), s.span.of(story.text)) for s in found.statements]
