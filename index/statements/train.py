"""Trains the statement tagger: `python -m index.statements.train --quotes FOLDER --out index/statements/weights`."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from index.encoding.packaged import FROZEN
from index.statements.decoding import Decision
from index.statements.features import Pieces, Vocabulary
from index.statements.network import Network, Scores
from index.statements.storing import expand_rows, load_base, load_tokenizer, load_weights, save_weights, shrink_rows
from index.statements.tagger import Tagger
from index.statements.training_card import Results, write_card
from index.statements.training_corpus import Part, collect_labels, read_examples, read_parts
from index.statements.training_examples import UNSCORED, Gold, batch_examples, draw_examples, pad_batch
from index.statements.training_report import confidence_gap, measure, tune


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how hard to train."""

    epochs: int = 9
    minutes: float = 50.0  # a slow machine gets fewer steps rather than more time
    layer_rate: float = 2e-4
    head_rate: float = 1e-3
    warm_up: float = 0.06
    dropout: float = 0.1
    pieces_per_batch: int = 3200
    average_decay: float = 0.998
    seed: int = 7
    bfloat16: bool = True


def loss_of(scores: Scores, batch: dict[str, Tensor]) -> Tensor:
    """Cross entropy of the tags, and of the mass that the pointers put on the gold mention."""
    total = torch.zeros(())
    for predicted, gold, weight in (
        (scores.content, batch["content"], 1.0),
        (scores.cue, batch["cue"], 0.5),
        (scores.source, batch["source"], 0.5),
    ):
        total = total + weight * functional.nll_loss(predicted.flatten(0, 1), gold.flatten(), ignore_index=UNSCORED)
    for predicted, gold, weight in ((scores.to_source, batch["to_source"], 0.6), (scores.to_cue, batch["to_cue"], 0.3)):
        total = total + weight * _pointer_loss(predicted, gold)
    return total


def _pointer_loss(predicted: Tensor, gold: Tensor) -> Tensor:
    rows = gold[..., 0] != UNSCORED
    if not bool(rows.any()):
        return torch.zeros(())
    chosen, spans = predicted[rows], gold[rows]
    places = torch.arange(predicted.shape[-1])[None]
    wanted = (places >= spans[:, :1]) & (places <= spans[:, 1:])
    return -chosen.masked_fill(~wanted, -1e4).logsumexp(-1).mean()


def new_network(vocabulary: Vocabulary, plan: Plan) -> Network:
    """The base model's layers with fresh heads."""
    torch.manual_seed(plan.seed)
    network = Network(vocabulary.sizes(), plan.dropout)
    network.load_state_dict(load_base(), strict=False)
    for name, parameter in network.named_parameters():
        parameter.requires_grad_(name not in FROZEN)
    return network


def train(
    stories: Sequence[tuple[Pieces, Gold]],
    vocabulary: Vocabulary,
    plan: Plan,
    after_epoch: Callable[[int, Network], None],
) -> Network:
    """Fine-tunes; returns the network with its running average of weights."""
    network = new_network(vocabulary, plan)
    random = Random(plan.seed)  # noqa: S311 - repeatable on purpose
    slow = [p for name, p in network.named_parameters() if p.requires_grad and name.startswith("layers.")]
    fast = [p for name, p in network.named_parameters() if p.requires_grad and not name.startswith("layers.")]
    optimiser = torch.optim.AdamW(
        [{"params": slow, "lr": plan.layer_rate}, {"params": fast, "lr": plan.head_rate}], weight_decay=0.01, fused=True
    )
    trial = Random(0)  # noqa: S311
    total = plan.epochs * len(batch_examples(list(draw_examples(stories, trial)), plan.pieces_per_batch, trial))
    average = {name: p.detach().clone() for name, p in network.named_parameters() if p.requires_grad}
    rates = [group["lr"] for group in optimiser.param_groups]
    step, began = 0, time.monotonic()
    for epoch in range(plan.epochs):
        network.train()
        losses: list[float] = []
        for examples in batch_examples(list(draw_examples(stories, random)), plan.pieces_per_batch, random):
            done = max(step / total, (time.monotonic() - began) / 60 / plan.minutes)
            if done >= 1:
                break
            for group, rate in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = rate * min((step + 1) / (plan.warm_up * total), max(0.01, 1 - done))
            batch = {name: torch.from_numpy(array) for name, array in pad_batch(examples).items()}
            with torch.autocast("cpu", torch.bfloat16, enabled=plan.bfloat16):
                scores = network(batch["ids"], batch["features"], batch["head"], batch["real"])
            loss = loss_of(scores, batch)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(slow + fast, 1.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            losses.append(loss.item())
            step += 1
            decay = min(plan.average_decay, step / (step + 10))
            with torch.no_grad():
                for name, parameter in network.named_parameters():
                    if parameter.requires_grad:
                        average[name].lerp_(parameter, 1 - decay)
            if step % 20 == 0:
                say(
                    f"epoch {epoch + 1} step {step}/{total} loss {np.mean(losses[-50:]):.4f} "
                    f"{time.monotonic() - began:.0f} s"
                )
        after_epoch(epoch + 1, averaged(network, average))
    return averaged(network, average)


def averaged(network: Network, average: dict[str, Tensor]) -> Network:
    """A copy of the network with the averaged weights, without dropout."""
    sizes = {name.removesuffix(".weight"): len(table) for name, table in network.tables.named_parameters()}
    copy = Network(sizes)
    copy.load_state_dict(network.state_dict() | average)
    return copy.eval()


def finish(tagger: Tagger, plan: Plan, parts: Mapping[str, Part], out: Path, minutes: float) -> None:
    """Tunes on the development part, then writes the weights and the model card."""
    tagger = tune(tagger, parts["dev"])
    figures = {part: measure(tagger, parts[part]) for part in parts}
    dev = parts["dev"]
    found = tagger.find_all([story["text"] for story in dev.stories], dev.docs)
    save_weights(out / "tagger.safetensors", tagger.network, tagger.vocabulary, tagger.decision, {"plan": str(plan)})
    write_card(
        out / "README.md", Results(str(plan), str(tagger.decision), minutes, figures, confidence_gap(dev, found))
    )


def read_options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
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
            Tagger(network, load_tokenizer(), vocabulary, decision), plan, parts, options.out, options.trained_minutes
        )
        return
    vocabulary = collect_labels(parts["train"].docs)

    def after_epoch(epoch: int, network: Network) -> None:
        tagger = Tagger(network, load_tokenizer(), vocabulary, Decision())
        if options.cache:
            kept = options.cache / f"epoch-{epoch}.safetensors"
            save_weights(kept, network, vocabulary, tagger.decision, {"epoch": epoch})
        say(f"epoch {epoch} {measure(tagger, parts['dev'])}")

    network = train(read_examples(parts["train"], vocabulary, options.stories), vocabulary, plan, after_epoch)
    network.load_state_dict(network.state_dict() | expand_rows(shrink_rows(network)))
    tagger = Tagger(network, load_tokenizer(), vocabulary, Decision())
    finish(tagger, plan, parts, options.out, (time.monotonic() - began) / 60)


def say(line: str) -> None:
    """One line of progress on standard error, at once."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    main()
