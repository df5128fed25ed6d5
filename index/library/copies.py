"""Copies of one story under several ids, as when several outlets print what one agency sent: linked, never merged.

Two texts are copies where half of the shorter one's runs of four words stand in the other too (the containment of
Broder, 1997). Only likely stories are compared: those in which a search finds the story's longest sentences.
"""

from collections.abc import Iterable

from index.search.words import find_words
from index.story import Passage, Story

RUN = 4
FEWEST_RUNS = 20
LEAST_SHARED = 0.5
SENTENCES_SOUGHT = 4


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
