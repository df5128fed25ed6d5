"""Stories as they are read, each once for all checks."""

from collections.abc import Callable
from functools import cache

import pytest

from bot.shelf import Shelf
from index.story import Story
from tests.attributors import as_shipped
from tests.bot.shelf import HeldInMemory

Reading = Callable[..., Shelf]


@pytest.fixture(scope="session")
def read() -> Reading:
    """Makes a shelf of stories, by their texts."""
    attributor = as_shipped()

    @cache
    def shelf_of(*texts: str) -> Shelf:
        stories = [Story(f"story{number}", text) for number, text in enumerate(texts)]
        found = attributor.attribute_all(stories)
        speakers = {speaker.id: speaker for one in found for speaker in one.speakers}
        return HeldInMemory(stories, [said for one in found for said in one.statements], speakers.values())

    return shelf_of
