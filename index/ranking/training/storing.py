"""The reader's weights on disk: 8 bits a number with a scale for each row, in a safetensors file; never a pickle."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from index.encoding.packaged import FROZEN, base_names, packaged_folder
from index.ranking.training.network import ReaderNetwork

_SCALE = ".scale"


def base_network(tables: Mapping[str, int], dropout: float = 0.0) -> ReaderNetwork:
    """An untaught reader: the base model's layers under new heads."""
    network = ReaderNetwork(tables, dropout)
    published = load_file(packaged_folder() / "model.safetensors")
    base = {ours: published[theirs].float() for ours, theirs in base_names().items()}
    unexpected = network.load_state_dict(base, strict=False).unexpected_keys
    if unexpected:
        raise ValueError(f"the base model has tensors that the reader does not: {unexpected}")
    return network


def save_network(network: ReaderNetwork, path: Path, about: Mapping[str, str]) -> None:
    """Stores everything that the base model does not hold."""
    tensors: dict[str, Tensor] = {}
    for name, tensor in network.state_dict().items():
        if name in FROZEN:
            continue
        if tensor.ndim == 2 and tensor.numel() > 4096:
            scale = tensor.abs().amax(dim=1, keepdim=True).clamp_min(1e-8) / 127
            tensors[name] = (tensor / scale).round().to(torch.int8)
            tensors[name + _SCALE] = scale.squeeze(1).contiguous()
        else:
            tensors[name] = tensor.detach().clone().contiguous()
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file(tensors, path, metadata=dict(about))
