"""What only a library in a folder promises; the rest is in test_shared_library."""

import subprocess
import sys
from pathlib import Path

import pytest

from index.library.folder import Library
from index.storing.disk import unpacked
from index.story import Story
from tests.index.fakes import FakeAttributor, FakeEmbedder


@pytest.fixture
def library(tmp_path: Path, embedder: FakeEmbedder, attributor: FakeAttributor) -> Library:
    return Library.open(tmp_path / "library", embedder=embedder, attributor=attributor)


def test_opening_a_library_makes_nothing_on_disk(tmp_path: Path, library: Library) -> None:
    assert library.stories == ()
    assert library.search("anything") == ()
    assert not (tmp_path / "library").exists()


def test_many_small_changes_leave_few_files(tmp_path: Path, library: Library) -> None:
    for number in range(60):
        library.add([Story(f"s{number}", f"Story {number} has words of its own. It also has a second sentence.")])
        if number % 3 == 0:
            library.remove(f"s{number}")
    assert len(list((tmp_path / "library").iterdir())) < 20
    assert len(library.search("words of its own", limit=200)) == len(library.passages())


def test_nothing_of_a_removed_story_stays_in_any_file(tmp_path: Path, library: Library) -> None:
    library.add([Story(f"s{number}", f"Story {number} tells of zanzibar{number}. “Quagga{number},” said Ann.")
                 for number in range(10)])  # fmt: skip
    library.add([Story("s3", "Story 3 is told anew, of xylophones.")])

    library.remove("s3")

    files = list((tmp_path / "library").iterdir())
    held = [unpacked(path.read_bytes().partition(b"\n")[2], path.name).lower() for path in files]
    assert any(b"zanzibar4" in content for content in held)
    for word in (b"zanzibar3", b"quagga3", b"xylophone"):
        assert not any(word in content for content in held), word
    assert len(library.search("zanzibar", limit=200)) == len(library.passages())


def test_importing_the_library_imports_nothing_heavy() -> None:
    heavy = "torch sentence_transformers transformers spacy faiss trafilatura dateparser lxml"
    command = (
        f"import sys, index.library.folder, index.reading; print([m for m in '{heavy}'.split() if m in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"
