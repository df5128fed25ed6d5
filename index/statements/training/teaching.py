"""How the statement tagger learns: the plan, the loss, the steps, and the running average of the weights."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from index.encoding.packaged import FROZEN
from index.statements.features import Pieces, Vocabulary
from index.statements.network import Network, Scores
from index.statements.storing import load_base
from index.statements.training.examples import UNSCORED, Gold, batch_examples, draw_examples, pad_batch


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


def say(line: str) -> None:
    """One line of progress on standard error, at once."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()
