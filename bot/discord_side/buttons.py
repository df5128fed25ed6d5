"""The buttons under a reply. All that one needs stands in its custom id and its message, so it outlives the process."""

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self, cast, get_args

import discord

from bot.discord_side import sender
from bot.discord_side.conversation import asked_under
from bot.discord_side.limits import ALL_PAGES_MAX
from bot.discord_side.questions import Asked, Source
from bot.errors import QuestionGone
from bot.rendering.discord_layout import Pages
from bot.rendering.discord_letter import Action, Button, Letter, letter

if TYPE_CHECKING:
    from bot.discord_side.client import OnRecord


@dataclass(frozen=True, slots=True)
class Origin:
    """What a reply came from, as far as its buttons have to know: who asked, how, and of which story (a key)."""

    asker: int
    source: Source = "ask"
    story: str = ""


class ReplyButton(
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=r"onrecord:(?P<source>ask|speakers?|whosaid|check|stories):(?P<action>page|context|ask|share):(?P<at>\d{1,4})"
    r":(?P<story>[0-9a-f]{0,8}):(?P<asker>\d{1,20})",
):
    """Turns a reply's page, shows its words in their story, or asks what stands on it."""

    def __init__(self, button: Button, origin: Origin) -> None:
        self.button = button
        self.origin = origin
        super().__init__(
            discord.ui.Button(
                label=button.label,
                style=discord.ButtonStyle.secondary,
                disabled=not button.enabled,
                custom_id=f"onrecord:{origin.source}:{button.action}:{button.at}:{origin.story}:{origin.asker}",
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
                await client.guarded(interaction, self._turn(interaction, client))
            case "context":
                await client.guarded(interaction, self._show_context(interaction, client))
            case "ask":
                await client.guarded(interaction, self._ask(interaction, client))
            case "share":
                await client.guarded(interaction, self._share(interaction, client))

    async def _turn(self, interaction: discord.Interaction, client: "OnRecord") -> None:
        """The asker's reply turns in place; anybody else gets all of it privately."""
        own = interaction.user.id == self.origin.asker
        if own:
            await sender.acknowledge_change(interaction)
        else:
            await sender.acknowledge(interaction, private=True)
        pages = await client.desk.pages(await self._asked(interaction, client))
        if own:
            turned = letter(pages, self.button.at, private=_is_private(interaction))
            await sender.answer(interaction, turned, view_of(turned.buttons, self.origin))
        else:
            await sender.answer_all(interaction, all_pages(pages))

    async def _show_context(self, interaction: discord.Interaction, client: "OnRecord") -> None:
        await sender.acknowledge(interaction, private=True)
        pages = await client.desk.context(await self._asked(interaction, client), self.button.at)
        await sender.answer_all(interaction, all_pages(pages))

    async def _ask(self, interaction: discord.Interaction, client: "OnRecord") -> None:
        await sender.acknowledge(interaction, private=True)
        story = self.origin.story if self.origin.source == "ask" else ""
        asked = Asked(self.button.label, interaction.user.id, story=story, shown=True)
        first = letter(await client.desk.pages(asked), private=True)
        await sender.answer(interaction, first, view_of(first.buttons, Origin(asked.asker, story=story)))

    async def _share(self, interaction: discord.Interaction, client: "OnRecord") -> None:
        """Shows everybody the page of a private reply, as the one who shares it."""
        await sender.acknowledge(interaction, private=False)
        pages = await client.desk.pages(await self._asked(interaction, client))
        shared = letter(pages, self.button.at)
        await sender.answer(interaction, shared, view_of(shared.buttons, self.origin))

    async def _asked(self, interaction: discord.Interaction, client: "OnRecord") -> Asked:
        if interaction.message is None or client.user is None:
            raise QuestionGone
        asked = await asked_under(interaction.message, client.user, client.limits)
        return replace(asked, asker=interaction.user.id, source=self.origin.source, story=self.origin.story)


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
