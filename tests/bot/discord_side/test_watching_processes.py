"""Three processes on one database look out for a watch; the one that tells it dies, and it is told once even so."""

from contextlib import AsyncExitStack

import pytest

from index.library.watching import Watch, begin, due_in, keep_watch, silence
from index.story import Story
from tests.bot.discord_side.loopback import CHANNEL, loopback
from tests.bot.discord_side.payloads import ANN, GUILD
from tests.bot.discord_side.test_processes import RUN, a_process, until
from tests.index.databases import TestServer
from tests.index.fakes import FakeAttributor, FakeEmbedder

POSTED = f"/channels/{CHANNEL}/messages"
DYING = """
import asyncio
import bot.discord_side.client as client
told = client.tell
async def tell(*given):
    if sys.argv[2] == "after":
        await told(*given)
    await asyncio.Event().wait()
if sys.argv[2] != "well":
    client.tell = tell
settings ="""
SCRIPT = RUN.replace("\nsettings =", DYING).replace("silent_s=1.5", "silent_s=1.5, watching_s=0.3, telling_s=600")


@pytest.mark.parametrize("manner", ["before", "after"])
async def test_a_process_killed_before_or_after_the_post_leaves_one_post(database: TestServer, manner: str) -> None:
    from index.postgres.libraries import PostgresLibraries

    libraries = PostgresLibraries(database.url, embedder=FakeEmbedder(), attributor=FakeAttributor())
    shared, name = libraries.archive, f"dam-{manner}"

    def tried() -> bool:
        return any(due.tried for due in due_in(shared.settings()))

    def posts() -> int:
        return sum((one.method, one.path) == ("POST", POSTED) for one in server.received)

    begin(shared)
    watch = Watch(f"server-{GUILD}", f"{len(name):08x}", int(ANN), "Ada Burke", None, int(CHANNEL))
    keep_watch(shared, watch)
    shared.add([Story(name, f"“The {name} holds,” said Ada Burke.", name, "The Paper")])
    async with loopback() as server, AsyncExitStack() as others:
        async with a_process(server, database, 0, manner, SCRIPT) as doomed:
            await until(lambda: tried() and posts() == (manner == "after"))
            for shard in (1, 2):
                await others.enter_async_context(a_process(server, database, shard, script=SCRIPT))
            assert posts() == (manner == "after")
            doomed.kill()
            await doomed.wait()
        await until(lambda: not due_in(shared.settings()))
        assert posts() == 1
    silence(shared, watch.name)
    libraries.close()
