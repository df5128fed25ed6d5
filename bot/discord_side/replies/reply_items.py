"""The buttons and menus under a reply, and what they do: it is turned, shown whole or in context, shared, judged.

All that one needs stands in its custom id and its message, so that it outlives the process that sent it. Which library
is asked is never kept there: that is where the one who acts stands.
"""

import re
from dataclasses import dataclass, replace
from typing import Any, Literal, Self, cast, get_args

import discord

from bot.discord_side.base import Bot, LastingButton, LastingMenu, lasting
from bot.discord_side.libraries.ledger import Turn
from bot.discord_side.libraries.place import place_of
from bot.discord_side.limits import ALL_PAGES_MAX
from bot.discord_side.messages.conversation import asked_under
from bot.discord_side.messages.questions import Asked, Source, speaker_question
from bot.discord_side.replies import sender
from bot.discord_side.replies.card_items import show_card
from bot.discord_side.replies.correction_items import VERDICTS, take_verdict
from bot.discord_side.replies.story_items import AddButton
from bot.discord_side.replies.watch_items import set_watch
from bot.errors import NotYourStories, QuestionGone
from bot.rendering.discord_letter import WATCH, Action, Button, Leads, Letter, Menu, Pages, letter

ALL_IN_A_FILE = "All {count} pages are in the file."
_SOURCES = "|".join(get_args(Source))
_ORIGIN = r":(?P<at>\d{1,4}):(?P<story>[0-9a-f]{0,8}):(?P<asker>\d{1,20})"


@dataclass(frozen=True, slots=True)
class Origin:
    """What a reply came from, as far as its buttons have to know: who asked, how, and of which story (a key)."""

    asker: int
    source: Source = "ask"
    story: str = ""

    def custom_id(self, does: str, at: int) -> str:
        """The custom id of what does something with the reply, or with its page or choice `at`."""
        return f"onrecord:{self.source}:{does}:{at}:{self.story}:{self.asker}"


def _origin_in(match: re.Match[str]) -> Origin:
    return Origin(int(match["asker"]), cast("Source", match["source"]), match["story"])


class ReplyButton(
    LastingButton,
    template=rf"onrecord:(?P<source>{_SOURCES}):(?P<action>page|all|context|ask|share|up|down|wrong|card|watch){_ORIGIN}",
):
    """Turns a reply's page, or asks what stands on it; of older replies, what the menu does now."""

    def __init__(self, button: Button, origin: Origin) -> None:
        self.button = button
        self.origin = origin
        custom_id = origin.custom_id(button.action, button.at)
        super().__init__(discord.ui.Button(label=button.label, custom_id=custom_id, row=0))

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str]
    ) -> Self:
        """The button that was pressed, read back from its custom id."""
        label = getattr(item, "label", None) or ""
        return cls(Button(label, cast("Action", match["action"]), int(match["at"])), _origin_in(match))

    async def act(self, interaction: discord.Interaction, client: Bot) -> None:
        """Does what the button says."""
        await _Acting(interaction, client, self.origin, self.button.at).act(self.button.action, self.button.label)


class ReplyMenu(LastingMenu, template=rf"onrecord:(?P<source>{_SOURCES}):menu-(?P<leads>more|speaker|story){_ORIGIN}"):
    """Does what is chosen with a reply, or shows what is chosen from its list."""

    def __init__(self, menu: Menu, origin: Origin) -> None:
        self.menu = menu
        self.origin = origin
        options = [
            discord.SelectOption(label=one.label, value=one.value, description=one.below) for one in menu.options
        ]
        custom_id = origin.custom_id(f"menu-{menu.leads}", menu.at)
        super().__init__(discord.ui.Select(custom_id=custom_id, placeholder=menu.shown, options=options))

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str]
    ) -> Self:
        """The menu that was used, read back from its custom id; what was chosen comes with it."""
        return cls(Menu(cast("Leads", match["leads"]), int(match["at"]), "", ()), _origin_in(match))

    async def act(self, interaction: discord.Interaction, client: Bot) -> None:
        """Does what was chosen."""
        acting, chosen = _Acting(interaction, client, self.origin, self.menu.at), self.item.values[0]
        if self.menu.leads == "more":
            await acting.act(cast("Action", chosen))
        else:
            await acting.lead(self.menu.leads, chosen)


def view_of(letter: Letter, origin: Origin) -> discord.ui.View | None:
    """A letter's buttons and menus, without an end; None where there are none."""
    if not letter.buttons and not letter.menus:
        return None
    buttons = (AddButton(one.label, 0) if one.action == "add" else ReplyButton(one, origin) for one in letter.buttons)
    return lasting(*buttons, *(ReplyMenu(menu, origin) for menu in letter.menus))


def all_pages(pages: Pages) -> list[Letter]:
    """The pages as messages without buttons, as many as are sent at once."""
    count = min(len(pages.pages), ALL_PAGES_MAX)
    return [letter(pages, at, with_buttons=False) for at in range(count)]


@dataclass(frozen=True, slots=True)
class _Acting:
    """Somebody acts on one page of a reply."""

    interaction: discord.Interaction
    client: Bot
    origin: Origin
    at: int

    async def act(self, action: Action, label: str = "") -> None:
        """Does an action; `label` is that of a button, which has the question to ask or whom to watch.

        Raises TooSoon where the one who acts has to wait: for what asks, as for a question.
        """
        await self._take_turn("question" if action == "ask" else "button")
        match action:
            case "page":
                await self._turn()
            case "all":
                await self._show_all()
            case "context":
                await self._show_context()
            case "share":
                await self._share()
            case "card":
                await self._make_card()
            case "ask":
                story = self.origin.story if self.origin.source == "ask" else ""
                await self._show(Asked(label, self._actor, story=story, shown=True))
            case "watch":
                await set_watch(self.interaction, label.removeprefix(WATCH), "", None, "at once")
            case _:
                await self._judge(action)

    async def lead(self, to: Literal["speaker", "story"], value: str) -> None:
        """Shows what somebody said, or one story, as it was chosen from a list. Raises TooSoon."""
        await self._take_turn("question")
        if to == "speaker":
            await self._show(Asked(speaker_question(value), self._actor, source="speaker", shown=True))
        else:
            story = Asked("One story, as it is kept", self._actor, source="story", story=value, shown=True)
            await self._show(story)

    @property
    def _actor(self) -> int:
        return self.interaction.user.id

    @property
    def _is_private(self) -> bool:
        message = self.interaction.message
        return message is not None and message.flags.ephemeral

    async def _take_turn(self, what: Turn) -> None:
        await self.client.desk.ledger.wait_for_turn(place_of(self.interaction), self._actor, what)

    async def _turn(self) -> None:
        """The asker's reply turns in place; anybody else gets all of it privately."""
        if self._actor != self.origin.asker:
            await self._show_all()
            return
        await sender.acknowledge_change(self.interaction)
        pages = await self.client.desk.pages(await self._asked())
        turned = letter(pages, self.at, private=self._is_private)
        await sender.answer(self.interaction, turned, view_of(turned, self.origin))

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
        await sender.answer(self.interaction, first, view_of(first, Origin(there.asker, there.source, there.story)))

    async def _share(self) -> None:
        """Shows everybody the page of a private reply, as the one who shares it; where that fails, only they see it."""
        await sender.acknowledge_change(self.interaction)
        pages = await self.client.desk.pages(await self._asked())
        shared = letter(pages, self.at)
        await sender.add(self.interaction, shared, view_of(shared, self.origin), private=False)

    async def _make_card(self) -> None:
        """The picture is for all to see where the reply is; what else there is to say, for the one who acts."""
        await sender.acknowledge_change(self.interaction)
        page = await self.client.desk.page(await self._asked(), self.at)
        await show_card(self.interaction, page, private=self._is_private)

    async def _judge(self, action: Action) -> None:
        await sender.acknowledge(self.interaction, private=True)
        page = await self.client.desk.page(await self._asked(), self.at)
        await take_verdict(self.interaction, page, VERDICTS[action])

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
