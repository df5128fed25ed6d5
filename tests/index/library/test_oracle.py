"""Thousands of random changes against a library of plain dictionaries."""

import random
from dataclasses import replace

import numpy as np

from index.library.folder import Library
from index.library.speakers import Generation
from index.ranking.gathering import Passages
from index.search.passages import passages_of
from index.search.vectors import STEP
from index.story import Passage, Story
from tests.index.fakes import FakeAttributor, FakeDisk, FakeEmbedder
from tests.sizes import tried

STEPS = tried(10_000, 2_000)
WORDS = ("river", "flood", "mayor", "council", "vote", "storm", "bridge", "school", "fire", "train", "strike")


class Oracle:
    """What a library should hold, kept in the plainest way."""

    def __init__(self) -> None:
        self.newest: dict[str, Story] = {}
        self.highest: dict[str, int] = {}
        self.old: dict[tuple[str, int], Story] = {}

    def add(self, story: Story) -> bool:
        """Whether there are new words."""
        held = self.newest.get(story.id)
        if held is not None and held.text == story.text:
            self.newest[story.id] = replace(story, version=held.version)
            return False
        version = self.highest.get(story.id, 0) + 1
        if held is not None:
            self.old[story.id, held.version] = held
        self.newest[story.id] = replace(story, version=version)
        self.highest[story.id] = version
        return True

    def remove(self, story_id: str) -> None:
        del self.newest[story_id]
        self.old = {key: story for key, story in self.old.items() if key[0] != story_id}

    def passages(self) -> list[Passage]:
        return [passage for story in self.newest.values() for passage in passages_of(story)]


def written(chance: random.Random) -> Story:
    words = " ".join(chance.choices(WORDS, k=5))
    said = f"“The {words},” said {chance.choice(('Ana Ruiz', 'Tom Berg', 'Li Wei'))}."
    title = chance.choice((None, "A title"))
    return Story(f"s{chance.randrange(8)}", f"It was about the {words} today.\n\n{said}", title)


def test_thousands_of_random_changes_leave_what_plain_python_would() -> None:
    chance = random.Random(4)
    disk, oracle, embedder = FakeDisk(), Oracle(), FakeEmbedder(dim=8)
    library = Library.open("nowhere", embedder=embedder, attributor=FakeAttributor(), disk=disk)
    for number in range(STEPS):
        which = chance.random()
        if which < 0.5:
            story = written(chance)
            library.add([story])
            oracle.add(story)
        elif which < 0.65 and oracle.newest:
            again = chance.choice(list(oracle.newest.values()))
            embedder.embedded.clear()
            assert library.add([replace(again, version=1)]).unchanged == (again.id,)
            assert embedder.embedded == []
        elif which < 0.8 and oracle.newest:
            gone = chance.choice(list(oracle.newest))
            library.remove(gone)
            oracle.remove(gone)
        elif which < 0.85:
            library = Library.open("nowhere", embedder=embedder, attributor=FakeAttributor(), disk=disk)
        assert library.stories == tuple(oracle.newest.values())
        if number % 20 == 0:
            check(library, oracle, embedder, chance)


def cosines_in(library: Library, question: str, embedder: FakeEmbedder) -> dict[Passage, float]:
    def found(_: Generation, index: Passages) -> dict[Passage, float]:
        positions, dense, words = index.candidates(question, embedder.embed([question])[0], None)
        assert len(words) == len(positions)
        return {index.passage(int(position)): float(cosine) for position, cosine in zip(positions, dense, strict=True)}

    return library._searched(found)


def check(library: Library, oracle: Oracle, embedder: FakeEmbedder, chance: random.Random) -> None:
    """Old versions, passages, statements, and what a search finds, against a search by brute force."""
    for (story_id, version), story in oracle.old.items():
        assert library.story(story_id, version) == story
    passages = oracle.passages()
    assert list(library.passages()) == passages
    said = [(each.story, each.version, each.span.of(oracle.newest[each.story].text)) for each in library.statements()]
    assert said == [
        (story.id, story.version, story.text[story.text.index("“") + 1 : story.text.index("”")])
        for story in oracle.newest.values()
    ]
    question = chance.choice(WORDS)
    found = {(hit.passage.story, hit.passage.span): hit for hit in library.search(question, limit=100)}
    assert set(found) == {(passage.story, passage.span) for passage in passages}
    if passages:
        vectors = embedder.embed([passage.span.of(oracle.newest[passage.story].text) for passage in passages])
        cosines = np.rint(vectors / STEP) * STEP @ embedder.embed([question])[0]
        near = cosines_in(library, question, embedder)
        assert max(abs(near[one] - cosine) for one, cosine in zip(passages, cosines, strict=True)) < 1e-5
