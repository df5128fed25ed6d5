"""Teaches the ranking: `python -m index.ranking.training --questions ../shared/eval/questions`.

First the weights of the cheap features, then the reader, from the packaged all-MiniLM-L6-v2, then how much the
reader's opinion counts. Runs on the CPU with a fixed seed; a held-out fifth of the stories teaches neither of the first
two.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import random
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch

from index.embedding import PackagedEmbedder
from index.encoding.packaged import packaged_tokenizer
from index.ranking.features import stems_held, telling_of
from index.ranking.matching import Floats
from index.ranking.reader import READER, Read, Reader
from index.ranking.training.examples import (
    Embed,
    Question,
    example_of,
    load_questions,
    moved_to,
    ranked_sentences,
)
from index.ranking.training.fitting import Choice, fit_base, fit_chance, fit_choice
from index.ranking.training.measuring import report
from index.ranking.training.storing import base_network, save_network
from index.ranking.training.teaching import Plan, teach
from index.ranking.weighing import WEIGHTS, Weights, answerable_features, reader_features
from index.ranking.windows import TABLES

LOG = logging.getLogger(__name__)
SHARES = {"newsqa": 1.0, "abgcoqa": 2.0, "squad2": 0.3}  # squad2's paragraphs are so short that it has little to choose
SURE_SHARES = {"newsqa": 0.6, "abgcoqa": 0.2, "squad2": 1.0}


def cached_embedder(folder: Path | None) -> Embed:
    """The packaged model's vectors, kept in `folder` under the hash of the texts."""
    embedder = PackagedEmbedder()

    def embed(texts: Sequence[str]) -> Floats:
        key = hashlib.sha256("\x00".join(texts).encode()).hexdigest()[:16]
        kept = folder / f"{key}.npy" if folder else None
        if kept and kept.exists():
            return np.asarray(np.load(kept), dtype=np.float32)
        vectors = embedder.embed(texts)
        if kept:
            kept.parent.mkdir(parents=True, exist_ok=True)
            np.save(kept, vectors)
        return vectors

    return embed


def teach_reader(questions: Sequence[Question], weights: Weights, plan: Plan, out: Path, deadline_s: float) -> None:
    """Teaches a reader on these questions and stores it."""
    tokenizer, chance = packaged_tokenizer(), random.Random(plan.seed)  # noqa: S311  nothing secret
    ranked = [(question, weights.base_scores(question.features)) for question in questions]
    epochs = [
        [example_of(one, scores, tokenizer, chance, plan.longest) for one, scores in ranked] for _ in range(plan.epochs)
    ]
    network = teach(base_network(TABLES, plan.dropout).train(), epochs, plan, deadline_s)
    save_network(network, out, {"plan": json.dumps(asdict(plan)), "questions": str(len(questions))})


def read_all(reader: Reader, questions: Sequence[Question], weights: Weights) -> list[Read]:
    """What the reader finds for each question; sentences are in reading order."""
    found = []
    for question in questions:
        ranked = ranked_sentences(question.story, weights.base_scores(question.features))
        sentences = sorted(ranked, key=lambda sentence: sentence.place)
        found.append(reader.read(question.asked.text, sentences, context=" ".join(question.asked.context)))
    return found


def elsewhere(questions: Sequence[Question]) -> list[Question]:
    """Questions on news, each asked about the story of another: an easy case of what cannot be answered."""
    news = [question for question in questions if question.set_name != "squad2"]
    pairs = zip(news[::2], news[len(news) // 2 :], strict=False)
    return [moved_to(one, other.story) for one, other in pairs if one.story is not other.story]


def choices_of(questions: Sequence[Question], weights: Weights, reads: Sequence[Read]) -> list[Choice]:
    """What `Weights.read` is fitted on: own score and reader's opinion of every sentence."""
    return [
        Choice(
            np.column_stack([weights.base_scores(question.features), reader_features(read)]).astype(np.float32),
            question.right, SHARES[question.set_name],
        )
        for question, read in zip(questions, reads, strict=True)
    ]  # fmt: skip


def fit_sure(questions: Sequence[Question], reads: Sequence[Read | None]) -> Floats:
    """Weights of the chance of an answer; in each set, answerable and unanswerable questions count alike."""
    rows = np.stack([
        answerable_features(telling_of(one.features), read, one.asked, stems_held(one.story.texts))
        for one, read in zip(questions, reads, strict=True)
    ])  # fmt: skip
    happened = np.array([question.answerable for question in questions])
    cells = [(question.set_name, question.answerable) for question in questions]
    shares = np.array([SURE_SHARES[cell[0]] * len(cells) / cells.count(cell) for cell in cells], dtype=np.float32)
    return fit_chance(rows, happened, shares)


def main() -> None:
    """Reads the command line, teaches, and stores the weights."""
    options = _options()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    plan = Plan(epochs=options.epochs, frozen=options.frozen)
    torch.manual_seed(plan.seed)
    torch.set_num_threads(options.threads)
    embed = cached_embedder(options.cache)
    questions = [question for name in plan.sets for question in load_questions(options.questions, name, embed)]
    held_out = [question for question in questions if question.held_out]
    taught = [question for question in questions if not question.held_out]
    LOG.info("%d questions to learn from, %d held out", len(taught), len(held_out))
    base = fit_base([Choice(one.features, one.right, SHARES[one.set_name]) for one in taught])
    unread = [*questions, *elsewhere(questions)]
    sure_unread = fit_sure(unread, [None] * len(unread))
    weights = Weights(base, Weights.plain().read, sure_unread, sure_unread)
    weights.save(options.out / WEIGHTS.name)
    path = options.out / READER.name
    LOG.info("held-out fifth, without a reader:\n%s", report(held_out, weights, [None] * len(held_out)))
    if not options.keep_reader:
        teach_reader(taught, weights, plan, path, options.deadline_s)
    elif not path.exists():
        return
    reader = Reader.load(path)
    judged = [*held_out, *elsewhere(held_out)]
    reads = read_all(reader, judged, weights)
    weights = Weights(
        base, fit_choice(choices_of(held_out, weights, reads[: len(held_out)])), fit_sure(judged, reads), sure_unread
    )
    weights.save(options.out / WEIGHTS.name)
    LOG.info("held-out fifth:\n%s", report(held_out, weights, reads[: len(held_out)]))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m index.ranking.training",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--questions", type=Path, required=True, help="folder of the question sets")
    parser.add_argument("--out", type=Path, default=WEIGHTS.parent)
    parser.add_argument("--cache", type=Path, help="folder to keep vectors in")
    parser.add_argument("--epochs", type=int, default=Plan().epochs)
    parser.add_argument("--frozen", type=int, default=Plan().frozen)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--deadline-s", type=float, default=3600.0)
    parser.add_argument("--keep-reader", action="store_true", help="only fit the weights around the stored reader")
    return parser.parse_args()


if __name__ == "__main__":
    main()
