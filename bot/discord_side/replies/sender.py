"""The one place from which anything is sent to Discord. It alone holds the policy for length and mentions."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from functools import partial
from io import BytesIO
from typing import Any, TypedDict, cast

import discord

from bot.discord_side.base import client_of
from bot.discord_side.limits import CONTENT_MAX, DESCRIPTION_MAX, THREAD_NAME_MAX, TYPING_ENDS_S, TYPING_SHOWN_S
from bot.discord_side.replies.boundary import BROKEN, delivered, hung_up, logged_refusal
from bot.rendering.discord_escaping import fitted
from bot.rendering.discord_letter import AUTHOR_MAX, Letter, Tone

View = discord.ui.View | None
NOBODY = discord.AllowedMentions.none()
COLOURS: dict[Tone, int] = {
    "words": 0x2F6690,
    "facts": 0x5B7C99,
    "confirmed": 0x3A7D44,
    "differs": 0xB7791F,
    "wrong": 0xB3261E,
    "nothing": 0x8A8F98,
}

_ROOM = "onrecord: whether the acknowledgement made room for an answer"
_GONE = "onrecord: whether Discord refused a message to this interaction"


class _Above(discord.MessageReference):
    """The message to reply under, with its ids as strings: Discord's description of them allows no numbers."""

    def to_message_reference_dict(self) -> Any:  # noqa: ANN401 - a type that only discord.py's stubs know
        """What is sent to Discord."""
        given = super().to_message_reference_dict()
        return {name: str(value) if name.endswith("_id") else value for name, value in given.items()}


class _Attached(discord.File):
    """A file, with its number as a string: Discord's description of attachments allows no other."""

    def to_dict(self, index: int) -> dict[str, Any]:
        """What is sent to Discord beside the file."""
        return super().to_dict(index) | {"id": str(index)}


class _Parts(TypedDict):
    content: str | None
    embeds: list[discord.Embed]


async def reply(
    message: discord.Message, letter: Letter, view: View = None, *, where: discord.Thread | None = None
) -> bool:
    """Answers under somebody's message, or in a thread; where embeds may not be shown, with the same text as content.

    What Discord forbids (a locked thread, a channel that is gone, closed direct messages) is logged, not raised; the
    result says whether the reply arrived.
    """
    return await delivered(
        partial(
            (where or message.channel).send,
            **_sendable(_parts(letter, plain=not _may_embed(message))),
            view=view or discord.utils.MISSING,
            reference=None if where else _Above.from_message(message, fail_if_not_exists=False),
            mention_author=False,
            allowed_mentions=NOBODY,
            suppress_embeds=letter.tone is None or not _may_embed(message),
            nonce=str(message.id),
        )
    )


async def private_room(client: discord.Client, user: int) -> discord.PartialMessageable:
    """The direct messages with somebody. Their number goes as a string: Discord's description allows no other."""
    told = await client.http.start_private_message(str(user))
    return client.get_partial_messageable(int(told["id"]))


async def post(where: discord.abc.Messageable, letter: Letter, view: View = None, *, nonce: str) -> bool:
    """Writes to a channel of its own accord; whether it arrived. One nonce is one message for some minutes."""
    parts = _sendable(_parts(letter))
    return await delivered(
        partial(where.send, **parts, view=view or discord.utils.MISSING, allowed_mentions=NOBODY, nonce=nonce)
    )


async def open_thread(message: discord.Message, name: str) -> discord.Thread | None:
    """A thread under somebody's message; None where Discord does not allow one."""
    opened: list[discord.Thread] = []

    async def open_one() -> None:
        opened.append(await message.create_thread(name=fitted(name, THREAD_NAME_MAX), auto_archive_duration=1440))

    try:
        await delivered(open_one)
    except discord.HTTPException as refused:
        logged_refusal(refused)
    return opened[0] if opened else None


async def acknowledge(interaction: discord.Interaction, *, private: bool) -> None:
    """Tells Discord at once that an answer will follow; fixes whether it is private."""
    await delivered(partial(interaction.response.defer, ephemeral=private, thinking=True), refusable=False)
    interaction.extras[_ROOM] = True


async def acknowledge_change(interaction: discord.Interaction) -> None:
    """Tells Discord at once that the message under the pressed button will change."""
    await delivered(interaction.response.defer, refusable=False)
    interaction.extras[_ROOM] = False


async def answer(interaction: discord.Interaction, letter: Letter, view: View = None) -> None:
    """Puts the letter where `acknowledge` made room for it, or in place of the message under the pressed button."""

    await _fill(interaction, letter, view, lambda: _pictures(letter))


async def answer_with_file(interaction: discord.Interaction, letter: Letter, name: str, text: str) -> None:
    """Puts the letter where `acknowledge` made room for it, with a text file."""
    content = text.encode("utf-8", "backslashreplace")
    await _fill(interaction, letter, None, lambda: [_Attached(BytesIO(content), name)])


async def _fill(
    interaction: discord.Interaction, letter: Letter, view: View, attached: Callable[[], list[discord.File]]
) -> None:
    """Puts a letter where room was made for it, with files, which are made anew for each try."""

    async def edit() -> None:
        await interaction.edit_original_response(
            **_clickable(interaction, letter), attachments=attached(), view=view, allowed_mentions=NOBODY
        )

    await _to(interaction, edit)


async def answer_all(interaction: discord.Interaction, letters: Sequence[Letter]) -> None:
    """The letters one after the other, all of them private: the first in the room made, the others behind it."""
    await answer(interaction, letters[0])
    for letter in letters[1:]:
        await add(interaction, letter)


async def add(interaction: discord.Interaction, letter: Letter, view: View = None, *, private: bool = True) -> None:
    """One more message to an interaction already acknowledged; a private one is seen only by the one who acted."""

    async def send() -> None:
        await interaction.followup.send(
            **_sendable(_clickable(interaction, letter)),
            files=_pictures(letter),
            view=view or discord.utils.MISSING,
            ephemeral=private,
            allowed_mentions=NOBODY,
        )

    await _to(interaction, send, repeatable=False)


async def offer(interaction: discord.Interaction, choices: list[discord.app_commands.Choice[str]]) -> bool:
    """Offers choices to somebody who types; whether Discord took them, as it does within three seconds."""
    try:
        return await delivered(partial(interaction.response.autocomplete, choices))
    except RuntimeError as late:
        if not hung_up(late):
            raise
        return False


async def ask_for(interaction: discord.Interaction, form: discord.ui.Modal) -> None:
    """Answers at once with a form to fill in."""
    await delivered(partial(interaction.response.send_modal, form), refusable=False)


async def tell(interaction: discord.Interaction, letter: Letter, view: View = None) -> None:
    """Answers at once and privately what needs no waiting."""
    parts = _sendable(_clickable(interaction, letter))
    said = partial(interaction.response.send_message, **parts, view=view or discord.utils.MISSING)
    await delivered(partial(said, ephemeral=True, allowed_mentions=NOBODY))


async def excuse(interaction: discord.Interaction, letter: Letter) -> None:
    """Says what went wrong to the one who acted: privately, unless room was made for an answer that all may see.

    Discord fixes by the acknowledgement who sees what fills that room.
    """
    room = interaction.extras.get(_ROOM)
    if room is None:
        await tell(interaction, letter)
    elif room:
        await answer(interaction, letter)
    else:
        await add(interaction, letter)


@asynccontextmanager
async def typing(
    channel: discord.abc.Messageable, on_their_way: set["asyncio.Task[None]"]
) -> AsyncIterator[asyncio.Event]:
    """Shows that the bot is typing while the block runs; the event is set once Discord forbids that here.

    A sign that is still on its way at the end goes on among `on_their_way`: discord.py 2.7 sends nothing any more
    where a request is cancelled that waits out a limit on everything.
    """
    over, forbidden = asyncio.Event(), asyncio.Event()
    shown = asyncio.create_task(_type(channel, over, forbidden), name="typing")
    on_their_way.add(shown)
    shown.add_done_callback(on_their_way.discard)
    try:
        yield forbidden
    finally:
        over.set()
        await asyncio.wait({shown}, timeout=TYPING_ENDS_S)


async def _type(channel: discord.abc.Messageable, over: asyncio.Event, forbidden: asyncio.Event) -> None:
    try:
        while not over.is_set():
            await channel.typing()
            with suppress(TimeoutError):
                await asyncio.wait_for(over.wait(), TYPING_SHOWN_S)
    except BROKEN as broken:
        if logged_refusal(broken):
            forbidden.set()
    except RuntimeError as late:
        if not hung_up(late):
            raise


async def _to(
    interaction: discord.Interaction, request: Callable[[], Awaitable[object]], *, repeatable: bool = True
) -> None:
    """Makes a request to an interaction, unless Discord refused one before: then it would refuse all."""
    if not interaction.extras.get(_GONE):
        interaction.extras[_GONE] = not await delivered(request, repeatable=repeatable)


def _pictures(letter: Letter) -> list[discord.File]:
    """A letter's picture as a file, if it has one, with what it shows for whoever cannot see it."""
    picture, none = letter.picture, cast("list[discord.File]", discord.utils.MISSING)
    return [_Attached(BytesIO(picture.content), picture.name, description=picture.alt)] if picture else none


def _clickable(interaction: discord.Interaction, letter: Letter) -> _Parts:
    """What a letter holds, with the commands that it names as ones that can be clicked."""
    return _parts(client_of(interaction).desk.clickable(letter))


def _parts(letter: Letter, *, plain: bool = False) -> _Parts:
    if letter.tone is None or plain:
        lines = [letter.body, f"-# {letter.footer}" if letter.footer else ""]
        return {"content": "\n".join(line for line in lines if line)[:CONTENT_MAX], "embeds": []}
    embed = discord.Embed(description=letter.body[:DESCRIPTION_MAX], colour=COLOURS[letter.tone])
    if letter.question:
        embed.set_author(name=letter.question[:AUTHOR_MAX])
    if letter.footer:
        embed.set_footer(text=letter.footer)
    return {"content": None, "embeds": [embed]}


def _sendable(parts: _Parts) -> dict[str, Any]:
    """The parts without what is empty, since a new message must not say so."""
    return {name: value for name, value in parts.items() if value}


def _may_embed(message: discord.Message) -> bool:
    if message.guild is None or message.guild.me is None:
        return True
    return message.channel.permissions_for(message.guild.me).embed_links
