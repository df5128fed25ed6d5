"""How somebody who watches is told: a message a story, or one for a day or week, with a button that silences it.

It is looked for before it is sent again: a process may have died between sending it and noting that it did.
"""

from collections.abc import Sequence
from dataclasses import replace

import discord

from bot.answers import Answer
from bot.discord_side.base import Bot
from bot.discord_side.libraries.place import Place
from bot.discord_side.messages.questions import Asked
from bot.discord_side.replies import sender
from bot.discord_side.replies.watch_items import mark_of, silence_view, watch_words
from bot.errors import StoryGone
from bot.rendering.discord_letter import Letter, letter
from bot.rendering.discord_message import render_pages
from bot.rendering.wording import counted
from bot.shelf import Shelf
from index.errors import NoSuchStory
from index.library import Due, Watch, WatchIndex
from index.story import Statement

LOOKED_THROUGH = 100
"""Messages among which one that was sent before is looked for."""
FORBIDDEN = "Discord does not let me write there"


async def tell(client: Bot, watch: Watch, dues: Sequence[Due]) -> str | None:
    """Tells a watch of stories, once; why it could not be told, where Discord refuses it for good."""
    shown = await _news(client, watch, dues)
    if shown is None:
        return None
    mark = mark_of([due.name for due in dues])
    try:
        where = await _where(client, watch)
        if any(due.tried for due in dues) and await _was_told(where, mark):
            return None
        sent = await sender.post(where, shown, silence_view(watch, mark), nonce=f"w{watch.key}{mark}")
    except discord.HTTPException as refused:
        if refused.status >= 500 or refused.status == 429:
            raise
        return FORBIDDEN
    return None if sent else FORBIDDEN


async def _where(client: Bot, watch: Watch) -> discord.abc.Messageable:
    if watch.channel is not None:
        return client.get_partial_messageable(watch.channel)
    return await sender.private_room(client, watch.user)


async def _was_told(where: discord.abc.Messageable, mark: str) -> bool:
    """Whether a message with this mark on its button stands there."""
    async for message in where.history(limit=LOOKED_THROUGH):
        for row in message.components:
            parts = row.children if isinstance(row, discord.ActionRow) else ()
            if any((getattr(one, "custom_id", None) or "").endswith(f":{mark}") for one in parts):
                return True
    return False


async def _news(client: Bot, watch: Watch, dues: Sequence[Due]) -> Letter | None:
    """The message that tells of the stories; None where none of them is held any more, or has anything by now."""
    asked = Asked(watch_words(watch), watch.user, place=Place(watch.owner))

    def look(shelf: Shelf) -> Letter | None:
        found = [said for due in dues for said in _statements(shelf, watch, due)]
        stories = len({said.story for said in found})
        if not found:
            return None
        by = {said.speaker for said in found}
        people = tuple(who for who in shelf.speakers() if who.id in by)
        told = Answer(asked.question, "said", people, tuple(found))
        pages = render_pages(told, shelf, question=f"New: {asked.question}")
        first = letter(pages, with_buttons=False)
        if len(pages.pages) == 1:
            return first
        return replace(first, footer=f"There is more in {counted(stories, 'new story', 'new stories')}: ask me for it.")

    return await client.desk.look(asked, look)


def _statements(shelf: Shelf, watch: Watch, due: Due) -> tuple[Statement, ...]:
    """What a story has for a watch, if it is held in that version."""
    try:
        story = shelf.story(due.story, due.version)
        held = shelf.statements(story.id)
    except (NoSuchStory, StoryGone):
        return ()
    said = [one for one in held if one.version == due.version]
    return WatchIndex([watch]).matched(story, said, shelf.speakers(story.id)).get(watch, ())
