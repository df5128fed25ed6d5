"""Two libraries read as one: what a question costs of the shared one does not grow with the own one's speakers."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from index.library.folder import Library
from index.library.joined import Joined
from index.ranking.evidence import Evidence
from index.story import Hit, Passage, Span, Story
from tests.index.fakes import FakeAttributor, FakeEmbedder


class Counting:
    """A library that counts how often it is asked."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.asked: Counter[str] = Counter()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a library has
        self.asked[name] += 1
        return getattr(self.library, name)


def library_of(folder: Path, names: list[str]) -> Library:
    library = Library.open(folder, embedder=FakeEmbedder(), attributor=FakeAttributor())
    library.add([Story(f"s{at}", f"Words.\n\n“It is so,” said {name}.") for at, name in enumerate(names)])
    return library


@pytest.mark.parametrize("count", [5, 60])
def test_the_shared_library_is_asked_once_for_all_own_speakers(tmp_path: Path, count: int) -> None:
    own = library_of(tmp_path / "own", [f"Ann Lee{'a' * at}" for at in range(count)] + ["Vera Stone", "Stone"])
    shared = Counting(library_of(tmp_path / "shared", ["Vera Stone", "Bo Hall"]))
    joined = Joined(own, shared)  # type: ignore[arg-type]
    everybody = {who.name: who.id for who in joined.speakers()}
    assert everybody["Vera Stone"].startswith("shared:")
    assert not everybody["Ann Lee"].startswith("shared:")
    assert len(joined.statements_by([everybody["Vera Stone"]])) == 2
    assert {said.speaker for said in joined.statements()} == set(everybody.values())
    assert shared.asked["speakers_called"] == 1


class Telling:
    """A library that tells the same whatever is asked."""

    def __init__(self, chance: float, *scores: float) -> None:
        self.told = Evidence(
            tuple(Hit(Passage("s", 1, Span(at, at + 1), at), one) for at, one in enumerate(scores)), chance
        )

    def evidence(self, question: str, **_: object) -> Evidence:
        return self.told


@pytest.mark.parametrize(("own", "shared", "leads"), [(0.9, 0.1, "s"), (0.1, 0.9, "shared:s")])
def test_the_library_that_likelier_answers_leads_whatever_its_scores_are(own: float, shared: float, leads: str) -> None:
    joined = Joined(Telling(own, -30.0, -31.0), Telling(shared, 5.0, -60.0))  # type: ignore[arg-type]
    found = joined.evidence("what?")
    assert found.hits[0].passage.story == leads
    assert found.answerable == max(own, shared)
    assert [hit.score for hit in found.hits] == sorted((hit.score for hit in found.hits), reverse=True)
