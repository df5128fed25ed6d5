"""Two files of one name are two stories; what makes a story the same one again is its address or its text."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from index.reading import read_source
from index.story import Attributed, Story
from tests.index.fakes import FakeAttributor
from tests.index.keepers import Keeper

MILL = "The mill is shut.\n\n“It is over,” said Ada Burke."
DAM = "The dam holds.\n\n“It holds,” said Bo Hall."


def read(folder: Path, name: str, text: str) -> Story:
    """A file of this name, wherever it is found."""
    path = folder / f"{abs(hash((name, text)))}" / name
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_text(text, encoding="utf-8")
    (story,) = read_source(str(path))
    return story


def page(words: str, *, address: str = "") -> str:
    canonical = f'<link rel="canonical" href="{address}">' if address else ""
    body = "".join(f"<p>{words} It went on for a long while, and nobody knew why. Sentence {n}.</p>" for n in range(5))
    return f"<html><head><title>News</title>{canonical}</head><body><article>{body}</article></body></html>"


def test_two_files_of_one_name_are_two_stories(keeper: Keeper, tmp_path: Path) -> None:
    library = keeper.open()
    for text in (MILL, DAM, MILL):
        library.add([read(tmp_path, "message.txt", text)])
    assert [story.text for story in library.stories] == [MILL, DAM]
    assert [story.version for story in library.stories] == [1, 1]
    assert library.stories[0].id == "message"
    assert library.add([read(tmp_path, "message.txt", DAM)]).unchanged == (library.stories[1].id,)
    assert len(library.statements()) == 2


def test_two_files_of_one_name_given_together_are_two_stories(keeper: Keeper, tmp_path: Path) -> None:
    library = keeper.open()
    texts = [f"Report {number} has words of its own." for number in range(40)]
    library.add([read(tmp_path, "message.txt", text) for text in (*texts, *texts)])
    assert sorted(story.text for story in library.stories) == sorted(texts)


def test_a_page_and_a_text_of_one_name_are_two_stories(keeper: Keeper, tmp_path: Path) -> None:
    library = keeper.open()
    library.add([read(tmp_path, "mill.html", page("The mill is shut."))])
    library.add([read(tmp_path, "mill.txt", MILL)])
    assert len(library.stories) == 2


def test_a_page_saved_again_from_one_address_is_the_next_version(keeper: Keeper, tmp_path: Path) -> None:
    library = keeper.open()
    address = "https://news.example/mill"
    for words in ("The mill is shut.", "The mill opens again."):
        library.add([read(tmp_path, "mill.html", page(words, address=address))])
    library.add([read(tmp_path, "mill.html", page("Another mill.", address="https://other.example/mill"))])
    assert [(story.url, story.version) for story in library.stories] == [
        (address, 2),
        ("https://other.example/mill", 1),
    ]


def test_a_file_under_another_name_is_the_story_that_it_is(keeper: Keeper, tmp_path: Path) -> None:
    library = keeper.open()
    library.add([read(tmp_path, "mill.txt", MILL)])
    assert library.add([read(tmp_path, "a copy of it.txt", MILL)]).unchanged == ("mill",)
    library.add([replace(read(tmp_path, "their copy.txt", MILL), source="The Other Paper")])
    assert [story.source for story in library.stories] == [None, "The Other Paper"]


def test_an_id_that_was_given_is_the_same_story_in_its_next_version(keeper: Keeper) -> None:
    library = keeper.open()
    library.add([Story("mill", MILL)])
    assert library.add([Story("mill", DAM)]).changed == ("mill",)


class Meanwhile(FakeAttributor):
    """While it reads a story, somebody else adds another file of that name."""

    def __init__(self, keeper: Keeper, story: Story) -> None:
        super().__init__()
        self._left = [story]
        self._keeper = keeper

    def attribute_all(self, stories: Sequence[Story]) -> list[Attributed]:
        while self._left:
            self._keeper.open().add([self._left.pop()])
        return super().attribute_all(stories)


def test_two_who_add_files_of_one_name_at_once_lose_none(keeper: Keeper, tmp_path: Path) -> None:
    other = read(tmp_path, "message.txt", DAM)
    keeper.open(attributor=Meanwhile(keeper, other)).add([read(tmp_path, "message.txt", MILL)])
    library = keeper.open()
    assert sorted(story.text for story in library.stories) == sorted([MILL, DAM])
    assert {story.version for story in library.stories} == {1}
