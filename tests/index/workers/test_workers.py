"""Worker processes: whatever a job does, it is that job's alone, ends at its limits, and is said in half a sentence."""

import pickle
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest

from index.reading.bounds import BOUNDS
from index.story import Story
from index.workers.process import GetReady, Job, Process, Result, Undone, packed, unpacked
from index.workers.workers import Pool
from tests.index.workers.jobs import Crash, Fail, Grow, Hang, Loaded, Spin, Surroundings, Tell, WhoAreYou

SMALL = replace(BOUNDS, work_cpu_s=1, work_bytes=150_000_000)


@pytest.fixture
def pool() -> Iterator[Pool]:
    made = Pool(1, SMALL)
    yield made
    made.close()


def told(pool: Pool, job: Job, owner: str = "ann") -> list[str]:
    return [one.text for one in pool.results(owner, job) if isinstance(one, Story)]


def pid(pool: Pool) -> int:
    return int(told(pool, WhoAreYou())[0])


def test_what_comes_of_a_job_comes_in_order(pool: Pool) -> None:
    assert told(pool, Tell(("one", "two", "three"))) == ["one", "two", "three"]


def test_a_process_is_used_again(pool: Pool) -> None:
    assert pid(pool) == pid(pool)


@pytest.mark.parametrize(
    ("job", "why"),
    [
        (Spin(("one",)), "it takes more than 1 seconds of a processor"),
        (Grow(), "it takes more memory than one story may"),
        (Fail(), "working through it failed"),
        (Crash(), "working through it failed"),
    ],
)
def test_a_job_past_its_limits_is_given_up_in_half_a_sentence_and_the_next_one_done(
    pool: Pool, job: Job, why: str
) -> None:
    with pytest.raises(Undone) as undone:
        told(pool, job)

    assert undone.value.why == why
    assert told(pool, Tell(("next",))) == ["next"]


def test_a_job_that_waits_for_ever_is_ended_at_its_deadline() -> None:
    pool = Pool(1, replace(SMALL, work_wall_s=0.2))
    with pytest.raises(Undone, match="seconds"):
        told(pool, Hang(()))
    pool.close()


def test_each_piece_of_a_long_job_has_its_own_seconds(pool: Pool) -> None:
    found = pool.results("ann", Spin(("one", "two")))

    assert [next(found), next(found)] == [Story("one", "one"), Story("two", "two")]
    with pytest.raises(Undone):
        next(found)


def test_nothing_of_a_text_reaches_the_log(pool: Pool, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(Undone):
        told(pool, Fail())

    assert "RuntimeError in" in caplog.text
    assert "a secret of the text" not in caplog.text


def test_a_worker_is_told_no_secret(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISCORD_TOKEN", "ONRECORD_LIBRARY", "PGPASSWORD"):
        monkeypatch.setenv(name, "secret")

    assert not {"DISCORD_TOKEN", "ONRECORD_LIBRARY", "PGPASSWORD"} & set(told(pool, Surroundings()))


def test_a_process_that_has_nothing_to_do_ends_and_another_one_takes_its_place() -> None:
    pool = Pool(1, replace(SMALL, idle_s=0.0))
    first = pid(pool)
    _await_end(first)

    assert pid(pool) != first
    pool.close()


def test_nothing_is_left_of_a_process_that_had_nothing_to_do_once_the_pool_is_cleared() -> None:
    pool = Pool(1, replace(SMALL, idle_s=0.0))
    ended = pid(pool)
    _await_end(ended)

    def is_cleared() -> bool:
        pool.clear()
        return not Path(f"/proc/{ended}").exists()

    _until(is_cleared)  # the last of its threads may still be at its end
    pool.close()


def test_a_job_given_up_by_whoever_wanted_it_leaves_nothing_behind(pool: Pool) -> None:
    found = pool.results("ann", Hang(("one",)))
    next(found)
    found.close()  # type: ignore[attr-defined]

    assert told(pool, Tell(("next",))) == ["next"]


def test_whoever_waits_when_a_pool_is_closed_is_told() -> None:
    pool = Pool(1, SMALL)
    under_way, why = Event(), []

    def work() -> None:
        try:
            for _ in pool.results("ann", Hang(("one",))):
                under_way.set()
        except Undone as undone:
            why.append(undone.why)

    thread = Thread(target=work)
    thread.start()
    under_way.wait()
    pool.close()
    thread.join()

    assert why == ["working through it failed"]
    with pytest.raises(Undone, match="ending"):
        told(pool, Tell(("next",)))


def test_what_a_process_prepares_is_done_before_the_next_job_and_nothing_comes_back_of_it() -> None:
    pool = Pool(2, BOUNDS)
    pool.prepare(GetReady())
    pool.prepare(GetReady())

    assert told(pool, Loaded()) == ["spacy"]
    assert pid(pool) == pid(pool)
    pool.close()


def test_nothing_but_results_comes_to_life_from_what_a_worker_sends() -> None:
    assert unpacked(packed(Story("a", "words"))) == Story("a", "words")
    for evil in (pickle.dumps(_Evil()), pickle.dumps(print), b"nothing of the kind", pickle.dumps({"a": 1})):
        with pytest.raises((ValueError, TypeError)):
            unpacked(evil)


class _Evil:
    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (Path("/tmp/never"),)


class _Watched(Process):
    """No process at all: it notes whose turn it was, and goes on when it is told to."""

    def __init__(self, order: list[str], go_on: Event) -> None:
        self.order, self.go_on = order, go_on

    @property
    def alive(self) -> bool:
        return True

    def results(self, job: Job) -> Iterator[Result]:
        assert isinstance(job, Tell)
        self.order.extend(job.words)
        self.go_on.wait()
        yield Story("done", "done")

    def stop(self) -> None:
        pass


def test_whoever_has_used_least_comes_first_and_then_who_came_first() -> None:
    order: list[str] = []
    go_on = Event()
    now = [0.0]
    pool = Pool(1, SMALL, start=lambda bounds: _Watched(order, go_on), clock=lambda: now[0])

    def wants(owner: str, word: str) -> Thread:
        thread = Thread(target=lambda: told(pool, Tell((word,)), owner))
        thread.start()
        return thread

    waiting = [wants("greedy", "greedy 1")]
    _until(lambda: order == ["greedy 1"])
    for number, (owner, word) in enumerate((("greedy", "greedy 2"), ("ann", "ann 1"), ("bo", "bo 1")), start=1):
        waiting.append(wants(owner, word))
        _until(lambda number=number: pool.waiting == number)
    now[0] = 30.0
    go_on.set()
    for thread in waiting:
        thread.join()

    assert order == ["greedy 1", "ann 1", "bo 1", "greedy 2"]


def _until(held: object) -> None:
    while not held():  # type: ignore[operator]
        time.sleep(0)


def _await_end(number: int) -> None:
    """Until a process of ours is at its end, taken notice of or not."""
    while Path(f"/proc/{number}/stat").exists():
        if Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
            return
        time.sleep(0)


def test_a_process_ends_with_the_one_that_started_it_whatever_it_is_at() -> None:
    script = (
        "from index.reading.bounds import BOUNDS; from index.workers.process import Process;"
        "from tests.index.workers.jobs import Hang, WhoAreYou; process = Process.start(BOUNDS);"
        "print(list(process.results(WhoAreYou()))[0].text, flush=True); process.prepare(Hang(()));"
        "import os; os._exit(0)"
    )
    started = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    _await_end(int(started.stdout))
