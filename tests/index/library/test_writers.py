"""Several who read and write one library at once, of every kind of library."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from index.errors import LibraryBusy
from index.library.verbs import StoryLibrary
from index.story import Attributed, Story
from tests.index.fakes import FakeAttributor, FakeEmbedder
from tests.index.keepers import FIRE, FLOOD, Keeper


def test_a_story_changed_while_it_was_read_keeps_its_newer_text(keeper: Keeper, library: StoryLibrary) -> None:
    second = keeper.open()

    class Meddles(FakeAttributor):
        def attribute_all(self, stories: Sequence[Story]) -> list[Attributed]:
            if not self.read:
                second.add([Story("flood", "“It was quick,” said Tom Berg.")])
            return super().attribute_all(stories)

    library.add([FLOOD, FIRE], statements=False)
    keeper.open(attributor=Meddles()).complete()
    assert library.story("flood").text == "“It was quick,” said Tom Berg."
    assert [statement.version for statement in library.statements()] == [2, 1]
    assert library.pending == ()


def test_another_reader_sees_a_change_at_once(keeper: Keeper, library: StoryLibrary) -> None:
    reader = keeper.open()
    assert len(reader.stories) == 0
    library.add([FLOOD])
    assert list(reader.stories) == [FLOOD]
    assert reader.search("river")
    library.remove("flood")
    assert len(reader.stories) == 0
    assert reader.search("river") == ()


def test_a_second_writer_is_told_that_the_library_is_busy(keeper: Keeper, library: StoryLibrary) -> None:
    library.add([FLOOD])
    second = keeper.open(attribution=False, wait_s=0)
    with keeper.held(), pytest.raises(LibraryBusy):
        second.add([FIRE])
    second.add([FIRE])
    assert library.stories == (FLOOD, FIRE)


def test_two_writers_of_one_story_lose_neither_change(keeper: Keeper, library: StoryLibrary) -> None:
    library.add([FLOOD])
    second = keeper.open()

    class Meddles(FakeAttributor):
        def attribute_all(self, stories: Sequence[Story]) -> list[Attributed]:
            if not self.read:
                second.add([Story("flood", "The second writer was quicker.")])
            return super().attribute_all(stories)

    first = keeper.open(attributor=Meddles())
    first.add([Story("flood", "The first writer was slower.")])
    assert [library.story("flood", version).text for version in (1, 2, 3)] == [
        FLOOD.text, "The second writer was quicker.", "The first writer was slower.",
    ]  # fmt: skip


def test_searching_goes_on_while_stories_come_and_go(keeper: Keeper, library: StoryLibrary) -> None:
    library.add([FLOOD])
    ended = Event()

    def ask(reader: StoryLibrary) -> int:
        asked = 0
        while not ended.is_set() or asked == 0:
            hits = reader.search("what about the river?")
            assert {hit.passage.story for hit in hits} >= {"flood"}
            assert all(statement.story == "flood" for statement in reader.statements("flood"))
            asked += 1
        return asked

    readers = [library, library, keeper.open(), keeper.open()]
    with ThreadPoolExecutor(len(readers)) as pool:
        asking = [pool.submit(ask, reader) for reader in readers]
        try:
            for number in range(40):
                library.add([Story(f"s{number % 5}", f"The river rose {number} times in story {number}.")])
                if number % 3 == 0:
                    library.remove(f"s{number % 5}")
        finally:
            ended.set()
        assert all(each.result() > 0 for each in asking)


def test_a_writer_with_another_model_in_between_harms_nothing(keeper: Keeper, library: StoryLibrary) -> None:
    library.add([FLOOD])
    other = keeper.open(embedder=FakeEmbedder("another model", dim=8))
    other.add([FIRE])
    library.remove("flood")
    library.add([FLOOD])
    other.remove("fire")
    assert [story.id for story in library.stories] == ["flood"]
    assert library.search("river") != ()
    assert other.search("river") != ()
