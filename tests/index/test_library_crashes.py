"""Power cuts, failing disks and killed processes: a library is always exactly what it was or what it was to become."""

import errno
import json
import os
import random
import signal
import warnings
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from index.errors import LibraryUnwritable
from index.library import Library
from index.story import Story
from tests.index.fakes import FakeAttributor, FakeDisk, FakeEmbedder, PowerCut

KILLS = int(os.environ.get("ONRECORD_TEST_KILLS", "100"))
Change = Callable[[Library], object]
State = tuple[object, ...]


def story(number: int, words: str = "") -> Story:
    text = f"Story {number} has words of its own. It also has a second sentence."
    return Story(f"s{number}", f"{text}\n\n“So it goes,” said Ana Ruiz. {words}", title=f"Title {number}")


def opened(disk: FakeDisk, embedder: FakeEmbedder | None = None) -> Library:
    return Library.open("nowhere", embedder=embedder or FakeEmbedder(), attributor=FakeAttributor(), disk=disk)


def state_of(library: Library) -> State:
    """All that a reader can see."""
    hits = library.search("which story has a second sentence?", limit=50)
    versions = [library.story(each.id, version) for each in library.stories for version in range(1, each.version)]
    derived = library.statements(), library.speakers(), library.passages(), hits
    return library.stories, versions, library.pending, derived


def begun() -> FakeDisk:
    disk = FakeDisk()
    library = opened(disk)
    library.add([story(1), story(2)])
    library.add([story(3)])
    library.add([story(1, "It has changed since.")])
    library.add([story(17)], statements=False)
    return disk.copy()


CHANGES: dict[str, Change] = {
    "add": lambda library: library.add([story(4), story(5)]),
    "update": lambda library: library.add([story(2, "Now it says more than it did.")]),
    "relabel": lambda library: library.add([Story("s2", story(2).text, title="Another title")]),
    "remove": lambda library: library.remove("s1"),
    "read": lambda library: library.complete(),
    "unread": lambda library: library.add([story(4), story(5)], statements=False),
    "merge": lambda library: library.add([story(number) for number in range(4, 16)]),
}


@pytest.mark.parametrize("name", CHANGES)
def test_the_power_may_go_at_any_moment_of_a_change(name: str) -> None:
    base = begun()
    change = CHANGES[name]
    trial = base.copy()
    before = state_of(opened(base.copy()))
    library = opened(trial)
    change(library)
    after = state_of(library)
    assert after != before
    moments = trial.writes
    assert moments > 10
    for cut_at, names_kept, content_kept in product(range(1, moments + 1), (False, True), (False, True)):
        disk = base.copy()
        disk.cut_at = cut_at
        with pytest.raises(PowerCut):
            change(opened(disk))
        found = opened(disk.after_power_cut(names_kept=names_kept, content_kept=content_kept))
        assert state_of(found) in (before, after), (cut_at, names_kept, content_kept)


def test_the_power_may_go_at_any_moment_of_the_first_change() -> None:
    trial = FakeDisk()
    opened(trial).add([story(1)])
    after = state_of(opened(trial))
    for cut_at, names_kept, content_kept in product(range(1, trial.writes + 1), (False, True), (False, True)):
        disk = FakeDisk(cut_at=cut_at)
        with pytest.raises(PowerCut):
            opened(disk).add([story(1)])
        found = state_of(opened(disk.after_power_cut(names_kept=names_kept, content_kept=content_kept)))
        assert found in (state_of(opened(FakeDisk())), after)


def test_the_power_may_go_at_any_moment_of_a_rebuild() -> None:
    base = begun()
    other = FakeEmbedder("another model")
    trial = base.copy()
    assert opened(trial, other).repair()
    after = state_of(opened(trial, FakeEmbedder("another model")))
    for cut_at, kept in product(range(1, trial.writes + 1), (False, True)):
        disk = base.copy()
        disk.cut_at = cut_at
        with pytest.raises(PowerCut):
            opened(disk, other).repair()
        found = opened(disk.after_power_cut(names_kept=kept, content_kept=kept), FakeEmbedder("another model"))
        assert state_of(found) == after


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES])
@pytest.mark.parametrize("name", CHANGES)
def test_any_disk_call_may_fail(name: str, code: int) -> None:
    base = begun()
    change = CHANGES[name]
    before = state_of(opened(base.copy()))
    trial = base.copy()
    library = opened(trial)
    trial.calls = 0
    change(library)
    after = state_of(library)
    for fail_at in range(1, trial.calls + 1):
        disk = base.copy()
        library = opened(disk)
        disk.calls = 0
        disk.fail_at, disk.errno = fail_at, code
        failed = False
        try:
            change(library)
        except LibraryUnwritable:
            failed = True
        disk.fail_at = None
        assert state_of(library) == (before if failed else after), fail_at
        again = opened(disk)
        assert state_of(again) == state_of(library)
        needed = again._vault.newest().manifest
        assert needed is not None
        assert set(disk.files) <= needed.files | {"lock"}


def _child(folder: Path, seed: int, done: int, report: int) -> None:
    """Changes the library without end, reporting each change when it is done."""
    library = Library.open(folder, embedder=FakeEmbedder(), attributor=FakeAttributor())
    for number in range(done, done + 10_000):
        step(number, seed)(library)
        os.write(report, b".")


def step(number: int, seed: int) -> Change:
    chance = random.Random(seed * 1_000_003 + number)
    which = chance.randrange(12)
    if chance.random() < 0.3:
        return lambda library: library.remove(f"s{which}") if f"s{which}" in held(library) else None
    words = f"Edition {chance.randrange(4)}."
    return lambda library: library.add([story(which, words), story((which + 1) % 12, words)])


def held(library: Library) -> dict[str, str]:
    return {each.id: each.text for each in library.stories}


def test_a_process_may_be_killed_at_any_moment(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    opened(FakeDisk()).add([story(0)])  # what the children import is imported before they begin
    oracle = opened(FakeDisk())
    chance = random.Random(6)
    done = 0
    for _ in range(KILLS):
        read, write = os.pipe()
        moment = chance.uniform(0.001, 0.03)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            child = os.fork()
        if child == 0:
            # An alarm without a handler ends a process as a kill does: nothing of it runs any more. It counts the
            # time that the process itself works, so that a busy machine does not shift the moments.
            signal.signal(signal.SIGPROF, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_PROF, moment)
            try:
                _child(folder, 6, done, write)
            finally:
                os._exit(1)
        os.close(write)
        _, status = os.waitpid(child, 0)
        assert os.WTERMSIG(status) == signal.SIGPROF
        finished = len(os.read(read, 100_000))
        os.close(read)
        for number in range(done, done + finished):
            step(number, 6)(oracle)
        done += finished
        library = Library.open(folder, embedder=FakeEmbedder(), attributor=FakeAttributor())
        if held(library) != held(oracle):
            step(done, 6)(oracle)
            done += 1
        assert held(library) == held(oracle)
        assert seen(library) == seen(oracle)
    assert done > KILLS // 10


def seen(library: Library) -> str:
    hits = library.search("second edition")
    found = sorted((hit.passage.story, hit.passage.span.start, round(hit.score, 4)) for hit in hits)
    return json.dumps([library.statements(), found], default=str)
