"""The libraries of many owners: apart from each other, in memory only while they are used, gone when forgotten."""

from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from bot.shelf import Shelf
from index.errors import LibraryBusy, StoryUnreadable
from index.library.folder import FolderLibraries, Library
from index.library.joined import Joined
from index.library.libraries import Libraries
from index.ranking.evidence import Evidence
from index.ranking.windows import Sentence
from index.story import Story
from tests.index.fakes import FakeAttributor, FakeEmbedder, ranker

FLOOD = Story("flood", "The river rose overnight.\n\n“We will rebuild,” said Ana Ruiz on Monday.", title="Flood")
FIRE = Story("fire", "A fire burned the old mill.\n\n“Nobody was hurt,” said Tom Berg on Tuesday.", title="Fire")


class Clock:
    """A clock that goes when it is told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def libraries(tmp_path: Path, clock: Clock) -> Iterator[Libraries]:
    opened = owned(tmp_path / "owners", clock)
    yield opened
    opened.close()


def owned(folder: Path, clock: Clock, shared: Path | None = None) -> Libraries:
    return FolderLibraries(
        folder,
        embedder=FakeEmbedder(),
        attributor=FakeAttributor(),
        ranker=ranker(),
        shared=shared,
        most_open=3,
        idle_s=60,
        clock=clock,
    )


def test_each_owner_has_stories_of_their_own(libraries: Libraries) -> None:
    with libraries.of("server-1") as one, libraries.of("server-2") as other:
        one.add([FLOOD])
        other.add([FIRE])
        assert (one.stories, other.stories) == ((FLOOD,), (FIRE,))
    assert libraries.owners() == ("server-1", "server-2")


def test_asking_somebody_without_a_library_makes_nothing_on_the_disk(tmp_path: Path, libraries: Libraries) -> None:
    with libraries.of("server-1") as library:
        assert library.search("anything") == ()
    assert not (tmp_path / "owners").exists()


@pytest.mark.parametrize("owner", ["", "..", ".", "a/b", "a\\b", "a.b", "A", "é", "-a", "a" * 65, "a\n", "a b"])
def test_no_name_of_an_owner_leads_out_of_the_folder(libraries: Libraries, owner: str) -> None:
    with pytest.raises(ValueError, match="letters"), libraries.of(owner):
        pass
    with pytest.raises(ValueError, match="letters"):
        libraries.forget(owner)


def test_no_more_libraries_are_open_than_wanted_and_those_unused_longest_go_first(libraries: Libraries) -> None:
    for number in (1, 2, 3, 1, 4):
        with libraries.of(f"server-{number}") as library:
            library.add([FLOOD])
    assert libraries.open_count == 3
    with libraries.of("server-1") as kept:
        assert kept.stories == (FLOOD,)


def test_a_library_in_use_is_not_closed_however_many_are_wanted(libraries: Libraries) -> None:
    with ExitStack() as using:
        held = [using.enter_context(libraries.of(f"server-{number}")) for number in range(5)]
        for library in held:
            library.add([FLOOD])
        assert libraries.open_count == 5
    with libraries.of("server-9"):
        assert libraries.open_count == 3


def test_what_nobody_has_used_for_a_while_is_closed(libraries: Libraries, clock: Clock) -> None:
    with libraries.of("server-1"), libraries.of("server-2"):
        pass
    clock.now = 30
    with libraries.of("server-2"):
        pass
    clock.now = 70
    assert libraries.close_idle() == 1
    assert libraries.open_count == 1
    clock.now = 90
    assert libraries.close_idle() == 1


def test_no_owner_can_add_a_story_under_an_id_of_the_shared_library(libraries: Libraries) -> None:
    with libraries.of("server-1") as library:
        with pytest.raises(StoryUnreadable):
            library.add([FLOOD, replace(FIRE, id="shared:fire")])
        assert library.stories == ()


def test_two_who_ask_at_once_share_one_open_library(libraries: Libraries) -> None:
    with libraries.of("server-1") as one, libraries.of("server-1") as other:
        assert one is other


def test_a_forgotten_owner_has_nothing_on_the_disk(tmp_path: Path, libraries: Libraries) -> None:
    with libraries.of("server-1") as library:
        library.add([FLOOD])
    assert libraries.forget("server-1")
    assert list((tmp_path / "owners").iterdir()) == []
    assert not libraries.forget("server-1")
    with libraries.of("server-1") as library:
        assert library.stories == ()


def test_a_library_is_forgotten_when_its_last_user_has_left(libraries: Libraries) -> None:
    inside, leave = Event(), Event()

    def use() -> tuple[Story, ...]:
        with libraries.of("server-1") as library:
            library.add([FLOOD])
            inside.set()
            leave.wait(10)
            return library.stories

    with ThreadPoolExecutor(2) as pool:
        using = pool.submit(use)
        inside.wait(10)
        forgetting = pool.submit(libraries.forget, "server-1")
        assert not forgetting.done()
        leave.set()
        assert using.result() == (FLOOD,)
        assert forgetting.result()


class SlowToDelete(FolderLibraries):
    """Libraries whose deletion begins, and ends when it is told to."""

    began: Event
    go_on: Event

    def _delete(self, owner: str) -> bool:
        self.began.set()
        return self.go_on.wait(10) and super()._delete(owner)


def test_nobody_else_waits_while_a_library_is_deleted(tmp_path: Path) -> None:
    libraries = SlowToDelete(tmp_path, embedder=FakeEmbedder(), attributor=FakeAttributor(), wait_s=0.01)
    libraries.began, libraries.go_on = Event(), Event()
    with libraries.of("server-1") as library:
        library.add([FLOOD])
    with ThreadPoolExecutor(2) as pool:
        forgetting = pool.submit(libraries.forget, "server-1")
        libraries.began.wait(10)
        try:
            assert pool.submit(lambda: [*_held(libraries, "server-2")]).result(10) == []
            with pytest.raises(LibraryBusy):
                _held(libraries, "server-1")
        finally:
            libraries.go_on.set()
        assert forgetting.result()
    assert _held(libraries, "server-1") == ()


def test_a_library_that_is_always_used_is_not_waited_for_without_end(tmp_path: Path) -> None:
    libraries = FolderLibraries(tmp_path, embedder=FakeEmbedder(), attributor=FakeAttributor(), wait_s=0.01)
    with libraries.of("server-1") as library:
        library.add([FLOOD])
        with pytest.raises(LibraryBusy):
            libraries.forget("server-1")
    assert _held(libraries, "server-1") == (FLOOD,)


def _held(libraries: Libraries, owner: str) -> tuple[Story, ...]:
    with libraries.of(owner) as library:
        return library.stories


def test_what_an_interrupted_forgetting_left_is_gone_at_the_next_start(tmp_path: Path, clock: Clock) -> None:
    left = tmp_path / "owners" / ".gone-0123"
    left.mkdir(parents=True)
    (left / "texts-000001").write_bytes(b"words")
    owned(tmp_path / "owners", clock)
    assert not left.exists()


def test_many_threads_use_few_places(libraries: Libraries) -> None:
    def use(number: int) -> int:
        with libraries.of(f"server-{number % 8}") as library:
            library.add([Story(f"s{number}", f"Story {number} is about the river.")])
            return len(library.search("river"))

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(use, range(40)))
    counts = []
    for number in range(8):
        with libraries.of(f"server-{number}") as library:
            counts.append(len(library.stories))
    assert counts == [5] * 8
    assert libraries.open_count <= 3


@pytest.fixture
def joined(tmp_path: Path, clock: Clock) -> Iterator[Joined]:
    """FLOOD is the owner's; the shared library has FIRE, another story called flood, and more of Ana Ruiz."""
    shared = Library.open(tmp_path / "archive", embedder=FakeEmbedder(), attributor=FakeAttributor())
    shared.add([FIRE, Story("flood", "An older flood.\n\n“It was worse then,” said Ana Ruiz.", title="Older")])
    libraries = owned(tmp_path / "owners", clock, tmp_path / "archive")
    with libraries.of("server-1") as own:
        own.add([FLOOD])
    with libraries.shelf("server-1") as shelf:
        assert isinstance(shelf, Joined)
        yield shelf


def test_a_shared_library_stands_behind_the_own_one(joined: Joined) -> None:
    assert [story.id for story in joined.stories] == ["flood", "shared:fire", "shared:flood"]
    for story in joined.stories:
        assert joined.story(story.id) == joined.story(story.id, 1) == story


def test_a_joined_library_has_every_verb_of_a_shelf(joined: Joined) -> None:
    shelf: Shelf = joined
    assert [verb for verb in vars(Shelf) if not verb.startswith("_") and not hasattr(shelf, verb)] == []


def test_every_statement_of_both_reads_its_own_storys_words(joined: Joined) -> None:
    said = [statement.span.of(joined.story(statement.story).text) for statement in joined.statements()]
    assert said == ["We will rebuild,", "Nobody was hurt,", "It was worse then,"]
    assert [statement.story for statement in joined.statements("shared:flood")] == ["shared:flood"]
    assert [passage.story for passage in joined.passages("shared:fire")] == ["shared:fire"] * 2
    assert len(joined.passages()) == 6


def test_a_person_named_in_full_by_both_is_one(joined: Joined) -> None:
    assert [who.id for who in joined.speakers()] == ["shared:ana-ruiz", "shared:tom-berg"]
    (ruiz,) = joined.speakers_called(["ruiz"])
    assert len(joined.statements_by([ruiz.id])) == 2
    assert {statement.speaker for statement in joined.statements()} == {who.id for who in joined.speakers()}
    assert joined.speakers("flood")[0].id == joined.speakers("shared:flood")[0].id == ruiz.id


def test_searching_finds_passages_of_both(joined: Joined) -> None:
    for found in (joined.search("flood river fire mill"), joined.evidence("flood river fire mill").hits):
        assert {hit.passage.story for hit in found} == {"flood", "shared:fire", "shared:flood"}
        for hit in found:
            assert hit.passage in joined.passages(hit.passage.story)
    assert {hit.passage.story for hit in joined.search("mill", stories=["shared:fire"])} == {"shared:fire"}
    assert {hit.passage.story for hit in joined.evidence("mill", stories=["flood"]).hits} == {"flood"}


@pytest.mark.parametrize("question", ["did the old mill burn?", "did the river rise?", "is Ruiz worried?"])
def test_what_a_yes_is_read_out_of_is_the_first_sentence_of_both(
    joined: Joined, question: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    finding = Library.evidence

    def closely(
        library: Library,
        asked: str,
        *,
        context: Sequence[str] = (),
        limit: int = 10,
        stories: Collection[str] | None = None,
    ) -> Evidence:
        found = finding(library, asked, context=context, limit=limit, stories=stories)
        first = found.hits[0].passage
        told = first.span.of(library.story(first.story).text)
        return replace(found, closest=(Sentence(told, 1, 0),), verdict=float(len(told)))

    monkeypatch.setattr(Library, "evidence", closely)
    found = joined.evidence(question)
    first = found.hits[0].passage
    (closest,) = found.closest
    assert closest.text == first.span.of(joined.story(first.story).text)
    assert found.verdict == len(closest.text)
