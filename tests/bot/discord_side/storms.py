"""`python -m tests.bot.discord_side.storms`: a thousand questions while Discord's HTTP interface fails, and their fate.

A tenth of the requests gets a 429 (of its route, of something shared, of everything), a twentieth a 5xx or a reset.
"""

import asyncio
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import aiohttp

from tests.bot.discord_side.connecting import on_loopback, replies
from tests.bot.discord_side.gateway import Json
from tests.bot.discord_side.hurry import hurried
from tests.bot.discord_side.loopback import ME, Loopback, Request, Trouble
from tests.bot.discord_side.patience import PATIENT

PACE = 20.0
AT_ONCE = 24
"""Questions in flight: as many as a busy bot has."""
TOO_MANY, BROKEN = 0.10, 0.05
STATUSES = (500, 502, 503, 504)
API = "/api/v10"
EXEMPT = (f"{API}/interactions/", f"{API}/webhooks/")
"""What answers interactions, which the limit on everything leaves out."""


@dataclass
class Storm:
    """Troubles by chance, and a watch over what is sent although it was told to wait."""

    chance: random.Random
    troubles: Counter[str] = field(default_factory=Counter)
    too_early: list[str] = field(default_factory=list)
    _told: dict[str, dict[str, float]] = field(default_factory=dict)
    _known: dict[str, float] = field(default_factory=dict)

    def __call__(self, one: Request) -> Trouble | None:
        """What happens to this request."""
        if one.method == "PUT" or one.path.startswith(("/users", "/oauth2", "/applications")):
            return None
        drawn = self.chance.random()
        if drawn < TOO_MANY:
            return self._too_many(one)
        if drawn < TOO_MANY + BROKEN:
            return self._broken()
        return None

    def _too_many(self, one: Request) -> Trouble:
        exempt = f"{API}{one.path}".startswith(EXEMPT)
        scope = self.chance.choice(("user", "shared") if exempt else ("user", "shared", "global"))
        self.troubles[f"429 {scope}"] += 1
        wait_s = round(self.chance.uniform(0.5, 3.0), 3)
        place = f"{one.method} {API}{one.path}"
        until = asyncio.get_running_loop().time() + wait_s
        self._told[place] = {"" if scope == "global" else place: until}
        return Trouble(429, wait_s, scope)

    def _broken(self) -> Trouble:
        kind = self.chance.choice(("before", "after", *STATUSES))
        self.troubles[str(kind) if isinstance(kind, int) else f"reset {kind}"] += 1
        return Trouble(kind) if isinstance(kind, int) else Trouble(reset=kind)

    def watch(self, config: aiohttp.TraceConfig) -> None:
        """Follows every request of the bot as it leaves, and the answer as it is read."""
        config.on_request_start.append(self._leaves)
        config.on_request_end.append(self._is_read)

    async def _leaves(self, session: object, context: object, request: aiohttp.TraceRequestStartParams) -> None:
        now, path = asyncio.get_running_loop().time(), request.url.path
        for place in [f"{request.method} {path}"] + [""] * (not path.startswith(EXEMPT)):
            if now < self._known.get(place, 0.0):
                self.too_early.append(f"{request.method} {path}")

    async def _is_read(self, session: object, context: object, request: aiohttp.TraceRequestEndParams) -> None:
        place = f"{request.method} {request.url.path}"
        if request.response.status == 429:
            self._known |= self._told.pop(place)


@dataclass
class Fate:
    """What became of the questions: how often each was answered, and what the storm saw."""

    mentions: list[int]
    commands: list[int]
    storm: Storm

    @property
    def well(self) -> bool:
        """Whether each question has one answer and nothing was sent too early."""
        return set(self.mentions) | set(self.commands) == {1} and not self.storm.too_early


async def run(count: int, seed: int = 5) -> Fate:
    """So many questions, of which every fourth is a slash command."""
    storm = Storm(random.Random(seed))
    limits = replace(PATIENT, waiting_questions=2 * AT_ONCE)
    async with on_loopback(limits=limits, watch=storm.watch) as server:
        server.trouble = storm
        one_of_few = asyncio.Semaphore(AT_ONCE)
        fates = await asyncio.gather(*(_asked(server, number, one_of_few) for number in range(count)))
    mentions = [fate for number, fate in enumerate(fates) if number % 4]
    return Fate(mentions, fates[::4], storm)


async def _asked(server: Loopback, number: int, one_of_few: asyncio.Semaphore) -> int:
    """How often one question was answered."""
    async with one_of_few:
        if number % 4:
            where, by = str(300_000 + number % 7), str(400_000 + number)
            asked = await server.say(f"<@{ME}> what did Ryan say?", by=by, where=where)
            await _until(lambda: replies(server)[asked["id"]])
            return replies(server)[asked["id"]]
        used = await server.command("ask", str(400_000 + number), question="what did Ryan say?")
        await _until(lambda: _shown(server, used))
        return _shown(server, used)


def _shown(server: Loopback, used: Json) -> int:
    """How many messages show the answer to a command: the one that the acknowledgement made, and any beyond it."""
    return len(server.shown.get(used["token"], ()))


async def _until(found: Callable[[], int]) -> None:
    for _ in range(3600):
        await asyncio.sleep(1.0)
        if found():
            await asyncio.sleep(2.0)
            return


def main(count: int = 1_000) -> int:
    """Prints the figures; 1 where one of them is not as it has to be."""
    began = time.monotonic()
    fate = hurried(run(count), pace=PACE)
    answers = Counter(fate.mentions + fate.commands)
    sys.stdout.write(
        f"{answers[1]} of {count} questions answered once, {answers[0]} never, "
        f"{sum(answers.values()) - answers[0] - answers[1]} more than once\n"
        f"{len(fate.storm.too_early)} requests sent inside a retry_after\n"
        f"{dict(sorted(fate.storm.troubles.items()))}\n"
        f"{time.monotonic() - began:.0f} s\n"
    )
    return 0 if fate.well else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
