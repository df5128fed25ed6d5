"""A server's first day over real sockets: joined, asked, checked, a feed added, a speaker watched; three processes on
one database, of which the one that tells the news dies over it, and the news is told once even so."""

import signal
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from index.library.following import follow
from index.library.watching import due_in, stop_watching, watches_in
from tests.bot.discord_side.gateway import Json
from tests.bot.discord_side.loopback import CHANNEL, ME, Loopback, Request, loopback
from tests.bot.discord_side.openapi import check_all
from tests.bot.discord_side.owned import SHARED
from tests.bot.discord_side.patience import until
from tests.bot.discord_side.payloads import GUILD, NEW_CHANNEL
from tests.bot.discord_side.test_feeds_and_hosts import ENTRIES
from tests.bot.discord_side.test_processes import RUN, a_process
from tests.bot.discord_side.test_story_commands import PAGE
from tests.index.databases import TestServer
from tests.index.fakes import FakeAttributor, FakeEmbedder

POSTED = f"/channels/{CHANNEL}/messages"
BEFORE = """
import os, signal, urllib.request
import bot.discord_side.client as client, index.library.following, index.reading.fetching as fetching
from bot.discord_side.libraries import engine
from bot.discord_side.libraries.engine import Rounds
from index.reading.sources import HERE

class Web:
    def __init__(self, **rules):
        pass

    def fetch(self, url, *held):
        with urllib.request.urlopen(f"http://ADDRESS/files/{url.rpartition('/')[2]}") as answer:
            return fetching.Page(url, answer.read(), "text/html")

    fetch_if_changed = fetch

index.library.following.WebFetcher = fetching.WebFetcher = Web
engine.TENDED_EVERY_S = 0.3
Rounds.due = lambda self, owners, now, most: tuple(owners)
Engine.reader_of = lambda self, owner: HERE
told = client.tell

async def tell(*given):
    try:
        os.close(os.open("DIED", os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return await told(*given)
    if sys.argv[2] == "after":
        await told(*given)
    os.kill(os.getpid(), signal.SIGKILL)

client.tell = tell
was_ready = client.OnRecord.on_ready

async def on_ready(self):
    await was_ready(self)
    open("READY" + sys.argv[1], "x").close()

client.OnRecord.on_ready = on_ready
settings ="""
SCRIPT = RUN.replace("\nsettings =", BEFORE).replace("looks_s=0.3", "looks_s=0.3, watching_s=0.3")
"""The bot with the small Discord's files for a web, which looks out often; the first process that tells anything dies
before or after it."""


async def used(server: Loopback, command: str, **given: str) -> str:
    """The words that a command is answered with in the end."""
    token = (await server.command(command, **given))["token"]  # type: ignore[arg-type]
    await until(lambda: bool(server.shown.get(token)) and not words(server.shown[token][0]).endswith("…"))
    return words(server.shown[token][0])


def words(message: Json) -> str:
    return str(message["content"] or "\n".join(embed["description"] for embed in message["embeds"]))


def posted(server: Loopback, path: str) -> list[Request]:
    return [one for one in server.received if (one.method, one.path) == ("POST", path)]


def news(server: Loopback) -> list[str]:
    """What watches brought to the channel."""
    sent = [one for one in server.messages.values() if one["channel_id"] == CHANNEL and one["embeds"]]
    return [words(one) for one in sent if "Silence this watch" in str(one["components"])]


@pytest.mark.parametrize(("manner", "joined"), [("before", "2002"), ("after", "2003")])
async def test_from_joining_to_the_one_post_that_a_new_item_leads_to(
    database: TestServer, tmp_path: Path, manner: str, joined: str
) -> None:
    from index.postgres.library import PostgresLibraries

    libraries = PostgresLibraries(database.url, embedder=FakeEmbedder(), attributor=FakeAttributor())
    shared, feed, dam = libraries.archive, f"https://news.example/feed-{manner}", f"dam-{manner}"
    shared.add([SHARED])
    libraries.claims.run("DELETE FROM claims", {})  # each small Discord begins its numbers anew
    more = f"<item><title>{dam}</title><link>https://news.example/{dam}</link></item></channel>"
    async with loopback() as server, AsyncExitStack() as running:
        server.files = {f"feed-{manner}": ENTRIES.encode(), "mill": PAGE.format(opening="The mill is old.").encode()}
        script = SCRIPT.replace("ADDRESS", server.address).replace("DIED", str(tmp_path / "died"))
        script = script.replace("READY", str(tmp_path / "ready"))
        bots = [
            await running.enter_async_context(a_process(server, database, shard, manner, script)) for shard in (0, 1, 2)
        ]
        await until(lambda: len([*tmp_path.glob("ready*")]) == len(bots))  # told of before, it is none that is joined
        await server.join(joined)
        await until(lambda: len(posted(server, f"/channels/{NEW_CHANNEL}/messages")) == 1)
        await server.say(f"<@{ME}> what did Vera Stone say?")
        await until(lambda: bool(posted(server, POSTED)))
        assert "The harbour is deep enough" in str(posted(server, POSTED)[0].body)
        checked = await used(server, "check", quote="The harbour is deep enough", speaker="Vera Stone")
        assert checked.startswith("**✓ Exact**")
        assert "This is a feed" in await used(server, "story add", address=feed)
        assert "**Ada Burke**" in await used(server, "watch", speaker="Ada Burke")
        assert news(server) == []

        page = PAGE.replace("mill", dam).format(opening="It was built long ago.")
        server.files |= {f"feed-{manner}": ENTRIES.replace("</channel>", more).encode(), dam: page.encode()}
        with libraries.of(f"server-{GUILD}") as library:
            follow(library, feed, timedelta(hours=1), datetime.now(UTC))  # the hour is over
        await until(lambda: any(one.returncode == -signal.SIGKILL for one in bots))
        await until(lambda: bool(news(server)) and not due_in(shared.settings()))
        check_all(server.received)
    assert len(news(server)) == 1
    assert f"The {dam} will reopen in spring" in news(server)[0]
    for watch in watches_in(shared.settings()):
        stop_watching(shared, watch.name)
    libraries.close()
