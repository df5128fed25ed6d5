"""The real library of the seed story, the real answering and the real client, asked in a simulated server."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from simcord import Env

from bot.discord_side.client import OnRecord
from bot.discord_side.libraries.engine import Engine
from bot.shelf import Shelf
from index.library.folder import Library
from index.reading.sources import HERE, Reader
from tests.bot.discord_side.room import UNHURRIED, a_room, answered, words_of
from tests.bot.discord_side.shelf import FakeOwn, FakeShelf


class SeedEngine(Engine):
    """The engine of a running bot over a library that is open already."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def open(self) -> Shelf:
        return self._library

    @contextmanager
    def shelf_of(self, owner: str) -> Iterator[Shelf]:
        yield self._library

    @contextmanager
    def library_of(self, owner: str) -> Iterator[Any]:
        yield FakeOwn(FakeShelf((), (), ()))

    def reader_of(self, owner: str) -> Reader:
        return HERE

    def forget(self, user: int) -> int:
        return 0

    def close(self) -> None:
        pass


@pytest.fixture
def simcord_bot(seed_library: Library) -> OnRecord:
    return OnRecord(SeedEngine(seed_library), UNHURRIED)


async def test_a_conversation_over_the_seed_story(simcord_env: Env) -> None:
    room = a_room(simcord_env)

    ryan = words_of(await room.ask("what did Ryan say?"))
    assert (
        '> "If he, himself, is the subject of an investigation, of course he would," … '
        "\"But if he's not, I don't see any purpose or reason to doing this.\""
    ) in ryan
    assert 'Sessions should only recuse himself,"he was part of the focus of an ongoing probe."' in ryan
    assert ryan.count("KUSI, 2 March 2017") == 1

    await room.ann.send(room.channel, f"{room.me} and Pelosi?", reply_to=room.channel.last_message)
    assert "**Nancy Pelosi**" in words_of(room.channel.history()[-1])

    nothing = words_of(await room.ask("what did Kislyak say?"))
    assert nothing.startswith("The story mentions Kislyak, but quotes nothing that they said.")


async def test_the_commands_over_the_seed_story(simcord_env: Env) -> None:
    room = a_room(simcord_env)
    await room.ask("what did Ryan say?")

    choices = await room.ann.autocomplete(room.channel, "speaker", "name", "@senw")
    assert choices[0]["value"] == "Elizabeth Warren"
    warren = await room.ann.slash(room.channel, "speaker", name="Elizabeth Warren")
    assert "We need it now.”" in answered(warren)
    found = await room.ann.slash(room.channel, "whosaid", words="no one is above the law")
    assert "**Jeff Sessions**" in answered(found)
    checked = await room.ann.slash(room.channel, "check", quote="No one is above the law", speaker="Nancy Pelosi")
    assert answered(checked).startswith("**✗ Somebody else’s words**")
