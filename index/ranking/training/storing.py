"""The reader's weights on disk: 8 bits a number with a scale for each row, in a safetensors file; never a pickle."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors.numpy import load_file as load_numpy
from safetensors.numpy import save_file as save_numpy
from safetensors.torch import load_file, save_file
from torch import Tensor

from index.encoding.packaged import FROZEN, base_names, expanded, packaged_folder
from index.ranking.training.network import ReaderNetwork
from index.ranking.trees import Trees

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
