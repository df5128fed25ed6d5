"""What people hold of an answer: 👍, 👎 and “wrong speaker”, kept with the address of the words and nothing else;
who is right, proposed from a menu; and the menus with which those who run a server settle it.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Literal

import discord

from bot.discord_side.base import Bot, LastingMenu, client_of, lasting, looked_at, rules_for_manager
from bot.discord_side.libraries.place import place_of
from bot.discord_side.limits import CHOICES_MAX, OPTION_MAX
from bot.discord_side.replies import sender
from bot.discord_side.replies.card_items import CHOOSE, Address, address_in, address_of, option_of, said_at, value_of
from bot.errors import StoryGone
from bot.rendering.discord_escaping import escaped, fitted, on_one_line
from bot.rendering.discord_letter import Action, Letter, Page, fitted_lines
from bot.rendering.utterances import Correction, kept
from bot.rendering.wording import counted, speaker_words
from bot.shelf import Shelf, short_name
from index.story import Feedback

Settling = Literal["accept", "reject"]
WHO = "Who said it?"
PROPOSED = "Thank you: those who run this server can settle it in `/settings`. Nothing says that it came from you."
NONE_OPEN = "Nobody has said here that words are given to the wrong speaker."
PLACEHOLDERS: dict[Settling, str] = {"accept": "Accept: show it beside the words", "reject": "Reject, or take back"}
WORDS_SHOWN = 80
VERDICTS: dict[Action, str] = {"up": "good", "down": "bad", "wrong": "wrong-speaker"}
THANKS = "Thank you, noted. `/privacy` says what is kept of it."
NOTHING_TO_JUDGE = "There are no words of anybody on this page that could be judged."
WHO_IS_RIGHT = "Who said it? Choose below, if you know."
WHICH = "Which words are somebody else's?"


def right_speaker_view(address: Address, names: Sequence[str]) -> discord.ui.View:
    """The menu of who may have said it."""
    options = [discord.SelectOption(label=one, value=one) for one in names][:CHOICES_MAX]
    return lasting(RightSpeaker(options, value_of(address))) if options else lasting()


async def corrections_view(interaction: discord.Interaction) -> tuple[Letter, discord.ui.View | None]:
    """What was proposed and settled here, a line each, with the menus that settle it. Raises NotAllowed."""
    _, rules = await rules_for_manager(interaction)
    corrections = rules.corrections
    words = await looked_at(interaction, lambda shelf: [_words(one, shelf) for one in corrections], whole=True)
    if not corrections:
        return Letter(NONE_OPEN), None
    shown = list(zip(corrections, words, strict=True))[:CHOICES_MAX]
    opened = [(one, said) for one, said in shown if one.state == "open"]
    menus = [SettleMenu([_option(one, said) for one, said in opened], "accept")] if opened else []
    menus += [SettleMenu([_option(one, said) for one, said in shown], "reject")]
    lines = [f"> {escaped(said)}\n-# {_change(one)}" for one, said in shown]
    first = f"**{counted(len(opened), 'correction')} to settle**"
    return Letter(fitted_lines(first, lines, besides=len(corrections) - len(shown))), lasting(*menus)


def _words(one: Correction, shelf: Shelf) -> str:
    held = next((story for story in shelf.stories if story.id == one.story), None)
    words = held.text[one.start : one.end] if held and held.version == one.version else "(no longer held)"
    return fitted(words, WORDS_SHOWN)


def _change(one: Correction) -> str:
    settled = "" if one.state == "open" else " · settled"
    return f"{escaped(one.was)} → **{escaped(one.name)}**{settled}"


def _option(one: Correction, said: str) -> discord.SelectOption:
    shown = fitted(f"{one.was} → {one.name}", OPTION_MAX)
    return discord.SelectOption(label=fitted(said, OPTION_MAX) or "…", value=_short(one), description=shown)


def _short(one: Correction) -> str:
    return short_name(one.key, 16)


class RightSpeaker(LastingMenu, template=r"onrecord:right:(?P<words>[0-9a-f]{8}:\d{1,6}:\d{1,9}:\d{1,9})"):
    """Proposes who said some words."""

    def __init__(self, options: list[discord.SelectOption], words: str) -> None:
        self.words = words
        super().__init__(discord.ui.Select(custom_id=f"onrecord:right:{words}", placeholder=WHO, options=options))

    async def act(self, interaction: discord.Interaction, client: Bot) -> None:
        """Keeps the proposal."""
        await sender.acknowledge_change(interaction)
        name = self.item.values[0]

        def proposed(shelf: Shelf) -> Correction:
            address = address_in(self.words, shelf)
            said = said_at(address, shelf)
            if not said:
                raise StoryGone
            speaker = next((one for one in shelf.speakers() if one.id == said[0].speaker), None)
            return Correction(*address, speaker_words(speaker), name)

        correction = await looked_at(interaction, proposed)
        await client.desk.ledger.propose(place_of(interaction).owner, correction)
        await sender.answer(interaction, Letter(PROPOSED))


class SettleMenu(LastingMenu, template=r"onrecord:settle:(?P<settling>accept|reject)"):
    """Settles the corrections that are chosen."""

    def __init__(self, options: list[discord.SelectOption], settling: Settling) -> None:
        self.settling: Settling = settling
        super().__init__(self.several(f"onrecord:settle:{settling}", PLACEHOLDERS[settling], options))

    async def act(self, interaction: discord.Interaction, client: Bot) -> None:
        """Settles them, and lists what is left."""
        await sender.acknowledge_change(interaction)
        (place, rules), chosen = await rules_for_manager(interaction), set(self.item.values)
        for one in rules.corrections:
            if _short(one) in chosen:
                value = kept(replace(one, state="settled")) if self.settling == "accept" else None
                await client.desk.ledger.change(place.owner, one.key, value)
        await sender.answer(interaction, *await corrections_view(interaction))


async def take_verdict(interaction: discord.Interaction, page: Page, verdict: str) -> None:
    """Keeps a verdict on a page; where a wrong speaker could be one of several, asks which."""
    if verdict == "wrong-speaker" and len(page.utterances) > 1:
        options = await looked_at(interaction, lambda shelf: [option_of(said, shelf) for said in page.utterances])
        await sender.answer(interaction, Letter(WHICH), lasting(WhichSpeaker(options)))
        return
    addresses = [address_of(said) for said in page.utterances] or [
        (hit.passage.story, hit.passage.version, hit.passage.span.start, hit.passage.span.end) for hit in page.passages
    ]
    if not addresses:
        await sender.answer(interaction, Letter(NOTHING_TO_JUDGE))
        return
    await _keep(interaction, addresses, verdict)


class WhichSpeaker(LastingMenu, template=r"onrecord:wrong-speaker"):
    """Chooses which words of a page are given to the wrong speaker."""

    def __init__(self, options: list[discord.SelectOption]) -> None:
        super().__init__(discord.ui.Select(custom_id="onrecord:wrong-speaker", placeholder=CHOOSE, options=options))

    async def act(self, interaction: discord.Interaction, client: Bot) -> None:
        """Keeps the verdict on the words chosen."""
        await sender.acknowledge_change(interaction)
        chosen = self.item.values[0]
        address = await looked_at(interaction, lambda shelf: address_in(chosen, shelf))
        await _keep(interaction, [address], "wrong-speaker")


async def _keep(interaction: discord.Interaction, addresses: Sequence[Address], verdict: str) -> None:
    now, user = datetime.now(UTC), str(interaction.user.id)
    given = [Feedback(*address, verdict, user, now) for address in addresses]
    await client_of(interaction).desk.ledger.keep_feedback(place_of(interaction).owner, given)
    if verdict != "wrong-speaker":
        await sender.answer(interaction, Letter(THANKS))
        return
    address = addresses[0]
    names = await looked_at(interaction, lambda shelf: _others(address, shelf))
    await sender.answer(interaction, Letter(f"{THANKS}\n{WHO_IS_RIGHT}"), right_speaker_view(address, names))


def _others(address: Address, shelf: Shelf) -> list[str]:
    """Who else may have said what stands at an address: those who speak in the story, and then elsewhere."""
    said = said_at(address, shelf)
    everybody = (*shelf.speakers(address[0]), *shelf.speakers()) if said else ()
    names = [on_one_line(who.name) for who in everybody if who.named and who.id != said[0].speaker]
    return [one for one in dict.fromkeys(names) if 0 < len(one) <= OPTION_MAX]
