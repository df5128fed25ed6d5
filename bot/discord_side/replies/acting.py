"""What can be done with a reply, be it by a button or from its menu: turned, shown whole or in context, shared, judged.

Which library is asked is never kept on it: that is where the one who acts stands.
"""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from typing import Any, Literal

import discord

from bot.discord_side.base import Bot
from bot.discord_side.limits import ALL_PAGES_MAX
from bot.discord_side.messages.conversation import asked_under
from bot.discord_side.messages.questions import Asked, Source, speaker_question
from bot.discord_side.places.ledger import Turn
from bot.discord_side.places.place import place_of
from bot.discord_side.replies import sender
from bot.discord_side.replies.card_items import show_card
from bot.discord_side.replies.correction_items import VERDICTS, take_verdict
from bot.discord_side.replies.watch_items import watch_for
from bot.errors import NotYourStories, QuestionGone
from bot.rendering.discord_letter import WATCH, Action, Letter, Pages, letter

ALL_IN_A_FILE = "All {count} pages are in the file."


@dataclass(frozen=True, slots=True)
class Origin:
    """What a reply came from, as far as its buttons have to know: who asked, how, and of which story (a key)."""

    asker: int
    source: Source = "ask"
    story: str = ""


@dataclass(frozen=True, slots=True)
class Acting:
    """Somebody acts on one page of a reply; `view_of` makes what stands under one."""

    interaction: discord.Interaction
    client: Bot
    origin: Origin
    at: int
    view_of: Callable[[Letter, Origin], discord.ui.View | None]

    def work(self, action: Action, label: str = "") -> Coroutine[Any, Any, None]:
        """What an action does; `label` is that of a button, which has the question to ask or whom to watch."""
        match action:
            case "page":
                return self._turn()
            case "all":
                return self._show_all()
            case "context":
                return self._show_context()
            case "share":
                return self._share()
            case "card":
                return self._make_card()
            case "ask":
                story = self.origin.story if self.origin.source == "ask" else ""
                return self._show(Asked(label, self._actor, story=story, shown=True))
            case "watch":
                return watch_for(self.interaction, label.removeprefix(WATCH))
        return self._judge(action)

    async def in_turn(self, work: Coroutine[Any, Any, None], *, asks: bool) -> None:
        """Does the work, unless the one who acts has to wait: for what asks, as for a question. Raises TooSoon."""
        try:
            what: Turn = "question" if asks else "button"
            await self.client.desk.ledger.wait_for_turn(place_of(self.interaction), self._actor, what)
            await work
        finally:
            work.close()

    def lead(self, to: Literal["speaker", "story"], value: str) -> Coroutine[Any, Any, None]:
        """What somebody said, or one story, as it was chosen from a list."""
        if to == "speaker":
            return self._show(Asked(speaker_question(value), self._actor, source="speaker", shown=True))
        return self._show(Asked("One story, as it is kept", self._actor, source="story", story=value, shown=True))

    @property
    def _actor(self) -> int:
        return self.interaction.user.id

    async def _turn(self) -> None:
        """The asker's reply turns in place; anybody else gets all of it privately."""
        if self._actor != self.origin.asker:
            await self._show_all()
            return
        await sender.acknowledge_change(self.interaction)
        pages = await self.client.desk.pages(await self._asked())
        turned = letter(pages, self.at, private=_is_private(self.interaction))
        await sender.answer(self.interaction, turned, self.view_of(turned, self.origin))

    async def _show_all(self) -> None:
        await sender.acknowledge(self.interaction, private=True)
        pages = await self.client.desk.pages(await self._asked())
        if len(pages.pages) <= ALL_PAGES_MAX:
            await sender.answer_all(self.interaction, all_pages(pages))
            return
        said = Letter(ALL_IN_A_FILE.format(count=len(pages.pages)))
        whole = "\n\n".join(page.body for page in pages.pages)
        await sender.answer_with_file(self.interaction, said, "answer.md", whole)

    async def _show_context(self) -> None:
        await sender.acknowledge(self.interaction, private=True)
        pages = await self.client.desk.context(await self._asked(), self.at)
        await sender.answer_all(self.interaction, all_pages(pages))

    async def _show(self, asked: Asked) -> None:
        await sender.acknowledge(self.interaction, private=True)
        there = replace(asked, place=place_of(self.interaction), again=True)
        first = letter(await self.client.desk.pages(there), private=True)
        origin = Origin(there.asker, there.source, there.story)
        await sender.answer(self.interaction, first, self.view_of(first, origin))

    async def _share(self) -> None:
        """Shows everybody the page of a private reply, as the one who shares it; where that fails, only they see it."""
        await sender.acknowledge_change(self.interaction)
        pages = await self.client.desk.pages(await self._asked())
        shared = letter(pages, self.at)
        await sender.add(self.interaction, shared, self.view_of(shared, self.origin), private=False)

    async def _make_card(self) -> None:
        """The picture is for all to see where the reply is; what else there is to say, for the one who acts."""
        await sender.acknowledge_change(self.interaction)
        page = await self.client.desk.page(await self._asked(), self.at)
        await show_card(self.interaction, self.client, page, private=_is_private(self.interaction))

    async def _judge(self, action: Action) -> None:
        await sender.acknowledge(self.interaction, private=True)
        page = await self.client.desk.page(await self._asked(), self.at)
        await take_verdict(self.interaction, self.client.desk, page, VERDICTS[action])

    async def _asked(self) -> Asked:
        """The question under which the button stands. Raises QuestionGone, NotYourStories."""
        message = self.interaction.message
        if message is None or self.client.user is None:
            raise QuestionGone
        place = place_of(self.interaction)
        if not place.is_server and self._actor != self.origin.asker:
            raise NotYourStories
        asked = await asked_under(message, self.client.user, self.client.limits)
        origin = self.origin
        return replace(asked, asker=self._actor, source=origin.source, story=origin.story, place=place, again=True)


def _is_private(interaction: discord.Interaction) -> bool:
    return interaction.message is not None and interaction.message.flags.ephemeral


def all_pages(pages: Pages) -> list[Letter]:
    """The pages as messages without buttons, as many as are sent at once."""
    count = min(len(pages.pages), ALL_PAGES_MAX)
    return [letter(pages, at, with_buttons=False) for at in range(count)]
