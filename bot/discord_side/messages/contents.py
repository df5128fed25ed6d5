"""All that can be read of a message: its own words, a forwarded one's, those of embeds, link previews and a poll; links
and files."""

from collections.abc import Iterable, Iterator

import discord

from bot.discord_side.messages.conversation import plain_words
from bot.discord_side.messages.linking import without_links

PARTS_MAX = 24
"""Pieces of a message that are read: Discord allows ten embeds, each of 25 fields, mostly lists of figures."""


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
