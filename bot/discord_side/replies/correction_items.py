"""What people hold of an answer: 👍, 👎 and “wrong speaker”, kept with the address of the words and nothing else;
who is right, proposed from a menu; and the menus with which those who run a server settle it.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Literal, cast

import discord

from bot.discord_side.base import Bot, LastingMenu, client_of, lasting
from bot.discord_side.libraries.desk import Desk
from bot.discord_side.limits import CHOICES_MAX, OPTION_MAX
from bot.discord_side.messages.questions import Asked
from bot.discord_side.places.place import Place, place_of, require_manager
from bot.discord_side.replies import sender
from bot.discord_side.replies.card_items import CHOOSE, Address, address_in, address_of, option_of, said_at, value_of
from bot.errors import StoryGone
from bot.rendering.discord_escaping import escaped, fitted, on_one_line
from bot.rendering.discord_letter import Action, Letter, Page, fitted_lines
from bot.rendering.utterances import Correction, kept
from bot.rendering.wording import counted, speaker_words
from bot.shelf import Shelf
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
    view = discord.ui.View(timeout=None)
    options = [discord.SelectOption(label=one, value=one) for one in dict.fromkeys(names)][:CHOICES_MAX]
    if options:
        view.add_item(RightSpeaker(options, value_of(address)))
    return view


def others_in(story: str, but: str | None, shelf: Shelf) -> list[str]:
    """The names of those who speak in a story and then elsewhere, but for one."""
    near, far = shelf.speakers(story), shelf.speakers()
    names = [on_one_line(who.name) for who in (*near, *far) if who.named and who.id != but]
    return [one for one in dict.fromkeys(names) if 0 < len(one) <= OPTION_MAX]


def corrections_view(corrections: Sequence[Correction], words: Sequence[str]) -> tuple[Letter, discord.ui.View | None]:
    """What was proposed and settled, a line each, with the menus that settle it."""
    if not corrections:
        return Letter(NONE_OPEN), None
    view = discord.ui.View(timeout=None)
    shown = list(zip(corrections, words, strict=True))[:CHOICES_MAX]
    opened = [(one, said) for one, said in shown if one.state == "open"]
    for settling, these in (("accept", opened), ("reject", shown)):
        if these:
            view.add_item(SettleMenu([_option(one, said) for one, said in these], cast("Settling", settling)))
    lines = [f"> {escaped(said)}\n-# {_change(one)}" for one, said in shown]
    first = f"**{counted(len(opened), 'correction')} to settle**"
    return Letter(fitted_lines(first, lines, besides=len(corrections) - len(shown))), view


async def show_corrections(interaction: discord.Interaction) -> None:
    """Lists what there is to settle, in the room made for it."""
    desk, place = client_of(interaction).desk, place_of(interaction)
    corrections = (await desk.ledger.rules(place.owner)).corrections
    asked = Asked(WHO, interaction.user.id, place=Place(place.owner))  # whatever this channel is kept to
    words = await desk.look(asked, lambda shelf: [_words(one, shelf) for one in corrections])
    await sender.answer(interaction, *corrections_view(corrections, words))


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
    return hashlib.sha256(one.key.encode(errors="surrogatepass")).hexdigest()[:16]


class RightSpeaker(
    LastingMenu,
    template=r"onrecord:right:(?P<words>[0-9a-f]{8}:\d{1,6}:\d{1,9}:\d{1,9})",
):
    """Proposes who said some words."""

    def __init__(self, options: list[discord.SelectOption], words: str) -> None:
        self.words = words
        menu: discord.ui.Select[discord.ui.View] = discord.ui.Select(
            custom_id=f"onrecord:right:{words}", placeholder=WHO, options=options
        )
        super().__init__(menu)

    async def act(self, interaction: discord.Interaction, client: Bot) -> None:
        """Keeps the proposal."""
        await sender.acknowledge_change(interaction)
        place, name = place_of(interaction), self.item.values[0]
        asked = Asked(WHO, interaction.user.id, place=place)

        def proposed(shelf: Shelf) -> Correction:
            address = address_in(self.words, shelf)
            said = said_at(address, shelf)
            if not said:
                raise StoryGone
            speaker = next((one for one in shelf.speakers() if one.id == said[0].speaker), None)
            return Correction(*address, speaker_words(speaker), name)

        correction = await client.desk.look(asked, proposed)
        await client.desk.ledger.propose(place.owner, correction)
        await sender.answer(interaction, Letter(PROPOSED))


class SettleMenu(
    LastingMenu,
    template=r"onrecord:settle:(?P<settling>accept|reject)",
):
    """Settles the corrections that are chosen."""

    def __init__(self, options: list[discord.SelectOption], settling: Settling) -> None:
        self.settling: Settling = settling
        menu: discord.ui.Select[discord.ui.View] = discord.ui.Select(
            custom_id=f"onrecord:settle:{settling}",
            placeholder=PLACEHOLDERS[settling],
            max_values=max(1, len(options)),
            options=options,
        )
        super().__init__(menu)

    async def act(self, interaction: discord.Interaction, client: Bot) -> None:
        """Settles them, and lists what is left."""
        await sender.acknowledge_change(interaction)
        place, chosen = place_of(interaction), set(self.item.values)
        require_manager(interaction, place)
        for one in (await client.desk.ledger.rules(place.owner)).corrections:
            if _short(one) in chosen:
                value = kept(replace(one, state="settled")) if self.settling == "accept" else None
                await client.desk.ledger.change(place.owner, one.key, value)
        await show_corrections(interaction)


async def take_verdict(interaction: discord.Interaction, desk: Desk, page: Page, verdict: str) -> None:
    """Keeps a verdict on a page; where a wrong speaker could be one of several, asks which."""
    if verdict == "wrong-speaker" and len(page.utterances) > 1:
        asked = Asked(WHICH, interaction.user.id, place=place_of(interaction))
        options = await desk.look(asked, lambda shelf: [option_of(said, shelf) for said in page.utterances])
        await sender.answer(interaction, Letter(WHICH), lasting(WhichSpeaker(options)))
        return
    addresses = [address_of(said) for said in page.utterances] or [
        (hit.passage.story, hit.passage.version, hit.passage.span.start, hit.passage.span.end) for hit in page.passages
    ]
    if not addresses:
        await sender.answer(interaction, Letter(NOTHING_TO_JUDGE))
        return
    await _keep(interaction, desk, addresses, verdict)


class WhichSpeaker(
    LastingMenu,
    template=r"onrecord:wrong-speaker",
):
    """Chooses which words of a page are given to the wrong speaker."""

    def __init__(self, options: list[discord.SelectOption]) -> None:
        super().__init__(discord.ui.Select(custom_id="onrecord:wrong-speaker", placeholder=CHOOSE, options=options))

    async def act(self, interaction: discord.Interaction, client: Bot) -> None:
        """Keeps the verdict on the words chosen."""
        await sender.acknowledge_change(interaction)
        chosen, asked = self.item.values[0], Asked(WHICH, interaction.user.id, place=place_of(interaction))
        address = await client.desk.look(asked, lambda shelf: address_in(chosen, shelf))
        await _keep(interaction, client.desk, [address], "wrong-speaker")


async def _keep(interaction: discord.Interaction, desk: Desk, addresses: Iterable[Address], verdict: str) -> None:
    now, user = datetime.now(UTC), str(interaction.user.id)
    given = [Feedback(*address, verdict, user, now) for address in addresses]
    place = place_of(interaction)
    await desk.ledger.keep_feedback(place.owner, given)
    if verdict != "wrong-speaker":
        await sender.answer(interaction, Letter(THANKS))
        return
    address = (given[0].story, given[0].version, given[0].start, given[0].end)
    asked = Asked(WHICH, interaction.user.id, place=place)
    names = await desk.look(asked, lambda shelf: _others(address, shelf))
    await sender.answer(interaction, Letter(f"{THANKS}\n{WHO_IS_RIGHT}"), right_speaker_view(address, names))


def _others(address: Address, shelf: Shelf) -> list[str]:
    """Who else may have said what stands at an address."""
    said = said_at(address, shelf)
    return others_in(address[0], said[0].speaker, shelf) if said else []
