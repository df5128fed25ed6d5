"""Trains the statement tagger: `python -m index.statements.training --quotes FOLDER --out index/statements/weights`."""

from __future__ import annotations

import argparse
import time
from collections.abc import Mapping
from dataclasses import fields, replace
from functools import partial
from pathlib import Path

import torch

from index.encoding.packaged import packaged_tokenizer
from index.statements.decoding import Decision
from index.statements.features import Vocabulary
from index.statements.tagger import Tagger
from index.statements.training.corpus import FORMS, HELD_OUT, Part, collect_labels, read_examples, read_parts
from index.statements.training.network import Network
from index.statements.training.report import confidence_gap, figures_of, tune, write_card
from index.statements.training.teaching import (
    Plan,
    between,
    expand_rows,
    lessons_of,
    load_weights,
    new_network,
    save_weights,
    shrink_rows,
    train,
)


def finish(network: Network, tagger: Tagger, plan: Plan, parts: Mapping[str, Part], out: Path, minutes: float) -> None:
    """Tunes on the development part, then writes the weights and the model card."""
    dev, held_out = parts["dev"], parts[HELD_OUT]
    tagger = tune(tagger, dev)
    found, unseen = (tagger.find_all([story["text"] for story in part.stories], part.docs) for part in (dev, held_out))
    figures = {"dev": figures_of(dev, found), HELD_OUT: figures_of(held_out, unseen)}
    save_weights(out / "tagger.safetensors", network, tagger.vocabulary, tagger.decision, {"plan": str(plan)})
    gap = confidence_gap(dev, found)
    write_card(out / "README.md", figures, plan=str(plan), decision=str(tagger.decision), minutes=minutes, gap=gap)


def read_options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m index.statements.training", description=__doc__)
    parser.add_argument("--quotes", type=Path, required=True, help="folder with polnear-train and polnear-dev")
    parser.add_argument("--out", type=Path, required=True, help="folder for the weights and the model card")
    parser.add_argument("--cache", type=Path, help="folder that keeps spaCy's parses and a checkpoint an epoch")
    parser.add_argument("--start", type=Path, help="weights that have the corpus's epochs behind them")
    parser.add_argument("--start-minutes", type=float, default=0.0, help="with --start: how long these took")
    for name, kind, about in (
        ("epochs", int, "of the corpus alone; 0 with --start"),
        ("minutes", float, "wall clock for these"),
        ("form_epochs", int, "of the stories of many forms; 0 only tunes, measures and writes"),
        ("form_minutes", float, "wall clock for these"),
        ("form_rate", float, "how fast these teach beside the first"),
        ("form_share", float, "how much of what these teach is kept"),
        ("rehearsed", int, "stories of the corpus among each of these"),
        ("seed", int, ""),
    ):
        parser.add_argument(f"--{name.replace('_', '-')}", type=kind, default=getattr(Plan(), name), help=about)
    parser.add_argument("--threads", type=int, default=2)
    about = "where the processor has no numbers of 16 bits"
    parser.add_argument("--float32", dest="bfloat16", action="store_false", help=about)
    return parser.parse_args()


def main() -> None:
    """Reads the stories, trains, tunes the decision on the development part, writes weights and model card."""
    options = read_options()
    plan = Plan(**{one.name: getattr(options, one.name) for one in fields(Plan) if one.name in options})
    if options.start:
        plan = replace(plan, epochs=0)  # its weights have the corpus's epochs behind them
    torch.set_num_threads(options.threads)
    began = time.monotonic()
    parts = read_parts(options.quotes, options.cache)
    if options.start:
        network, vocabulary, decision = load_weights(options.start)
    else:
        vocabulary, decision = collect_labels(parts["train"].docs), Decision()
        network = new_network(vocabulary, plan)
    corpus, forms = (read_examples(parts[part], vocabulary) for part in ("train", FORMS))
    for n, lesson in enumerate(lessons_of(plan, corpus, forms)):
        if lesson.epochs:
            taught = train(network, lesson, plan, partial(note_epoch, options.cache, vocabulary, n))
            network = between(network, taught, plan.form_share) if n else taught
    network.load_state_dict(network.state_dict() | expand_rows(shrink_rows(network)))
    tagger = Tagger(network, packaged_tokenizer(), vocabulary, decision)
    minutes = options.start_minutes + (time.monotonic() - began) / 60
    finish(network, tagger, plan, parts, options.out, minutes)


def note_epoch(cache: Path | None, vocabulary: Vocabulary, lesson: int, epoch: int, network: Network) -> None:
    """Keeps what has been learned by the end of an epoch."""
    if cache:
        kept = cache / f"lesson-{lesson + 1}-epoch-{epoch}.safetensors"
        save_weights(kept, network, vocabulary, Decision(), {"epoch": epoch})


if __name__ == "__main__":
    main()
