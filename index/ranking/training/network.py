"""The reader's network: the layers of all-MiniLM-L6-v2 over a question and sentences, with small heads; and its weights
on disk, 8 bits a number with a scale for each row, in a safetensors file, never a pickle.

Needs torch; what answers questions is `index.ranking.inference`, which does not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.numpy import load_file as load_numpy
from safetensors.numpy import save_file as save_numpy
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from index.encoding.packaged import FROZEN, base_names, expanded, packaged_folder
from index.ranking.weighing import Trees
from index.ranking.windows import Window
from index.statements.training.network import LAYERS, WIDTH, Layer

_SCALE = ".scale"


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows side by side, padded: `ids`, `kinds`, `sentence` (batch, piece), `features` (batch, piece, table)."""

    ids: Tensor
    kinds: Tensor
    features: Tensor
    sentence: Tensor
    real: Tensor


@dataclass(frozen=True, slots=True)
class Reading:
    """Raw scores: where an answer starts and ends (batch, piece; piece 0 says "nowhere"), how well each sentence
    answers (batch, sentence; the last column says "none of them"), whether there is an answer at all (batch), and
    whether it is a no or a yes (batch, 2)."""

    start: Tensor
    end: Tensor
    sentences: Tensor
    answerable: Tensor
    verdict: Tensor


class ReaderNetwork(nn.Module):
    """Windows in, a `Reading` out."""

    def __init__(self, tables: Mapping[str, int], dropout: float = 0.0) -> None:
        super().__init__()
        self.words = nn.Embedding(30522, WIDTH)
        self.positions = nn.Embedding(512, WIDTH)
        self.kinds = nn.Embedding(2, WIDTH)
        self.input_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.tables = nn.ModuleDict({name: _small_table(rows) for name, rows in tables.items()})
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.dropout = nn.Dropout(dropout)
        self.span = nn.Linear(WIDTH, 2)
        self.weighing, self.relevance = nn.Linear(WIDTH, 1), nn.Linear(WIDTH, 1)
        self.nothing, self.answerable = nn.Linear(WIDTH, 1), nn.Linear(WIDTH, 1)
        self.verdict = nn.Linear(2 * WIDTH, 2)

    def forward(self, batch: Batch) -> Reading:
        """Scores of every piece and sentence."""
        hidden = self.words(batch.ids) + self.positions.weight[: batch.ids.shape[1]] + self.kinds(batch.kinds)
        hidden = self.input_norm(hidden)
        for column, table in enumerate(self.tables.values()):
            hidden = hidden + table(batch.features[..., column])
        hidden = self.dropout(hidden)
        unseen = torch.zeros(batch.real.shape, dtype=hidden.dtype).masked_fill(~batch.real, -1e4)[:, None, None, :]
        for layer in self.layers:
            hidden = layer(hidden, unseen)
        allowed = batch.sentence >= 0
        allowed[:, 0] = True
        spans = self.span(hidden).float().masked_fill(~allowed[..., None], -1e4)
        first = hidden[:, 0]
        pooled, scores = self._sentences(hidden, batch.sentence)
        answering = (scores.softmax(-1)[:, None, :] @ pooled).squeeze(1)
        return Reading(
            spans[..., 0],
            spans[..., 1],
            torch.cat([scores, self.nothing(first).float()], dim=1),
            self.answerable(first).float().squeeze(-1),
            self.verdict(torch.cat([first.float(), answering], dim=1)).float(),
        )

    def _sentences(self, hidden: Tensor, sentence: Tensor) -> tuple[Tensor, Tensor]:
        """Every sentence as the mean of the pieces that weigh most in it, and its score."""
        count = max(int(sentence.max()) + 1, 1)
        member = sentence[:, None, :] == torch.arange(count)[None, :, None]
        weights = self.weighing(hidden).float().squeeze(-1)[:, None, :].masked_fill(~member, -1e4).softmax(-1)
        pooled = weights @ hidden.float()
        return pooled, self.relevance(pooled).float().squeeze(-1).masked_fill(~member.any(-1), -1e4)


def _small_table(rows: int) -> nn.Embedding:
    table = nn.Embedding(rows, WIDTH)
    nn.init.normal_(table.weight, std=0.02)
    return table


def batch_of(windows: Sequence[Window]) -> Batch:
    """The windows as tensors, padded at the end."""
    length = max(len(window.ids) for window in windows)

    def padded(rows: Sequence[Sequence[int]], filler: int) -> Tensor:
        return torch.tensor([[*row, *[filler] * (length - len(row))] for row in rows])

    features = [[*window.features, *[(0, 5, 0, 0)] * (length - len(window.features))] for window in windows]
    return Batch(
        ids=padded([window.ids for window in windows], 0),
        kinds=padded([window.kinds for window in windows], 0),
        features=torch.tensor(features),
        sentence=padded([window.sentence for window in windows], -1),
        real=padded([[1] * len(window.ids) for window in windows], 0).bool(),
    )


def base_network(tables: Mapping[str, int], dropout: float = 0.0) -> ReaderNetwork:
    """An untaught reader: the base model's layers under new heads."""
    network = ReaderNetwork(tables, dropout)
    published = load_file(packaged_folder() / "model.safetensors")
    base = {ours: published[theirs].float() for ours, theirs in base_names().items()}
    unexpected = network.load_state_dict(base, strict=False).unexpected_keys
    if unexpected:
        raise ValueError(f"the base model has tensors that the reader does not: {unexpected}")
    return network


def load_network(path: Path, tables: Mapping[str, int], dropout: float = 0.0) -> ReaderNetwork:
    """A stored network, exact or in 8 bits; what it lacks is as in an untaught one."""
    network = base_network(tables, dropout)
    stored = {name: torch.from_numpy(tensor) for name, tensor in expanded(load_numpy(path)).items()}
    network.load_state_dict(stored, strict=False)
    return network


def save_trees(trees: Trees, path: Path) -> None:
    """Stores trees as they are."""
    save_numpy({part: getattr(trees, part) for part in Trees.__slots__}, path)


def save_network(network: ReaderNetwork, path: Path, about: Mapping[str, str], *, exact: bool = False) -> None:
    """Stores everything that the base model does not hold, `exact` or in 8 bits."""
    tensors: dict[str, Tensor] = {}
    for name, tensor in network.state_dict().items():
        if name in FROZEN:
            continue
        if tensor.ndim == 2 and tensor.numel() > 4096 and not exact:
            scale = tensor.abs().amax(dim=1, keepdim=True).clamp_min(1e-8) / 127
            tensors[name] = (tensor / scale).round().to(torch.int8)
            tensors[name + _SCALE] = scale.squeeze(1).contiguous()
        else:
            tensors[name] = tensor.detach().clone().contiguous()
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file(tensors, path, metadata=dict(about))
