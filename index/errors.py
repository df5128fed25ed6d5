"""What can go wrong with stories and libraries.

Each error holds its facts and says one sentence for a reader of chat.
"""


class StoriesError(Exception):
    """The root of this package's errors."""


class NoSuchStory(StoriesError):
    """The library holds no story (or no such version of one) under this id."""

    def __init__(self, story_id: str, version: int | None = None) -> None:
        self.story_id = story_id
        self.version = version
        which = f"version {version} of “{story_id}”" if version is not None else f"a story “{story_id}”"
        super().__init__(f"This library does not hold {which}.")
