"""Questions about paragraphs teach what a fact is, and nothing of whose words are asked for."""

import gzip
import json
from pathlib import Path

import pytest
import torch

from bot.questions.training import __main__ as training
from bot.questions.training.__main__ import Line, Read, load_facts
from bot.questions.training.network import ReaderNetwork
from index.encoding import SentenceEncoder

ASKED = ["When did it burn?", "who built it", "What did the mayor say?", "Did it burn?", "Which of them was first?"]


def test_so_many_of_each_set_that_ask_for_a_fact_and_nobodys_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "other"):
        with gzip.open(tmp_path / f"{name}.jsonl.gz", "wt") as out:
            out.write(json.dumps({"questions": [{"question": asked} for asked in ASKED]}) + "\n")
    monkeypatch.setattr(training, "FACTS_OF_EACH", 3)
    facts = load_facts(tmp_path)
    assert sorted(line.question for line in facts) == sorted([ASKED[0], ASKED[1], ASKED[4]] * 2)
    assert {(line.kind, line.placed) for line in facts} == {("fact", False)}


def test_the_words_of_a_line_that_is_not_placed_teach_nothing() -> None:
    (pieces,) = SentenceEncoder.load(threads=1).pieces(["When did it burn?"])
    losses = []
    for tag in (0, 1):
        torch.manual_seed(1)
        network = ReaderNetwork().eval()
        read = Read(Line("", "fact", {}, follows=False, placed=False), pieces, (tag,) * len(pieces.offsets))
        losses.append(training._step(network, torch.optim.SGD(network.parameters(), 0.0), [read]))
    assert losses[0] == losses[1]
