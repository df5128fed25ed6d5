"""Which story a file is, and which stories are copies of each other.

What files are called makes none of them the same, only their address or their text does. Copies, as when several
outlets print what one agency sent, are linked, never merged: half of the shorter one's runs of four words stand in the
other too (the containment of Broder, 1997). Only likely stories are compared: those in which a search finds the
story's longest sentences.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from index.reading.text import told_apart_id
from index.search.words import find_words
from index.story import Passage, Story

RUN = 4
FEWEST_RUNS = 20
LEAST_SHARED = 0.5
SENTENCES_SOUGHT = 4


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


def runs_of(text: str) -> frozenset[tuple[str, ...]]:
    """The different runs of four words in a text."""
    words = find_words(text)
    return frozenset(zip(*(words[at:] for at in range(RUN)), strict=False))


def are_copies(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> bool:
    """Whether two texts with these runs of words are copies; never of a text of a sentence or two."""
    shorter = min(len(one), len(other))
    return shorter >= FEWEST_RUNS and len(one & other) >= LEAST_SHARED * shorter


def telling_sentences(story: Story, passages: Iterable[Passage]) -> tuple[str, ...]:
    """The story's longest sentences, in its order of length: what to search for where copies are sought."""
    texts = {passage.span.of(story.text) for passage in passages}
    return tuple(sorted(texts, key=lambda text: (-len(text), text))[:SENTENCES_SOUGHT])
