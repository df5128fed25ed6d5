"""How the reader learns: the loss, the batches, and the steps; on the CPU, with a fixed seed, in bfloat16."""

from __future__ import annotations

import logging
import math
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from index.ranking.training.examples import Example
from index.ranking.training.network import ReaderNetwork, Reading, batch_of

LOG = logging.getLogger(__name__)
_EMBEDDINGS = ("words", "positions", "kinds", "input_norm")


@dataclass(frozen=True, slots=True)
class Plan:
    """How the reader is taught. `longest` counts wordpieces; so many layers, from the first, are `frozen`."""

    sets: tuple[str, ...] = ("newsqa", "squad2", "abgcoqa")
    epochs: int = 3
    batch: int = 16
    longest: int = 256
    rate: float = 8e-5
    head_rate: float = 1e-3
    dropout: float = 0.1
    frozen: int = 0
    warm_up: float = 0.08
    seed: int = 17


def loss_of(reading: Reading, examples: Sequence[Example]) -> Tensor:
    """How wrong a reading is: of where the answer starts and ends, of its sentence, and of whether there is one."""
    starts, ends, sentences = (scores.log_softmax(-1) for scores in (reading.start, reading.end, reading.sentences))
    losses = []
    for row, example in enumerate(examples):
        spans = example.spans or ((0, 0),)
        if example.spans or not example.sentences:
            losses.append(-0.5 * torch.logsumexp(starts[row, sorted({start for start, _ in spans})], 0))
            losses.append(-0.5 * torch.logsumexp(ends[row, sorted({end for _, end in spans})], 0))
        losses.append(-torch.logsumexp(sentences[row, list(example.sentences) or [-1]], 0))
    answerable = torch.tensor([float(bool(example.sentences)) for example in examples])
    told = nn.functional.binary_cross_entropy_with_logits(reading.answerable, answerable)
    return torch.stack(losses).sum() / len(examples) + told


def teach(network: ReaderNetwork, epochs: Sequence[Sequence[Example]], plan: Plan, deadline_s: float) -> ReaderNetwork:
    """The network after every epoch's examples; the rate falls to 0 at the end, or at `deadline_s` if earlier."""
    chance = random.Random(plan.seed)  # noqa: S311  nothing secret
    optimiser = _optimiser_of(network, plan)
    rates = [group["lr"] for group in optimiser.param_groups]
    total = sum(math.ceil(len(examples) / plan.batch) for examples in epochs)
    began, step, running = time.monotonic(), 0, 0.0
    for group in (group for examples in epochs for group in _batches(examples, plan.batch, chance)):
        progress = max(step / total, (time.monotonic() - began) / deadline_s)
        if progress >= 1:
            break
        slope = min(step / total / plan.warm_up, (1 - progress) / (1 - plan.warm_up), 1.0)
        for parameters, rate in zip(optimiser.param_groups, rates, strict=True):
            parameters["lr"] = rate * slope
        loss = _step(network, optimiser, group)
        step, running = step + 1, 0.98 * running + 0.02 * loss if step else loss
        if step % 25 == 0:
            LOG.info("step %d of %d, loss %.3f, %.0f s", step, total, running, time.monotonic() - began)
    return network.eval()


def _step(network: ReaderNetwork, optimiser: torch.optim.Optimizer, group: Sequence[Example]) -> float:
    """One step of learning; the loss before it."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        reading = network(batch_of([example.window for example in group]))
    loss = loss_of(reading, group)
    optimiser.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimiser.step()
    return float(loss.item())


def _batches(examples: Sequence[Example], size: int, chance: random.Random) -> Iterator[list[Example]]:
    """The examples once, in random batches of windows of like length."""
    order = sorted(range(len(examples)), key=lambda at: len(examples[at].window.ids) + chance.uniform(-24, 24))
    groups = [order[at : at + size] for at in range(0, len(order), size)]
    chance.shuffle(groups)
    for group in groups:
        yield [examples[at] for at in group]


def _optimiser_of(network: ReaderNetwork, plan: Plan) -> torch.optim.AdamW:
    """The embeddings and the first `frozen` layers fixed, the heads taught faster than the layers."""
    layers: list[nn.Parameter] = []
    heads: list[nn.Parameter] = []
    for name, parameter in network.named_parameters():
        in_layers = name.startswith("layers.")
        fixed = name.startswith(_EMBEDDINGS) or (in_layers and int(name.split(".")[1]) < plan.frozen)
        parameter.requires_grad = not fixed
        if not fixed:
            (layers if in_layers else heads).append(parameter)
    groups = [{"params": layers, "lr": plan.rate}, {"params": heads, "lr": plan.head_rate}]
    return torch.optim.AdamW(groups, weight_decay=0.01)
