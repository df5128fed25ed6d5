"""Stories as they are read, each once for all checks."""

from collections.abc import Callable
from functools import cache

import pytest

from bot.shelf import Shelf
from index.statements.extraction import Attributor
from index.story import Story
from tests.attributors import as_shipped, by_rules
from tests.bot.shelf import HeldInMemory

Reading = Callable[..., Shelf]


@pytest.fixture(scope="session")
def read() -> Reading:
    """Makes a shelf of stories, by their texts."""
    return _reading(as_shipped())


@pytest.fixture(scope="session")
def read_by_rules() -> Reading:
    """The same, in a quarter of the time, for what is asked of the words of many stories and of no speaker."""
    return _reading(by_rules())


def _reading(attributor: Attributor) -> Reading:
    @cache
    def shelf_of(*texts: str) -> Shelf:
        stories = [Story(f"story{number}", text) for number, text in enumerate(texts)]
        found = attributor.attribute_all(stories)
        speakers = {speaker.id: speaker for one in found for speaker in one.speakers}
        return HeldInMemory(stories, [said for one in found for said in one.statements], speakers.values())

    return shelf_of
