"""The buttons with which stories are added and removed, and the menu of those that a channel keeps to."""

from collections.abc import Mapping

import discord

from bot.discord_side.base import Bot, LastingButton, LastingMenu, client_of, lasting
from bot.discord_side.limits import CHOICES_MAX, OPTION_MAX
from bot.discord_side.messages.questions import Asked
from bot.discord_side.places.place import Place, place_of, require_adder
from bot.discord_side.replies import sender
from bot.discord_side.replies.forms import paste_form
from bot.errors import StoryGone
from bot.rendering.discord_escaping import escaped, fitted
from bot.rendering.discord_letter import Letter, fitted_lines
from bot.rendering.wording import counted
from bot.shelf import Shelf, story_key, story_of_key
from index.story import SHARED, Story

TITLE_SHOWN = 120
NO_STORIES = "There are no stories yet: add one with `/story add`."
ADD, ADD_FIRST, AGAIN = "Add a story", "Add your first story", "Fill it in again"


def title_of(story: Story) -> str:
    """What a story is called, as bold markdown."""
    return f"**{escaped(fitted(story.title or story.text[: 4 * TITLE_SHOWN], TITLE_SHOWN))}**"


def removal_view(key: str) -> discord.ui.View:
    """The button that removes a story."""
    return lasting(RemoveButton(key))


class RemoveButton(
    LastingButton,
    template=r"onrecord:remove:(?P<key>[0-9a-f]{8})",
):
    """Removes a story of the place where it is pressed."""

    def __init__(self, key: str) -> None:
        self.key = key
        red = discord.ButtonStyle.danger
        super().__init__(discord.ui.Button(label="Remove it", style=red, custom_id=f"onrecord:remove:{key}"))

    async def act(self, interaction: discord.Interaction, client: Bot) -> None:
        """Removes the story."""
        await sender.acknowledge_change(interaction)
        place, desk = place_of(interaction), client.desk
        require_adder(interaction, place, await desk.ledger.rules(place.owner))
        asked = Asked("which story?", interaction.user.id, place=place, story=self.key)
        found = await desk.look(asked, lambda shelf: story_of_key(self.key, shelf))
        if found.id.startswith(SHARED):
            raise StoryGone
        await desk.intake.remove(place.owner, found.id)
        await sender.answer(interaction, Letter(f"{title_of(found)} is removed."))


async def here_view(interaction: discord.Interaction, place: Place) -> tuple[Letter, discord.ui.View | None]:
    """What a channel keeps to, and the menu that changes it."""
    desk = client_of(interaction).desk
    chosen = (await desk.ledger.rules(place.owner)).default_stories(place.channels)
    asked = Asked("which stories?", interaction.user.id, place=Place(place.owner))
    stories, options = await desk.look(asked, lambda shelf: (shelf.stories, options_of(shelf, chosen)))
    if not options:
        return Letter(NO_STORIES), None
    names = [f"> {title_of(story)}" for story in stories if story.id in chosen]
    only = f"only {counted(len(names), 'story', 'stories')}:" if names else f"all {len(stories)} stories."
    letter = Letter(fitted_lines(f"Questions in this channel are answered from {only}", names))
    return letter, lasting(HereMenu(options))


class HereMenu(
    LastingMenu,
    template=r"onrecord:here",
):
    """Chooses the default stories of the channel in which it is used."""

    def __init__(self, options: list[discord.SelectOption]) -> None:
        menu: discord.ui.Select[discord.ui.View] = discord.ui.Select(
            custom_id="onrecord:here",
            placeholder="All stories; choose some to keep to them",
            min_values=0,
            max_values=len(options),
            options=options,
        )
        super().__init__(menu)

    async def act(self, interaction: discord.Interaction, client: Bot) -> None:
        """Keeps the channel to the stories chosen, or to all where none is."""
        await sender.acknowledge_change(interaction)
        place, desk = place_of(interaction), client.desk
        require_adder(interaction, place, await desk.ledger.rules(place.owner))
        asked = Asked("which stories?", interaction.user.id, place=Place(place.owner))
        wanted = set(self.item.values)
        stories = await desk.look(asked, lambda shelf: shelf.stories)
        ids = [story.id for story in stories if story_key(story.id) in wanted]
        await desk.ledger.set_default_stories(place.owner, place.channels[0], ids)
        await sender.answer(interaction, *await here_view(interaction, place))


def options_of(shelf: Shelf, chosen: tuple[str, ...]) -> list[discord.SelectOption]:
    """The stories chosen and then the newest, as many as a menu holds."""
    newest = list(reversed(shelf.stories))
    first = sorted(newest, key=lambda story: story.id not in chosen)[:CHOICES_MAX]
    return [
        discord.SelectOption(
            label=fitted(story.title or story.text[: 4 * OPTION_MAX], OPTION_MAX) or "…",
            value=story_key(story.id),
            description=fitted(story.source, OPTION_MAX) if story.source else None,
            default=story.id in chosen,
        )
        for story in first
    ]


def adding_view(label: str) -> discord.ui.View:
    """The button, with these words on it."""
    return lasting(AddButton(label))


async def open_form(interaction: discord.Interaction, filled: Mapping[str, str] | None = None) -> None:
    """Opens the form, for whoever may add a story here. Raises NotAllowed before anything is filled in."""
    place = place_of(interaction)
    rules = await client_of(interaction).desk.ledger.rules_soon(place.owner)
    if rules is not None:  # where they are not known in time, whoever hands the form in is asked again
        require_adder(interaction, place, rules)
    await sender.ask_for(interaction, paste_form(filled))


class AddButton(
    LastingButton,
    template=r"onrecord:add",
):
    """Opens the form for a story."""

    def __init__(self, label: str = ADD, row: int | None = None) -> None:
        blue = discord.ButtonStyle.primary
        super().__init__(discord.ui.Button(label=label, style=blue, custom_id="onrecord:add", row=row))

    async def act(self, interaction: discord.Interaction, client: Bot) -> None:
        """Opens the form, or says who may add stories."""
        await open_form(interaction, client.drafts.take(interaction.user.id))
