"""Power cuts, failing disks and killed processes: a library is always exactly what it was or what it was to become."""

import errno
import json
import os
import random
import signal
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from index.errors import LibraryUnreadable, LibraryUnwritable
from index.library.folder import Library
from index.storing.vault import KEPT
from index.story import Feedback, Story
from tests.index.fakes import FakeAttributor, FakeDisk, FakeEmbedder, PowerCut, ranker

KILLS = int(os.environ.get("ONRECORD_TEST_KILLS", "100"))
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
Change = Callable[[Library], object]
State = tuple[object, ...]


def story(number: int, words: str = "") -> Story:
    text = f"Story {number} has words of its own. It also has a second sentence."
    return Story(f"s{number}", f"{text}\n\n“So it goes,” said Ana Ruiz. {words}", title=f"Title {number}")


def verdict(user: str) -> Feedback:
    return Feedback("s1", 1, 0, 5, "wrong speaker", user, NOON)


def opened(disk: FakeDisk, embedder: str = "fake") -> Library:
    return Library.open(
        "nowhere", embedder=FakeEmbedder(embedder), attributor=FakeAttributor(), ranker=ranker(), disk=disk
    )


def state_of(library: Library) -> State:
    """All that a reader can see."""
    hits = library.search("which story has a second sentence?", limit=50)
    versions = [library.story(each.id, version) for each in library.stories for version in range(1, each.version)]
    derived = library.statements(), library.speakers(), library.passages(), hits
    noted = dict(library.settings()), library.feedback(), library.unanswered()
    return library.stories, versions, library.pending, derived, noted


def empty() -> FakeDisk:
    return FakeDisk()


def begun() -> FakeDisk:
    return _begun().copy()


@cache
def _begun() -> FakeDisk:
    disk = FakeDisk()
    library = opened(disk)
    library.add([story(1), story(2)])
    library.add([story(3)])
    library.add([story(1, "It has changed since.")])
    library.add([story(17)], statements=False)
    library.keep_feedback(verdict("one"))
    library.keep_feedback(verdict("another"))
    return disk


def littered() -> FakeDisk:
    """A disk whose power went just before an addition and a note would have come into force."""
    return _littered().copy()


@cache
def _littered() -> FakeDisk:
    disk = begun()
    with pytest.raises(PowerCut):
        cut(disk, CASES["add"], at=writes_of(CASES["add"]) - 20)
    with pytest.raises(PowerCut):
        cut(disk, CASES["setting"], at=disk.writes + 4)
    left = disk.after_power_cut(names_kept=True, content_kept=True)
    assert len(left.files) > len(begun().files)
    return left


@dataclass(frozen=True, slots=True)
class Case:
    """A change to a library that a disk has, opened with a model; opening it is part of the change."""

    change: Change
    base: Callable[[], FakeDisk] = begun
    embedder: str = "fake"

    def made_on(self, disk: FakeDisk) -> Library:
        """Opens the library and changes it."""
        library = opened(disk, self.embedder)
        self.change(library)
        return library


CASES: dict[str, Case] = {
    "add": Case(lambda library: library.add([story(4), story(5)])),
    "first": Case(lambda library: library.add([story(1)]), empty),
    "update": Case(lambda library: library.add([story(2, "Now it says more than it did.")])),
    "relabel": Case(lambda library: library.add([Story("s2", story(2).text, title="Another title")])),
    "remove": Case(lambda library: library.remove("s1")),
    "read": Case(lambda library: library.complete()),
    "unread": Case(lambda library: library.add([story(4), story(5)], statements=False)),
    "merge": Case(lambda library: library.add([story(number) for number in range(4, 16)])),
    "rebuild": Case(lambda library: library.repair(), embedder="another model"),
    "setting": Case(lambda library: library.set_setting("channels", ["1", "2"])),
    "first setting": Case(lambda library: library.set_setting("channels", ["1", "2"]), empty),
    "feedback": Case(lambda library: library.keep_feedback(verdict("a third"))),
    "unanswered": Case(lambda library: library.note_unanswered("And the bridge?", "not-in-story", NOON)),
    "forget": Case(lambda library: library.forget_user("one")),
    "clean-up": Case(lambda library: None, lambda: littered()),
    "add over litter": Case(lambda library: library.add([story(4), story(5)]), lambda: littered()),
}
UNSEEN = ("rebuild", "clean-up")
"""The cases after which a reader sees what was there before."""


def cut(disk: FakeDisk, case: Case, *, at: int) -> None:
    """Makes a change and lets the power go before the disk's so-manieth write. Raises PowerCut."""
    disk.cut_at = at
    case.made_on(disk)


def writes_of(case: Case) -> int:
    """How many writes a change takes."""
    disk = case.base()
    case.made_on(disk)
    return disk.writes


@cache
def states(case: Case, name: str) -> tuple[State, State, FakeDisk]:
    """What is seen before and after a change, and the disk after it."""
    before = state_of(opened(case.base(), case.embedder))
    trial = case.base()
    after = state_of(case.made_on(trial))
    assert (after == before) == (name in UNSEEN)
    return before, after, trial


def litter_of(disk: FakeDisk, library: Library) -> set[str]:
    """The files that nothing needs; what a first change left behind may stay until there is another one."""
    if library._vault.newest().manifest is None:
        library.add([story(1)])
    manifest = library._vault.newest().manifest
    assert manifest is not None
    return set(disk.files) - manifest.files - KEPT


@pytest.mark.parametrize("name", CASES)
def test_the_power_may_go_at_any_moment_of_a_change(name: str) -> None:
    case = CASES[name]
    base = case.base()
    before, after, trial = states(case, name)
    assert trial.writes > 0
    left = dict(_left_by(case, base, trial.writes))
    for found_disk, how in left.values():
        again = opened(found_disk, case.embedder)
        assert state_of(again) in (before, after), how
        assert not litter_of(found_disk, again)


def _left_by(case: Case, base: FakeDisk, writes: int) -> Iterator[tuple[object, tuple[FakeDisk, object]]]:
    """The disks that a change may leave, with how that comes, by what is on them: each is found in several ways."""
    for cut_at in range(1, writes + 1):
        disk = base.copy()
        with pytest.raises(PowerCut):
            cut(disk, case, at=cut_at)
        for names_kept, content_kept in product((False, True), repeat=2):
            left = disk.after_power_cut(names_kept=names_kept, content_kept=content_kept)
            yield left.contents, (left, (cut_at, names_kept, content_kept))


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize(
    ("lasting", "codes"),
    [
        ("once", (errno.ENOSPC,)),
        ("once", (errno.EIO, errno.EACCES)),
        ("full", (errno.ENOSPC,)),
        ("gone", (errno.EIO,)),
    ],
    ids=["no space", "input or output, or no permission", "full from then on", "gone from then on"],
)
def test_any_disk_call_may_fail(name: str, codes: Sequence[int], lasting: str) -> None:
    """What is done about an error only asks whether the disk is full: of two others, each call has one."""
    case = CASES[name]
    base = case.base()
    before, after, trial = states(case, name)
    seen_on: dict[object, State] = {}
    for fail_at in range(1, trial.calls + 1):
        disk = base.copy()
        disk.fail_at, disk.errno = fail_at, codes[fail_at % len(codes)]
        disk.full, disk.gone = lasting == "full", lasting == "gone"
        library, failed = None, False
        try:
            library = opened(disk, case.embedder)
            case.change(library)
        except (LibraryUnwritable, LibraryUnreadable):
            failed = True
        disk.fail_at = None
        again = opened(disk, case.embedder)
        if disk.contents not in seen_on:  # it is left as it was more often than not
            seen_on[disk.contents] = state_of(again)
        seen_again = seen_on[disk.contents]
        # A disk that is gone in the very moment of the change cannot take it back either.
        assert seen_again == (before if failed else after) or (lasting == "gone" and seen_again == after), fail_at
        assert library is None or state_of(library) == seen_again, fail_at
        assert not litter_of(disk, again), fail_at


@pytest.mark.parametrize("story_id", ["s1", "s2", "s3", "s17"])
def test_a_story_can_be_removed_from_a_full_disk(story_id: str) -> None:
    oracle = opened(begun())
    before = state_of(oracle)
    oracle.remove(story_id)
    disk = begun()
    disk.capacity = disk.size
    library = opened(disk)
    with pytest.raises(LibraryUnwritable):
        library.add([story(4)])
    library.remove(story_id)
    assert state_of(library) == state_of(oracle)
    again = opened(disk)
    assert not again.damaged
    assert state_of(again) == state_of(oracle)
    assert not litter_of(disk, again)
    for cut_at in range(1, disk.writes):
        trial = begun()
        trial.capacity, trial.cut_at = trial.size, cut_at
        library = opened(trial)
        with suppress(PowerCut, LibraryUnwritable):
            library.add([story(4)])
        with suppress(PowerCut):
            library.remove(story_id)
        left = trial.after_power_cut(names_kept=True, content_kept=True)
        assert state_of(opened(left)) in (before, state_of(oracle)), cut_at


def test_somebody_can_be_forgotten_on_a_full_disk() -> None:
    disk = begun()
    library = opened(disk)
    library.set_setting("channels", ["1"])
    disk.capacity = disk.size
    with pytest.raises(LibraryUnwritable):
        library.set_setting("channels", ["1", "2"] * 3_000)
    assert library.forget_user("one") == 1
    library.set_setting("channels", None)
    assert [given.user for given in opened(disk).feedback()] == ["another"]
    assert not opened(disk).settings()


def step(number: int, seed: int) -> Change:
    """One of many changes, always the same for a number: something new or changed, taken away, read or noted."""
    chance = random.Random(seed * 1_000_003 + number)
    which, words, kind = chance.randrange(12), f"Edition {chance.randrange(4)}.", chance.random()
    if kind < 0.3:
        return lambda library: library.remove(f"s{which}") if f"s{which}" in {s.id for s in library.stories} else None
    if kind < 0.4:
        return lambda library: library.set_setting("edition", number)
    if kind < 0.5:
        return lambda library: library.complete(most=1)
    stories = [story(which, words), story((which + 1) % 12, words)]
    return lambda library: library.add(stories, statements=kind > 0.6)


def _changes(folder: Path, done: int, report: int) -> None:
    """Opens the library, which cleans it up, and changes it without end, reporting each change when it is done."""
    library = Library.open(folder, embedder=FakeEmbedder(), attributor=FakeAttributor())
    os.write(report, b"o")
    for number in range(done, done + 10_000):
        step(number, 6)(library)
        os.write(report, b".")


def killed(folder: Path, done: int, moment_s: float, *, from_outside: bool) -> int:
    """Changes a library in a process of its own that is killed at a moment; how many changes it finished.

    From outside it is killed so long after it opened the library; else by an alarm without a handler, which ends a
    process as a kill does, when it has worked so long itself: that comes while it opens the library, too.
    """
    read, write = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        if not from_outside:
            signal.signal(signal.SIGPROF, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_PROF, moment_s)
        try:
            _changes(folder, done, write)
        finally:
            os._exit(1)
    os.close(write)
    reported = os.read(read, 1) if from_outside else b""
    if from_outside:
        until = time.perf_counter() + moment_s
        while time.perf_counter() < until:
            pass
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == (signal.SIGKILL if from_outside else signal.SIGPROF)
    reported += os.read(read, 100_000)
    os.close(read)
    return reported.count(b".")


def test_a_process_may_be_killed_at_any_moment(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    opened(FakeDisk()).add([story(0)])  # what the children import is imported before they begin
    oracle = opened(FakeDisk())
    chance = random.Random(6)
    done = 0
    for number in range(KILLS):
        finished = killed(folder, done, chance.uniform(0.001, 0.03), from_outside=number % 2 == 0)
        for each in range(done, done + finished):
            step(each, 6)(oracle)
        done += finished
        library = Library.open(folder, embedder=FakeEmbedder(), attributor=FakeAttributor())
        if kept(library) != kept(oracle):
            step(done, 6)(oracle)
            done += 1
        assert kept(library) == kept(oracle)
        assert found(library) == found(oracle)
        assert not library.damaged
    assert done > KILLS // 10


def kept(library: Library) -> State:
    return library.stories, library.pending, library.settings()


def found(library: Library) -> str:
    hits = library.search("second edition")
    places = sorted((hit.passage.story, hit.passage.span.start, round(hit.score, 4)) for hit in hits)
    return json.dumps([library.statements(), places], default=str)
