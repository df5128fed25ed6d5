"""A story that the extractor fails over is alone in it: kept, named, and tried again by the next version of it."""

from collections.abc import Sequence

import pytest

from index.errors import StatementsUnfound
from index.statements import EXTRACTOR
from index.story import Attributed, Story
from tests.index.fakes import Failing
from tests.index.keepers import Keeper

SAID = "“The river rose,” said Ana Ruiz of the council."
STORIES = [Story(f"s{number}", f"Story {number}.\n\n{SAID}") for number in range(7)]
DOOMED = Story("doomed", f"Nobody can read this.\n\n{SAID}")


class Telling(Failing):
    """Knows itself which story it fails over."""

    def attribute_each(self, stories: Sequence[Story]) -> list[Attributed | StatementsUnfound]:
        return [self._told(story) for story in stories]

    def _told(self, story: Story) -> Attributed | StatementsUnfound:
        if story.id in self._ids:
            return StatementsUnfound(story.id, "it took too long")
        return self._attributed(story)


@pytest.mark.parametrize("statements", [True, False])
def test_a_story_that_cannot_be_read_is_alone_in_it(keeper: Keeper, statements: bool) -> None:
    attributor = Failing("doomed")
    library = keeper.open(attributor=attributor)
    library.add([*STORIES[:3], DOOMED, *STORIES[3:]], statements=statements)
    library.complete()
    assert {one.story for one in library.statements()} == {story.id for story in STORIES}
    assert [story.id for story in library.stories if story.id == "doomed"]
    assert list(library.unfound) == ["doomed"]
    assert library.pending == ()
    assert library.search("nobody can read this")
    read = list(attributor.read)
    assert library.add([DOOMED]).unchanged == ("doomed",)
    assert library.complete() == 0
    assert attributor.read == read


def test_an_attributor_may_say_itself_over_which_story_it_failed(keeper: Keeper) -> None:
    library = keeper.open(attributor=Telling("doomed", "s2"))
    library.add([*STORIES, DOOMED])
    assert library.unfound == {"s2": "it took too long", "doomed": "it took too long"}
    assert len(library.statements()) == len(STORIES) - 1


def test_the_next_version_reads_every_story_anew(keeper: Keeper, monkeypatch: pytest.MonkeyPatch) -> None:
    keeper.open(attributor=Failing("doomed")).add([*STORIES, DOOMED])
    raise_version(monkeypatch)
    attributor = Failing("s1")
    library = keeper.open(attributor=attributor)
    assert library.pending == (*STORIES, DOOMED)
    assert len(library.statements("s1")) == 1
    assert library.complete() == len(STORIES) + 1
    assert library.pending == ()
    assert set(attributor.read) == {story.id for story in (*STORIES, DOOMED)} - {"s1"}
    assert list(library.unfound) == ["s1"]
    assert len(library.statements("s1")) == 1  # found by the version before
    assert len(library.statements("doomed")) == 1
    assert library.complete() == 0


def test_a_story_added_again_is_read_by_the_next_version(keeper: Keeper, monkeypatch: pytest.MonkeyPatch) -> None:
    keeper.open(attributor=Failing("doomed")).add([DOOMED])
    raise_version(monkeypatch)
    library = keeper.open()
    assert library.add([DOOMED]).unchanged == ("doomed",)
    assert len(library.statements()) == 1
    assert not library.unfound


def test_a_failure_that_is_no_storys_is_raised_and_marks_none(keeper: Keeper) -> None:
    library = keeper.open(attributor=Failing("doomed", error=OSError(28, "no space left on device")))
    with pytest.raises(OSError, match="no space"):
        library.add([*STORIES[:2], DOOMED])
    assert not library.unfound
    assert not library.stories


def raise_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on it is the next version of the program."""
    for module in ("storing.tables", "storing.snapshot", "postgres.view", "postgres.changing"):
        monkeypatch.setattr(f"index.{module}.EXTRACTOR", EXTRACTOR + 1)
