"""What every command, button and menu may ask of the bot that it came to, and how buttons and menus outlive a process.

All that one of them needs stands in its custom id and its message: it is made anew from these when it is used.
"""

import asyncio
import re
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Self, TypeVar, cast

import discord

from bot.discord_side.libraries.desk import Desk
from bot.discord_side.libraries.place import Place, Rules, place_of, require_adder, require_manager
from bot.discord_side.limits import Limits
from bot.discord_side.messages.questions import Asked
from bot.discord_side.replies.forms import Drafts
from bot.discord_side.traffic import Traffic
from bot.shelf import Shelf

T = TypeVar("T")
P = ParamSpec("P")
Component = TypeVar("Component", bound=discord.ui.Item[Any])
NOTHING = r"(?!)"
"""The template of what is never sent itself."""


class Bot(discord.Client):
    """A client with a desk at which its libraries are asked."""

    limits: Limits
    desk: Desk
    drafts: Drafts
    traffic: Traffic
    under_way: set[asyncio.Task[object]]
    """The tasks that make replies."""

    def is_connected(self) -> bool:
        """Whether the gateway is there just now."""
        return self.ws is not None and self.ws.open

    async def guarded(self, interaction: discord.Interaction, work: Coroutine[Any, Any, None]) -> None:
        """Does the work of an interaction, once; what goes wrong is said to the one who acted, privately."""
        raise NotImplementedError


def client_of(interaction: discord.Interaction) -> Bot:
    """The bot that an interaction came to."""
    return cast("Bot", interaction.client)


async def guarded(interaction: discord.Interaction, work: Coroutine[Any, Any, None]) -> None:
    """Does the work of an interaction; what goes wrong is said to the one who acted."""
    await client_of(interaction).guarded(interaction, work)


def guarding(
    work: Callable[Concatenate[discord.Interaction, P], Coroutine[Any, Any, None]],
) -> Callable[Concatenate[discord.Interaction, P], Coroutine[Any, Any, None]]:
    """The work of a command, of which what goes wrong is said to the one who used it."""

    @wraps(work)
    async def command(interaction: discord.Interaction, /, *given: P.args, **named: P.kwargs) -> None:
        await guarded(interaction, work(interaction, *given, **named))

    return command


async def looked_at(interaction: discord.Interaction, look: Callable[[Shelf], T], *, whole: bool = False) -> T:
    """What the one who acts wants to see of the stories that they may ask; of the `whole` library, whatever this
    channel is kept to."""
    place = place_of(interaction)
    asked = Asked("which stories?", interaction.user.id, place=Place(place.owner) if whole else place)
    return await client_of(interaction).desk.look(asked, look)


async def rules_for_adder(interaction: discord.Interaction) -> tuple[Place, Rules]:
    """The place and its rules, for whoever may change the stories there. Raises NotAllowed."""
    place = place_of(interaction)
    rules = await client_of(interaction).desk.ledger.rules(place.owner)
    require_adder(interaction, place, rules)
    return place, rules


async def rules_for_manager(interaction: discord.Interaction) -> tuple[Place, Rules]:
    """The place and its rules, for whoever may change the settings there. Raises NotAllowed."""
    place = place_of(interaction)
    require_manager(interaction, place)
    return place, await client_of(interaction).desk.ledger.rules(place.owner)


def lasting(*items: discord.ui.Item[Any]) -> discord.ui.View:
    """A view of some buttons and menus, which never ends."""
    view = discord.ui.View(timeout=None)
    for item in items:
        view.add_item(item)
    return view


class Lasting(discord.ui.DynamicItem[Component], template=NOTHING):
    """A button or menu that is made from the groups of its template, a menu from its options before them."""

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str]
    ) -> Self:
        """The one that was used."""
        options = (item.options,) if isinstance(item, discord.ui.Select) else ()
        return cast("Callable[..., Self]", cls)(*options, **match.groupdict())

    @staticmethod
    def several(
        name: str, shown: str, options: list[discord.SelectOption], least: int = 1
    ) -> discord.ui.Select[discord.ui.View]:
        """A menu of which any number can be chosen, from the `least` on; `shown` stands there while none is."""
        return discord.ui.Select(
            custom_id=name, placeholder=shown, min_values=least, max_values=max(1, len(options)), options=options
        )

    async def callback(self, interaction: discord.Interaction) -> None:
        """Does what it is for; what goes wrong is said to the one who used it."""
        await guarded(interaction, self.act(interaction, client_of(interaction)))

    async def act(self, interaction: discord.Interaction, client: Bot) -> None:
        """What it is for."""
        raise NotImplementedError


LastingButton = Lasting[discord.ui.Button[discord.ui.View]]
LastingMenu = Lasting[discord.ui.Select[discord.ui.View]]
