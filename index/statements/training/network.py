"""The tagger's network: the layers of all-MiniLM-L6-v2 with a few extra inputs, three taggers and two pointers.

Imports torch, so it is imported only where a tagger is trained: stories are read by `inference`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from index.remembering import once
from index.statements.decoding import WindowScores
from index.statements.inference import DISTANCES, PLACES, POINTER_WIDTH, distance_buckets

WIDTH, LAYERS, HEADS, INNER = 384, 6, 12, 1536  # of the base model
Array = NDArray[np.generic]
CONTENT_TAGS = ("O", "B-speech", "I-speech", "B-other", "I-other")
MENTION_TAGS = ("O", "B", "I")


@dataclass(frozen=True, slots=True)
class Scores:
    """Log-probabilities for a batch: tags (batch, piece, tag), pointers (batch, from piece, to piece)."""

    content: Tensor
    cue: Tensor
    source: Tensor
    to_source: Tensor
    to_cue: Tensor


def _attention(query: Tensor, key: Tensor, value: Tensor, mask: Tensor) -> Tensor:
    return functional.scaled_dot_product_attention(query, key, value, attn_mask=mask.to(query.dtype))


def _plain_attention(query: Tensor, key: Tensor, value: Tensor, mask: Tensor) -> Tensor:
    """The same; its gradient is much faster in bfloat16 on a CPU."""
    with torch.autocast("cpu", enabled=False):
        scores = (query / math.sqrt(query.shape[-1])) @ key.transpose(-1, -2) + mask.to(query.dtype)
        return scores.softmax(-1) @ value


class Layer(nn.Module):
    """One BERT layer, with the parameter names of the published checkpoints."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value, self.joined = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.attention_norm, self.output_norm = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)
        self.inner, self.outer = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.dropout = nn.Dropout(dropout)

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        """`hidden`: (batch, piece, width); `mask`: what to add to attention scores, -1e4 on padding."""
        batch, length, _ = hidden.shape
        split = (batch, length, HEADS, WIDTH // HEADS)
        query, key, value = (part(hidden).view(split).transpose(1, 2) for part in (self.query, self.key, self.value))
        plain = self.training and query.dtype == torch.bfloat16
        mixed = (_plain_attention if plain else _attention)(query, key, value, mask)
        mixed = self.joined(mixed.transpose(1, 2).reshape(batch, length, WIDTH))
        hidden = self.attention_norm(hidden + mixed)
        grown = self.outer(functional.gelu(self.inner(hidden)))
        normed: Tensor = self.output_norm(hidden + self.dropout(grown))
        return normed


class Network(nn.Module):
    """Wordpieces and their features in, `Scores` out."""

    def __init__(self, tables: Mapping[str, int], dropout: float = 0.0) -> None:
        super().__init__()
        self.words = nn.Embedding(30522, WIDTH)
        self.positions = nn.Embedding(PLACES, WIDTH)
        self.kinds = nn.Embedding(2, WIDTH)
        self.input_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.tables = nn.ModuleDict({name: nn.Embedding(rows, WIDTH) for name, rows in tables.items()})
        for table in self.tables.parameters():
            nn.init.normal_(table, std=0.02)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.dropout = nn.Dropout(dropout)
        self.trunk = nn.Linear(2 * WIDTH, WIDTH)
        self.content = nn.Linear(WIDTH, len(CONTENT_TAGS))
        self.cue, self.source = nn.Linear(WIDTH, len(MENTION_TAGS)), nn.Linear(WIDTH, len(MENTION_TAGS))
        self.asks, self.offers = (nn.Linear(WIDTH, 2 * POINTER_WIDTH) for _ in range(2))
        self.nearness = nn.Embedding(DISTANCES, 2)
        nn.init.zeros_(self.nearness.weight)

    def score(self, ids: Array, features: Array, head: Array) -> WindowScores:
        """The same of one window as arrays, without dropout: what a Tagger wants of a network."""
        with torch.inference_mode():
            given = (torch.from_numpy(array)[None] for array in (ids, features, head))
            scores = self.eval()(*given, torch.ones(1, len(ids), dtype=torch.bool))
        parts = (scores.content, scores.cue, scores.source, scores.to_source, scores.to_cue)
        return WindowScores(*(part[0].numpy() for part in parts))

    def forward(self, ids: Tensor, features: Tensor, head: Tensor, real: Tensor) -> Scores:
        """`ids`, `head`, `real`: (batch, piece); `features`: (batch, piece, table); `real` is false on padding."""
        length = ids.shape[1]
        hidden = self.words(ids) + self.positions.weight[:length] + self.kinds.weight[0]
        hidden = self.input_norm(hidden)
        for column, table in enumerate(self.tables.values()):
            hidden = hidden + table(features[..., column])
        hidden = self.dropout(hidden)
        unseen = torch.zeros(real.shape, dtype=hidden.dtype).masked_fill(~real, -1e4)[:, None, None, :]
        for layer in self.layers:
            hidden = layer(hidden, unseen)
        governor = hidden.gather(1, head[..., None].expand(-1, -1, WIDTH))
        trunk = self.dropout(functional.gelu(self.trunk(torch.cat([hidden, governor], dim=-1))))
        to_source, to_cue = self._pointers(trunk, real)
        content, cue, source = (tags(trunk).float().log_softmax(-1) for tags in (self.content, self.cue, self.source))
        return Scores(content, cue, source, to_source, to_cue)

    def _pointers(self, trunk: Tensor, real: Tensor) -> tuple[Tensor, Tensor]:
        batch, length, _ = trunk.shape
        split = (batch, length, 2, POINTER_WIDTH)
        asks = self.asks(trunk).view(split).transpose(1, 2)
        offers = self.offers(trunk).view(split).transpose(1, 2)
        raw = (asks @ offers.transpose(-1, -2)).float() / math.sqrt(POINTER_WIDTH)
        near = self.nearness(once(_buckets)[:length, :length]).permute(2, 0, 1)
        raw = (raw + near[None]).masked_fill(~real[:, None, None, :], -1e4).log_softmax(-1)
        return raw[:, 0], raw[:, 1]


def _buckets() -> Tensor:
    return torch.from_numpy(distance_buckets(PLACES)).int()
