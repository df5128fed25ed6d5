"""Watches: how one is set, by `/watch` or by a button; one in words; how somebody who watches is told, by a message a
story or one for a day or week; and the button under it and the menu in `/settings` that silence it.

A message is looked for before it is sent again: a process may have died between sending it and noting that it did.
"""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Literal

import discord

from bot.answers import Answer
from bot.discord_side.base import Bot, LastingButton, LastingMenu, client_of, lasting, rules_for_adder
from bot.discord_side.libraries.place import Place, Rules, may_add, place_of
from bot.discord_side.libraries.suggestions import Suggestions
from bot.discord_side.limits import CHOICES_MAX, OPTION_MAX
from bot.discord_side.messages.questions import Asked
from bot.discord_side.replies import sender
from bot.errors import StoryGone
from bot.rendering.discord_escaping import escaped, fitted
from bot.rendering.discord_letter import Letter, fitted_lines, letter, sentence
from bot.rendering.discord_message import render_pages
from bot.rendering.wording import counted
from bot.shelf import Shelf, short_name
from index.errors import NoSuchStory
from index.library import WAITS, Due, Every, Watch, WatchIndex
from index.story import Statement

SILENCE, SILENCED = "Silence this watch", "This watch is silenced: nothing more comes of it."
TO_SILENCE = "Watches to silence"
OFTEN: dict[Every, str] = {"now": "at once", "day": "once a day", "week": "once a week"}
Where = Literal["here", "in private"]
Often = Literal["at once", "once a day", "once a week"]
WHOM = "Say whose words to watch for, on what, or both."
IN_PRIVATE = "-# What you are told in private:"
NOT_YOURS = (
    "Only members who may manage this server, or whom they chose for its stories, have news posted here: choose "
    "“in private”."
)
LOOKED_THROUGH = 100
"""Messages among which one that was sent before is looked for."""
FORBIDDEN = "Discord does not let me write there"
ELSEWHERE = "In this channel I am not heard, so nothing can be posted here: choose “in private”."


def watch_words(watch: Watch) -> str:
    """What a watch is for, as plain text: "Paul Ryan on taxes"."""
    return fitted(" on ".join(filter(None, (watch.speaker, watch.about))), OPTION_MAX)


def watch_line(watch: Watch) -> str:
    """A watch in a line: what it is for, where it is told, how often, and what it has brought."""
    where = f"<#{watch.channel}>" if watch.channel else "in private"
    trouble = f"\n-# last time: {escaped(fitted(watch.trouble, OPTION_MAX))}" if watch.trouble else ""
    brought = counted(watch.brought, "story", "stories")
    return f"**{escaped(watch_words(watch))}** · {where}, {OFTEN[watch.every]} · brought {brought}{trouble}"


def watch_menu(watches: Sequence[Watch]) -> "WatchMenu":
    """The menu that silences some of an owner's watches."""
    shown = watches[:CHOICES_MAX]
    return WatchMenu(
        [discord.SelectOption(label=watch_words(one), value=one.key, description=OFTEN[one.every]) for one in shown]
    )


class SilenceButton(
    LastingButton,
    template=r"onrecord:silence:(?P<owner>(?:server|user)-\d{1,20}):(?P<key>[0-9a-f]{8}):(?P<mark>[0-9a-f]{0,12})",
):
    """Silences a watch; `mark` says which news the message has."""

    def __init__(self, owner: str, key: str, mark: str = "") -> None:
        self.owner, self.key = owner, key
        super().__init__(discord.ui.Button(label=SILENCE, custom_id=f"onrecord:silence:{owner}:{key}:{mark}"))

    async def act(self, interaction: discord.Interaction, client: Bot) -> None:
        """Silences it, for whoever may."""
        await sender.acknowledge(interaction, private=True)
        watches = await client.desk.tower.watches(self.owner)
        found = next((one for one in watches if one.key == self.key), None)
        if found is not None:
            if found.user != interaction.user.id:
                await rules_for_adder(interaction)
            await client.desk.tower.silence(found.name)
        await sender.answer(interaction, Letter(SILENCED))


class WatchMenu(LastingMenu, template=r"onrecord:watches"):
    """Silences the watches that are chosen."""

    def __init__(self, options: list[discord.SelectOption]) -> None:
        super().__init__(self.several("onrecord:watches", TO_SILENCE, options))

    async def act(self, interaction: discord.Interaction, client: Bot) -> None:
        """Silences them, for whoever may."""
        await sender.acknowledge_change(interaction)
        owner, chosen = place_of(interaction).owner, set(self.item.values)
        watches = [one for one in await client.desk.tower.watches(owner) if one.key in chosen]
        if any(one.user != interaction.user.id for one in watches):
            await rules_for_adder(interaction)
        for watch in watches:
            await client.desk.tower.silence(watch.name)
        await sender.answer(interaction, Letter(SILENCED))


async def set_watch(
    interaction: discord.Interaction, speaker: str, about: str, where: Where | None, often: Often
) -> None:
    """Sets a watch, and says what will be told where; or why it cannot be set. Unless it is said where, it is told here
    for whoever may add stories here, and else in private."""
    await sender.acknowledge(interaction, private=True)
    client, place = client_of(interaction), place_of(interaction)
    rules = await client.desk.ledger.rules(place.owner)
    if where is None:
        where = "here" if may_add(interaction, place, rules) and rules.speaks_in(place.channels) else "in private"
    channel = interaction.channel_id if place.is_server and where == "here" else None
    if not speaker and not about:
        watches = await client.desk.tower.watches(place.owner)
        await sender.answer(interaction, *_own_watches(watches, interaction.user.id))
        return
    if channel is not None and (refused := _not_here(interaction, place, rules)):
        await sender.answer(interaction, sentence(refused))
        return
    every = next(each for each, words in OFTEN.items() if words == often)
    first, key = datetime.now(UTC) + WAITS[every], secrets.token_hex(4)
    wanted = Watch(place.owner, key, interaction.user.id, speaker or None, about or None, channel, every, first)
    kept = await client.desk.tower.keep(wanted)
    told = "here" if channel else "to you in private"
    whom = "them on that" if speaker and about else "them" if speaker else "anybody on that"
    said = f"Watching **{escaped(watch_words(wanted))}**. When a new story quotes {whom}, I post it {told}, {often}."
    unknown = _unknown(speaker, await client.desk.suggestions(place, everything=True))
    silences = lasting(SilenceButton(kept.owner, kept.key))
    await sender.answer(interaction, Letter("\n".join(filter(None, (said, unknown)))), silences)


def _own_watches(watches: Sequence[Watch], user: int) -> tuple[Letter, discord.ui.View | None]:
    """What to say for a watch, what the one who acts is told of in private, and the menu that silences some of it."""
    own = [one for one in watches if one.user == user and not one.channel][:CHOICES_MAX]
    first = f"{WHOM}\n{IN_PRIVATE}" if own else WHOM
    return Letter(fitted_lines(first, [*map(watch_line, own)])), lasting(watch_menu(own)) if own else None


def _not_here(interaction: discord.Interaction, place: Place, rules: Rules) -> str | None:
    """Why nothing is posted here for the one who acts; None where it is."""
    if not may_add(interaction, place, rules):
        return NOT_YOURS
    return None if rules.speaks_in(place.channels) else ELSEWHERE


def _unknown(speaker: str, known: Suggestions) -> str | None:
    """That nobody is called so yet, and who is called nearly so; nothing where somebody is, or it is not known."""
    typed = " ".join(speaker.casefold().split())
    people = known.speakers
    if not typed or not people.all or any(typed in form for one in people.matching(typed) for form in one.forms):
        return None
    near = next((one for word in reversed(typed.split()) for one in people.matching(word)), None)
    meant = f" Do you mean {escaped(near.value)}?" if near else ""
    return f"-# Nobody called so speaks in the stories yet.{meant}"


async def tell(client: Bot, watch: Watch, dues: Sequence[Due]) -> str | None:
    """Tells a watch of stories, once; why it could not be told, where Discord refuses it for good."""
    shown = await _news(client, watch, dues)
    if shown is None:
        return None
    mark = short_name("\n".join(sorted(due.name for due in dues)), 12)  # by which the message is found again
    try:
        where = await _where(client, watch)
        if any(due.tried for due in dues) and await _was_told(where, mark):
            return None
        silences = lasting(SilenceButton(watch.owner, watch.key, mark))
        sent = await sender.post(where, shown, silences, nonce=f"w{watch.key}{mark}")
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
