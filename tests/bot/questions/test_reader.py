"""The taught reader: what it makes of questions that it was not taught with, and of odd ones."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.questions.reader import KINDS, QuestionReader, Reading, slots_of
from index.encoding.embedding import PackagedEmbedder
from index.ranking.training import HELD_OUT_FOLD, fold_of

HELD_OUT = Path(__file__).parents[3] / "bot" / "questions" / "teaching" / "held_out.jsonl"
ASKS = Path(__file__).parents[2] / "quality" / "asks.jsonl"
FLOORS = {"our own lines": 0.655, "questions over our own stories": 0.905}
"""A little under what was measured on lines that taught nothing; see `bot/questions/weights/README.md`."""
TALK_FLOOR = 0.80
LEANS_FLOOR = 0.87
CONVERSATIONS = Path(__file__).parents[3] / "index" / "ranking" / "teaching" / "news-8.jsonl"


@pytest.fixture(scope="module")
def embedder() -> PackagedEmbedder:
    return PackagedEmbedder()


def read(embedder: PackagedEmbedder, question: str, *, follows: bool = False) -> Reading:
    (pieces,) = embedder.pieces([question])
    return QuestionReader.load().read(question, pieces, follows=follows)


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def share_right(embedder: PackagedEmbedder, lines: Sequence[dict[str, Any]]) -> float:
    found = [read(embedder, one["question"], follows=bool(one.get("history"))).kind == one["kind"] for one in lines]
    return found.count(True) / len(found)


@pytest.mark.parametrize(("name", "path"), list(zip(FLOORS, (HELD_OUT, ASKS), strict=True)))
def test_what_is_asked_for_is_read_as_well_as_it_was(embedder: PackagedEmbedder, name: str, path: Path) -> None:
    assert share_right(embedder, lines_of(path)) >= FLOORS[name]


def test_what_is_said_to_the_bot_is_told_as_well_as_it_was(embedder: PackagedEmbedder) -> None:
    lines = [one for one in lines_of(HELD_OUT) if "talk" in one]
    found = [read(embedder, one["question"], follows=bool(one.get("history"))).talk == one["talk"] for one in lines]
    assert found.count(True) / len(found) >= TALK_FLOOR


def test_what_asks_for_something_that_the_bot_does_is_no_question(embedder: PackagedEmbedder) -> None:
    for words, talk in (("remove the mill story", "removing"), ("ping me if the mayor speaks again", "watching")):
        reading = read(embedder, words)
        assert (reading.kind, reading.talk) == ("help", talk)
    assert read(embedder, "who removed the tree").kind in ("fact", "who-said")


def test_what_cannot_be_understood_alone_is_told_as_well_as_it_was(embedder: PackagedEmbedder) -> None:
    lines = [one for one in lines_of(CONVERSATIONS) if fold_of(one["story"]) == HELD_OUT_FOLD]
    turns = [one for one in lines if one.get("history") or one.get("before")]
    told = [read(embedder, one["question"], follows=True).leans == bool(one.get("history")) for one in turns]
    assert told.count(True) / len(told) >= LEANS_FLOOR
    assert not any(read(embedder, one["question"]).leans for one in turns[:50])


@pytest.mark.parametrize("question", ["", " ", "?", "x" * 4_000, "\u200b", "🎉", "“", "what " * 500])
def test_whatever_is_typed_is_read(embedder: PackagedEmbedder, question: str) -> None:
    reading = read(embedder, question)
    assert set(reading.kinds) == set(KINDS)
    assert sum(reading.kinds.values()) == pytest.approx(1.0, abs=1e-4)
    assert all(words in question for words in reading.slots.values())


@pytest.mark.parametrize("question", ["", "?!", "🎉🎉🎉", "…", "“ ”"])
def test_what_has_no_letter_is_chat_and_no_other_language(embedder: PackagedEmbedder, question: str) -> None:
    assert read(embedder, question).kind == "small-talk"


@pytest.mark.parametrize("question", ["what did Ryan say about Russia?", "what has pelosi said about trump"])
def test_a_question_with_a_topic_asks_for_the_words_on_it(embedder: PackagedEmbedder, question: str) -> None:
    found = read(embedder, question)
    assert found.kind == "said-about"
    assert found.slots["about"] == question.rstrip("?").split()[-1]


def test_a_vector_is_the_mean_of_its_pieces(embedder: PackagedEmbedder) -> None:
    question = "who wants the harbour shut?"
    (pieces,) = embedder.pieces([question])
    assert pieces.vector == pytest.approx(embedder.embed([question])[0], abs=1e-5)


def test_slots_are_the_longest_run_and_whole_words() -> None:
    text = "what did Mara Lind say"
    offsets = [(0, 4), (5, 8), (9, 11), (11, 13), (14, 18), (19, 22)]
    assert slots_of(text, offsets, [0, 0, 1, 2, 2, 0]) == {"who": "Mara Lind"}
    assert slots_of(text, offsets, [1, 0, 0, 1, 2, 0]) == {"who": "Mara Lind"}
    assert slots_of(text, offsets, [0] * 6) == {}
