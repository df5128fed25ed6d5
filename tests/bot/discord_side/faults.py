"""`python -m tests.bot.discord_side.faults`: two hundred faults of the gateway, and what became of the bot in them.

Each kind of fault comes in turn, in whole rounds, so that what is held open afterwards can be compared; a question is
asked while the bot is away, and one when it is back.
"""

import asyncio
import math
import os
import sys
import threading
import time
from dataclasses import dataclass, field

from tests.bot.discord_side.connecting import on_loopback, replies
from tests.bot.discord_side.gateway import FAULTS
from tests.bot.discord_side.hurry import hurried
from tests.bot.discord_side.loopback import ME, Loopback

PACE = 60.0
FORGETTING = {"invalid", "cut, then invalid"}
"""Faults after which Discord does not repeat what was said meanwhile."""


@dataclass
class Outcome:
    """What was seen: recoveries, how often each question was answered, and what was held open after each round."""

    faults: int = 0
    recovered: int = 0
    answers_after: list[int] = field(default_factory=list)
    answers_during: list[int] = field(default_factory=list)
    held: list[tuple[int, int, int]] = field(default_factory=list)

    @property
    def flat(self) -> bool:
        """Whether the last round left no more tasks, files or threads than the first."""
        first, last = self.held[0], self.held[-1]
        return all(after <= before for before, after in zip(first, last, strict=True))


async def run(count: int) -> Outcome:
    """So many faults at least, one after the other, until the last round is whole."""
    outcome = Outcome()
    async with on_loopback() as server:
        for _ in range(math.ceil(count / len(FAULTS))):
            for kind in FAULTS:
                await _one(server, kind, outcome)
            outcome.held.append(await _held())
    return outcome


async def _one(server: Loopback, kind: str, outcome: Outcome) -> None:
    outcome.faults += 1
    breaking = asyncio.create_task(server.fault(kind))
    await asyncio.sleep(0)
    during = await server.say(f"<@{ME}> what did Ryan say?")
    await breaking
    outcome.recovered += 1
    after = await server.say(f"<@{ME}> what did Pelosi say?")
    await _answered(server, after["id"])
    counted = replies(server)
    outcome.answers_after.append(counted[after["id"]])
    if kind not in FORGETTING:
        outcome.answers_during.append(counted[during["id"]])


async def _answered(server: Loopback, number: str) -> None:
    """Waits for the answer, and then long enough for a second one to come where there is one."""
    for _ in range(3600):
        await asyncio.sleep(1.0)
        if replies(server)[number]:
            await asyncio.sleep(3.0)
            return


async def _held() -> tuple[int, int, int]:
    """Tasks, open files and threads, once what ends has ended."""
    await asyncio.sleep(60.0)
    return len(asyncio.all_tasks()), len(os.listdir("/proc/self/fd")), threading.active_count()


def main(count: int = 200) -> int:
    """Prints the figures; 1 where one of them is not as it has to be."""
    began = time.monotonic()
    outcome = hurried(run(count), pace=PACE)
    once = sum(number == 1 for number in outcome.answers_after)
    kept = sum(number == 1 for number in outcome.answers_during)
    sys.stdout.write(
        f"recovered from {outcome.recovered} of {outcome.faults} faults\n"
        f"{once} of {len(outcome.answers_after)} questions after a fault answered exactly once\n"
        f"{kept} of {len(outcome.answers_during)} questions during a fault answered exactly once\n"
        f"tasks, open files, threads after the first round {outcome.held[0]}, after the last {outcome.held[-1]}\n"
        f"{time.monotonic() - began:.0f} s\n"
    )
    return 0 if once == outcome.faults and kept == len(outcome.answers_during) and outcome.flat else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
