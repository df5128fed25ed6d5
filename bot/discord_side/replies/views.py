"""What stands under a reply, as Discord takes it."""

from typing import TYPE_CHECKING

import discord

from bot.discord_side.replies.adding import AddButton
from bot.rendering.discord_letter import Letter

if TYPE_CHECKING:
    from bot.discord_side.replies.acting import Origin


def view_of(letter: Letter, origin: "Origin") -> discord.ui.View | None:
    """A letter's buttons and menus, without an end; None where there are none."""
    from bot.discord_side.replies.buttons import ReplyButton, ReplyMenu  # which show letters themselves

    if not letter.buttons and not letter.menus:
        return None
    view = discord.ui.View(timeout=None)
    for button in letter.buttons:
        view.add_item(AddButton(button.label, 0) if button.action == "add" else ReplyButton(button, origin))
    for menu in letter.menus:
        view.add_item(ReplyMenu(menu, origin))
    return view
