"""How the reader learns: the loss, the batches, and the steps; on the CPU, with a fixed seed."""

from __future__ import annotations

import logging
import math
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection

import torch
from torch import Tensor, nn
from torch.multiprocessing import get_context

from index.ranking.training.examples import Example
from index.ranking.training.network import ReaderNetwork, Reading, batch_of

LOG = logging.getLogger(__name__)
LossBy = Callable[[Reading, Sequence[Example]], Tensor]
_AT_ONCE = 4  # examples that one process works on together
_EMBEDDINGS = ("words", "positions", "kinds", "input_norm")


@dataclass(frozen=True, slots=True)
class Plan:
    """How the judge is taught. `longest` are the lengths of windows, in wordpieces, of which each example takes one by
    chance; `fixed` so many of the lowest layers, with the tables below them, stay as they are."""

    longest: tuple[int, ...]
    batch: int = 16
    rate: float = 8e-5
    head_rate: float = 1e-3
    warm_up: float = 0.06
    seed: int = 17
    fixed: int = 0


def loss_of(reading: Reading, examples: Sequence[Example]) -> Tensor:
    """How wrong a reading is: of where the shortest words start and end, of a sentence that answers, of each sentence,
    of whether there is an answer, and of whether it is a yes."""
    starts, ends, sentences = (scores.log_softmax(-1) for scores in (reading.start, reading.end, reading.sentences))
    losses = []
    for row, example in enumerate(examples):
        spans = example.spans or ((0, 0),)
        if example.spans or (example.has_words and not example.sentences):
            losses.append(-0.5 * torch.logsumexp(starts[row, sorted({start for start, _ in spans})], 0))
            losses.append(-0.5 * torch.logsumexp(ends[row, sorted({end for _, end in spans})], 0))
        losses.append(-torch.logsumexp(sentences[row, list(example.sentences) or [-1]], 0))
        losses.append(_each(reading.sentences[row, : max(example.window.sentence) + 1], example.sentences))
        if example.verdict is not None:
            losses.append(nn.functional.cross_entropy(reading.verdict[row], torch.tensor(int(example.verdict))))
    answerable = torch.tensor([float(bool(example.sentences)) for example in examples])
    told = nn.functional.binary_cross_entropy_with_logits(reading.answerable, answerable)
    return torch.stack(losses).sum() / len(examples) + told


def _each(scores: Tensor, right: Sequence[int]) -> Tensor:
    """How wrong the scores are that say of each sentence by itself whether it answers."""
    wanted = torch.zeros(len(scores))
    wanted[list(right)] = 1.0
    missed = nn.functional.binary_cross_entropy_with_logits(scores, wanted, reduction="none")
    return missed.mean() * 2


def verdict_loss_of(reading: Reading, examples: Sequence[Example]) -> Tensor:
    """How wrong a reading is of whether there is a yes or a no, and twice so of which."""
    told = torch.tensor([float(bool(example.sentences)) for example in examples])
    missed = nn.functional.binary_cross_entropy_with_logits(reading.answerable, told)
    known = [at for at, example in enumerate(examples) if example.verdict is not None]
    if not known:
        return missed
    right = torch.tensor([int(bool(examples[at].verdict)) for at in known])
    return 0.5 * missed + 2 * nn.functional.cross_entropy(reading.verdict[known], right)


def teach(
    network: ReaderNetwork,
    rounds: Sequence[Sequence[Example]],
    plan: Plan,
    loss_by: LossBy = loss_of,
    *,
    cores: int = 2,
) -> Iterator[ReaderNetwork]:
    """The network after each round's examples, one and the same; the rate falls to 0 at the end of the last. The same
    with the same number of `cores`, since each forgets (dropout) by a chance of its own."""
    chance = random.Random(plan.seed)  # noqa: S311  nothing secret
    optimiser = _optimiser_of(network, plan)
    hands = Hands(network, loss_by, cores, plan.seed)
    rates = [group["lr"] for group in optimiser.param_groups]
    total = sum(math.ceil(len(examples) / plan.batch) for examples in rounds)
    began, running, step = time.monotonic(), 0.0, 0
    for examples in rounds:
        for group in _batches(examples, plan.batch, chance):
            progress = step / total
            slope = min(progress / plan.warm_up, (1 - progress) / (1 - plan.warm_up), 1.0)
            for parameters, rate in zip(optimiser.param_groups, rates, strict=True):
                parameters["lr"] = rate * slope
            loss = hands.slopes_of(group)
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            running, step = 0.98 * running + 0.02 * loss if step else loss, step + 1
            if step % 25 == 0:
                LOG.info("step %d of %d, loss %.3f, %.0f s", step, total, running, time.monotonic() - began)
        yield network.eval()
    hands.close()


def averaged(networks: Sequence[ReaderNetwork], shares: Sequence[float]) -> ReaderNetwork:
    """The first of some networks, with the mean of all their weights, each by its share."""
    states = [network.state_dict() for network in networks]
    mean = {
        name: torch.stack([share * state[name] for share, state in zip(shares, states, strict=True)]).sum(0)
        for name in states[0]
    }
    networks[0].load_state_dict(mean)
    return networks[0].eval()


class Hands:
    """Processes of a core each that work out the gradients of a batch side by side, on the same weights in memory that
    all of them share: of a batch in few pieces each keeps what it works on in its core's cache (1.8 times as many
    wordpieces a second as two threads over the whole batch)."""

    def __init__(self, network: ReaderNetwork, loss_by: LossBy, count: int, seed: int) -> None:
        context = get_context("spawn")
        self._taught = [parameter for parameter in network.share_memory().parameters() if parameter.requires_grad]
        self._slopes = [[_shared(one) for one in self._taught] for _ in range(count)]
        self._pipes, self._processes = [], []
        for at, slopes in enumerate(self._slopes):
            ours, theirs = context.Pipe()
            given = (network, slopes, loss_by, seed + at, theirs)
            self._processes.append(context.Process(target=_work, args=given, daemon=True))
            self._pipes.append(ours)
            self._processes[-1].start()
            theirs.close()  # so that one which fails is not waited for

    def slopes_of(self, group: Sequence[Example]) -> float:
        """Gives each weight its gradient over the group; the loss."""
        by_length = sorted(group, key=lambda example: len(example.window.ids))
        for at, pipe in enumerate(self._pipes):
            pipe.send((by_length[at :: len(self._pipes)], len(group)))
        loss = sum(pipe.recv() for pipe in self._pipes)
        for parameter, *slopes in zip(self._taught, *self._slopes, strict=True):
            parameter.grad = torch.stack(slopes).sum(0)
        return float(loss)

    def close(self) -> None:
        """Ends the processes."""
        for pipe, process in zip(self._pipes, self._processes, strict=True):
            pipe.send(None)
            process.join()


def _shared(parameter: Tensor) -> Tensor:
    """Zeros of the parameter's shape, in memory that processes share."""
    zeros: Tensor = torch.zeros_like(parameter).share_memory_()  # type: ignore[no-untyped-call]
    return zeros


def _work(network: ReaderNetwork, slopes: Sequence[Tensor], loss_by: LossBy, seed: int, pipe: Connection) -> None:
    """What each of the hands does until it is told to stop."""
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    taught = [parameter for parameter in network.train().parameters() if parameter.requires_grad]
    while (given := pipe.recv()) is not None:
        examples, whole = given
        loss = 0.0
        for at in range(0, len(examples), _AT_ONCE):
            few = examples[at : at + _AT_ONCE]
            with torch.autocast("cpu", torch.bfloat16):  # the products alone: weights and losses stay exact
                reading = network(batch_of([example.window for example in few]))
            part = loss_by(reading, few) * (len(few) / whole)
            part.backward()
            loss += float(part.item())
        for parameter, slope in zip(taught, slopes, strict=True):
            slope.zero_() if parameter.grad is None else slope.copy_(parameter.grad)
            parameter.grad = None
        pipe.send(loss)


def _batches(examples: Sequence[Example], size: int, chance: random.Random) -> Iterator[list[Example]]:
    """The examples once, in random batches of windows of like length."""
    order = sorted(range(len(examples)), key=lambda at: len(examples[at].window.ids) + chance.uniform(-24, 24))
    groups = [order[at : at + size] for at in range(0, len(order), size)]
    chance.shuffle(groups)
    for group in groups:
        yield [examples[at] for at in group]


def _optimiser_of(network: ReaderNetwork, plan: Plan) -> torch.optim.AdamW:
    """The embeddings fixed, the heads taught faster than the layers."""
    kept: tuple[str, ...] = _EMBEDDINGS
    if plan.fixed:
        kept = (*kept, "tables.", *(f"layers.{number}." for number in range(plan.fixed)))
    layers: list[nn.Parameter] = []
    heads: list[nn.Parameter] = []
    for name, parameter in network.named_parameters():
        in_layers = name.startswith("layers.")
        fixed = name.startswith(kept)
        parameter.requires_grad = not fixed
        if not fixed:
            (layers if in_layers else heads).append(parameter)
    groups = [{"params": layers, "lr": plan.rate}, {"params": heads, "lr": plan.head_rate}]
    return torch.optim.AdamW(groups, weight_decay=0.01)
