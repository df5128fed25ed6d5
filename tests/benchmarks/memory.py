"""`python -m tests.benchmarks.memory [STORIES]`: what the bot holds in memory, and how soon an addition is answered.

The program as it is served, in a process of its own with its models, over real sockets on loopback: after its start;
when a first story, then as many as are asked for, have been handed in; and a minute after the last. The figures are
those of the whole family of processes, each page shared by several counted in parts (PSS).
"""

import asyncio
import os
import random
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from tests.benchmarks.load import like_the_seed
from tests.bot.discord_side.loopback import TOKEN, Loopback, loopback
from tests.bot.discord_side.shelf import ROOT

STARTED_MB, AFTER_MB, FIRST_S = 350.0, 450.0, 5.0
SETTLED_S = 60.0


def held_mb(process: psutil.Process) -> tuple[float, float, int]:
    """Megabytes of a process, and of it with all its children, and how many these are."""
    family = [process, *process.children(recursive=True)]
    parts = [one.memory_full_info().pss / 1e6 for one in family]
    return parts[0], sum(parts), len(family) - 1


async def added(server: Loopback, number: int, chance: random.Random) -> float:
    """Seconds until an added story is answered."""
    began = time.perf_counter()
    story = like_the_seed(number, chance)
    used = await server.command("story add", file=(f"{number}.txt", story.text.encode()))
    await server.until_any(
        lambda one: one.path.startswith("/webhooks/") and used["token"] in one.path and " added" in str(one.body)
    )
    return time.perf_counter() - began


async def run(stories: int) -> bool:
    """Prints the figures; whether each is within its limit."""
    chance = random.Random(4)
    with TemporaryDirectory() as folder:
        async with loopback() as server:
            environment = {
                **os.environ, "DISCORD_TOKEN": TOKEN, "DISCORD_API_BASE": server.api, "PYTHONPATH": str(ROOT),
                "DISCORD_GATEWAY_URL": server.gateway, "ONRECORD_LIBRARY": str(Path(folder) / "library"),
            }  # fmt: skip
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "serve", env=environment, cwd=ROOT, stderr=asyncio.subprocess.DEVNULL
            )
            try:
                await server.connected()
                bot = psutil.Process(process.pid)
                await asyncio.sleep(SETTLED_S / 4)
                started, *_ = held_mb(bot)
                first_s = await added(server, 0, chance)
                highest = 0.0
                for number in range(1, stories):
                    await added(server, number, chance)
                    highest = max(highest, held_mb(bot)[1])
                await asyncio.sleep(SETTLED_S)
                alone, together, children = held_mb(bot)
            finally:
                process.kill()
                await process.wait()
    sys.stdout.write(
        f"after its start: {started:.0f} MB (at most {STARTED_MB:.0f})\n"
        f"the first story was added after {first_s:.1f} s (at most {FIRST_S:.0f})\n"
        f"while {stories} stories were added: {highest:.0f} MB with all processes\n"
        f"a minute later: {together:.0f} MB (at most {AFTER_MB:.0f}), the bot alone {alone:.0f}, "
        f"{children} processes beside it\n"
    )
    return started <= STARTED_MB and together <= AFTER_MB and first_s <= FIRST_S


def main(*given: str) -> int:
    """1 where a figure is above its limit."""
    return 0 if asyncio.run(run(int(given[0]) if given else 100)) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
