"""Menus, forms, files, buttons and threads over real sockets, every request held against Discord's own description."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.discord_side.limits import ALL_PAGES_MAX
from bot.discord_side.replies.reply_items import ALL_IN_A_FILE
from index.story import Span, Speaker, Statement, Story
from tests.bot.discord_side.connecting import on_loopback
from tests.bot.discord_side.loopback import CHANNEL, ME, Loopback
from tests.bot.discord_side.openapi import check_all
from tests.bot.discord_side.owned import OwnedEngine, story_of
from tests.bot.discord_side.payloads import APPLICATION, GUILD
from tests.bot.discord_side.people import People
from tests.bot.discord_side.shelf import FakeEngine, FakeShelf

Json = dict[str, object]
BURKE = "“The mill will reopen in spring,” said Ada Burke on Monday."


@pytest.fixture
def engine(tmp_path: Path) -> OwnedEngine:
    return OwnedEngine(tmp_path)


@pytest.fixture
async def server(engine: OwnedEngine) -> AsyncIterator[Loopback]:
    async with on_loopback(engine) as running:
        yield running
        check_all(running.received)


async def answer_to(server: Loopback, used: Json, count: int = 1) -> Json:
    """The message that answers an interaction, once it has been edited so often."""
    await server.until("PATCH", f"{used['token']}/messages/@original", count)
    return server.shown[str(used["token"])][0]


def words(message: Json) -> str:
    embeds = message["embeds"]
    assert isinstance(embeds, list)
    return str(message["content"]) or str(embeds[0]["description"])


async def test_a_message_command_asks_what_the_message_asks(server: Loopback) -> None:
    message = await server.say("what did Vera Stone say?")

    used = await server.menu("Ask about this", message)

    assert "The harbour is deep enough" in words(await answer_to(server, used))


async def test_text_pasted_into_the_form_becomes_a_story(server: Loopback) -> None:
    used = await server.command("story add")
    [form] = await server.until("POST", f"{used['token']}/callback")

    filled = await server.fill_in(form.body["data"], text=BURKE, title="The mill", outlet="The Post", day="2024-06-02")

    assert words(await answer_to(server, filled, 2)) == "**The mill** is added: 1 statement by 1 speaker."
    asked = await server.command("ask", question="what did Ada Burke say?")
    assert "The Post, 2 June 2024" in words(await answer_to(server, asked))


async def test_a_text_too_long_for_the_form_is_handed_in_as_a_file(server: Loopback) -> None:
    used = await server.command("story add")
    [form] = await server.until("POST", f"{used['token']}/callback")
    text = f"{BURKE}\n\n" + "The mill stands on the river. " * 200

    filled = await server.fill_in(form.body["data"], file=("mill.txt", text.encode()))

    assert "is added: 1 statement by 1 speaker." in words(await answer_to(server, filled, 2))


async def test_a_date_that_cannot_be_read_is_said_and_what_was_filled_in_is_there_again(server: Loopback) -> None:
    used = await server.command("story add")
    [form] = await server.until("POST", f"{used['token']}/callback")

    filled = await server.fill_in(form.body["data"], text=BURKE, title="The mill", day="the day after")

    said = await answer_to(server, filled)
    assert words(said) == "“the day after” is no date that I can read: write it such as 2024-05-01. Nothing is lost."
    again = await server.press(said, "Fill it in again")
    [form] = await server.until("POST", f"{again['token']}/callback")
    mended = await server.fill_in(form.body["data"], day="2024-06-02")
    assert words(await answer_to(server, mended, 2)) == "**The mill** is added: 1 statement by 1 speaker."


async def test_an_address_above_the_pasted_text_is_the_storys(server: Loopback, engine: OwnedEngine) -> None:
    used = await server.command("story add")
    [form] = await server.until("POST", f"{used['token']}/callback")

    filled = await server.fill_in(form.body["data"], text=f"https://post.example/mill\n{BURKE}")

    await answer_to(server, filled, 2)
    with engine.library_of(f"server-{GUILD}") as library:
        [story] = library.stories
        assert (story.url, story.text) == ("https://post.example/mill", BURKE)


async def test_an_attached_file_becomes_a_story(server: Loopback) -> None:
    used = await server.command("story add", file=("mill.txt", BURKE.encode()))

    assert "is added: 1 statement by 1 speaker" in words(await answer_to(server, used, 2))


async def test_every_menu_and_button_of_the_settings_changes_what_it_says(server: Loopback) -> None:
    used = await server.command("settings")
    panel = await answer_to(server, used)
    for custom_id, chosen, said in (
        ("onrecord:set:channels", CHANNEL, "heard in 1 channel"),
        ("onrecord:set:adders", "7001", "manage the server and 1 role"),
        ("onrecord:set:dates", "de", "**Dates**: German"),
    ):
        panel = await answer_to(server, await server.choose(panel, custom_id, [chosen]))
        assert said in words(panel)
    for label, said in (
        ("Answer commands privately", "**Commands** are answered privately"),
        ("Answer in threads", "**Mentions** are answered in a thread"),
    ):
        panel = await answer_to(server, await server.press(panel, label))
        assert said in words(panel)
    for label, said in (("Hide the demonstration", "hidden"), ("Show the demonstration", "shown")):
        panel = await answer_to(server, await server.press(panel, label))
        assert f"**Demonstration**: the story of 2017 that comes along is {said}." in words(panel)
    waits = await answer_to(server, await server.press(panel, "Cooldown"))
    panel = await answer_to(server, await server.choose(waits, "onrecord:set:cooldown_s", ["30"]))
    assert "**Cooldown** of one person: 30 seconds" in words(panel)
    missed = await server.press(panel, "Questions without an answer")
    assert "got an answer so far" in words(await answer_to(server, missed))


async def test_a_speakers_words_are_sent_as_a_file(server: Loopback) -> None:
    used = await server.command("export", name="Vera Stone", format="CSV")

    [sent] = await server.until("PATCH", f"{used['token']}/messages/@original")

    assert sent.content_type == "multipart/form-data"
    assert sent.body["attachments"][0]["filename"] == "statements.csv"
    assert "The harbour is deep enough" in sent.body["files[0]"]


async def test_a_mention_opens_a_thread_and_is_answered_there(server: Loopback) -> None:
    panel = await answer_to(server, await server.command("settings"))
    await answer_to(server, await server.press(panel, "Answer in threads"))

    asked = await server.say(f"<@{ME}> what did Vera Stone say?")

    [opened] = await server.until("POST", f"/messages/{asked['id']}/threads")
    [answer] = await server.until("POST", f"/channels/{asked['id']}/messages")
    assert opened.body["name"] == "what did Vera Stone say?"
    assert "The harbour is deep enough" in answer.body["embeds"][0]["description"]


async def test_a_story_is_removed_and_a_channel_keeps_to_another(server: Loopback, engine: OwnedEngine) -> None:
    engine.give(f"server-{GUILD}", [story_of("mill", "The mill is shut", "Bo Hall")])
    listed = await answer_to(server, await server.command("story here"))
    [menu] = [one for row in listed["components"] for one in row["components"]]  # type: ignore[attr-defined]
    keys = {option["label"]: option["value"] for option in menu["options"]}

    kept = await answer_to(server, await server.choose(listed, "onrecord:here", [keys["About mill"]]))
    sure = await answer_to(server, await server.command("story remove", story=keys["About mill"]))
    removed = await answer_to(server, await server.press(sure, "Remove it"))

    assert "answered from only 1 story" in words(kept)
    assert words(removed) == "**About mill** is removed."


async def test_a_verdict_is_thanked_for_and_then_forgotten(server: Loopback) -> None:
    answer = await answer_to(server, await server.command("ask", question="what did Vera Stone say?"))
    for label in ("👍 Good answer", "👎 Bad answer", "Wrong speaker"):
        assert "noted" in words(await answer_to(server, await server.press(answer, label)))

    used = await server.command("privacy")
    await server.until("POST", f"{used['token']}/callback")
    sure = await server.press(server.shown[used["token"]][0], "Forget me")
    await server.until("POST", f"{sure['token']}/callback")
    done = await server.press(server.shown[sure["token"]][0], "Yes, forget me")

    assert words(await answer_to(server, done)).startswith("You are forgotten")


async def test_a_private_answer_is_shared(server: Loopback) -> None:
    asked = await server.menu("Ask about this", await server.say("what did Vera Stone say?"))
    answer = await answer_to(server, asked)

    pressed = await server.press(answer, "Share")

    [shown] = await server.until("POST", f"/webhooks/{APPLICATION}/{pressed['token']}")
    shared = server.shown[pressed["token"]][0]
    assert not shown.body.get("flags", 0) & 64
    assert "The harbour is deep enough" in words(shared)
    embeds = shared["embeds"]
    assert isinstance(embeds, list)
    assert embeds[0]["author"]["name"] == "what did Vera Stone say?"


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("stories", {}, "Harbour dredged"),
        ("speakers", {}, "Vera Stone"),
        ("speaker", {"name": "Vera Stone"}, "The harbour is deep enough"),
        ("timeline", {"name": "Vera Stone"}, "Vera Stone: 1 statement, 2 April 2024, oldest first."),
        ("quoted", {}, "1 person is quoted 1 time in 1 story."),
        ("whosaid", {"words": "the harbour is deep enough"}, "Vera Stone"),
        ("check", {"quote": "The harbour is deep enough", "speaker": "Vera Stone"}, "✓ Exact"),
        ("story show", {"story": "shared:harbour"}, "The harbour was dredged again"),
        ("story refresh", {"story": "shared:harbour"}, "I do not hold that story"),
    ],
)
async def test_each_command_is_answered(server: Loopback, name: str, given: dict[str, str], said: str) -> None:
    assert said in words(await answer_to(server, await server.command(name, **given)))  # type: ignore[arg-type]


async def test_what_somebody_said_over_months_comes_with_a_picture_and_its_text(
    server: Loopback, engine: OwnedEngine
) -> None:
    stories = [story_of(f"m{month}", f"The mill opens in {month}", "Ada Burke") for month in (3, 5, 8)]
    dated = [replace(one, date=date(2024, int(one.id[1:]), 1)) for one in stories]
    engine.give(f"server-{GUILD}", dated)

    used = await server.command("timeline", name="Ada Burke")

    shown = await answer_to(server, used)
    [sent] = await server.until("PATCH", f"{used['token']}/messages/@original")
    assert sent.content_type == "multipart/form-data"
    [attached] = sent.body["attachments"]
    assert attached["filename"] == "timeline.png"
    assert attached["description"].endswith("March 2024: 1, May 2024: 1, August 2024: 1.")
    assert "PNG" in sent.body["files[0]"]
    assert words(shown).index("opens in 3") < words(shown).index("opens in 5") < words(shown).index("opens in 8")


async def test_a_card_has_the_words_of_the_story_and_a_text_for_whoever_cannot_see_it(server: Loopback) -> None:
    answer = await answer_to(server, await server.command("ask", question="what did Vera Stone say?"))

    pressed = await server.press(answer, "Quote card")

    [sent] = await server.until("POST", f"/webhooks/{APPLICATION}/{pressed['token']}")
    [attached] = sent.body["attachments"]
    assert not sent.body.get("flags", 0) & 64
    assert attached["filename"] == "quotation.png"
    assert attached["description"].startswith("“The harbour is deep enough,” — Vera Stone. The Tide · 2 April 2024 · ¶")


async def test_whose_words_they_are_is_proposed_settled_shown_and_taken_back(
    server: Loopback, engine: OwnedEngine
) -> None:
    engine.give(f"server-{GUILD}", [story_of("mill", "The mill is shut", "Bo Hall")])
    asked = await server.command("ask", question="what did Vera Stone say?")
    wrong = await answer_to(server, await server.press(await answer_to(server, asked), "Wrong speaker"))
    assert "Who said it?" in words(wrong)
    [menu] = [one for row in wrong["components"] for one in row["components"]]  # type: ignore[attr-defined]
    thanked = await answer_to(server, await server.choose(wrong, menu["custom_id"], ["Bo Hall"]))
    assert "can settle it in" in words(thanked)

    async def said() -> str:
        return words(await answer_to(server, await server.command("ask", question="what did Vera Stone say?")))

    assert "held to be" not in await said()
    panel = await answer_to(server, await server.command("settings"))
    listed = await answer_to(server, await server.press(panel, "Corrections"))
    assert words(listed).startswith("**1 correction to settle**\n> The harbour is deep enough")
    [accept, reject] = [one for row in listed["components"] for one in row["components"]]  # type: ignore[attr-defined]
    value = accept["options"][0]["value"]
    settled = await answer_to(server, await server.choose(listed, accept["custom_id"], [value]))
    assert "Vera Stone → **Bo Hall** · settled" in words(settled)
    assert "here held to be **Bo Hall**’s" in await said()
    export = await server.command("export", name="Vera Stone", format="CSV")
    [sent] = await server.until("PATCH", f"{export['token']}/messages/@original")
    assert sent.body["files[0]"].splitlines()[1].endswith(",Bo Hall")
    taken_back = await answer_to(server, await server.choose(settled, reject["custom_id"], [value]))
    assert words(taken_back).startswith("Nobody has said here")
    assert "held to be" not in await said()


async def test_help_is_told_at_once(server: Loopback) -> None:
    used = await server.command("help")

    [told] = await server.until("POST", f"{used['token']}/callback")
    assert "Mention me" in told.body["data"]["content"]


async def test_a_very_long_answer_is_sent_as_one_file() -> None:
    pages = 4 * (ALL_PAGES_MAX + 1)
    lines = [f"“{'Sentence after sentence, and then another one. ' * 18}{number}”" for number in range(pages)]
    starts = [sum(len(line) + 2 for line in lines[:number]) for number in range(pages)]
    said = tuple(
        Statement("long", 1, Span(at, at + len(line)), "direct", "ryan", None, None, number, number)
        for number, (at, line) in enumerate(zip(starts, lines, strict=True))
    )
    shelf = FakeShelf((Story("long", "\n\n".join(lines), "A speech"),), said, (Speaker("ryan", "Paul Ryan"),))
    async with on_loopback(FakeEngine(shelf)) as server:
        answer = await answer_to(server, await server.command("ask", question="what did Ryan say?"))

        pressed = await server.press(answer, "All")

        [sent] = await server.until("PATCH", f"{pressed['token']}/messages/@original")
        assert sent.body["content"].startswith(ALL_IN_A_FILE.partition("{")[0])
        assert all(f"{number}”" in sent.body["files[0]"] for number in range(pages))
        check_all(server.received)


async def test_somebody_else_gets_the_pages_one_after_the_other_privately() -> None:
    async with on_loopback() as server:
        asked = await server.command("ask", question="what did Peters say?")
        answer = await answer_to(server, asked)

        pressed = await server.press(answer, "In context", by="4002")

        assert words(await answer_to(server, pressed))
        [acknowledged] = await server.until("POST", f"{pressed['token']}/callback")
        assert acknowledged.body["data"]["flags"] == 64
        check_all(server.received)


def test_people_do_everything_that_discord_lets_them_do_with_the_bot() -> None:
    acts = {"say", "command", "typed", "menu", "press", "choose", "fill_in"}

    assert acts <= set(vars(People))
