"""The chat questions that ship with the project: over stories written for it, each with the words that answer it."""

import json
from collections import Counter
from pathlib import Path
from typing import NotRequired, TypedDict

FOLDER = Path(__file__).parent
SEED = FOLDER.parents[1] / "seeds" / "000_9e93925cc4b41a6c.txt"
REASONS = {"not-in-story", "mentioned-not-quoted", "no-such-speaker", "several-speakers-match", "not-about-the-story"}


class _Piece(TypedDict):
    start: int
    end: int
    text: str


class _Ask(TypedDict):
    id: str
    story: str
    question: str
    history: NotRequired[list[dict[str, str]]]
    kind: str
    answerable: bool
    slots: dict[str, str]
    evidence: list[_Piece]
    speakers: NotRequired[list[str]]
    answer: NotRequired[str]
    verdict: NotRequired[str]
    reason: NotRequired[str]


class _SeedAsk(TypedDict):
    question: str
    history: NotRequired[list[dict[str, str]]]
    kind: str
    answerable: bool
    evidence: NotRequired[list[str]]
    reason: NotRequired[str]


def _asks() -> list[_Ask]:
    return [json.loads(line) for line in (FOLDER / "asks.jsonl").read_text(encoding="utf-8").splitlines()]


def _texts() -> dict[str, str]:
    lines = (FOLDER / "asks_stories.jsonl").read_text(encoding="utf-8").splitlines()
    return {story["id"]: story["text"] for story in map(json.loads, lines)}


def test_every_piece_of_evidence_reads_back_from_its_story_and_every_slot_from_its_question() -> None:
    texts = _texts()
    for ask in _asks():
        assert all(texts[ask["story"]][e["start"] : e["end"]] == e["text"] for e in ask["evidence"]), ask["id"]
        assert all(words in ask["question"] for words in ask["slots"].values()), ask["id"]
        assert any(ask.get("answer", "") in e["text"] for e in ask["evidence"]) or not ask["answerable"], ask["id"]


def test_what_cannot_be_answered_says_why_and_the_rest_has_evidence() -> None:
    for ask in _asks():
        assert ask["answerable"] == bool(ask["evidence"]) == ("reason" not in ask), ask["id"]
        assert ask.get("reason", "not-in-story") in REASONS, ask["id"]
        assert ("verdict" in ask) == (ask["kind"] == "whether" and ask["answerable"]), ask["id"]


def test_a_fifth_is_unanswerable_an_eighth_follows_up_and_every_story_has_twenty() -> None:
    asks = _asks()
    assert set(Counter(ask["story"] for ask in asks).values()) == {20}
    assert len(_texts()) == 12
    assert sum(not ask["answerable"] for ask in asks) * 5 >= len(asks)
    assert sum("history" in ask for ask in asks) * 8 >= len(asks)


def test_the_new_questions_about_the_seed_story_stand_on_its_own_words() -> None:
    text = SEED.read_text(encoding="utf-8")
    lines = (FOLDER.parent / "bot" / "seed_questions_new.jsonl").read_text(encoding="utf-8").splitlines()
    asks: list[_SeedAsk] = [json.loads(line) for line in lines]
    assert (len(asks), sum("history" in ask for ask in asks)) == (60, 40)
    for ask in asks:
        assert all(piece in text for piece in ask.get("evidence", ())), ask["question"]
        assert ask["answerable"] == bool(ask.get("evidence")) == ("reason" not in ask), ask["question"]
        assert ask.get("reason", "not-in-story") in REASONS, ask["question"]
