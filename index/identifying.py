"""Which story a file is: what files are called makes none of them the same, only their address or their text does."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from index.reading.text import told_apart_id
from index.story import Story


def identified(stories: Sequence[Story], held: Mapping[str, Story]) -> list[Story]:
    """The stories under the ids that a library is to keep them under; `held` are those that it has.

    A story that only has its file's name for an id is one that is held where all that is known of it is the same, or
    where it has both the name and the address of it. Else it gets an id that no other story has.
    """
    taken = dict(held)
    by_text = {story.text: story for story in held.values()}
    found: list[Story] = []
    for story in stories:
        one = _identified(story, taken.get(story.id), by_text.get(story.text)) if story.called else story
        taken[one.id] = by_text[one.text] = one
        found.append(one)
    return found


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
