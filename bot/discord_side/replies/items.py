"""Every button and menu that outlives the process: each is made anew from its custom id when it is used."""

from typing import Any

import discord

from bot.discord_side.replies.buttons import ReplyButton, ReplyMenu
from bot.discord_side.replies.card_items import CardMenu
from bot.discord_side.replies.correction_items import RightSpeaker, SettleMenu, WhichSpeaker
from bot.discord_side.replies.feed_items import FeedMenu
from bot.discord_side.replies.forgetting import ForgetButton
from bot.discord_side.replies.settings_items import SettingButton, SettingMenu
from bot.discord_side.replies.story_items import AddButton, HereMenu, RemoveButton
from bot.discord_side.replies.watch_items import SilenceButton, WatchMenu

ITEMS: tuple[type[discord.ui.DynamicItem[Any]], ...] = (
    ReplyButton,
    ReplyMenu,
    WhichSpeaker,
    RemoveButton,
    HereMenu,
    SettingMenu,
    SettingButton,
    FeedMenu,
    ForgetButton,
    AddButton,
    SilenceButton,
    CardMenu,
    RightSpeaker,
    SettleMenu,
    WatchMenu,
)
