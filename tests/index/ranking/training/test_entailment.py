"""A copy of the judge learns to tell a yes from a no, by one sentence alone."""

import json
import random
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from index.ranking.entailment import OPINIONS
from index.ranking.features import NAMES
from index.ranking.reader import ENTAILMENT, Reader
from index.ranking.training.entailment import PLAN, examples, fit_opinions, told_rightly
from index.ranking.training.examples import Question, load_claims
from index.ranking.training.network import base_network
from index.ranking.training.teaching import teach, verdict_loss_of
from index.ranking.windows import TABLES

CLAIMS = [
    {"said": f"“{said},” said Ana Bell.", "who": "Ana Bell", "q": "is bell for the bridge", "verdict": verdict}
    for said, verdict in (("I like it", "yes"), ("I hate it", "no"), ("I had lunch", "neither"))
]


def test_what_is_taught_tells_a_yes_from_a_no_and_the_lowest_layers_stay(tmp_path: Path) -> None:
    path = tmp_path / "claims.jsonl"
    path.write_text("".join(json.dumps(claim) + "\n" for claim in CLAIMS), encoding="utf-8")
    chance = random.Random(1)
    taught = examples(load_claims(path, chance, beside=(0,)), chance)
    network = base_network(TABLES)
    before = deepcopy(network.state_dict())
    lessons = teach(network, [taught] * 8, replace(PLAN, batch=3), verdict_loss_of, cores=1)
    after = [deepcopy(one.state_dict()) for one in lessons]
    assert len(after) == 8
    assert told_rightly(network, taught)[0] == 1.0
    moved = {
        name.split(".")[1] for name in before if not torch.equal(before[name], after[-1][name]) and "layers" in name
    }
    assert moved == {"2", "3", "4", "5"}


def _asked(path: Path) -> list[Question]:
    """The claims as questions over stories."""
    path.write_text("".join(json.dumps(claim) + "\n" for claim in CLAIMS), encoding="utf-8")
    made = load_claims(path, random.Random(1), beside=(2,))
    return [replace(one, features=np.zeros((len(one.texts), len(NAMES)), dtype=np.float32)) for one in made]


def test_what_opinions_count_is_fitted_so_that_a_yes_speaks_for_a_yes(tmp_path: Path) -> None:
    *counted, constant = fit_opinions(_asked(tmp_path / "claims.jsonl"), Reader.load(ENTAILMENT))
    assert len(counted) == len(OPINIONS)
    assert np.isfinite([*counted, constant]).all()
    assert sum(counted) > 0
