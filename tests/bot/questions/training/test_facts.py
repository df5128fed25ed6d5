"""Which questions about paragraphs teach the reader of questions that a fact is asked for."""

import gzip
import json
from pathlib import Path

import pytest

pytest.importorskip("torch")

from bot.questions.training.__main__ import FACTS_OF_EACH, load_facts


def test_those_that_ask_for_a_fact_are_taken_and_the_same_each_time(tmp_path: Path) -> None:
    asked = [
        *(f"where is well number {at}?" for at in range(FACTS_OF_EACH)),
        "did it rain?", "what does the author say about rain?", "?",
    ]  # fmt: skip
    with gzip.open(tmp_path / "paragraphs.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps({"questions": [{"question": one} for one in asked]}) + "\n")
    lines = load_facts(tmp_path)
    assert lines == load_facts(tmp_path)
    assert sorted(line.question for line in lines) == sorted(asked[:FACTS_OF_EACH])
    assert {(line.kind, line.placed) for line in lines} == {("fact", False)}
