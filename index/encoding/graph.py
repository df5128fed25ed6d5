"""The six layers as an ONNX graph: states of wordpieces in, states out.

It uses the fused operators that ONNX Runtime adds (github.com/microsoft/onnxruntime, docs/ContribOperators.md). With
8-bit weights each matrix is multiplied in 8 bits, whose scale for the states is found anew for each batch.
"""

from index.encoding.protobuf import FLOAT, INT8, INT32, awaited_tensor, model_bytes, node, tensor_kind

WIDTH, LAYERS, HEADS, INNER = 384, 6, 12, 1536
EPSILON = 1e-12
_SHAPE = ("batch", "piece", WIDTH)


class LayersGraph:
    """Writes the graph, one operation after the other. `weights` has the names of what has to be handed over."""

    def __init__(self, *, int8: bool = False) -> None:
        self._int8 = int8
        self._nodes: list[bytes] = []
        self._awaited: list[bytes] = []
        self.weights: list[str] = []

    def to_bytes(self) -> bytes:
        """The whole model. Inputs: `hidden` (batch, piece, width) and `real` (batch, piece), 0 on padding."""
        states = "hidden"
        for number in range(LAYERS):
            states = self._layer(f"layers.{number}", states, "states" if number == LAYERS - 1 else f"after.{number}")
        inputs = tensor_kind("hidden", FLOAT, _SHAPE), tensor_kind("real", INT32, _SHAPE[:2])
        return model_bytes(self._nodes, inputs, [tensor_kind("states", FLOAT, _SHAPE)], self._awaited)

    def _layer(self, name: str, states: str, out: str) -> str:
        mixed = self._attended(f"{name}.qkv", states)
        mixed = self._product(f"{name}.joined", mixed, WIDTH, WIDTH)
        states = self._normed(f"{name}.attention_norm", mixed, states, f"{name}.joined.bias", f"{name}.attended")
        grown = self._product(f"{name}.inner", states, WIDTH, INNER)
        bias = self._weight(f"{name}.inner.bias", INNER)
        self._add("BiasGelu", [grown, bias], f"{name}.bent")
        grown = self._product(f"{name}.outer", f"{name}.bent", INNER, WIDTH)
        return self._normed(f"{name}.output_norm", grown, states, f"{name}.outer.bias", out)

    def _attended(self, name: str, states: str) -> str:
        """Self-attention, from states to what is to be joined."""
        if not self._int8:
            parts = [self._weight(f"{name}.weight", WIDTH, 3 * WIDTH), self._weight(f"{name}.bias", 3 * WIDTH)]
            return self._add("Attention", [states, *parts, "real"], f"{name}.mixed", num_heads=HEADS)
        whole = self._product(name, states, WIDTH, 3 * WIDTH, bias=True)
        thirds = [f"{name}.{part}" for part in ("query", "key", "value")]
        self._nodes.append(node("Split", [whole], thirds, axis=2, num_outputs=3))
        return self._add("MultiHeadAttention", [*thirds, "", "real"], f"{name}.mixed", num_heads=HEADS)

    def _product(self, name: str, states: str, size_in: int, size_out: int, *, bias: bool = False) -> str:
        """States times a matrix."""
        out = f"{name}.product"
        if not self._int8:
            self._nodes.append(node("MatMul", [states, self._weight(f"{name}.weight", size_in, size_out)], [out]))
            return out
        parts = [
            self._weight(f"{name}.weight", size_in, size_out, kind=INT8),
            self._weight(f"{name}.scale", size_out),
            self._weight(f"{name}.zero", size_out, kind=INT8),
        ]
        parts += [self._weight(f"{name}.bias", size_out)] if bias else []
        return self._add("DynamicQuantizeMatMul", [states, *parts], out)

    def _normed(self, name: str, added: str, states: str, bias: str, out: str) -> str:
        """The norm of states, what was added to them, and a bias."""
        parts = [self._weight(f"{name}.weight", WIDTH), self._weight(f"{name}.bias", WIDTH), self._weight(bias, WIDTH)]
        return self._add("SkipLayerNormalization", [added, states, *parts], out, epsilon=EPSILON)

    def _add(self, operator: str, inputs: list[str], out: str, **given: int | float) -> str:
        self._nodes.append(node(operator, inputs, [out], contributed=True, **given))
        return out

    def _weight(self, name: str, *shape: int, kind: int = FLOAT) -> str:
        self._awaited.append(awaited_tensor(name, kind, shape))
        self.weights.append(name)
        return name
