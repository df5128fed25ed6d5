"""Up to three files missing, cut short, flipped, exchanged or of an older state: never an empty library, none deleted.

A library that has lost files opens as what it was, or says that it is damaged; it takes nothing away before that.
"""

import os
import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.errors import LibraryDamaged
from index.library.folder import Library
from index.storing.manifest import CURRENT
from index.storing.notes import NOTES, NOTES_COPY
from index.storing.vault import KEPT
from index.story import Feedback, Story
from tests.index.fakes import FakeAttributor, FakeDisk, FakeEmbedder, PowerCut, ranker

DAMAGES = int(os.environ.get("ONRECORD_TEST_DAMAGES", "250"))
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
KINDS = ("manifest", "texts", "vectors", "words", "notes", CURRENT)
History = Sequence[FakeDisk]
State = tuple[object, ...]
Loss = Callable[[FakeDisk, History, Sequence[str], random.Random], None]


def opened(disk: FakeDisk) -> Library:
    return Library.open("nowhere", embedder=FakeEmbedder(), attributor=FakeAttributor(), ranker=ranker(), disk=disk)


def story(number: int, edition: int = 1) -> Story:
    said = "“The river rose,” said Ana Ruiz of the town council."
    return Story(f"s{number}", f"Edition {edition} of story {number}.\n\n{said}")


def stories_of(library: Library) -> State:
    """All that a reader can see of the stories."""
    hits = library.search("how high was the river?", limit=30)
    stories = library.stories, library.statements(), library.speakers(), library.pending
    return *stories, sorted((hit.passage.story, hit.passage.span, round(hit.score, 3)) for hit in hits)


def notes_of(library: Library) -> State:
    """All that a reader can see of the notes."""
    return dict(library.settings()), library.feedback(), library.unanswered()


def history_of(*changes: Callable[[Library], object]) -> History:
    """The disk after each of these changes."""
    disk, found = FakeDisk(), []
    library = opened(disk)
    for change in changes:
        change(library)
        found.append(disk.copy())
    return found


def fed(user: str) -> Callable[[Library], object]:
    return lambda library: library.keep_feedback(Feedback("s1", 1, 0, 5, "good", user, NOON))


def interrupted() -> History:
    """A library whose power went just before an addition came into force, with all that was written of it."""
    history = [*HISTORIES["grown"]]
    trial = history[-1].copy()
    opened(trial).add([story(7)])
    while True:
        trial.writes -= 1
        disk = history[-1].copy()
        disk.cut_at = trial.writes
        try:
            opened(disk).add([story(7)])
        except PowerCut:
            left = disk.after_power_cut(names_kept=True, content_kept=True)
            if CURRENT in left.files and left.files[CURRENT].content == history[-1].files[CURRENT].content:
                return [*history, left.copy()]


HISTORIES: dict[str, History] = {
    "first": history_of(lambda library: library.add([story(1), story(2)])),
    "grown": history_of(
        lambda library: library.set_setting("channels", ["1"]),
        lambda library: library.add([story(number) for number in range(6)]),
        fed("one"),
        lambda library: library.add([story(9)]),
        lambda library: library.remove("s3"),
        lambda library: library.add([story(4, edition=2), story(8)]),
        lambda library: library.set_setting("hosts denied", ["evil.example"]),
        fed("another"),
    ),
    "noted late": history_of(
        lambda library: library.add([story(1)]),
        lambda library: library.set_setting("hosts denied", ["evil.example"]),
    ),
    "notes alone": history_of(
        lambda library: library.set_setting("private", True),
        lambda library: library.set_setting("hosts denied", ["evil.example"]),
    ),
}
HISTORIES["interrupted"] = interrupted()


def missing(disk: FakeDisk, history: History, names: Sequence[str], chance: random.Random) -> None:
    for name in names:
        del disk.files[name]


def truncated(disk: FakeDisk, history: History, names: Sequence[str], chance: random.Random) -> None:
    for name in names:
        content = disk.files[name].content
        disk.files[name].content = content[: chance.randrange(max(1, len(content)))]


def flipped(disk: FakeDisk, history: History, names: Sequence[str], chance: random.Random) -> None:
    for name in names:
        content = bytearray(disk.files[name].content or b"\0")
        at = chance.randrange(len(content) * 8)
        content[at // 8] ^= 1 << at % 8
        disk.files[name].content = bytes(content)


def exchanged(disk: FakeDisk, history: History, names: Sequence[str], chance: random.Random) -> None:
    contents = [disk.files[name].content for name in names]
    for name, content in zip(names, [*contents[1:], contents[0]], strict=True):
        disk.files[name].content = content


def older(disk: FakeDisk, history: History, names: Sequence[str], chance: random.Random) -> None:
    for name in names:
        kind = next((kind for kind in KINDS if name.startswith(kind)), name)
        earlier = [
            file.content
            for state in history[:-1]
            for other, file in state.files.items()
            if other.startswith(kind) and other.endswith(".copy") == name.endswith(".copy")
        ]
        if earlier:
            disk.files[name].content = chance.choice(earlier)


@pytest.mark.parametrize("named", HISTORIES)
@pytest.mark.parametrize("loss", [missing, truncated, flipped, exchanged, older])
def test_what_is_lost_is_found_again_or_said_to_be_lost(named: str, loss: Loss) -> None:
    history = HISTORIES[named]
    right = [opened(history[-1].copy())]
    if named == "interrupted":
        right.append(_with_what_was_interrupted(history))
    stories, notes = [*map(stories_of, right)], [*map(notes_of, right)]
    told = 0
    for seed in range(-(-DAMAGES // (5 * len(HISTORIES)))):
        chance = random.Random(seed)
        disk = history[-1].copy()
        names = chance.sample(sorted(set(disk.files) - {"lock"}), chance.randint(1, min(3, len(disk.files) - 2)))
        loss(disk, history, names, chance)
        left = contents_of(disk)
        # Both copies of the notes as they once were are nothing that could be told from what they are.
        rolled_back = loss is older and {NOTES, NOTES_COPY} <= set(names)
        once = [notes_of(opened(state.copy())) for state in history] if rolled_back else []
        try:
            library = opened(disk)
        except LibraryDamaged:
            told += 1
            assert contents_of(disk) == left, (names, seed)
            continue
        assert contents_of(disk) == left or named == "interrupted", (names, seed)
        assert stories_of(library) in stories, (names, seed)
        assert stories_of(opened(disk)) in stories, (names, seed)
        try:
            assert notes_of(library) in notes + once, (names, seed)
        except LibraryDamaged:
            told += 1
            assert not {NOTES, NOTES_COPY}.isdisjoint(names), (names, seed)
            assert all(contents_of(disk).get(name) == left.get(name) for name in (NOTES, NOTES_COPY)), (names, seed)
    assert told < DAMAGES // 40 + 2


def contents_of(disk: FakeDisk) -> dict[str, bytes]:
    return {name: file.content for name, file in disk.files.items()}


def _with_what_was_interrupted(history: History) -> Library:
    library = opened(history[-2].copy())
    library.add([story(7)])
    return library


def test_the_pointer_and_a_segment_missing_lose_no_story() -> None:
    disk = HISTORIES["first"][-1].copy()
    del disk.files[CURRENT]
    del disk.files[next(name for name in disk.files if name.startswith("words"))]
    left = set(disk.files)
    library = opened(disk)
    assert set(disk.files) == left
    assert [each.id for each in library.stories] == ["s1", "s2"]
    assert library.search("river")
    assert not library.damaged
    assert opened(disk).stories == library.stories


def test_a_pointer_to_an_older_state_gives_way_to_the_newest() -> None:
    before, after = HISTORIES["grown"][-4].copy(), HISTORIES["grown"][-1].copy()
    after.files[CURRENT].content = before.files[CURRENT].content
    assert opened(after).stories == opened(HISTORIES["grown"][-1].copy()).stories


def test_texts_without_any_manifest_are_a_library() -> None:
    disk = HISTORIES["grown"][-1].copy()
    for name in [name for name in disk.files if not name.endswith(".copy") or name == NOTES_COPY]:
        del disk.files[name]
    assert opened(disk).stories == opened(HISTORIES["grown"][-1].copy()).stories


@pytest.mark.parametrize("lost", [(NOTES,), (NOTES_COPY,)])
def test_settings_are_read_from_the_copy_that_is_left(lost: Sequence[str]) -> None:
    for named in ("grown", "noted late", "notes alone"):
        disk = HISTORIES[named][-1].copy()
        for name in lost:
            del disk.files[name]
        library = opened(disk)
        assert library.settings()["hosts denied"] == ["evil.example"]
        library.set_setting("dates", "de")
        assert opened(disk).settings()["hosts denied"] == ["evil.example"]


@pytest.mark.parametrize("named", ["grown", "noted late", "notes alone"])
def test_settings_that_are_lost_twice_are_not_read_as_unset(named: str) -> None:
    disk = HISTORIES[named][-1].copy()
    del disk.files[NOTES], disk.files[NOTES_COPY]
    with pytest.raises(LibraryDamaged, match="settings"):
        opened(disk).settings()
    with pytest.raises(LibraryDamaged, match="settings"):
        opened(disk).set_setting("dates", "de")


def test_notes_of_an_older_state_give_way_to_the_newer() -> None:
    for name in (NOTES, NOTES_COPY):
        disk = HISTORIES["grown"][-1].copy()
        disk.files[name].content = HISTORIES["grown"][0].files[name].content
        assert opened(disk).settings()["hosts denied"] == ["evil.example"]


def test_what_a_first_change_left_goes_with_the_next_one() -> None:
    for cut_at in range(1, 30):
        cut = FakeDisk(cut_at=cut_at)
        with suppress(PowerCut):
            opened(cut).add([story(1)])
        disk = cut.after_power_cut(names_kept=True, content_kept=True)
        library = opened(disk)
        library.add([story(2)])
        manifest = library._vault.newest().manifest
        assert manifest is not None
        assert set(disk.files) <= manifest.files | KEPT, cut_at
        assert {"s2"} <= {each.id for each in library.stories} <= {"s1", "s2"}


def test_what_somebody_keeps_in_the_folder_beside_the_library_stays(tmp_path: Path) -> None:
    theirs = {"report.txt": b"mine", "texts-of-mine": b"mine", "words-2026.csv": b"mine", "photo.new": b"mine"}
    for name, content in theirs.items():
        (tmp_path / name).write_bytes(content)
    for round_ in range(2):
        with Library.open(tmp_path, embedder=FakeEmbedder(), attributor=FakeAttributor()) as library:
            library.add([story(2 * round_), story(2 * round_ + 1)])
            library.remove(story(2 * round_).id)
    assert {name: (tmp_path / name).read_bytes() for name in theirs} == theirs


def test_nobody_else_on_the_machine_can_read_a_library(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    library = Library.open(folder, embedder=FakeEmbedder(), attributor=FakeAttributor())
    library.add([story(1)])
    library.set_setting("private", True)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
