"""What a library promises its readers and writers, whether a folder or a database keeps it."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from index.errors import NoSuchStory
from index.library.folder import Library
from index.library.verbs import Added, StoryLibrary
from index.story import Attributed, Story
from tests.index.fakes import FakeAttributor, FakeEmbedder
from tests.index.keepers import FIRE, FLOOD, Keeper


def test_added_stories_are_there_in_their_order(library: StoryLibrary) -> None:
    assert library.add([FLOOD, FIRE]) == Added(new=("flood", "fire"))
    assert library.stories == (FLOOD, FIRE)


def test_a_story_reads_back_exactly(keeper: Keeper, library: StoryLibrary) -> None:
    text = "\ufeff Text\r\nwith\u2028 odd \U0001f600 marks.\n"
    odd = Story("odd id/é", text, "T", "S", date(2020, 2, 29), "A", "u", "P", shortened=True)
    library.add([odd])
    assert keeper.open().story("odd id/é") == odd


def test_statements_and_speakers_come_with_the_stories(library: StoryLibrary) -> None:
    library.add([FLOOD, FIRE])
    (said,) = library.statements("flood")
    assert said.span.of(FLOOD.text) == "We will rebuild,"
    assert said.speaker == "ana-ruiz"
    assert [speaker.name for speaker in library.speakers()] == ["Ana Ruiz", "Tom Berg"]
    assert [speaker.name for speaker in library.speakers("fire")] == ["Tom Berg"]


def test_a_library_opens_again_without_embedding_or_reading_anything(keeper: Keeper, library: StoryLibrary) -> None:
    library.add([FLOOD, FIRE])
    embedder, attributor = FakeEmbedder(), FakeAttributor()
    again = keeper.open(embedder=embedder, attributor=attributor)
    assert again.stories == (FLOOD, FIRE)
    assert again.statements() == library.statements()
    assert again.speakers() == library.speakers()
    assert (embedder.embedded, attributor.read) == ([], [])
    assert again.search("who was hurt in the fire?") == library.search("who was hurt in the fire?")
    assert embedder.embedded == ["who was hurt in the fire?"]


def test_adding_the_same_again_embeds_and_reads_nothing(
    library: StoryLibrary, embedder: FakeEmbedder, attributor: FakeAttributor
) -> None:
    library.add([FLOOD, FIRE])
    embedder.embedded.clear()
    attributor.read.clear()
    assert library.add([FIRE, FLOOD]) == Added(unchanged=("fire", "flood"))
    assert (embedder.embedded, attributor.read) == ([], [])


def test_a_changed_story_is_a_new_version_and_the_old_one_is_kept(library: StoryLibrary) -> None:
    library.add([FLOOD, FIRE])
    changed = Story("flood", FLOOD.text + " It was dry on Tuesday.", title="Flood")
    assert library.add([changed]) == Added(changed=("flood",))
    assert [(story.id, story.version) for story in library.stories] == [("flood", 2), ("fire", 1)]
    assert library.story("flood").text == changed.text
    assert library.story("flood", 1) == FLOOD
    assert [statement.version for statement in library.statements("flood")] == [2]
    assert [statement.version for statement in library.statements("flood", 1)] == [1]


def test_only_the_changed_passages_of_a_story_are_embedded(library: StoryLibrary, embedder: FakeEmbedder) -> None:
    library.add([FLOOD])
    embedder.embedded.clear()
    library.add([Story("flood", FLOOD.text + " The whole town helped to fill bags with sand.")])
    assert embedder.embedded == ["The whole town helped to fill bags with sand."]


def test_other_facts_about_the_same_text_keep_the_version(library: StoryLibrary, embedder: FakeEmbedder) -> None:
    library.add([FLOOD])
    embedder.embedded.clear()
    dated = Story("flood", FLOOD.text, title="Flood", date=date(2024, 5, 1))
    assert library.add([dated]) == Added(changed=("flood",))
    assert library.story("flood") == dated
    assert embedder.embedded == []


def test_the_last_of_two_texts_under_one_id_is_the_newest(library: StoryLibrary) -> None:
    library.add([FLOOD, Story("flood", "Another text about water."), FIRE])
    assert library.story("flood").text == "Another text about water."
    assert library.story("flood").version == 2


def test_a_removed_story_is_gone_from_everything(library: StoryLibrary) -> None:
    library.add([FLOOD, FIRE])
    library.remove("flood")
    assert library.stories == (FIRE,)
    assert {statement.story for statement in library.statements()} == {"fire"}
    assert [speaker.name for speaker in library.speakers()] == ["Tom Berg"]
    assert {hit.passage.story for hit in library.search("river rebuild")} == {"fire"}
    with pytest.raises(NoSuchStory):
        library.story("flood")


def test_a_removed_story_that_comes_back_never_reuses_a_version(library: StoryLibrary) -> None:
    library.add([FLOOD])
    library.remove("flood")
    library.add([Story("flood", "Other words entirely.")])
    assert library.story("flood").version == 2


def test_copies_of_a_story_are_linked_and_not_merged(library: StoryLibrary) -> None:
    sent = (
        "The river rose overnight and flooded the lower town. The council opened the school gym as a shelter. "
        "“We will rebuild what the water took,” said Ana Ruiz on Monday. The bridge stays closed until Friday morning."
    )
    first = Story("courier", sent, source="The Courier")
    other = Story("herald", f"LOWTOWN (Agency) - {sent} The Herald will report on.", source="The Herald")
    shortened = Story("post", sent.replace(" The council opened the school gym as a shelter.", ""), source="The Post")
    library.add([first, FLOOD, FIRE, other, shortened])
    assert set(library.copies_of("courier")) == {"herald", "post"}
    assert set(library.copies_of("post")) == {"courier", "herald"}
    assert library.copies_of("flood") == library.copies_of("fire") == ()
    assert len(library.stories) == 5


def test_what_is_not_held_is_said_so(library: StoryLibrary) -> None:
    library.add([FLOOD])
    for fail in (library.story, library.remove, library.statements, library.speakers, library.passages):
        with pytest.raises(NoSuchStory, match="nowhere"):
            fail("nowhere")
    with pytest.raises(NoSuchStory, match="version 7"):
        library.story("flood", 7)


def test_the_best_passage_comes_first(library: StoryLibrary) -> None:
    library.add([FLOOD, FIRE])
    best = library.search("was nobody hurt in the mill?")[0].passage
    assert best.span.of(library.story(best.story).text).startswith("“Nobody was hurt,”")


def test_a_search_can_be_held_to_some_stories(library: StoryLibrary) -> None:
    library.add([FLOOD, FIRE])
    assert {hit.passage.story for hit in library.search("fire in the mill", stories=["flood"])} == {"flood"}
    assert library.search("fire", stories=[]) == ()
    assert library.search("fire", stories=["nowhere"]) == ()


def test_a_search_gives_no_more_than_its_limit(library: StoryLibrary) -> None:
    library.add([FLOOD, FIRE])
    assert len(library.search("the mill", limit=1)) == 1


def test_speakers_and_statements_are_found_by_name(library: StoryLibrary) -> None:
    library.add([FLOOD, FIRE])
    assert [speaker.id for speaker in library.speakers_called(["ruiz"])] == ["ana-ruiz"]
    assert library.speakers_called(["nobody"]) == ()
    assert [statement.story for statement in library.statements_by(["tom-berg"])] == ["fire"]


def test_with_attribution_off_nothing_is_read_and_it_can_be_caught_up_on(keeper: Keeper) -> None:
    keeper.open(attribution=False).add([FLOOD])
    library = keeper.open()
    assert library.statements() == ()
    assert library.add([FLOOD]) == Added(unchanged=("flood",))
    assert len(library.statements()) == 1


def test_stories_can_be_asked_before_they_are_read_for_statements(
    library: StoryLibrary, attributor: FakeAttributor
) -> None:
    library.add([FLOOD, FIRE], statements=False)
    assert attributor.read == []
    assert library.search("was nobody hurt in the mill?")
    assert [story.id for story in library.pending] == ["flood", "fire"]
    assert library.complete() == 2
    assert len(library.statements()) == 2
    assert library.pending == ()
    assert library.complete() == 0
    assert attributor.read == ["flood", "fire"]


def test_stories_added_without_statements_are_the_same_in_the_end(tmp_path: Path, library: StoryLibrary) -> None:
    at_once = Library.open(tmp_path / "at once", embedder=FakeEmbedder(), attributor=FakeAttributor())
    at_once.add([FLOOD, FIRE])
    library.add([FLOOD, FIRE], statements=False)
    library.complete(most=1)
    library.complete()
    assert library.statements() == at_once.statements()
    assert library.speakers() == at_once.speakers()
    found, expected = library.search("river mill"), at_once.search("river mill")
    assert [hit.passage for hit in found] == [hit.passage for hit in expected]


def test_reading_for_statements_goes_on_where_it_stopped(keeper: Keeper, library: StoryLibrary) -> None:
    stories = [Story(f"s{number}", f"“It is number {number},” said Ana Ruiz.") for number in range(100)]
    library.add(stories, statements=False)
    seen: list[tuple[int, int]] = []

    class Breaks(FakeAttributor):
        def attribute_all(self, stories: Sequence[Story]) -> list[Attributed]:
            if len(self.read) >= 64:
                raise KeyboardInterrupt
            return super().attribute_all(stories)

    with pytest.raises(KeyboardInterrupt):
        keeper.open(attributor=Breaks()).complete()
    assert len(library.statements()) == 64
    assert library.complete(progress=lambda done, total: seen.append((done, total))) == 36
    assert seen == [(32, 36), (36, 36)]
    assert len(library.statements()) == 100


def test_progress_counts_the_stories(library: StoryLibrary) -> None:
    seen: list[tuple[int, int]] = []
    stories = [Story(f"s{number}", f"This is the story with the number {number}.") for number in range(70)]
    library.add(stories, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (70, 70)
    assert len(seen) > 1


def test_an_interrupted_add_keeps_its_batches_and_goes_on_where_it_stopped(keeper: Keeper) -> None:
    stories = [Story(f"s{number}", f"This is the story with the number {number}.") for number in range(100)]

    class Breaks(FakeEmbedder):
        def embed(self, texts: object) -> object:  # type: ignore[override]
            if len(self.embedded) >= 64:
                raise KeyboardInterrupt
            return super().embed(texts)  # type: ignore[arg-type]

    with pytest.raises(KeyboardInterrupt):
        keeper.open(embedder=Breaks()).add(stories)
    embedder = FakeEmbedder()
    library = keeper.open(embedder=embedder)
    kept = len(library.stories)
    assert kept == 64
    assert library.add(stories) == Added(
        new=tuple(story.id for story in stories[kept:]), unchanged=tuple(story.id for story in stories[:kept])
    )
    assert len(embedder.embedded) == 100 - kept
