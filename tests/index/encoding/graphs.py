"""The six layers as ONNX graphs: states of wordpieces in, states out. Weights are awaited, stored nowhere.

`python -m tests.index.encoding.graphs` writes those that the program ships. They use the fused operators that ONNX
Runtime adds (github.com/microsoft/onnxruntime, docs/ContribOperators.md), save the one for norms, which counts one
number after the other: with it a batch takes a tenth longer. With 8-bit weights each matrix is multiplied in 8 bits,
whose scale for the states is found anew for each batch. Without `masked` every piece sees every other, which is read a
little sooner: no scores of a whole row are kept.
"""

from collections.abc import Mapping, Sequence
from itertools import product

from onnx import ModelProto, NodeProto, TensorProto, helper

from index.encoding.layers import GRAPHS, LAYERS, MEAN, WIDTH, graph_name

HEADS, INNER = 12, 1536
CONTRIBUTED = "com.microsoft"
SHIPPED: Mapping[str, tuple[bool, bool]] = {
    graph_name(int8=int8, masked=masked): (int8, masked) for int8, masked in product((False, True), repeat=2)
}
"""Whether each is of 8 bits, and whether it is masked."""


class LayersGraph:
    """Writes the graph, one operation after the other."""

    def __init__(self, *, int8: bool, masked: bool) -> None:
        self._int8 = int8
        self._masked = masked
        self._nodes: list[NodeProto] = []
        self._awaited: dict[str, TensorProto] = {}

    def model(self) -> ModelProto:
        """The whole model. Inputs: `hidden` (batch, piece, width), and where it is masked `seen` (batch, piece, piece),
        1 where the first piece may look at the second.
        """
        states = "hidden"
        for number in range(LAYERS):
            states = self._layer(f"layers.{number}", states, "states" if number == LAYERS - 1 else f"after.{number}")
        shape = ("batch", "piece", WIDTH)
        inputs = [helper.make_tensor_value_info("hidden", TensorProto.FLOAT, shape)]
        if self._masked:
            inputs.append(helper.make_tensor_value_info("seen", TensorProto.INT32, ("batch", "piece", "other piece")))
        outputs = [helper.make_tensor_value_info("states", TensorProto.FLOAT, shape)]
        graph = helper.make_graph(self._nodes, "layers", inputs, outputs, list(self._awaited.values()))
        opsets = [helper.make_opsetid("", 18), helper.make_opsetid(CONTRIBUTED, 1)]
        return helper.make_model(graph, ir_version=9, opset_imports=opsets)

    def _layer(self, name: str, states: str, out: str) -> str:
        mixed = self._attended(f"{name}.qkv", states)
        mixed = self._product(f"{name}.joined", mixed, WIDTH, WIDTH)
        states = self._normed(f"{name}.attention_norm", mixed, states, f"{name}.joined.bias", f"{name}.attended")
        grown = self._product(f"{name}.inner", states, WIDTH, INNER)
        self._add("BiasGelu", [grown, self._weight(f"{name}.inner.bias", INNER)], f"{name}.bent")
        grown = self._product(f"{name}.outer", f"{name}.bent", INNER, WIDTH)
        return self._normed(f"{name}.output_norm", grown, states, f"{name}.outer.bias", out)

    def _attended(self, name: str, states: str) -> str:
        """Self-attention, from states to what is to be joined."""
        if self._masked and not self._int8:
            parts = [self._weight(f"{name}.weight", WIDTH, 3 * WIDTH), self._weight(f"{name}.bias", 3 * WIDTH)]
            return self._add("Attention", [states, *parts, "seen"], f"{name}.mixed", num_heads=HEADS)
        whole = self._product(name, states, WIDTH, 3 * WIDTH, bias=self._int8)
        thirds = [f"{name}.{part}" for part in ("query", "key", "value")]
        self._nodes.append(helper.make_node("Split", [whole], thirds, axis=2, num_outputs=3))
        bias = "" if self._int8 else self._weight(f"{name}.bias", 3 * WIDTH)
        given = [*thirds, bias, "seen"] if self._masked else [*thirds, bias]
        return self._add("MultiHeadAttention", given, f"{name}.mixed", num_heads=HEADS)

    def _product(self, name: str, states: str, size_in: int, size_out: int, *, bias: bool = False) -> str:
        """States times a matrix."""
        out = f"{name}.product"
        if not self._int8:
            return self._plain("MatMul", states, self._weight(f"{name}.weight", size_in, size_out), out=out)
        parts = [
            self._weight(f"{name}.weight", size_in, size_out, kind=TensorProto.INT8),
            self._weight(f"{name}.scale", size_out),
            self._weight(f"{name}.zero", size_out, kind=TensorProto.INT8),
        ]
        parts += [self._weight(f"{name}.bias", size_out)] if bias else []
        return self._add("DynamicQuantizeMatMul", [states, *parts], out)

    def _normed(self, name: str, added: str, states: str, bias: str, out: str) -> str:
        """The norm of states, what was added to them, and a bias: centred, of length 1, then scaled and shifted."""
        gain, shift, bias = (self._weight(part, WIDTH) for part in (f"{name}.gain", f"{name}.bias", bias))
        whole = self._plain("Sum", added, states, bias)
        centred = self._plain("Sub", whole, self._plain("MatMul", whole, self._weight(MEAN, WIDTH, 1)))
        level = self._plain("LpNormalization", centred, axis=2, p=2)
        return self._plain("Add", self._plain("Mul", level, gain), shift, out=out)

    def _plain(self, operator: str, *inputs: str, out: str | None = None, **given: int) -> str:
        """One of ONNX's own operators; the name of what comes out."""
        name = out or f"{operator}.{len(self._nodes)}"
        return self._node(helper.make_node(operator, inputs, [name]), given)

    def _add(self, operator: str, inputs: Sequence[str], out: str, **given: int) -> str:
        """One of those that ONNX Runtime adds."""
        return self._node(helper.make_node(operator, inputs, [out], domain=CONTRIBUTED), given)

    def _node(self, node: NodeProto, given: Mapping[str, int]) -> str:
        node.attribute.extend(helper.make_attribute(name, value) for name, value in sorted(given.items()))
        self._nodes.append(node)
        name: str = node.output[0]
        return name

    def _weight(self, name: str, *shape: int, kind: int = TensorProto.FLOAT) -> str:
        """Declares weights that whoever loads the model hands over."""
        awaited = TensorProto(name=name, data_type=kind, dims=shape, data_location=TensorProto.EXTERNAL)
        awaited.external_data.add(key="location", value="handed over")
        self._awaited.setdefault(name, awaited)
        return name


def main() -> None:
    """Writes all that are shipped."""
    GRAPHS.mkdir(exist_ok=True)
    for name, (int8, masked) in SHIPPED.items():
        model = LayersGraph(int8=int8, masked=masked).model()
        (GRAPHS / name).write_bytes(model.SerializeToString(deterministic=True))


if __name__ == "__main__":
    main()
