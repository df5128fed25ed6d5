"""What a server reads of the web: feeds that it follows from the first time on, and only from the hosts it wants."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from simcord import Env
from simcord.actors import MemberActor

from bot.discord_side.client import OnRecord
from bot.discord_side.libraries.engine import EVERY, Rounds
from bot.discord_side.replies.story_items import READ_SOON, feeds_view
from bot.rendering.discord_escaping import escaped
from index.library.following import Feed, follow, followed
from tests.bot.discord_side.owned import OwnedEngine
from tests.bot.discord_side.room import UNHURRIED, Room, a_room, answered
from tests.bot.discord_side.test_story_commands import ADDRESS, PAGE, FakeWeb

FEED = "https://news.example/feed"
ENTRIES = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>
<item><title>The mill</title><link>{ADDRESS}</link></item></channel></rss>"""
NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def engine(tmp_path: Path) -> OwnedEngine:
    return OwnedEngine(tmp_path)


@pytest.fixture
def web() -> FakeWeb:
    return FakeWeb({ADDRESS: PAGE.format(opening="The old mill on the river will open again."), FEED: ENTRIES})


@pytest.fixture
def simcord_bot(engine: OwnedEngine, web: FakeWeb) -> OnRecord:
    bot = OnRecord(engine, replace(UNHURRIED, feeds_of_one_owner=1))
    bot.desk.intake.fetcher = web
    return bot


async def a_boss(env: Env) -> tuple[Room, MemberActor]:
    room = a_room(env)
    return room, room.member("boss", manages=True)


async def hosts(room: Room, boss: MemberActor, allowed: str = "", denied: str = "") -> str:
    """The hosts are listed in the form; what the panel says of them then."""
    panel = await boss.slash(room.channel, "settings")
    assert panel.response is not None
    form = await boss.click(panel.response, label="Hosts")
    result = await boss.submit_modal(form, {"allowed": allowed, "denied": denied})
    return answered(result) + "".join(more.content for more in result.followups)


async def test_a_feed_that_is_added_is_followed_from_then_on(simcord_env: Env, engine: OwnedEngine) -> None:
    room, boss = await a_boss(simcord_env)

    result = await boss.slash(room.channel, "story add", address=FEED)

    assert "**The mill** is added" in answered(result)
    assert "This is a feed" in answered(result)
    with engine.library_of(f"server-{room.guild.id}") as library:
        [feed] = followed(library)
    assert (feed.address, feed.every_s) == (FEED, EVERY.total_seconds())


async def test_a_page_is_not_followed(simcord_env: Env, engine: OwnedEngine) -> None:
    room, boss = await a_boss(simcord_env)

    result = await boss.slash(room.channel, "story add", address=ADDRESS)

    assert "feed" not in answered(result)


async def test_no_more_feeds_are_followed_than_one_server_may(simcord_env: Env, web: FakeWeb) -> None:
    room, boss = await a_boss(simcord_env)
    await boss.slash(room.channel, "story add", address=FEED)
    web.pages[f"{FEED}/2"] = ENTRIES

    result = await boss.slash(room.channel, "story add", address=f"{FEED}/2")

    assert "This is a feed" not in answered(result)


async def test_feeds_are_listed_in_the_settings_and_given_up_there(simcord_env: Env) -> None:
    room, boss = await a_boss(simcord_env)
    await boss.slash(room.channel, "story add", address=FEED)
    panel = await boss.slash(room.channel, "settings")
    assert panel.response is not None

    listed = await boss.click(panel.response, label="Feeds and watches")

    assert "1 feed followed here" in answered(listed)
    assert listed.response is not None
    [row] = listed.response.components
    left = await boss.select(listed.response, [row["components"][0]["options"][0]["value"]])
    assert answered(left).startswith("No feeds are followed here")


def test_of_a_feed_that_was_read_it_is_said_how_many_stories_it_brought() -> None:
    read = Feed(FEED, 3_600, NOW, seen={f"{FEED}/{number}": "" for number in range(9)}, brought=4)

    assert feeds_view([read])[0].body.endswith(" · brought 4 stories")
    assert feeds_view([Feed(FEED, 3_600, NOW)])[0].body.endswith(f" · {READ_SOON}")


async def test_a_long_list_of_feeds_in_trouble_has_whole_lines_and_says_how_many_more_there_are() -> None:
    feeds = [
        Feed(f"https://news.example/{number:02}" + "f" * 60, 3_600, NOW, trouble="t" * 110) for number in range(20)
    ]

    said, _ = feeds_view(feeds)

    first, *lines = said.body.split("\n")
    assert first == "**20 feeds followed here**"
    assert {len(line) for line in lines[:-1:2]} == {len(f"{escaped(feeds[0].address)} · {READ_SOON}")}
    assert set(lines[1:-1:2]) == {f"-# last time: {'t' * 110}"}
    assert lines[-1] == f"-# and {20 - len(lines) // 2} more"


async def test_only_hosts_that_a_server_allows_are_read(simcord_env: Env) -> None:
    room, boss = await a_boss(simcord_env)

    said = await hosts(room, boss, allowed="https://www.other.example/news, and more")

    assert "addresses are read from 1 host alone." in said
    assert "Left out, since they name no host: and, more" in said
    refused = await boss.slash(room.channel, "story add", address=ADDRESS)
    assert "this server does not read from there" in answered(refused)


async def test_a_host_that_a_server_denies_is_not_read_for_a_feed_either(simcord_env: Env, web: FakeWeb) -> None:
    room, boss = await a_boss(simcord_env)
    web.pages["https://feeds.example/all"] = ENTRIES
    await hosts(room, boss, denied="news.example")

    refused = await boss.slash(room.channel, "story add", address="https://feeds.example/all")

    assert "this server does not read from there" in answered(refused)
    assert "is added" in answered(await simcord_env.create_user("ann").slash("story add", address=ADDRESS))


async def test_a_form_opened_before_a_restart_is_taken_after_it(simcord_env: Env, engine: OwnedEngine) -> None:
    room, boss = await a_boss(simcord_env)
    form = await boss.slash(room.channel, "story add")
    await simcord_env.restart_bot(OnRecord(OwnedEngine(engine.folder), UNHURRIED))

    result = await boss.submit_modal(form, {"text": "“The dam holds,” said Cy Dunn.", "title": "The dam"})

    assert answered(result) == "**The dam** is added: 1 statement by 1 speaker."


def test_each_owners_feeds_are_read_in_turn_and_one_in_trouble_stops_no_other(tmp_path: Path) -> None:
    engine = OwnedEngine(tmp_path)
    engine.open()
    for owner in ("server-1", "server-2", "user-3"):
        with engine.library_of(owner) as library:
            follow(library, f"https://{owner}.invalid/feed", EVERY, NOW)

    assert engine.tend(NOW)
    while engine.tend(NOW):
        pass

    for owner in ("server-1", "server-2", "user-3"):
        with engine.library_of(owner) as library:
            [feed] = followed(library)
            assert feed.failures == 1
            assert feed.due > NOW


def test_who_has_waited_longest_has_the_next_turn_and_nobody_before_their_time() -> None:
    rounds = Rounds()
    rounds.looked_at("b", NOW - timedelta(minutes=2))
    rounds.looked_at("a", NOW - timedelta(minutes=1))
    rounds.looked_at("c", NOW + timedelta(minutes=1))

    assert rounds.due(("a", "b", "c"), NOW, 1) == ("b",)
    assert rounds.due(("a", "b", "c"), NOW, 5) == ("b", "a")
