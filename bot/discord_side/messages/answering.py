"""How a message to the bot is answered: under it or, where the server wants that, in a thread of its own."""

import asyncio
from dataclasses import replace

import discord

from bot.discord_side.libraries.desk import Desk
from bot.discord_side.messages.conversation import asked_in
from bot.discord_side.messages.questions import Asked
from bot.discord_side.places.place import place_of_message
from bot.discord_side.places.rules import Rules
from bot.discord_side.replies import sender
from bot.discord_side.replies.acting import Origin
from bot.discord_side.replies.buttons import view_of
from bot.rendering.discord_letter import Letter, letter


async def answer_message(
    message: discord.Message, me: discord.ClientUser, desk: Desk, signs: set[asyncio.Task[None]]
) -> bool:
    """Answers a message that is for the bot, unless its server keeps the bot to other channels; False where refused.

    `signs` keeps the signs of typing that are still on their way.
    """
    place = place_of_message(message)
    rules = await desk.ledger.rules_soon(place.owner)
    if rules and not rules.speaks_in(place.channels):
        return True
    async with sender.typing(message.channel, signs) as forbidden:
        rules = rules or await desk.ledger.rules(place.owner)
        if not rules.speaks_in(place.channels):
            return True
        if not await desk.in_hand.take(message, asyncio.shield(desk.start())):
            return True
        asked = replace(await asked_in(message, me, desk.limits), place=place)
        apart = rules.threads and bool(asked.question) and isinstance(message.channel, discord.TextChannel)
        first = await _reply_to(replace(asked, shown=apart), desk, rules)
        where = await sender.open_thread(message, asked.question) if apart else None
    if forbidden.is_set():
        return False
    kept = asked.kept or not apart
    view = view_of(first, Origin(asked.asker)) if kept else None
    return await sender.reply(message, first, view, where=where)


async def _reply_to(asked: Asked, desk: Desk, rules: Rules) -> Letter:
    if not asked.question:
        return letter(await desk.pages(asked))
    desk.ledger.take_turn(asked.place, asked.asker, rules)
    return letter(await desk.pages(asked))
