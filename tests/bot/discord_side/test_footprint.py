"""What the bot holds once it has started: little memory, little to go through for garbage, and a process that is ready
for the first addition.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.discord_side.limits import Limits
from tests.bot.discord_side.connecting import on_loopback

MOST_MB = 350
STARTED = """
import gc, json, os, sys
from pathlib import Path
from bot.discord_side.client import OnRecord
from bot.discord_side.libraries.engine import LibraryEngine
from bot.settings import Settings
from index.workers.workers import Pool

got_ready = []
prepare = Pool.prepare
Pool.prepare = lambda pool, job: got_ready.append(type(job).__name__) or prepare(pool, job)
LibraryEngine(Settings(library=Path(sys.argv[1]))).open()
status = Path("/proc/self/status").read_text()
held_kb = int(status.partition("VmRSS:")[2].split()[0])
print(json.dumps([held_kb // 1024, len(gc.get_objects()), got_ready]), flush=True)
os._exit(0)
"""


def test_a_bot_that_has_just_started_holds_little_and_is_ready_for_the_first_addition(tmp_path: Path) -> None:
    for start in ("the first, which builds the library", "the next"):
        printed = subprocess.run(
            [sys.executable, "-c", STARTED, str(tmp_path / "library")], capture_output=True, text=True, check=True
        ).stdout
        held_mb, gone_through, got_ready = json.loads(printed)
        assert held_mb <= MOST_MB, start
        assert gone_through < 10_000, start
        assert got_ready == ["GetReady"], start


async def test_no_thread_that_answers_keeps_the_event_loop_waiting_for_long() -> None:
    before = sys.getswitchinterval()
    try:
        async with on_loopback():
            assert sys.getswitchinterval() == pytest.approx(Limits().handover_s)
    finally:
        sys.setswitchinterval(before)
