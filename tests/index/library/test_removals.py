"""What is removed leaves nothing: no id, no words of a title, no verdict. Nothing is written where nothing is kept."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.encoding.sharing import SharedEmbedder
from index.errors import NoSuchStory, StoryUnreadable
from index.library.folder import FolderLibraries, Library
from index.ranking.evidence import EvidenceRanker
from index.storing.disk import unpacked
from index.storing.notes import NOTES
from index.story import Feedback, Story
from tests.index.fakes import FakeAttributor, FakeEmbedder
from tests.index.keepers import Keeper
from tests.remembered import remembered

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
SECRET = Story("zanzibar-quarrel", "The zanzibar quarrel.\n\n“It is over,” said Quentin Zebrowski.", "Zanzibar quarrel")
OTHER = Story("s2", "Story 2 has words of its own.")


def verdict(story: str, user: str) -> Feedback:
    return Feedback(story, 1, 0, 5, "good", user, NOON)


def test_no_file_has_a_trace_of_a_removed_story(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    library = Library.open(folder, embedder=FakeEmbedder(), attributor=FakeAttributor())
    library.add([SECRET, OTHER])
    library.keep_feedback(verdict(SECRET.id, "1"))
    library.keep_feedback(verdict(OTHER.id, "1"))
    library.remove(SECRET.id)
    files = [path for path in folder.rglob("*") if path.is_file()]
    left = b"".join(unpacked(path.read_bytes().partition(b"\n")[2], path.name) for path in files).lower()
    assert b"words of its own" in left
    for word in (b"zanzibar", b"quarrel", b"zebrowski"):
        assert word not in left
    assert [one.story for one in library.feedback()] == [OTHER.id]


def test_no_function_remembers_a_story_that_another_process_took_away(keeper: Keeper) -> None:
    library = keeper.open()
    library.add([SECRET, OTHER])
    library.evidence("who ended the zanzibar quarrel?")
    assert "zanzibar" in remembered()
    keeper.remove_elsewhere(SECRET.id)
    assert [one.id for one in library.stories] == [OTHER.id]
    assert "zanzibar" not in remembered()


def test_no_model_remembers_the_words_of_a_story_that_was_taken_away(tmp_path: Path) -> None:
    shared = SharedEmbedder(FakeEmbedder())
    library = Library.open(tmp_path, embedder=shared, attributor=FakeAttributor())
    library.add([SECRET, OTHER])
    assert any("quarrel" in text for text in shared._known)
    library.remove(SECRET.id)
    assert not any("quarrel" in text for text in shared._known)


def test_a_version_is_never_given_again_after_a_removal(keeper: Keeper) -> None:
    library = keeper.open()
    for _ in range(3):
        library.add([SECRET])
        library.remove(SECRET.id)
    library.add([SECRET])
    assert library.story(SECRET.id).version == 4


def test_verdicts_go_with_their_story(keeper: Keeper) -> None:
    library = keeper.open()
    library.add([SECRET, OTHER])
    for story in (SECRET, OTHER):
        library.keep_feedback(verdict(story.id, "1"))
    library.remove(SECRET.id)
    assert [one.story for one in library.feedback()] == [OTHER.id]
    library.add([SECRET])
    assert [one.story for one in library.feedback()] == [OTHER.id]


def test_to_forget_somebody_writes_only_where_something_is_kept(tmp_path: Path) -> None:
    libraries = FolderLibraries(
        tmp_path, embedder=FakeEmbedder(), attributor=FakeAttributor(), ranker=EvidenceRanker.load(reader=False)
    )
    for number in range(6):
        with libraries.of(f"server-{number}") as library:
            library.add([OTHER])
            library.keep_feedback(verdict(OTHER.id, "1" if number == 3 else "2"))
    libraries.close()
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob(NOTES)}
    assert libraries.forget_user("1") == 1
    assert libraries.open_count == 0
    after = {path: path.stat().st_mtime_ns for path in tmp_path.rglob(NOTES)}
    assert [path.parent.name for path in before if before[path] != after[path]] == ["server-3"]


@pytest.mark.parametrize("half", ["\ud800", "half \udfff"])
def test_half_a_character_gets_a_sentence(keeper: Keeper, half: str) -> None:
    library = keeper.open()
    library.add([OTHER])
    for story in (Story(f"a{half}", "Words."), Story("a", f"Words{half}."), Story("a", "Words.", title=half)):
        with pytest.raises(StoryUnreadable, match="half a character"):
            library.add([story])
    asks = (library.story, library.statements, library.speakers, library.passages, library.remove)
    for ask in asks:
        with pytest.raises(NoSuchStory, match="does not hold") as error:
            ask(f"a{half}")
        str(error.value).encode()
