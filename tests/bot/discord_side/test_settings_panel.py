"""`/settings`: what a server can set, who may, and what comes of it; and the verdicts and exports beside it."""

from pathlib import Path

import pytest
from simcord import Env
from simcord.actors import MemberActor
from simcord.results import ResponseMessage

from bot.discord_side.client import OnRecord
from tests.bot.discord_side.owned import OwnedEngine
from tests.bot.discord_side.room import UNHURRIED, Room, a_room, answered, last, words_of


@pytest.fixture
def engine(tmp_path: Path) -> OwnedEngine:
    return OwnedEngine(tmp_path)


async def opened(room: Room) -> tuple[MemberActor, ResponseMessage]:
    """A manager with the panel open."""
    boss = room.member("boss", manages=True)
    shown = await boss.slash(room.channel, "settings")
    assert shown.ephemeral
    assert shown.response is not None
    return boss, shown.response


async def test_outside_the_channels_chosen_commands_are_private_and_mentions_left_alone(simcord_env: Env) -> None:
    room = a_room(simcord_env)
    boss, panel = await opened(room)
    elsewhere = room.guild.create_text_channel("elsewhere")

    await boss.select(panel, [room.channel], custom_id="onrecord:set:channels")

    away = await room.ann.slash(elsewhere, "ask", question="what did Vera Stone say?", private=False)
    assert away.ephemeral
    await room.ann.send(elsewhere, f"{room.me} what did Vera Stone say?")
    assert len(elsewhere.history()) == 1
    assert "deep enough" in words_of(await room.ask("what did Vera Stone say?"))


async def test_private_by_default_is_kept_and_can_be_asked_otherwise(simcord_env: Env) -> None:
    room = a_room(simcord_env)
    boss, panel = await opened(room)

    changed = await boss.click(panel, label="Answer commands privately")

    assert "**Commands** are answered privately" in answered(changed)
    assert (await room.ann.slash(room.channel, "speakers")).ephemeral
    assert not (await room.ann.slash(room.channel, "speakers", private=False)).ephemeral


async def test_mentions_are_answered_in_a_thread_where_that_is_set(simcord_env: Env) -> None:
    room = a_room(simcord_env)
    boss, panel = await opened(room)
    await boss.click(panel, label="Answer in threads")

    await room.ann.send(room.channel, f"{room.me} what did Vera Stone say?")

    [thread] = room.channel.threads
    assert "deep enough" in words_of(last(thread))


async def test_dates_are_written_in_the_language_chosen(simcord_env: Env) -> None:
    room = a_room(simcord_env)
    boss, panel = await opened(room)

    await boss.select(panel, ["de"], custom_id="onrecord:set:dates")

    assert "The Tide, 2. April 2024" in words_of(await room.ask("what did Vera Stone say?"))


async def test_a_cooldown_asks_one_person_to_wait_and_nobody_else(simcord_env: Env) -> None:
    room = a_room(simcord_env)
    boss, panel = await opened(room)
    waits = (await boss.click(panel, label="Cooldown")).response
    assert waits is not None
    await boss.select(waits, ["60"], custom_id="onrecord:set:cooldown_s")
    await room.ann.slash(room.channel, "speakers")

    again = await room.ann.slash(room.channel, "speakers")

    assert again.ephemeral
    assert "one question of a person at a time" in answered(again)
    assert "Vera Stone" in answered(await boss.slash(room.channel, "speakers"))


async def test_questions_without_an_answer_are_listed_without_who_asked(simcord_env: Env) -> None:
    room = a_room(simcord_env)
    boss, panel = await opened(room)
    for _ in range(2):
        await room.ann.slash(room.channel, "speaker", name="Nobody Known")

    listed = await boss.click(panel, label="Questions without an answer")

    assert "**2×** what did Nobody Known say?" in answered(listed)
    assert "ann" not in answered(listed)


async def test_the_panel_works_after_a_restart(simcord_env: Env, engine: OwnedEngine, tmp_path: Path) -> None:
    room = a_room(simcord_env)
    boss, panel = await opened(room)
    await simcord_env.restart_bot(OnRecord(OwnedEngine(tmp_path), UNHURRIED))

    changed = await boss.click(panel, label="Answer commands privately")

    assert "**Commands** are answered privately" in answered(changed)


@pytest.mark.parametrize(
    ("form", "part"), [("Markdown", "The harbour is deep enough"), ("JSON", '"start": '), ("CSV", "speaker,")]
)
async def test_a_speakers_words_are_exported_as_a_file(simcord_env: Env, form: str, part: str) -> None:
    room = a_room(simcord_env)

    result = await room.ann.slash(room.channel, "export", name="Vera Stone", format=form)

    assert result.ephemeral
    assert result.response is not None
    [file] = result.response.attachments
    assert part in (await file.read()).decode()
    assert answered(result) == "1 statement of Vera Stone."
