"""Every button and menu that outlives the process: each is made anew from its custom id when it is used."""

from typing import Any

import discord

from bot.discord_side.buttons import ReplyButton
from bot.discord_side.forgetting import ForgetButton
from bot.discord_side.settings_items import SettingButton, SettingMenu
from bot.discord_side.story_items import HereMenu, RemoveButton
from bot.discord_side.verdicts import WhichSpeaker

ITEMS: tuple[type[discord.ui.DynamicItem[Any]], ...] = (
    ReplyButton,
    WhichSpeaker,
    RemoveButton,
    HereMenu,
    SettingMenu,
    SettingButton,
    ForgetButton,
)
