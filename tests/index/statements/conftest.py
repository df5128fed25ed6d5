"""One attributor for all tests of statements: loading it takes longer than using it."""

import json
from pathlib import Path

import pytest

from index.statements.extraction import Attributor
from index.story import Attributed, Story

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def rules() -> Attributor:
    """Rules alone, without the trained tagger."""
    return Attributor.load(tagger=False)


@pytest.fixture(scope="session")
def whole(rules: Attributor) -> Attributor:
    """Rules and tagger, as shipped, with the parser shared."""
    from index.statements.tagger import Tagger

    return Attributor(rules.parser, Tagger.load())


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
