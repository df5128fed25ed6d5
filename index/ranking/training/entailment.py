"""Teaches a copy of the judge to tell a yes from a no.

`python -m index.ranking.training.entailment --sets ../shared/eval --work FOLDER`

It learns from yes/no questions beside the sentence that answers them, or leaves them open: from chat questions over
stories (of every set a sixth of the stories held out), from claims that were written for it, and from questions about
single sentences of public stories. It begins as the judge that is stored. Then what its opinions count beside the
judge's is fitted on the stories held out. Runs on the CPU with a fixed seed; `--work` keeps the libraries of the
stories, the same as the judge's.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import torch

from index.encoding.packaged import packaged_tokenizer
from index.ranking.entailment import FACT, opinions_on
from index.ranking.evidence import CLOSEST, Evidence
from index.ranking.reader import ENTAILMENT, READER, Reader
from index.ranking.training.__main__ import gather
from index.ranking.training.examples import (
    TEACHING,
    Example,
    Question,
    example_of,
    load_claims,
    narrowed,
    ranked_sentences,
    stories_at,
)
from index.ranking.training.fitting import fit_chance
from index.ranking.training.lessons import drawn
from index.ranking.training.measuring import read_all
from index.ranking.training.network import ReaderNetwork, batch_of, load_network, save_network
from index.ranking.training.teaching import Plan, teach, verdict_loss_of
from index.ranking.weighing import Weights
from index.ranking.windows import TABLES
from index.reading import read_source

LOG = logging.getLogger(__name__)
CLAIMS = ("claims.jsonl", "more_claims.jsonl", "entailment.jsonl", "entailment-2.jsonl")
VERDICTS = "verdicts.jsonl"
PLAN = Plan(longest=(112,), batch=32, rate=1.2e-4, head_rate=4e-4, seed=1, fixed=2)
ROUNDS = 3
OF_PUBLIC = 0.67  # of the questions about single sentences, for each round by chance
DROPOUT = 0.1
SURE = 0.8  # the probability from which opinions are counted apart


def examples(questions: Sequence[Question], chance: random.Random) -> list[Example]:
    """A short window for each question, with one or two of the sentences that answer it."""
    tokenizer = packaged_tokenizer()
    return [example_of(one, one.features[:, 0], tokenizer, chance, PLAN.longest[0]) for one in questions]


def rounds_of(questions: Sequence[Question], texts: Mapping[str, str], chance: random.Random) -> list[list[Example]]:
    """The examples of every round: all yes/no questions over stories, each time beside other sentences, a third of the
    claims, and some of the questions about sentences of public stories."""
    claims = [one for name in CLAIMS for one in load_claims(TEACHING / name, chance, beside=(0,))]
    public = load_claims(TEACHING / VERDICTS, chance, beside=(0,), texts=texts)
    return [
        examples(
            [*(narrowed(one, chance) for one in questions), *claims[at::ROUNDS], *drawn(public, OF_PUBLIC, chance)],
            chance,
        )
        for at in range(ROUNDS)
    ]


def told_rightly(network: ReaderNetwork, held_out: Sequence[Example]) -> tuple[float, int, float]:
    """The share of yes/no opinions that are right; how many are SURE; and the share of these that are right."""
    network.eval()
    right: list[bool] = []
    sure: list[bool] = []
    with torch.no_grad():
        for one in held_out:
            if one.verdict is not None:
                yes = float(network(batch_of([one.window])).verdict.softmax(-1)[0, 1])
                right.append((yes > 0.5) == one.verdict)
                sure += [right[-1]] if max(yes, 1 - yes) >= SURE else []
    return sum(right) / max(len(right), 1), len(sure), sum(sure) / max(len(sure), 1)


def fit_opinions(asked: Sequence[Question], copy: Reader) -> list[float]:
    """What each of OPINIONS counts, and the constant, over yes/no questions whose story answers them and that neither
    the copy nor the judge has learned from. The sentences are those that the stored judge finds best."""
    weights, told = Weights.load(), [one for one in asked if one.verdict is not None]
    rows = []
    for one, read in zip(told, read_all(Reader.load(), told, weights), strict=True):
        scores = weights.base_scores(one.features)
        best = np.argsort(-weights.read_scores(scores, read, one.features), kind="stable")[:CLOSEST]
        by_number = {sentence.place: sentence for sentence in ranked_sentences(one, scores)}
        closest = tuple(by_number[int(at)] for at in best)
        evidence = Evidence(closest=closest, named=tuple(one.linked.named_words()), verdict=read.verdict)
        rows.append(opinions_on(copy, one.asked.text, one.asked.context, evidence)[1])
    happened = np.array([one.verdict for one in told])
    found = fit_chance(np.array(rows, dtype=np.float32), happened, np.ones(len(told), dtype=np.float32))
    return [round(float(weight), 4) for weight in found]


def main() -> None:
    """Reads the command line, teaches, measures and stores the weights."""
    parser = argparse.ArgumentParser(
        prog="python -m index.ranking.training.entailment",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--sets", type=Path, required=True, help="folder with the question sets")
    parser.add_argument("--work", type=Path, required=True, help="folder to keep libraries in")
    parser.add_argument("--out", type=Path, default=ENTAILMENT)
    parser.add_argument("--cores", type=int, default=2)
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(options.cores)
    chance = random.Random(PLAN.seed)  # noqa: S311  nothing secret
    asked = [one for one in gather(options.sets, options.work)[0] if one.kind == "whether"]
    texts = {story.id: story.text for path in stories_at(options.sets, "news") for story in read_source(str(path))}
    rounds = rounds_of([one for one in asked if not one.held_out], texts, chance)
    *_, network = teach(load_network(READER, TABLES, DROPOUT), rounds, PLAN, verdict_loss_of, cores=options.cores)
    held_out = [one for one in asked if one.held_out]
    shown = examples([narrowed(one, chance) for one in held_out], chance)
    LOG.info("held out: %.3f right; %d sure, %.3f of them right", *told_rightly(network, shown))
    about = {"claims": ", ".join((*CLAIMS, VERDICTS))}
    save_network(network, options.out, about)
    counted = fit_opinions(held_out, Reader.load(options.out))
    LOG.info("what opinions count: %s", counted)
    save_network(network, options.out, {**about, FACT: json.dumps(counted)})


if __name__ == "__main__":
    main()
