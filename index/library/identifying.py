"""Which story a file is: what files are called makes none of them the same, only their address or their text does."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from index.reading.text import told_apart_id
from index.story import Story


class Identities:
    """Gives stories the ids that a library is to keep them under; `held` gives those that it has, once it is needed.

    A story that only has its file's name for an id is one that is held, or was given before, where all that is known of
    it is the same, or where it has both the name and the address of it. Else it gets an id that no other story has.
    """

    def __init__(self, held: Callable[[], Mapping[str, Story]]) -> None:
        self._held = held
        self._taken: dict[str, Story] | None = None
        self._by_text: dict[str, Story] = {}

    def of(self, story: Story) -> Story:
        """The story under its id."""
        if self._taken is None:
            if not story.called:
                return story
            self._taken = dict(self._held())
            self._by_text = {one.text: one for one in self._taken.values()}
        if story.called:
            story = _identified(story, self._taken.get(story.id), self._by_text.get(story.text))
        self._taken[story.id] = self._by_text[story.text] = story
        return story


def is_another(story: Story, known: Story) -> bool:
    """Whether a story that has the id of a known one has it only because a file was called so."""
    return story.called and story.text != known.text and (story.url is None or story.url != known.url)


def told_apart(story: Story) -> Story:
    """The story under an id made of the name and the text."""
    return replace(story, id=told_apart_id(story.id, story.text))


def _identified(story: Story, known: Story | None, like: Story | None) -> Story:
    if known is not None and not is_another(story, known):
        return story
    if like is not None and replace(story, id=like.id, version=like.version) == like:
        return replace(story, id=like.id)
    return story if known is None else told_apart(story)
