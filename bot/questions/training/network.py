"""The network of the reader of questions, as it is taught."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from bot.questions.reader import KINDS, PARTS, SLOTS, TALKS

HIDDEN, DROPOUT = 192, 0.3
TAGS = 1 + 2 * len(SLOTS)
SECOND = LEANS = 64  # numbers that a second question is told from, and that a question leans on those before it


class ReaderNetwork(nn.Module):
    """States of pieces in, scores of kinds and tags out; `bot.questions.reader` counts the same without torch.

    `talk` tells what is said to the bot itself, or that nothing is, and `part` which of a story's own facts is asked
    for, from what kinds are told from; `second_in` and `second` where a second question begins, from what the pieces on
    both sides are read as, `leans_in` and `leans` whether a question can't be understood without those before it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.drop = nn.Dropout(DROPOUT)
        self.inp = nn.Linear(384, HIDDEN)
        self.conv = nn.Conv1d(HIDDEN + 1, HIDDEN, 5, padding=2)
        self.conv2 = nn.Conv1d(HIDDEN, HIDDEN, 3, padding=1)
        self.att = nn.Linear(HIDDEN, 1)
        self.kind = nn.Linear(2 * HIDDEN + 385, len(KINDS))
        self.around = nn.Linear(2 * HIDDEN + 385, HIDDEN)
        self.tag = nn.Linear(HIDDEN, TAGS)
        self.moves = nn.Parameter(torch.zeros(TAGS, TAGS))
        self.talk = nn.Linear(2 * HIDDEN + 385, len(TALKS) + 1)
        self.part = nn.Linear(2 * HIDDEN + 385, len(PARTS))
        self.second_in = nn.Linear(2 * (HIDDEN + 384), SECOND)
        self.second = nn.Linear(SECOND, 1)
        self.leans_in = nn.Linear(2 * HIDDEN + 385, LEANS)
        self.leans = nn.Linear(LEANS, 1)

    def forward(self, states: Tensor, real: Tensor, follows: Tensor) -> tuple[Tensor, Tensor]:
        """Scores (batch, kind) and (batch, piece, tag) for states (batch, piece, 384), of which some are `real`."""
        whole, hidden = self.read(states, real, follows)
        placed = torch.relu(hidden + self.around(self.drop(whole))[:, None])
        return self.kind(self.drop(whole)), self.tag(self.drop(placed))

    def read(self, states: Tensor, real: Tensor, follows: Tensor) -> tuple[Tensor, Tensor]:
        """What kinds (batch, 769) and tags (batch, piece, hidden) are told from."""
        hidden = torch.relu(self.inp(self.drop(states)))
        flags = follows[:, None, None].expand(-1, hidden.shape[1], 1)
        hidden = torch.cat([hidden, flags], -1) * real[..., None]
        hidden = torch.relu(self.conv(hidden.transpose(1, 2))).transpose(1, 2) * real[..., None]
        hidden = torch.relu(self.conv2(self.drop(hidden).transpose(1, 2))).transpose(1, 2) + hidden
        weights = self.att(hidden).squeeze(-1).masked_fill(~real, -1e4).softmax(-1)
        pooled = (weights[..., None] * hidden).sum(1)
        highest = hidden.masked_fill(~real[..., None], -1e4).max(1).values
        mean = (states * real[..., None]).sum(1) / real.sum(1, keepdim=True)
        return torch.cat([pooled, highest, mean, follows[:, None]], -1), hidden
