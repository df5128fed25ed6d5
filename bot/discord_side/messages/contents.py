"""All the words that a message shows: its own, a forwarded one's, those of embeds and link previews, and a poll's."""

from collections.abc import Iterable, Iterator

import discord

from bot.discord_side.messages.conversation import plain_words

PARTS_MAX = 24
"""Pieces of a message that are read: Discord allows ten embeds, each of 25 fields, mostly lists of figures."""


def all_words(message: discord.Message) -> str:
    """Everything in a message that can be read, each piece a paragraph, the message's own words first."""
    found = [part.strip() for part in _parts(message) if part and part.strip()]
    return "\n\n".join(list(dict.fromkeys(found))[:PARTS_MAX])


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
