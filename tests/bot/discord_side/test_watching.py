"""`/watch`: set, told once a story or in a digest, silenced; from the feed to the post over real sockets."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from simcord import Env

from bot.discord_side.client import OnRecord
from bot.rendering.examples import named_in
from index.library.following import follow
from index.library.watching import Watch, keep_watch, watches_in
from index.reading.fetching import Edition, Page
from index.story import Speaker
from tests.bot.discord_side.connecting import a_bot, a_server, bot_on_loopback
from tests.bot.discord_side.loopback import CHANNEL, PRIVATE, Loopback, Request, Trouble
from tests.bot.discord_side.openapi import check_all
from tests.bot.discord_side.owned import OwnedEngine, story_of
from tests.bot.discord_side.patience import PATIENT, until
from tests.bot.discord_side.payloads import ANN, GUILD
from tests.bot.discord_side.room import a_room, answered
from tests.bot.discord_side.shelf import seed_shelf
from tests.bot.discord_side.test_feeds_and_hosts import ENTRIES, FEED
from tests.bot.discord_side.test_story_commands import ADDRESS, PAGE, FakeWeb

OWNER = f"server-{GUILD}"
QUICK = replace(PATIENT, watching_s=0.05)
POSTED = f"/channels/{CHANNEL}/messages"


@pytest.fixture
def engine(tmp_path: Path) -> OwnedEngine:
    return OwnedEngine(tmp_path)


@pytest.fixture
async def running(engine: OwnedEngine) -> AsyncIterator[tuple[Loopback, OnRecord]]:
    async with bot_on_loopback(engine, QUICK) as (server, client):
        yield server, client
        check_all(server.received)


class Editions:
    """Gives pages, as others each time."""

    def __init__(self, pages: dict[str, str]) -> None:
        self._web = FakeWeb(pages)

    def fetch(self, url: str) -> Page:
        return Page(url, self._web.fetch(url).body, "text/html")

    def fetch_if_changed(self, url: str, held: Edition) -> Page:
        return self.fetch(url)


async def set_watch(server: Loopback, **given: str) -> str:
    used = await server.command("watch", **given)  # type: ignore[arg-type]
    await server.until("PATCH", f"{used['token']}/messages/@original")
    return str(server.shown[used["token"]][0]["content"])


def told(server: Loopback, path: str = POSTED) -> list[Request]:
    return [one for one in server.received if (one.method, one.path) == ("POST", path)]


async def test_new_words_of_somebody_are_posted_where_they_were_wanted_once(
    running: tuple[Loopback, OnRecord], engine: OwnedEngine
) -> None:
    server, client = running
    engine.give(OWNER, [story_of("mill", "The mill is shut", "Ada Burke")])

    said = await set_watch(server, speaker="Ada Burke")
    engine.give(OWNER, [story_of("dam", "The dam holds", "Ada Burke"), story_of("sea", "The sea rises", "Bo Hall")])
    client.desk.tower.poke(OWNER)

    [post] = await server.until("POST", POSTED)
    assert said == "Watching **Ada Burke**. When a new story quotes them, I post it here, at once."
    embed = post.body["embeds"][0]
    assert embed["author"]["name"] == "New: Ada Burke"
    assert "> “The dam holds" in embed["description"]
    assert "mill" not in embed["description"]
    client.desk.tower.poke(OWNER)
    await looked_again(client)
    assert len(told(server)) == 1


async def looked_again(client: OnRecord) -> None:
    """Waits until the tower has looked out a second time from now on, and so once whole."""
    looks = client.desk.tower.looks
    await until(lambda: client.desk.tower.looks >= looks + 2)


async def test_what_an_addition_brings_is_told_at_once_and_counted_in_the_settings(
    running: tuple[Loopback, OnRecord],
) -> None:
    server, _ = running
    await set_watch(server, about="the dam")

    await server.command("story add", file=("dam.txt", "“The dam holds,” said Cy Dunn.".encode()))

    [post] = await server.until("POST", POSTED)
    assert "added by a member" in post.body["embeds"][0]["description"]
    await until(lambda: _brought(running[1]) == 1)
    panel = await server.command("settings")
    await server.until("PATCH", f"{panel['token']}/messages/@original")
    listed = await server.press(server.shown[panel["token"]][0], "Feeds and watches")
    await server.until("PATCH", f"{listed['token']}/messages/@original")
    shown = server.shown[listed["token"]][0]
    assert f"**the dam** · <#{CHANNEL}>, at once · brought 1 story" in shown["content"]
    gone = await server.choose(shown, "onrecord:watches", [one.key for one in _watches(running[1])])
    await server.until("PATCH", f"{gone['token']}/messages/@original")
    assert _watches(running[1]) == ()


def _watches(client: OnRecord) -> tuple[Watch, ...]:
    engine = client.desk.engine
    assert isinstance(engine, OwnedEngine)
    shared = engine.libraries().shared
    assert shared is not None
    return watches_in(shared.settings())


def _brought(client: OnRecord) -> int:
    return sum(watch.brought for watch in _watches(client))


async def test_whoever_wants_it_in_private_is_told_in_private(
    running: tuple[Loopback, OnRecord], engine: OwnedEngine
) -> None:
    server, client = running
    await set_watch(server, speaker="Ada Burke", where="in private")

    engine.give(OWNER, [story_of("dam", "The dam holds", "Ada Burke")])
    client.desk.tower.poke(OWNER)

    await server.until("POST", f"/channels/{PRIVATE}/messages")
    assert told(server) == []


async def test_a_digest_is_one_message_when_its_time_has_come(
    running: tuple[Loopback, OnRecord], engine: OwnedEngine
) -> None:
    server, client = running
    await set_watch(server, speaker="Ada Burke", often="once a day")
    engine.give(OWNER, [story_of(name, f"The {name} holds", "Ada Burke") for name in ("dam", "mill")])
    client.desk.tower.poke(OWNER)
    await looked_again(client)
    assert told(server) == []

    shared = engine.libraries().shared
    assert shared is not None
    [watch] = _watches(client)
    assert timedelta(hours=23) < watch.next_at - datetime.now(UTC) < timedelta(hours=25)
    keep_watch(shared, replace(watch, next_at=datetime.now(UTC)))

    [post] = await server.until("POST", POSTED)
    words = post.body["embeds"][0]["description"]
    assert ("The dam holds" in words, "The mill holds" in words) == (True, True)
    await until(lambda: _watches(client)[0].next_at > datetime.now(UTC))


async def test_the_button_under_a_post_silences_the_watch_for_whoever_may(
    running: tuple[Loopback, OnRecord], engine: OwnedEngine
) -> None:
    server, client = running
    server.permissions_of["4002"] = "0"
    await set_watch(server, speaker="Ada Burke")
    engine.give(OWNER, [story_of("dam", "The dam holds", "Ada Burke")])
    client.desk.tower.poke(OWNER)
    await server.until("POST", POSTED)
    post = next(one for one in server.messages.values() if one["embeds"])

    refused = await server.press(post, "Silence this watch", by="4002")
    await server.until("PATCH", f"{refused['token']}/messages/@original")
    assert "Only members who may manage this server" in server.shown[refused["token"]][0]["content"]
    done = await server.press(post, "Silence this watch")
    await server.until("PATCH", f"{done['token']}/messages/@original")

    assert server.shown[done["token"]][0]["content"].startswith("This watch is silenced")
    assert _watches(client) == ()


async def test_where_discord_refuses_the_post_the_watch_says_so_and_others_are_told(
    running: tuple[Loopback, OnRecord], engine: OwnedEngine
) -> None:
    server, client = running
    await set_watch(server, speaker="Ada Burke")
    await set_watch(server, speaker="Ada Burke", where="in private")
    server.refuse[POSTED] = 403

    engine.give(OWNER, [story_of("dam", "The dam holds", "Ada Burke")])
    client.desk.tower.poke(OWNER)

    await server.until("POST", f"/channels/{PRIVATE}/messages")
    await looked_again(client)
    assert len(told(server)) == 1
    assert {watch.trouble for watch in _watches(client)} == {None, "Discord does not let me write there"}


async def test_a_post_that_broke_on_the_way_is_looked_for_and_not_sent_twice(
    running: tuple[Loopback, OnRecord], engine: OwnedEngine
) -> None:
    server, client = running
    await set_watch(server, speaker="Ada Burke")
    broken = iter([Trouble(reset="after")] * 4)  # it arrives, and its answer is lost, as often as it is tried
    server.trouble = lambda one: next(broken, None) if (one.method, one.path) == ("POST", POSTED) else None

    engine.give(OWNER, [story_of("dam", "The dam holds", "Ada Burke")])
    client.desk.tower.poke(OWNER)

    await until(lambda: _brought(client) == 1)
    assert len([one for one in server.messages.values() if one["embeds"]]) == 1


async def test_a_new_item_of_a_feed_leads_to_one_post_however_often_the_bot_is_started_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    web = Editions({ADDRESS: PAGE.format(opening="The old mill on the river will open again."), FEED: ENTRIES})
    monkeypatch.setattr("index.library.following.WebFetcher", lambda rules: web)
    async with a_server() as server:
        for started in range(3):
            engine = OwnedEngine(tmp_path)
            async with a_bot(server, engine, QUICK) as client:
                if not started:
                    with engine.library_of(OWNER) as library:
                        follow(library, FEED, timedelta(hours=1), datetime.now(UTC) - timedelta(hours=2))
                    await set_watch(server, about="mill")
                    while await asyncio.to_thread(engine.tend, datetime.now(UTC)):
                        pass
                    await server.until("POST", POSTED)
                await looked_again(client)
        check_all(server.received)
    assert len(told(server)) == 1


async def test_a_watch_has_to_be_for_something_and_a_server_has_no_end_of_them(
    running: tuple[Loopback, OnRecord],
) -> None:
    server, client = running

    assert await set_watch(server) == "Say whose words to watch for, on what, or both."
    for number in range(QUICK.watches_of_one_owner):
        shared = client.desk.engine.libraries().shared  # type: ignore[attr-defined]
        keep_watch(shared, Watch(OWNER, f"{number:08x}", int(ANN), "Ada Burke"))
    assert "no more than 50 watches" in await set_watch(server, speaker="Bo Hall")


async def test_whoever_may_not_add_stories_watches_in_private_alone(simcord_env: Env) -> None:
    room = a_room(simcord_env)

    refused = await room.ann.slash(room.channel, "watch", speaker="Paul Ryan", where="here")
    nothing = await room.ann.slash(room.channel, "watch", where="in private")

    assert "Only members who may manage this server" in answered(refused)
    assert "choose “in private”" in answered(refused)
    assert answered(nothing).startswith("Say whose words")
    assert refused.ephemeral


async def test_unless_it_is_said_where_whoever_may_not_add_stories_is_told_in_private(
    running: tuple[Loopback, OnRecord],
) -> None:
    server, client = running
    server.permissions_of["4002"] = "0"

    used = await server.command("watch", "4002", speaker="Ada Burke")
    await server.until("PATCH", f"{used['token']}/messages/@original")

    assert "I post it to you in private" in str(server.shown[used["token"]][0]["content"])
    assert [(one.user, one.channel) for one in _watches(client)] == [(4002, None)]


async def test_who_is_watched_twice_in_one_place_is_watched_once_as_often_as_was_said_last(
    running: tuple[Loopback, OnRecord], engine: OwnedEngine
) -> None:
    server, client = running

    for speaker, given in (
        ("Ada Burke", {}),
        ("ada burke", {}),
        ("Ada Burke", {"often": "once a day"}),
        ("Ada Burke", {}),
    ):
        await set_watch(server, speaker=speaker, **given)
        assert len(_watches(client)) == 1
    await set_watch(server, speaker="Ada Burke", about="the dam")
    await set_watch(server, speaker="Ada Burke", where="in private")

    kept = {(one.about, one.channel is None, one.every) for one in _watches(client)}
    assert kept == {(None, False, "now"), ("the dam", False, "now"), (None, True, "now")}


async def test_a_watch_for_a_name_that_nobody_has_says_so_and_whom_it_may_mean(
    running: tuple[Loopback, OnRecord],
) -> None:
    server, _ = running

    typo, known, new = [await set_watch(server, speaker=name) for name in ("Vera Stoen", "vera  stone", "Zog Quux")]

    assert typo.endswith("-# Nobody called so speaks in the stories yet. Do you mean Vera Stone?")
    assert known.endswith("at once.")
    assert new.endswith("-# Nobody called so speaks in the stories yet.")


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("tell me when Burke says something new", ("Ada Burke",)),
        ("ping me about ada burke’s next words", ("Ada Burke",)),
        ("tell me when Hall speaks", ()),
        ("tell me when Bo Hall speaks, or Burke", ("Ada Burke", "Bo Hall")),
        ("tell me when there is something new", ()),
        ("tell me when the Burkes speak", ()),
        ("lmk whenever the Mayor opens her mouth", ("Ada Burke",)),
        ("keep an eye on the bus driver", ()),
    ],
)
def test_whom_an_errand_names_is_known_by_the_whole_name_or_what_one_alone_is_called(
    line: str, named: tuple[str, ...]
) -> None:
    roles = {"Ada Burke": ("Mayor of York", "mayor"), "Bo Hall": ("bus driver",), "Cy Hall": ("bus driver",)}
    people = tuple(Speaker(name, name, roles=own) for name, own in roles.items())
    said = tuple(replace(seed_shelf().held[0], speaker=one.id) for one in people)

    assert named_in(line, replace(seed_shelf(), held=said, people=people)) == named


async def test_of_an_errand_whoever_may_watches_here_and_anybody_else_in_private(
    running: tuple[Loopback, OnRecord],
) -> None:
    server, client = running
    server.permissions_of["4002"] = "0"
    used = await server.command("ask", question="what did Vera Stone say?")
    await server.until("PATCH", f"{used['token']}/messages/@original")
    button = {"type": 2, "style": 2, "label": "Watch Vera Stone", "custom_id": "onrecord:ask:watch:0::4001"}
    message = server.shown[used["token"]][0] | {"components": [{"type": 1, "components": [button]}]}

    for by in (ANN, "4002"):
        pressed = await server.press(message, "Watch Vera Stone", by=by)
        await server.until("PATCH", f"{pressed['token']}/messages/@original")

    assert [(one.user, one.channel, one.speaker) for one in sorted(_watches(client), key=lambda one: one.user)] == [
        (int(ANN), int(CHANNEL), "Vera Stone"),
        (4002, None, "Vera Stone"),
    ]
