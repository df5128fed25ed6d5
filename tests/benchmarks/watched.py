"""`python -m tests.benchmarks.watched [ROUNDS]`: what 1,000 watches of 200 servers cost whoever asks meanwhile.

The real bot over real sockets on loopback. In each round two stories that everybody may read are added, one of which no
watch is to be told of (it counts as known), and one that 20 watches are told of, each in a channel of its own.
Meanwhile somebody asks one question after the other and, between two of them, uses `/watch`. It prints how long both
took, with news and without, in turns, so that a busy machine costs either alike.
"""

import asyncio
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bot.discord_side.client import OnRecord
from bot.discord_side.libraries.place import EVERYBODY
from bot.discord_side.limits import Limits
from index.library.verbs import StoryLibrary
from index.library.watching import Watch, begin_watching, due_in, keep_watch
from index.story import Story
from tests.benchmarks.idle_loop import percentile
from tests.bot.discord_side.connecting import bot_on_loopback
from tests.bot.discord_side.gateway import Json
from tests.bot.discord_side.loopback import GUILD, Loopback, Request
from tests.bot.discord_side.owned import OwnedEngine, story_of
from tests.index.library.watching_time import SERVERS, watches

ROUNDS = 6
TOLD = 20
LEAST_ASKED = 20
"""Questions in the half of a round without watches; with them, as many as there is time for, and no fewer."""
PAUSE_S = 0.05
SLOWER_MAX = 1.5
"""How many times as long an answer may take, in the median, while watches are held and told."""
WITHOUT, WITH = "without news", "while watches are told"


@dataclass
class Seen:
    """Which interactions were answered, and how many watches were told."""

    answered: set[str] = field(default_factory=set)
    told: int = 0
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    def __call__(self, one: Request) -> None:
        """Notes a request of the bot's."""
        if one.path.startswith("/webhooks/"):
            self.answered.add(one.path.split("/")[3])
            self.arrived.set()
        self.told += one.method == "POST" and one.path.endswith("/messages")

    async def wait(self, token: str) -> None:
        """Waits until an interaction was answered."""
        while token not in self.answered:
            self.arrived.clear()
            await self.arrived.wait()


def placed() -> list[Watch]:
    """The watches, each server's in a channel of its own."""
    return [replace(one, channel=800_000 + int(one.owner.rpartition("-")[2])) for one in watches()]


async def run(rounds: int) -> tuple[dict[str, dict[str, list[float]]], int]:
    """Milliseconds by what was waited for, without and with watches; and how many were told."""
    took: dict[str, dict[str, list[float]]] = {"an answer": defaultdict(list), "`/watch`": defaultdict(list)}
    with TemporaryDirectory() as folder:
        engine = OwnedEngine(Path(folder))
        limits = Limits(watching_s=3_600.0, answer_s=120.0)
        async with bot_on_loopback(engine, limits) as (server, client):
            await asyncio.to_thread(engine.give, f"server-{GUILD}", [story_of("dam", "The dam holds", "Ada Burke")])
            shared = engine.libraries().shared
            assert shared is not None
            begin_watching(shared)
            for watch in placed():
                await asyncio.to_thread(keep_watch, shared, watch)
            server.trouble = seen = Seen()
            for number in range(2 * rounds):
                news = (number + number // 2) % 2 == 1
                await _half(server, client, shared, number, took, WITH if news else WITHOUT)
    return took, seen.told


async def _half(
    server: Loopback,
    client: OnRecord,
    shared: StoryLibrary,
    number: int,
    took: dict[str, dict[str, list[float]]],
    which: str,
) -> None:
    """A new story, and questions until everybody was told of it."""
    await asyncio.to_thread(shared.add, [_story(number)])
    if which == WITHOUT:
        await asyncio.to_thread(begin_watching, shared)
    looks = client.desk.tower.looks
    await _timed(server, lambda: server.command("ask", question="what did Vera Stone say?"))  # it is read anew, once
    client.desk.tower.poke(EVERYBODY)
    asked = 0
    while asked < LEAST_ASKED or client.desk.tower.looks == looks or await asyncio.to_thread(_is_due, shared):
        asked += 1
        by = str(400_000 + asked)
        answer = await _timed(server, lambda: server.command("ask", by, question="what did Vera Stone say?"))  # noqa: B023 - at once
        took["an answer"][which].append(answer)
        if asked % 10 == 1:
            name = f"Nobody {number} {asked}"
            shown = await _timed(server, lambda: server.command("watch", by, speaker=name, where="in private"))  # noqa: B023 - at once
            took["`/watch`"][which].append(shown)
        await asyncio.sleep(PAUSE_S)


def _story(number: int) -> Story:
    """A story in which so many people speak, each of whom one watch is for."""
    first = TOLD * number
    people = [f"Ann{at % SERVERS} Person0" for at in range(first, first + TOLD)]
    text = "\n\n".join(f"“It rained for {number} weeks,” said {name} on Monday." for name in people)
    return Story(f"news-{number}", text, f"News {number}")


def _is_due(shared: StoryLibrary) -> bool:
    return bool(due_in(shared.settings()))


async def _timed(server: Loopback, act: Callable[[], object]) -> float:
    """Milliseconds from what somebody does to the answer."""
    seen = server.trouble
    assert isinstance(seen, Seen)
    began = time.perf_counter()
    used: Json = await act()  # type: ignore[misc]  # what acts is awaited
    await seen.wait(used["token"])
    return 1_000 * (time.perf_counter() - began)


def main(*given: str) -> int:
    """Prints the figures; 1 where answers are slower with watches than they may be."""
    rounds = int(given[0]) if given else ROUNDS
    took, told = asyncio.run(run(rounds))
    sys.stdout.write(f"{told / rounds:.0f} watches were told of a story\n")
    well = True
    for what, by in took.items():
        for which, times in by.items():
            sys.stdout.write(
                f"{what}, {which}: median {median(times):.1f} ms, p95 {percentile(times, 0.95):.1f}, "
                f"slowest {max(times):.1f}, of {len(times)}\n"
            )
        ratio = median(by[WITH]) / median(by[WITHOUT])
        tail = percentile(by[WITH], 0.95) / percentile(by[WITHOUT], 0.95)
        well &= ratio <= SLOWER_MAX
        sys.stdout.write(f"{what}: {ratio:.2f} times as long in the median (at most {SLOWER_MAX}), p95 {tail:.2f}\n")
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
