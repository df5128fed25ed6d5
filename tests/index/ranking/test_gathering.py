"""Evidence of several stories: which of them are read, each by itself, and what they tell as one."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from index.library import Library
from index.ranking.evidence import Candidates, Evidence, EvidenceRanker, spread_out
from index.ranking.features import Asked
from index.ranking.gathering import STORIES_READ, _together
from index.ranking.weighing import Weights
from index.story import Hit, Passage, Span, Story
from tests.index.fakes import FakeAttributor, FakeEmbedder


def _told(story: str, chance: float, *scores: float) -> Evidence:
    hits = tuple(Hit(Passage(story, 1, Span(at, at + 1), at), score) for at, score in enumerate(scores))
    return Evidence(hits, chance, answers=tuple(chance for _ in scores), named=(Span(0, len(story)),))


def _stories(evidence: Evidence) -> list[str]:
    return [hit.passage.story for hit in evidence.hits]


def test_the_story_that_likelier_answers_leads_and_tells_what_is_known_of_the_question() -> None:
    read = {"a": _told("a", 0.2, 3.0, 1.0), "b": _told("b", 0.9, -4.0, -9.0)}
    found = _together(read, {"a": 0.5, "b": 0.4}, (), 10)
    assert _stories(found)[:2] == ["b", "a"]
    assert (found.answerable, found.named) == (0.9, read["b"].named)
    assert [hit.score for hit in found.hits] == sorted((hit.score for hit in found.hits), reverse=True)


def test_of_two_that_answer_alike_the_story_that_matches_better_leads() -> None:
    read = {"a": _told("a", 0.6, 1.0), "b": _told("b", 0.6, 1.0)}
    assert _stories(_together(read, {"a": 0.1, "b": 2.0}, (), 10)) == ["b", "a"]


def test_what_is_near_comes_behind_all_that_was_read_and_answers_nothing() -> None:
    near = _told("c", 0.0, 99.0, 98.0).hits
    found = _together({"a": _told("a", 0.3, 1.0)}, {"a": 1.0, "c": 0.5}, near, 10)
    assert _stories(found) == ["a", "c", "c"]
    assert found.answers == (0.3, 0.0, 0.0)
    assert _stories(_together({"a": Evidence()}, {"a": 1.0, "c": 0.5}, near, 1)) == ["c"]


@pytest.mark.parametrize(
    ("stories", "order"),
    [("aaaab", "aaaba"), ("abbcdea", "abcdeab"), ("aaa", "aaa"), ("", "")],
)
def test_a_further_sentence_of_a_story_waits_until_enough_stories_have_been_heard(stories: str, order: str) -> None:
    assert "".join(stories[at] for at in spread_out(stories)) == order


class _Noting(EvidenceRanker):
    """Notes of how many stories the sentences are that it ranks, and is never sure."""

    def __init__(self, sure: float) -> None:
        super().__init__(Weights.load())
        self.sure, self.read, self.near = sure, list[Sequence[str]](), list[Sequence[str]]()

    def rank(self, asked: Asked, candidates: Candidates, *, limit: int = 10) -> Evidence:
        self.read.append(_of(candidates))
        return Evidence(super().rank(asked, candidates, limit=limit).hits, self.sure)

    def as_found(self, asked: Asked, candidates: Candidates, limit: int) -> Evidence:
        self.near.append(_of(candidates))
        return super().as_found(asked, candidates, limit)


def _of(candidates: Candidates) -> list[str]:
    return list(dict.fromkeys(candidates.look_up(at)[0].story for at in range(len(candidates))))


@pytest.mark.parametrize(("sure", "read"), [(0.9, 1), (0.1, STORIES_READ)])
def test_stories_are_read_one_by_one_until_one_surely_answers(sure: float, read: int, tmp_path: Path) -> None:
    ranker = _Noting(sure)
    with Library.open(tmp_path, embedder=FakeEmbedder(), attributor=FakeAttributor(), ranker=ranker) as library:
        library.add([Story(f"s{at}", f"The bridge at Kelby {at} opened. Nobody came.") for at in range(6)])
        found = library.evidence("when did the bridge open?")
    assert [len(one) for one in ranker.read] == [1] * read
    assert len(set(map(str, ranker.read))) == read
    assert [len(one) for one in ranker.near] == [6 - read]
    assert len(set(_stories(found)[:5])) == 5
