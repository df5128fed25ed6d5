"""The teaching lines of the reader: well formed, many, and apart from those that measure it."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import TypedDict

import pytest

from bot.questions.reader import PARTS, TALKS

TEACHING = Path(__file__).resolve().parents[3] / "bot" / "questions" / "teaching"
HELD_OUT = "held_out.jsonl", "held_out-2.jsonl"
ANSWERABLE = {"said", "said-about", "who-said", "stance", "whether", "reaction", "fact", "about"}
OTHERS = {
    "header", "speakers", "stories", "summary", "help", "small-talk", "foreign", "statement-detail", "who-else",
    "more", "check", "other",
}  # fmt: skip
TO_THE_BOT = {"help", "small-talk", "other"}
SLOTS = {"who", "about", "words", "when", "where", "to", "story"}


class _Part(TypedDict):
    kind: str
    slots: dict[str, str]


class _Line(_Part, total=False):
    question: str
    history: list[str]
    talk: str
    part: str
    also: _Part


def _load(name: str) -> list[_Line]:
    return [json.loads(line) for line in (TEACHING / name).read_text(encoding="utf-8").splitlines()]


def _frame(line: _Line) -> str:
    """The question with its slots taken out: what is left of it when names and topics change."""
    frame = line["question"]
    for slot, words in sorted(line["slots"].items(), key=lambda item: -len(item[1])):
        frame = frame.replace(words, slot.upper(), 1)
    return re.sub(r"\W+", " ", frame).strip().lower()


@pytest.mark.parametrize("name", ["lines.jsonl", *HELD_OUT])
def test_every_line_has_a_known_kind_and_slots_that_stand_in_its_question(name: str) -> None:
    for line in _load(name):
        for part in (line, line.get("also", line)):
            assert part["kind"] in ANSWERABLE | OTHERS, line
            assert set(part["slots"]) <= SLOTS, line
            for words in part["slots"].values():
                assert re.search(rf"(?<!\w){re.escape(words)}(?!\w)", line["question"]), line


def test_every_kind_is_taught_and_measured() -> None:
    taught, held = (Counter(line["kind"] for line in _load(name)) for name in ("lines.jsonl", "held_out.jsonl"))
    assert all(taught[kind] >= 100 and held[kind] >= 20 for kind in ANSWERABLE), (taught, held)
    assert all(taught[kind] >= 40 and held[kind] >= 10 for kind in OTHERS), (taught, held)


@pytest.mark.parametrize(("name", "least"), [("lines.jsonl", 20), ("held_out.jsonl", 3)])
def test_what_is_said_to_the_bot_itself_is_taught_and_measured_by_what_it_wants(name: str, least: int) -> None:
    lines = _load(name)
    assert all(("talk" in line) == (line["kind"] in TO_THE_BOT) for line in lines)
    counted = Counter(line["talk"] for line in lines if "talk" in line)
    assert set(counted) == set(TALKS)
    assert min(counted.values()) >= least, counted


def test_each_of_a_storys_own_facts_is_asked_for_in_lines_that_teach() -> None:
    lines = _load("lines.jsonl")
    assert all(line["kind"] == "header" for line in lines if "part" in line)
    counted = Counter(line["part"] for line in lines if "part" in line)
    assert set(counted) == set(PARTS)
    assert min(counted.values()) >= 10, counted


def test_no_frame_wears_out_and_none_that_teaches_measures() -> None:
    taught = Counter(_frame(line) for line in _load("lines.jsonl") if "history" not in line)
    worn = [frame for frame, count in taught.items() if count > 5 and not set(frame.split()) <= SLOTS | {"is"}]
    assert not worn
    asked = {(line["question"].lower(), *line.get("history", ())) for line in _load("lines.jsonl")}
    measured = [line for name in HELD_OUT for line in _load(name)]
    assert not [line for line in measured if (line["question"].lower(), *line.get("history", ())) in asked]
