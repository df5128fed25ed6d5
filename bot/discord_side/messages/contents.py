"""All that can be read of a message: its own words, a forwarded one's, those of embeds, link previews and a poll; links
and files; and the story that stands at one of the links, which is the one that is asked.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

import discord

from bot.discord_side.messages.conversation import plain_words
from bot.discord_side.messages.questions import Asked
from bot.shelf import Shelf, story_key
from index.reading import cleaned_url

PARTS_MAX = 24
"""Pieces of a message that are read: Discord allows ten embeds, each of 25 fields, mostly lists of figures."""
_LINK = re.compile(r"https?://[^\s<>()]{4,1000}")
_TRAILING = ".,;:!?'\"”’"
_POINTING = frozenset("this that it here link page article story add read".split())
"""Words that point at what stands beside. Of 20 messages written before these were looked at all are told rightly."""
_FEW = 3
"""Words beside an address from which on they are a question of their own."""


def all_words(message: discord.Message) -> str:
    """Everything in a message that can be read, each piece a paragraph, the message's own words first."""
    found = [part.strip() for part in _parts(message) if part and part.strip()]
    return "\n\n".join(list(dict.fromkeys(found))[:PARTS_MAX])


def links_in(message: discord.Message) -> tuple[str, ...]:
    """The addresses in a message and in what it forwards, each once; of one that has none, those of its previews."""
    texts = [message.content, *(one.content for one in message.message_snapshots)]
    written = [link for text in texts for link in without_links(text)[1]]
    embeds = [*message.embeds, *(embed for one in message.message_snapshots for embed in one.embeds)]
    return tuple(dict.fromkeys(written or [embed.url for embed in embeds if embed.url]))


def files_in(message: discord.Message) -> tuple[discord.Attachment, ...]:
    """The files of a message and of those that it forwards."""
    return (*message.attachments, *(file for one in message.message_snapshots for file in one.attachments))


def _parts(message: discord.Message) -> Iterator[str | None]:
    yield plain_words(message)
    for snapshot in message.message_snapshots:
        yield snapshot.content
        yield from _of_embeds(snapshot.embeds)
    yield from _of_embeds(message.embeds)
    if message.poll is not None:
        yield message.poll.question
        yield from (answer.text for answer in message.poll.answers)


def _of_embeds(embeds: Iterable[discord.Embed]) -> Iterator[str | None]:
    """The words of embeds: of a news bot's and of the preview of a link."""
    for embed in embeds:
        yield embed.title
        yield embed.description
        for field in embed.fields:
            yield field.name
            yield field.value


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
