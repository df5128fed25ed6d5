"""`python -m tests.benchmarks.load [STORIES] [--real]`: how the bot keeps up with a crowd while stories are added.

Over real sockets on loopback, again and again 50 questions are in flight: half of them direct messages, half commands
in a server to whose library the stories are added, and which offers the names of 10,000 speakers. Without `--real` the
embedder and the attributor need no model, and all else is what runs; with it the models run too, over stories of the
seed story's paragraphs. An idle loop in another process, in the same seconds, says what of the lag is the machine's.
"""

import asyncio
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.discord_side.limits import Limits
from index.library.libraries import Libraries
from index.story import Story
from tests.benchmarks.idle_loop import idle_loop_beside, percentile, sample
from tests.bot.discord_side.connecting import bot_on_loopback
from tests.bot.discord_side.loopback import GUILD, Loopback, Request
from tests.bot.discord_side.owned import OwnedEngine
from tests.bot.discord_side.shelf import seed_story

IN_FLIGHT = 50
SPEAKERS_PER_STORY = 20
STORIES_HELD = 500
PAUSE_S = 1.0
"""Between one crowd and the next: Discord takes 50 requests a second."""
LIMITS_MS = {"event-loop lag": (50.0, 250.0), "first acknowledgement": (1_000.0, None), "autocomplete": (300.0, None)}
"""The highest 99th percentile, and the highest value of all."""
SYLLABLES = ("ka", "lo", "mi", "ren", "sta", "vor", "del", "ani", "tho", "bes", "gri", "nal", "por", "shu", "wey")


@dataclass
class Seen:
    """Milliseconds, and when the first request about something came."""

    taken: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in LIMITS_MS})
    answered: list[float] = field(default_factory=list)
    came: dict[str, float] = field(default_factory=dict)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    def __call__(self, one: Request) -> None:
        """Notes a request of the bot's."""
        key = one.path
        if one.path.endswith("/messages") and one.method == "POST":
            key = "answer " + one.body["message_reference"]["message_id"]
        self.came.setdefault(key, time.perf_counter())
        self.arrived.set()

    async def wait(self, key: str) -> float:
        """When the first request of this key came."""
        while key not in self.came:
            self.arrived.clear()
            await self.arrived.wait()
        return self.came[key]


@dataclass(frozen=True)
class Given:
    """Stories, as something to add."""

    stories: Sequence[Story]
    name: str = "a file"

    def read(self, report: object, fetcher: object, reader: object) -> Iterator[Story]:
        return iter(self.stories)


class RealEngine(OwnedEngine):
    """The same libraries with the models that come along."""

    def open_libraries(self) -> Libraries:
        from bot.libraries import open_libraries

        return open_libraries(self._settings)


def crowd_of_speakers(number: int, chance: random.Random) -> Story:
    """A story in which twenty people say something."""

    def name() -> str:
        return "".join(chance.choice(SYLLABLES) for _ in range(3)).title()

    lines = [
        f"“The harbour is {name().lower()} enough for {at},” said {name()} {name()} on Monday."
        for at in range(SPEAKERS_PER_STORY)
    ]
    return Story(f"story-{number}", "\n\n".join(lines), f"Harbour report {number}", "The Tide")


def like_the_seed(number: int, chance: random.Random) -> Story:
    """A story of paragraphs of the seed story, with names of its own."""
    paragraphs = [part for part in seed_story().text.split("\n\n") if part.strip()]
    text = "\n\n".join(chance.sample(paragraphs, 12)).replace("Peters", f"Peters{number}")
    return Story(f"story-{number}", text, f"Report {number}", "The Tide")


async def run(stories: int, *, real: bool) -> Seen:
    """Everything at once, until the stories are added."""
    seen, chance = Seen(), random.Random(4)
    make = like_the_seed if real else crowd_of_speakers
    held = 8 if real else STORIES_HELD
    limits = Limits(stories_of_one_source=10_000, stories_of_one_owner=100_000, adding_s=7_200.0, answer_s=120.0)
    with TemporaryDirectory() as folder:
        engine = (RealEngine if real else OwnedEngine)(Path(folder))
        async with bot_on_loopback(engine, limits) as (server, client):
            await asyncio.to_thread(engine.give, f"server-{GUILD}", [make(-number, chance) for number in range(held)])
            server.trouble = first = Seen()
            await _typed(server, "ka", first)
            server.trouble = seen
            new = [make(number + 1, chance) for number in range(stories)]
            adding = asyncio.create_task(client.desk.intake.add(f"server-{GUILD}", Given(new)))
            lags = seen.taken["event-loop lag"]
            beside = [asyncio.create_task(work) for work in (sample(lags), _type(server, seen))]
            while not adding.done() or not seen.answered:
                began = time.perf_counter()
                await asyncio.gather(*(_asked(server, seen, number) for number in range(IN_FLIGHT)))
                seen.answered.append((time.perf_counter() - began) * 1000)
                await asyncio.sleep(PAUSE_S)
            await adding
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)
    return seen


async def _asked(server: Loopback, seen: Seen, number: int) -> None:
    """One question, until it is answered."""
    began, by = time.perf_counter(), str(400_000 + number)
    if number % 2:
        where = str(300_000 + number)
        seen.came.pop(f"/channels/{where}/typing", None)
        asked = await server.say("what did Vera Stone say?", private=True, by=by, where=where)
        first, answer = f"/channels/{where}/typing", f"answer {asked['id']}"
    else:
        used = await server.command("ask", by, question="what did Ryan say?")
        first = f"/interactions/{used['id']}/{used['token']}/callback"
        answer = f"/webhooks/{used['application_id']}/{used['token']}/messages/@original"
    seen.taken["first acknowledgement"].append((await seen.wait(first) - began) * 1000)
    await seen.wait(answer)


async def _type(server: Loopback, seen: Seen) -> None:
    chance = random.Random(9)
    while True:
        await _typed(server, "".join(chance.choice(SYLLABLES) for _ in range(chance.choice((1, 2, 3)))), seen)
        await asyncio.sleep(0.1)


async def _typed(server: Loopback, words: str, seen: Seen) -> None:
    began = time.perf_counter()
    used = await server.typed("speaker", "name", words)
    key = f"/interactions/{used['id']}/{used['token']}/callback"
    seen.taken["autocomplete"].append((await seen.wait(key) - began) * 1000)


def main(*given: str) -> int:
    """Prints the figures; 1 where one is above its limit."""
    stories = next((int(one) for one in given if one.isdecimal()), 500)
    began = time.perf_counter()
    with idle_loop_beside() as idle:
        seen = asyncio.run(run(stories, real="--real" in given))
    sys.stdout.write(
        f"an idle loop beside it: p50 {percentile(idle, 0.5):.0f} ms, p99 {percentile(idle, 0.99):.0f} ms, "
        f"max {max(idle):.0f}, of {len(idle)}\n"
    )
    well = True
    for name, (p99_max, all_max) in LIMITS_MS.items():
        taken = sorted(seen.taken[name])
        p99 = percentile(taken, 0.99)
        well &= p99 <= p99_max and (all_max is None or taken[-1] <= all_max)
        most = f", max {taken[-1]:.0f} (at most {all_max:.0f})" if all_max else f", max {taken[-1]:.0f}"
        sys.stdout.write(f"{name}: p99 {p99:.0f} ms (at most {p99_max:.0f}){most}, of {len(taken)}\n")
    sys.stdout.write(
        f"{stories} stories added, {len(seen.answered)} crowds of {IN_FLIGHT} answered, the slowest in "
        f"{max(seen.answered) / 1000:.1f} s; {time.perf_counter() - began:.0f} s in all\n"
    )
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
