"""What can be read of a message: its words, a forwarded one's, those of embeds, link previews and a poll, its links and
files; the question that it asks, with the questions before it; and the story at one of its links, which is then asked.

Without the privileged intent Discord shows the bot what mentions it, what is in direct messages, and its own messages:
enough to follow the replies back.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

import discord

from bot.answers import Turn
from bot.discord_side.limits import MESSAGE_MAX, Limits
from bot.discord_side.messages.questions import Asked
from bot.errors import QuestionGone
from bot.rendering.discord_escaping import fitted
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
_MENTION = re.compile(r"<(@[!&]?|#)(\d+)>")
_CODE = re.compile(r"<(?:a?:\w+:\d+|t:[^>]*|/[^>]*|id:\w+)>")


def addressed(message: discord.Message, me: discord.ClientUser) -> bool:
    """Whether a message is for the bot to answer: from a person, in private, mentioning it, or plainly meant for it."""
    if not _from_person(message):
        return False
    mentions = message.guild is None or any(user.id == me.id for user in message.mentions)
    return mentions or (bool(message.content.strip()) and _is_meant_for(message, me))


def unheard(message: discord.Message, me: discord.ClientUser) -> bool:
    """Whether a message is meant for the bot without mentioning it, so that Discord keeps its words from it."""
    empty = not message.content.strip() and not message.attachments
    return _from_person(message) and message.guild is not None and empty and _is_meant_for(message, me)


def _from_person(message: discord.Message) -> bool:
    usual = message.type in {discord.MessageType.default, discord.MessageType.reply}
    return usual and not message.author.bot and not message.webhook_id


def _is_meant_for(message: discord.Message, me: discord.ClientUser) -> bool:
    """A reply to the bot without a ping, a message in a thread that it opened, or a mention of its own role."""
    replied = message.reference.resolved if message.reference else None
    if isinstance(replied, discord.Message) and replied.author.id == me.id:
        return True
    if isinstance(message.channel, discord.Thread) and message.channel.owner_id == me.id:
        return True
    mine = message.guild.self_role if message.guild else None
    return mine is not None and any(role.id == mine.id for role in message.role_mentions)


def question_in(message: discord.Message, me: discord.ClientUser) -> str:
    """The words of a message as a question: without the bot's mention, and cut where they are very long."""
    return fitted(plain_words(message, me), MESSAGE_MAX)


def plain_words(message: discord.Message, me: discord.ClientUser | None = None) -> str:
    """The words of a message: mentions of people as names, the bot's own left out, other codes too."""
    names = {user.id: user.display_name for user in message.mentions if me is None or user.id != me.id}
    return _CODE.sub("", _MENTION.sub(lambda found: names.get(int(found.group(2)), ""), message.content)).strip()


async def asked_in(message: discord.Message, me: discord.ClientUser, limits: Limits) -> Asked:
    """The question that a message asks, with those before it."""
    turns = await turns_before(message, me, limits)
    return Asked(question_in(message, me), message.author.id, turns)


async def asked_under(message: discord.Message, me: discord.ClientUser, limits: Limits) -> Asked:
    """The question that a message of the bot's answers. Raises QuestionGone where it cannot be found any more."""
    kept = _question_kept(message)
    if kept:
        asker = message.interaction_metadata.user.id if message.interaction_metadata else 0
        return Asked(kept, asker, shown=True)
    above = await _referenced(message)
    if above is None or not question_in(above, me):
        raise QuestionGone
    return await asked_in(above, me, limits)


async def turns_before(message: discord.Message, me: discord.ClientUser, limits: Limits) -> tuple[Turn, ...]:
    """The earlier questions of a conversation, oldest first: up the replies, or else what was just said here."""
    if message.reference is None and _is_our_room(message):
        return await _just_said(message, me, limits)
    turns: list[Turn] = []
    at = await _referenced(message)
    for _ in range(2 * limits.turns_back):
        if at is None or len(turns) == limits.turns_back:
            break
        question = _question_kept(at) if at.author.id == me.id else _question_of_person(at, me)
        if question:
            turns.append(Turn(question))
        at = await _referenced(at)
    return tuple(reversed(turns))


def _is_our_room(message: discord.Message) -> bool:
    return message.guild is None or isinstance(message.channel, discord.Thread)


def _question_of_person(message: discord.Message, me: discord.ClientUser) -> str:
    return "" if message.author.bot else question_in(message, me)


def _question_kept(message: discord.Message) -> str:
    """The question that the bot's message itself shows, since it stands under none."""
    return next((embed.author.name or "" for embed in message.embeds[:1]), "")


async def _referenced(message: discord.Message) -> discord.Message | None:
    """The message that this one replies to, asked for at most once; None where there is none or it is not to be had."""
    reference = message.reference
    if reference is None or reference.message_id is None or reference.type is not discord.MessageReferenceType.reply:
        return None
    known = reference.resolved or reference.cached_message
    if isinstance(known, discord.Message):
        return known
    if isinstance(known, discord.DeletedReferencedMessage):
        return None
    try:
        return await message.channel.fetch_message(reference.message_id)
    except discord.HTTPException:
        return None


async def _just_said(message: discord.Message, me: discord.ClientUser, limits: Limits) -> tuple[Turn, ...]:
    """The questions of the last half hour in a direct message or a thread, oldest first."""
    since = message.created_at - timedelta(seconds=limits.quiet_s)
    try:
        earlier = [found async for found in message.channel.history(limit=2 * limits.turns_back, before=message)]
    except discord.HTTPException:
        return ()
    asked = [question_in(found, me) for found in earlier if found.created_at >= since and addressed(found, me)]
    return tuple(Turn(question) for question in reversed(asked[: limits.turns_back]) if question)


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
