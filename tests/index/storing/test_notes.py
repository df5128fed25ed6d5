"""Settings, feedback and unanswered questions: kept as few as needed, and forgotten without a trace.

That they are kept at once or not at all is in test_library_crashes.
"""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from index.errors import LibraryDamaged
from index.library.folder import Library
from index.storing.notes import MOST_UNANSWERED, NOTES, NOTES_COPY
from index.story import Feedback, Story
from tests.index.fakes import FakeAttributor, FakeDisk, FakeEmbedder

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
USER = "814930275566198273"
OTHER = "700000000000000001"


def opened(disk: FakeDisk) -> Library:
    return Library.open("nowhere", embedder=FakeEmbedder(), attributor=FakeAttributor(), disk=disk)


def verdict(number: int, user: str = USER, words: str = "wrong speaker") -> Feedback:
    return Feedback("s1", 1, number, number + 5, words, user, NOON + timedelta(minutes=number))


def kept(library: Library) -> tuple[object, ...]:
    return dict(library.settings()), library.feedback(), library.unanswered(), library.stories


def begun() -> FakeDisk:
    disk = FakeDisk()
    library = opened(disk)
    library.add([Story("s1", "Story 1 has words of its own.")])
    library.set_setting("channels", ["1", "2"])
    library.keep_feedback(verdict(1))
    library.keep_feedback(verdict(2, OTHER))
    return disk.copy()


def test_only_so_many_unanswered_questions_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.storing.notes.MOST_UNANSWERED", 5)
    library = opened(FakeDisk())
    for number in range(8):
        library.note_unanswered(f"question {number}", "not-in-story", NOON + timedelta(minutes=number))
    assert {asked.question for asked in library.unanswered()} == {f"question {number}" for number in range(3, 8)}
    assert MOST_UNANSWERED == 1_000


def test_no_file_has_a_trace_of_a_forgotten_user(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    library = Library.open(folder, embedder=FakeEmbedder(), attributor=FakeAttributor())
    library.add([Story("s1", "Story 1 has words of its own.")])
    for number in range(300):
        library.keep_feedback(verdict(number, USER if number % 3 else OTHER))
    assert any(USER.encode() in path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert library.forget_user(USER) == 200
    assert library.forget_user(USER) == 0
    assert not any(USER.encode() in path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert {given.user for given in library.feedback()} == {OTHER}


def test_damaged_notes_are_read_from_their_copy_and_never_wrongly() -> None:
    base = begun()
    whole = kept(opened(base.copy()))
    for seed in range(200):
        chance = random.Random(seed)
        disk = base.copy()
        file = disk.files[chance.choice((NOTES, NOTES_COPY))]
        at = chance.randrange(len(file.content))
        file.content = file.content[:at] + bytes([file.content[at] ^ 1 << chance.randrange(8)]) + file.content[at + 1 :]
        assert kept(opened(disk)) == whole


def test_notes_that_are_lost_twice_are_said_to_be_lost_and_stories_are_still_found() -> None:
    disk = begun()
    disk.files[NOTES].content = disk.files[NOTES_COPY].content = b"nothing"
    library = opened(disk)
    assert library.search("words")
    with pytest.raises(LibraryDamaged, match="settings"):
        library.settings()
