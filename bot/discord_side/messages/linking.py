"""Addresses in what somebody asks: the story that stands at one of them is the one that is asked."""

import re
from dataclasses import replace

from bot.discord_side.messages.questions import Asked
from bot.shelf import Shelf
from bot.story_keys import story_key
from index.reading import cleaned_url

_LINK = re.compile(r"https?://[^\s<>()]{4,1000}")
_TRAILING = ".,;:!?'\"”’"
_POINTING = frozenset("this that it here link page article story add read".split())
"""Words that point at what stands beside. Of 20 messages written before these were looked at all are told rightly."""
_FEW = 3
"""Words beside an address from which on they are a question of their own."""


def with_links_followed(asked: Asked, shelf: Shelf) -> Asked:
    """What is asked, without the addresses in it and of the story at one of them; with nothing else, the story itself.

    An address at which nothing is held stays as it is where it stands alone, or the words are about what stands there.
    """
    words, links = without_links(asked.question)
    if asked.source != "ask" or not links:
        return asked
    wanted = set(map(_page, links))
    held = next((story for story in shelf.stories if story.url and _page(story.url) in wanted), None)
    if held is None:
        return replace(asked, question=" ".join(links) if _is_about_the_page(words) else words)
    return replace(asked, question=words, story=story_key(held.id), source="ask" if words else "story")


def _is_about_the_page(words: str) -> bool:
    """Whether what stands beside an address asks for nothing else than what stands there."""
    said = words.casefold().replace("?", " ").split()
    return len(said) < _FEW or any(word.strip(_TRAILING) in _POINTING for word in said)


def without_links(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without the addresses in it, and these."""
    links = tuple(found.rstrip(_TRAILING) for found in _LINK.findall(text))
    return (" ".join(_LINK.sub(" ", text).split()), links) if links else (text, ())


def _page(address: str) -> str:
    """What names a page in an address, be it with "www." and a slash at the end or without."""
    return cleaned_url(address).partition("://")[2].removeprefix("www.").rstrip("/")
