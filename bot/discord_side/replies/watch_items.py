"""Watches: how one is set, by `/watch` or by a button; one in words, the button that silences it under each message
that it brings, and the menu in `/settings`.
"""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Literal

import discord

from bot.discord_side.base import Bot, LastingButton, LastingMenu, client_of, lasting
from bot.discord_side.libraries.suggestions import Suggestions
from bot.discord_side.limits import CHOICES_MAX, OPTION_MAX
from bot.discord_side.places.place import Place, Rules, may_add, place_of, require_adder
from bot.discord_side.replies import sender
from bot.rendering.discord_escaping import escaped, fitted
from bot.rendering.discord_letter import Letter, fitted_lines, sentence
from bot.rendering.wording import counted
from index.library import WAITS, Every, Watch

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


def silence_view(watch: Watch, mark: str = "") -> discord.ui.View:
    """The button that silences a watch; `mark` says which news the message has."""
    return lasting(SilenceButton(watch.owner, watch.key, mark))


def mark_of(names: Sequence[str]) -> str:
    """A short name for what a message tells, by which it is found again."""
    return hashlib.sha256("\n".join(sorted(names)).encode(errors="surrogatepass")).hexdigest()[:12]


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
    """Silences a watch."""

    def __init__(self, owner: str, key: str, mark: str) -> None:
        self.owner, self.key = owner, key
        super().__init__(
            discord.ui.Button(
                label=SILENCE,
                style=discord.ButtonStyle.secondary,
                custom_id=f"onrecord:silence:{owner}:{key}:{mark}",
            )
        )

    async def act(self, interaction: discord.Interaction, client: Bot) -> None:
        """Silences it, for whoever may."""
        await sender.acknowledge(interaction, private=True)
        watches = await client.desk.tower.watches(self.owner)
        found = next((one for one in watches if one.key == self.key), None)
        if found is not None and found.user != interaction.user.id:
            place = place_of(interaction)
            require_adder(interaction, place, await client.desk.ledger.rules(place.owner))
        if found is not None:
            await client.desk.tower.silence(found.name)
        await sender.answer(interaction, Letter(SILENCED))


class WatchMenu(
    LastingMenu,
    template=r"onrecord:watches",
):
    """Silences the watches that are chosen."""

    def __init__(self, options: list[discord.SelectOption]) -> None:
        menu: discord.ui.Select[discord.ui.View] = discord.ui.Select(
            custom_id="onrecord:watches", placeholder=TO_SILENCE, max_values=max(1, len(options)), options=options
        )
        super().__init__(menu)

    async def act(self, interaction: discord.Interaction, client: Bot) -> None:
        """Silences them, for whoever may."""
        await sender.acknowledge_change(interaction)
        place, chosen = place_of(interaction), set(self.item.values)
        watches = [one for one in await client.desk.tower.watches(place.owner) if one.key in chosen]
        if any(one.user != interaction.user.id for one in watches):
            require_adder(interaction, place, await client.desk.ledger.rules(place.owner))
        for watch in watches:
            await client.desk.tower.silence(watch.name)
        await sender.answer(interaction, Letter(SILENCED))


async def watch_for(interaction: discord.Interaction, speaker: str) -> None:
    """Sets a watch for somebody, where the one who acts may have it."""
    await set_watch(interaction, speaker, "", None, "at once")


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
        await sender.answer(
            interaction, *_own_watches(await client.desk.tower.watches(place.owner), interaction.user.id)
        )
        return
    if channel is not None and (refused := _not_here(interaction, place, rules)):
        await sender.answer(interaction, sentence(refused))
        return
    every: Every = next(each for each, words in OFTEN.items() if words == often)
    first = datetime.now(UTC) + WAITS[every]
    key = secrets.token_hex(4)
    wanted = Watch(place.owner, key, interaction.user.id, speaker or None, about or None, channel, every, first)
    kept = await client.desk.tower.keep(wanted)
    told = "here" if channel else "to you in private"
    whom = "them on that" if speaker and about else "them" if speaker else "anybody on that"
    said = f"Watching **{escaped(watch_words(wanted))}**. When a new story quotes {whom}, I post it {told}, {often}."
    unknown = _unknown(speaker, await client.desk.suggestions(place, everything=True))
    await sender.answer(interaction, Letter("\n".join(filter(None, (said, unknown)))), silence_view(kept))


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
