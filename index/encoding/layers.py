"""Runs the layers: ONNX Runtime under the weights of whichever network they belong to, and what goes into the first.

The graphs beside this room were written by `python -m tests.index.encoding.graphs`, which says what is in them.

Nothing of torch is imported. A run changes nothing, so any number of threads may share these objects.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.encoding.packaged import Floats, Tensors

if TYPE_CHECKING:
    from onnxruntime import InferenceSession, OrtValue

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
WIDTH, LAYERS = 384, 6
EPSILON = 1e-12  # config.json of the model: layer_norm_eps
MEAN = "mean"
"""Of no network: what a row of states is multiplied with for its mean."""
GRAPHS = Path(__file__).with_name("graphs")


@dataclass(frozen=True, slots=True)
class PieceEmbeddings:
    """What a wordpiece is before the first layer: its row of the vocabulary, its place and its kind, normed."""

    words: Floats
    positions: Floats
    kinds: Floats
    scale: Floats
    shift: Floats

    @classmethod
    def of(cls, tensors: Tensors) -> "PieceEmbeddings":
        """From a network's tensors; the vocabulary is not copied."""
        names = ("words.weight", "positions.weight", "kinds.weight", "input_norm.weight", "input_norm.bias")
        return cls(*(tensors[name].view(np.float32) for name in names))

    def hidden(self, ids: Ints, places: Ints | None = None, kinds: Ints | None = None) -> Floats:
        """Shape (batch, piece, width) for ids (batch, piece).

        `places` are those of the pieces in their texts, 0, 1 and so on unless given; `kinds` are all the first.
        """
        hidden = self.words[ids]
        hidden += self.positions[: ids.shape[1]] if places is None else self.positions[places]
        hidden += self.kinds[0] if kinds is None else self.kinds[kinds]
        hidden -= hidden.mean(-1, keepdims=True)
        hidden /= np.sqrt(np.square(hidden).mean(-1, keepdims=True) + EPSILON)
        hidden *= self.scale
        hidden += self.shift
        return hidden


class Layers:
    """The layers of one network, ready to run."""

    def __init__(self, session: "InferenceSession", kept: "list[OrtValue]") -> None:
        self._session = session
        self._kept = kept  # the session uses the weights where they lie, and does not keep them alive

    @classmethod
    def of(cls, tensors: Tensors, *, int8: bool = False, masked: bool = True, threads: int = 1) -> "Layers":
        """The layers under a network's tensors (`layers.0.query.weight` and so on, as torch has them).

        Without `masked` they read one text at a time, of which every piece sees every other.
        """
        from onnxruntime import InferenceSession, OrtValue, SessionOptions

        model = (GRAPHS / graph_name(int8=int8, masked=masked)).read_bytes()
        weights = _handed_over(tensors)
        if int8:
            weights |= _in_8_bits(weights)
        kept = [OrtValue.ortvalue_from_numpy(np.ascontiguousarray(one)) for one in weights.values()]
        options = SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.force_spinning_stop", "1")  # between runs the cores are others'
        options.add_external_initializers(list(weights), kept)
        return cls(InferenceSession(model, options, providers=["CPUExecutionProvider"]), kept)

    def states(self, hidden: Floats, seen: Mask | None = None) -> Floats:
        """The last states, shaped like `hidden` (batch, piece, width).

        `seen` (batch, piece, piece) is true where the first piece may look at the second, as all of one text may; what
        comes out for a piece that sees none is of no use. Layers that are not masked have none.
        """
        given = {"hidden": hidden} if seen is None else {"hidden": hidden, "seen": seen.astype(np.int32)}
        (states,) = self._session.run(["states"], given)
        found: Floats = states
        return found


def graph_name(*, int8: bool, masked: bool) -> str:
    """The file of a graph: of 8-bit weights or not, and in which pieces may see some others alone, or all do."""
    return f"layers{'-int8' if int8 else ''}{'' if masked else '-unmasked'}.onnx"


def _handed_over(tensors: Tensors) -> dict[str, NDArray[np.generic]]:
    """The weights as the graph has them: matrices turned round, query, key and value side by side, and
    the norms' weights as gains of vectors of length 1."""
    weights: dict[str, NDArray[np.generic]] = {MEAN: np.full((WIDTH, 1), 1 / WIDTH, np.float32)}
    for number in range(LAYERS):
        name = f"layers.{number}"
        parts = [f"{name}.{part}" for part in ("query", "key", "value")]
        weights[f"{name}.qkv.weight"] = np.concatenate([tensors[f"{part}.weight"].T for part in parts], axis=1)
        weights[f"{name}.qkv.bias"] = np.concatenate([tensors[f"{part}.bias"] for part in parts])
        for part in ("joined", "inner", "outer"):
            weights[f"{name}.{part}.weight"] = tensors[f"{name}.{part}.weight"].T
            weights[f"{name}.{part}.bias"] = tensors[f"{name}.{part}.bias"]
        for part in ("attention_norm", "output_norm"):  # the root makes the deviation 1 of what has length 1
            weights[f"{name}.{part}.gain"] = tensors[f"{name}.{part}.weight"].view(np.float32) * np.float32(WIDTH**0.5)
            weights[f"{name}.{part}.bias"] = tensors[f"{name}.{part}.bias"]
    return weights


def _in_8_bits(weights: Tensors) -> dict[str, NDArray[np.generic]]:
    """Every matrix as int8, with a scale for each column."""
    small: dict[str, NDArray[np.generic]] = {}
    for name, matrix in weights.items():
        if name != MEAN and matrix.ndim == 2:
            exact = matrix.astype(np.float32)
            scale = np.maximum(np.abs(exact).max(axis=0), 1e-8) / 127
            small[name] = np.round(exact / scale).astype(np.int8)
            small[name.removesuffix("weight") + "scale"] = scale.astype(np.float32)
            small[name.removesuffix("weight") + "zero"] = np.zeros(len(scale), np.int8)
    return small
