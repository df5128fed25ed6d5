"""The tagger's weights on disk: 8 bits a number with a scale for each row, in a safetensors file; never a pickle.

The base model's embeddings are not among them; they are read from its own package, whose digest is checked.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from torch import Tensor

from index.encoding.packaged import FROZEN, PACKAGED_SHA256, base_names, packaged_folder
from index.statements.decoding import Decision
from index.statements.features import Vocabulary
from index.statements.network import Network
from index.statements.shipped import FORMAT, load_facts

_SCALE = ".scale"


def load_weights(path: Path) -> tuple[Network, Vocabulary, Decision]:
    """The network as it was saved, ready to read, with its labels and decision settings.

    Raises WeightsUnusable if the file or the base model are not as expected.
    """
    vocabulary, decision = load_facts(path)
    stored = load_file(path)
    with torch.device("meta"):
        network = Network(vocabulary.sizes())
    network.load_state_dict(load_base_embeddings() | expand_rows(stored), assign=True)
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


def load_base_embeddings() -> dict[str, Tensor]:
    """The part of the base model that is used as published."""
    return load_base(lambda name: name in FROZEN)


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
