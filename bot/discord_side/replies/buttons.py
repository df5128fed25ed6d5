"""The buttons under a reply. All that one needs stands in its custom id and its message, so it outlives the process.

Which library is asked is never among it: that is where the one who presses stands.
"""

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self, cast, get_args

import discord

from bot.discord_side.limits import ALL_PAGES_MAX
from bot.discord_side.messages.conversation import asked_under
from bot.discord_side.messages.questions import Asked, Source
from bot.discord_side.places.place import place_of
from bot.discord_side.replies import sender, verdicts
from bot.errors import NotYourStories, QuestionGone
from bot.rendering.discord_layout import Pages
from bot.rendering.discord_letter import Action, Button, Letter, letter

if TYPE_CHECKING:
    from bot.discord_side.client import OnRecord

ALL_IN_A_FILE = "All {count} pages are in the file."


@dataclass(frozen=True, slots=True)
class Origin:
    """What a reply came from, as far as its buttons have to know: who asked, how, and of which story (a key)."""

    asker: int
    source: Source = "ask"
    story: str = ""


class ReplyButton(
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=r"onrecord:(?P<source>ask|speakers?|whosaid|check|stories|story):"
    r"(?P<action>page|all|context|ask|share|up|down|wrong):(?P<at>\d{1,4})"
    r":(?P<story>[0-9a-f]{0,8}):(?P<asker>\d{1,20})",
):
    """Turns a reply's page, shows its words in their story, judges it, or asks what stands on it."""

    def __init__(self, button: Button, origin: Origin) -> None:
        self.button = button
        self.origin = origin
        super().__init__(
            discord.ui.Button(
                label=button.label,
                style=discord.ButtonStyle.secondary,
                disabled=not button.enabled,
                custom_id=f"onrecord:{origin.source}:{button.action}:{button.at}:{origin.story}:{origin.asker}",
                row=button.row,
            )
        )

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: discord.ui.Item[discord.ui.View], match: re.Match[str]
    ) -> Self:
        """The button that was pressed, read back from its custom id."""
        label = getattr(item, "label", None) or ""
        source = cast("Source", match["source"]) if match["source"] in get_args(Source) else "ask"
        button = Button(label, cast("Action", match["action"]), int(match["at"]))
        return cls(button, Origin(int(match["asker"]), source, match["story"]))

    async def callback(self, interaction: discord.Interaction) -> None:
        """Does what the button says; whatever goes wrong is said to the one who pressed it."""
        client = cast("OnRecord", interaction.client)
        match self.button.action:
            case "page":
                work = self._turn(interaction, client)
            case "all":
                work = self._show_all(interaction, client)
            case "context":
                work = self._show_context(interaction, client)
            case "ask":
                work = self._ask(interaction, client)
            case "share":
                work = self._share(interaction, client)
            case verdict:
                work = self._judge(interaction, client, verdict)
        await client.guarded(interaction, work)

    async def _turn(self, interaction: discord.Interaction, client: "OnRecord") -> None:
        """The asker's reply turns in place; anybody else gets all of it privately."""
        if interaction.user.id != self.origin.asker:
            await self._show_all(interaction, client)
            return
        await sender.acknowledge_change(interaction)
        pages = await client.desk.pages(await self._asked(interaction, client))
        turned = letter(pages, self.button.at, private=_is_private(interaction))
        await sender.answer(interaction, turned, view_of(turned.buttons, self.origin))

    async def _show_all(self, interaction: discord.Interaction, client: "OnRecord") -> None:
        await sender.acknowledge(interaction, private=True)
        pages = await client.desk.pages(await self._asked(interaction, client))
        if len(pages.pages) <= ALL_PAGES_MAX:
            await sender.answer_all(interaction, all_pages(pages))
            return
        said = Letter(ALL_IN_A_FILE.format(count=len(pages.pages)))
        whole = "\n\n".join(page.body for page in pages.pages)
        await sender.answer_with_file(interaction, said, "answer.md", whole)

    async def _show_context(self, interaction: discord.Interaction, client: "OnRecord") -> None:
        await sender.acknowledge(interaction, private=True)
        pages = await client.desk.context(await self._asked(interaction, client), self.button.at)
        await sender.answer_all(interaction, all_pages(pages))

    async def _ask(self, interaction: discord.Interaction, client: "OnRecord") -> None:
        await sender.acknowledge(interaction, private=True)
        story = self.origin.story if self.origin.source == "ask" else ""
        asker = interaction.user.id
        asked = Asked(self.button.label, asker, story=story, shown=True, place=place_of(interaction), again=True)
        first = letter(await client.desk.pages(asked), private=True)
        await sender.answer(interaction, first, view_of(first.buttons, Origin(asked.asker, story=story)))

    async def _share(self, interaction: discord.Interaction, client: "OnRecord") -> None:
        """Shows everybody the page of a private reply, as the one who shares it; where that fails, only they see it."""
        await sender.acknowledge_change(interaction)
        pages = await client.desk.pages(await self._asked(interaction, client))
        shared = letter(pages, self.button.at)
        await sender.add(interaction, shared, view_of(shared.buttons, self.origin), private=False)

    async def _judge(self, interaction: discord.Interaction, client: "OnRecord", action: Action) -> None:
        await sender.acknowledge(interaction, private=True)
        page = await client.desk.page(await self._asked(interaction, client), self.button.at)
        await verdicts.take(interaction, client.desk, page, verdicts.VERDICTS[action])

    async def _asked(self, interaction: discord.Interaction, client: "OnRecord") -> Asked:
        """The question under which the button stands. Raises QuestionGone, NotYourStories."""
        if interaction.message is None or client.user is None:
            raise QuestionGone
        place = place_of(interaction)
        if not place.is_server and interaction.user.id != self.origin.asker:
            raise NotYourStories
        asked = await asked_under(interaction.message, client.user, client.limits)
        asker, origin = interaction.user.id, self.origin
        return replace(asked, asker=asker, source=origin.source, story=origin.story, place=place, again=True)


def _is_private(interaction: discord.Interaction) -> bool:
    return interaction.message is not None and interaction.message.flags.ephemeral


def view_of(buttons: tuple[Button, ...], origin: Origin) -> discord.ui.View | None:
    """The buttons as Discord takes them, without an end; None where there are none."""
    if not buttons:
        return None
    view = discord.ui.View(timeout=None)
    for button in buttons:
        view.add_item(ReplyButton(button, origin))
    return view


def all_pages(pages: Pages) -> list[Letter]:
    """The pages as messages without buttons, as many as are sent at once."""
    count = min(len(pages.pages), ALL_PAGES_MAX)
    return [letter(pages, at, with_buttons=False) for at in range(count)]
