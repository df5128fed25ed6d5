"""How the statement tagger learns: the plan, the loss, the steps, and the running average of the weights; and how these
are stored, 8 bits a number with a scale for each row, in a safetensors file, never a pickle.

The base model's embeddings are not among them; they are read from its own package, whose digest is checked.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from torch import Tensor
from torch.nn import functional

from index.encoding.packaged import FROZEN, PACKAGED_SHA256, base_names, packaged_folder
from index.statements.decoding import Decision
from index.statements.features import Pieces, Vocabulary
from index.statements.inference import FORMAT, load_facts
from index.statements.training.examples import UNSCORED, Example, Gold, batch_examples, draw_examples, pad_batch
from index.statements.training.network import Network, Scores

_SCALE = ".scale"


def load_weights(path: Path) -> tuple[Network, Vocabulary, Decision]:
    """The network as it was saved, ready to read, with its labels and decision settings.

    Raises WeightsUnusable if the file or the base model are not as expected.
    """
    vocabulary, decision = load_facts(path)
    stored = load_file(path)
    with torch.device("meta"):
        network = Network(vocabulary.sizes())
    network.load_state_dict(load_base(lambda name: name in FROZEN) | expand_rows(stored), assign=True)
    return network.eval(), vocabulary, decision


def save_weights(
    path: Path, network: Network, vocabulary: Vocabulary, decision: Decision, about: dict[str, Any]
) -> None:
    """Writes what was trained, with labels and decision settings in the file's header."""
    header = about | {
        "format": FORMAT,
        "base_sha256": PACKAGED_SHA256,
        "labels": asdict(vocabulary),
        "decision": asdict(decision),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file(shrink_rows(network), path, metadata={"onrecord": json.dumps(header)})


def load_base(only: Callable[[str], bool] = lambda name: True) -> dict[str, Tensor]:
    """The base model's tensors under those of our names that are wanted, whose digest is checked."""
    path = packaged_folder() / "model.safetensors"
    with safe_open(path, framework="pt") as opened:
        return {ours: opened.get_tensor(theirs).float() for ours, theirs in base_names().items() if only(ours)}


def shrink_rows(network: Network) -> dict[str, Tensor]:
    """What is shipped: every trained matrix as int8 with one scale a row, vectors as they are."""
    shipped: dict[str, Tensor] = {}
    for name, tensor in network.state_dict().items():
        if name in FROZEN:
            continue
        if tensor.dim() < 2:
            shipped[name] = tensor.float().contiguous().clone()
            continue
        scale = tensor.abs().amax(dim=1).clamp(min=1e-8) / 127
        shipped[name] = torch.round(tensor / scale[:, None]).to(torch.int8).contiguous()
        shipped[name + _SCALE] = scale.float()
    return shipped


def expand_rows(stored: dict[str, Tensor]) -> dict[str, Tensor]:
    """The inverse of `shrink_rows`, in single precision."""
    return {
        name: tensor.float() * stored[name + _SCALE][:, None] if tensor.dtype == torch.int8 else tensor
        for name, tensor in stored.items()
        if not name.endswith(_SCALE)
    }


Taught = Sequence[tuple[Pieces, Gold]]


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how hard to train: with the corpus alone, then with stories of many forms and some of the corpus."""

    epochs: int = 9
    minutes: float = 50.0  # a slow machine gets fewer steps rather than more time
    form_epochs: int = 3
    form_minutes: float = 38.0
    form_rate: float = 0.35  # of the rates of the first part
    rehearsed: int = 200  # stories of the corpus that an epoch of the second part has
    form_share: float = 0.5  # of what the second part has taught in the weights that are kept
    layer_rate: float = 2e-4
    head_rate: float = 1e-3
    warm_up: float = 0.06
    dropout: float = 0.1
    pieces_per_batch: int = 3200
    average_decay: float = 0.998
    seed: int = 7
    bfloat16: bool = True  # false where the processor has no such numbers: it takes fifteen times as long there


@dataclass(frozen=True, slots=True)
class Lesson:
    """A part of the course: what every epoch has, and of how many others it draws some."""

    stories: Taught
    epochs: int
    minutes: float
    rate: float = 1.0
    others: Taught = ()
    drawn: int = 0

    def examples(self, random: Random) -> list[Example]:
        """The windows of one epoch."""
        return list(draw_examples([*self.stories, *random.sample(self.others, self.drawn)], random))


def lessons_of(plan: Plan, corpus: Taught, forms: Taught) -> tuple[Lesson, Lesson]:
    """The two parts of the course."""
    drawn = min(plan.rehearsed, len(corpus))
    return (
        Lesson(corpus, plan.epochs, plan.minutes),
        Lesson(forms, plan.form_epochs, plan.form_minutes, plan.form_rate, corpus, drawn),
    )


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
    network = Network(vocabulary.sizes())
    network.load_state_dict(load_base(), strict=False)
    return network


def train(network: Network, lesson: Lesson, plan: Plan, after_epoch: Callable[[int, Network], None]) -> Network:
    """Fine-tunes; returns a network with the running average of the weights."""
    torch.manual_seed(plan.seed)
    network = _prepared(network, plan)
    random = Random(plan.seed)  # noqa: S311 - repeatable on purpose
    slow = [p for name, p in network.named_parameters() if p.requires_grad and name.startswith("layers.")]
    fast = [p for name, p in network.named_parameters() if p.requires_grad and not name.startswith("layers.")]
    rates = [plan.layer_rate * lesson.rate, plan.head_rate * lesson.rate]
    optimiser = torch.optim.AdamW(
        [{"params": slow, "lr": rates[0]}, {"params": fast, "lr": rates[1]}], weight_decay=0.01, fused=True
    )
    trial = Random(0)  # noqa: S311
    total = lesson.epochs * len(batch_examples(lesson.examples(trial), plan.pieces_per_batch, trial))
    average = {name: p.detach().clone() for name, p in network.named_parameters() if p.requires_grad}
    step, began = 0, time.monotonic()
    for epoch in range(lesson.epochs):
        network.train()
        losses: list[float] = []
        for examples in batch_examples(lesson.examples(random), plan.pieces_per_batch, random):
            done = max(step / total, (time.monotonic() - began) / 60 / lesson.minutes)
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
                sys.stderr.write(
                    f"epoch {epoch + 1} step {step}/{total} loss {np.mean(losses[-50:]):.4f} "
                    f"{time.monotonic() - began:.0f} s\n"
                )
                sys.stderr.flush()
        after_epoch(epoch + 1, averaged(network, average))
    return averaged(network, average)


def _prepared(network: Network, plan: Plan) -> Network:
    """A copy that learns, but for the embeddings that are used as published."""
    copy = _copied(network, network.state_dict(), plan.dropout)
    for name, parameter in copy.named_parameters():
        parameter.requires_grad_(name not in FROZEN)
    return copy


def between(first: Network, second: Network, share: float) -> Network:
    """The mean of two networks, the second of which counts for so much: it has most of what each has learned."""
    before, after = first.state_dict(), second.state_dict()
    return _copied(first, {name: before[name].lerp(after[name], share) for name in before}).eval()


def averaged(network: Network, average: dict[str, Tensor]) -> Network:
    """A copy of the network with the averaged weights, without dropout."""
    return _copied(network, network.state_dict() | average).eval()


def _copied(network: Network, weights: Mapping[str, Tensor], dropout: float = 0.0) -> Network:
    sizes = {name.removesuffix(".weight"): len(table) for name, table in network.tables.named_parameters()}
    copy = Network(sizes, dropout)
    copy.load_state_dict(weights)
    return copy
