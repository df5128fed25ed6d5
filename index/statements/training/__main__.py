"""Trains the statement tagger: `python -m index.statements.training --quotes FOLDER --out index/statements/weights`."""

from __future__ import annotations

import argparse
import time
from collections.abc import Mapping
from pathlib import Path

import torch

from index.encoding.packaged import packaged_tokenizer
from index.statements.decoding import Decision
from index.statements.network import Network
from index.statements.storing import expand_rows, load_weights, save_weights, shrink_rows
from index.statements.tagger import Tagger
from index.statements.training.card import Results, write_card
from index.statements.training.corpus import Part, collect_labels, read_examples, read_parts
from index.statements.training.report import confidence_gap, measure, tune
from index.statements.training.teaching import Plan, say, train


def finish(network: Network, tagger: Tagger, plan: Plan, parts: Mapping[str, Part], out: Path, minutes: float) -> None:
    """Tunes on the development part, then writes the weights and the model card."""
    tagger = tune(tagger, parts["dev"])
    figures = {part: measure(tagger, parts[part]) for part in parts}
    dev = parts["dev"]
    found = tagger.find_all([story["text"] for story in dev.stories], dev.docs)
    save_weights(out / "tagger.safetensors", network, tagger.vocabulary, tagger.decision, {"plan": str(plan)})
    write_card(
        out / "README.md", Results(str(plan), str(tagger.decision), minutes, figures, confidence_gap(dev, found))
    )


def read_options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m index.statements.training", description=__doc__)
    parser.add_argument("--quotes", type=Path, required=True, help="folder with polnear-train and polnear-dev")
    parser.add_argument("--out", type=Path, required=True, help="folder for the weights and the model card")
    parser.add_argument("--cache", type=Path, help="folder that keeps spaCy's parses and a checkpoint an epoch")
    parser.add_argument("--start", type=Path, help="weights that are already trained: only tune, measure and write")
    parser.add_argument("--trained-minutes", type=float, default=0.0, help="with --start: what the card says it took")
    parser.add_argument("--epochs", type=int, default=Plan().epochs)
    parser.add_argument("--minutes", type=float, default=Plan().minutes, help="wall clock for the training steps")
    parser.add_argument("--stories", type=int, help="train on the first so many stories only (to try things out)")
    parser.add_argument("--seed", type=int, default=Plan().seed)
    return parser.parse_args()


def main() -> None:
    """Reads the corpus, trains, tunes the decision on the development part, writes weights and model card."""
    options = read_options()
    plan = Plan(epochs=options.epochs, minutes=options.minutes, seed=options.seed)
    torch.set_num_threads(2)
    began = time.monotonic()
    parts = read_parts(options.quotes, options.cache)
    if options.start:
        network, vocabulary, decision = load_weights(options.start)
        finish(
            network,
            Tagger(network, packaged_tokenizer(), vocabulary, decision),
            plan,
            parts,
            options.out,
            options.trained_minutes,
        )
        return
    vocabulary = collect_labels(parts["train"].docs)

    def after_epoch(epoch: int, network: Network) -> None:
        tagger = Tagger(network, packaged_tokenizer(), vocabulary, Decision())
        if options.cache:
            kept = options.cache / f"epoch-{epoch}.safetensors"
            save_weights(kept, network, vocabulary, tagger.decision, {"epoch": epoch})
        say(f"epoch {epoch} {measure(tagger, parts['dev'])}")

    network = train(read_examples(parts["train"], vocabulary, options.stories), vocabulary, plan, after_epoch)
    network.load_state_dict(network.state_dict() | expand_rows(shrink_rows(network)))
    tagger = Tagger(network, packaged_tokenizer(), vocabulary, Decision())
    finish(network, tagger, plan, parts, options.out, (time.monotonic() - began) / 60)


if __name__ == "__main__":
    main()
