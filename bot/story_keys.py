"""Short names for stories, which fit a choice, a button and a menu."""

import hashlib

from bot.errors import StoryGone
from bot.shelf import Shelf
from index.story import Story

_DIGITS = frozenset("0123456789abcdef")


def story_key(story_id: str) -> str:
    """A short name for a story that fits anywhere: eight hexadecimal digits of a hash of its id."""
    return hashlib.sha256(story_id.encode(errors="surrogatepass")).hexdigest()[:8]


def story_of_key(key: str, shelf: Shelf) -> Story:
    """The story of a shelf that a key stands for. Raises StoryGone where it holds none."""
    found = next((story for story in shelf.stories if story_key(story.id) == key), None)
    if found is None:
        raise StoryGone
    return found


def key_typed(typed: str) -> str:
    """The key of the story that was chosen (its key is sent then) or typed (its id)."""
    return typed if len(typed) == 8 and _DIGITS.issuperset(typed) else story_key(typed.strip())
