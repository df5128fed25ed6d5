"""The six layers as an ONNX graph: states of wordpieces in, states out.

It uses the fused operators that ONNX Runtime adds (github.com/microsoft/onnxruntime, docs/ContribOperators.md), save
the one for norms, which counts one number after the other: with it a batch takes a tenth longer. With 8-bit weights
each matrix is multiplied in 8 bits, whose scale for the states is found anew for each batch.
"""

import struct
from collections.abc import Iterable, Sequence

WIDTH, LAYERS, HEADS, INNER = 384, 6, 12, 1536
EPSILON = 1e-12  # config.json of the model: layer_norm_eps
MEAN = "mean"
"""Of no network: what a row of states is multiplied with for its mean."""
_SHAPE = ("batch", "piece", WIDTH)
_MAY_SEE = ("batch", "piece", "other piece")
FLOAT, INT8, INT32 = 1, 3, 6
_IR_VERSION, _OPSET, _CONTRIBUTED = 9, 18, "com.microsoft"
_EXTERNAL = 1


class LayersGraph:
    """Writes the graph, one operation after the other. `weights` has the names of what has to be handed over.

    Without `masked` every piece sees every other, which is read a little sooner: no scores of a whole row are kept.
    """

    def __init__(self, *, int8: bool = False, masked: bool = True) -> None:
        self._int8 = int8
        self._masked = masked
        self._nodes: list[bytes] = []
        self._awaited: list[bytes] = []
        self.weights: list[str] = []

    def to_bytes(self) -> bytes:
        """The whole model. Inputs: `hidden` (batch, piece, width), and where it is masked `seen` (batch, piece, piece),
        1 where the first piece may look at the second.
        """
        states = "hidden"
        for number in range(LAYERS):
            states = self._layer(f"layers.{number}", states, "states" if number == LAYERS - 1 else f"after.{number}")
        inputs = [tensor_kind("hidden", FLOAT, _SHAPE)]
        inputs += [tensor_kind("seen", INT32, _MAY_SEE)] if self._masked else []
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
        if self._masked and not self._int8:
            parts = [self._weight(f"{name}.weight", WIDTH, 3 * WIDTH), self._weight(f"{name}.bias", 3 * WIDTH)]
            return self._add("Attention", [states, *parts, "seen"], f"{name}.mixed", num_heads=HEADS)
        whole = self._product(name, states, WIDTH, 3 * WIDTH, bias=self._int8)
        thirds = [f"{name}.{part}" for part in ("query", "key", "value")]
        self._nodes.append(node("Split", [whole], thirds, axis=2, num_outputs=3))
        bias = "" if self._int8 else self._weight(f"{name}.bias", 3 * WIDTH)
        given = [*thirds, bias, "seen"] if self._masked else [*thirds, bias]
        return self._add("MultiHeadAttention", given, f"{name}.mixed", num_heads=HEADS)

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
        """The norm of states, what was added to them, and a bias: centred, of length 1, then scaled and shifted."""
        gain, shift, bias = (self._weight(part, WIDTH) for part in (f"{name}.gain", f"{name}.bias", bias))
        whole = self._plain("Sum", added, states, bias)
        centred = self._plain("Sub", whole, self._plain("MatMul", whole, self._weight(MEAN, WIDTH, 1)))
        level = self._plain("LpNormalization", centred, axis=2, p=2)
        return self._plain("Add", self._plain("Mul", level, gain), shift, out=out)

    def _plain(self, operator: str, *inputs: str, out: str | None = None, **given: int | float) -> str:
        """One of ONNX's own operators; the name of what comes out."""
        name = out or f"{operator}.{len(self._nodes)}"
        self._nodes.append(node(operator, inputs, [name], contributed=False, **given))
        return name

    def _add(self, operator: str, inputs: list[str], out: str, **given: int | float) -> str:
        self._nodes.append(node(operator, inputs, [out], contributed=True, **given))
        return out

    def _weight(self, name: str, *shape: int, kind: int = FLOAT) -> str:
        if name not in self.weights:
            self._awaited.append(awaited_tensor(name, kind, shape))
            self.weights.append(name)
        return name


def model_bytes(
    nodes: Iterable[bytes], inputs: Iterable[bytes], outputs: Iterable[bytes], initializers: Iterable[bytes]
) -> bytes:
    """A whole model: a graph that may use ONNX's operators and those that ONNX Runtime adds."""
    graph = [(1, node) for node in nodes]
    graph += [(2, b"layers"), *((5, one) for one in initializers)]
    graph += [*((11, one) for one in inputs), *((12, one) for one in outputs)]
    opsets = [_fields([(1, domain.encode()), (2, version)]) for domain, version in (("", _OPSET), (_CONTRIBUTED, 1))]
    return _fields([(1, _IR_VERSION), (7, _fields(graph)), *((8, opset) for opset in opsets)])


def node(
    operator: str, inputs: Sequence[str], outputs: Sequence[str], *, contributed: bool = False, **given: int | float
) -> bytes:
    """One operation, with its attributes."""
    fields: list[tuple[int, int | bytes]] = [*((1, name.encode()) for name in inputs)]
    fields += [*((2, name.encode()) for name in outputs), (4, operator.encode())]
    fields += [(5, _attribute(name, value)) for name, value in given.items()]
    return _fields([*fields, (7, _CONTRIBUTED.encode())] if contributed else fields)


def tensor_kind(name: str, kind: int, shape: Sequence[int | str]) -> bytes:
    """An input or output: its name, its type and its shape, in which a word stands for any size."""
    sizes = [(1, _fields([(1, size) if isinstance(size, int) else (2, size.encode())])) for size in shape]
    tensor = _fields([(1, kind), (2, _fields(sizes))])
    return _fields([(1, name.encode()), (2, _fields([(1, tensor)]))])


def awaited_tensor(name: str, kind: int, shape: Sequence[int]) -> bytes:
    """Weights that whoever loads the model hands over: declared here, stored nowhere."""
    place = _fields([(1, b"location"), (2, b"handed over")])
    dims = b"".join(_fields([(1, size)]) for size in shape)
    return dims + _fields([(2, kind), (8, name.encode()), (13, place), (14, _EXTERNAL)])


def _attribute(name: str, value: int | float) -> bytes:
    if isinstance(value, float):
        return _fields([(1, name.encode())]) + b"\x15" + struct.pack("<f", value) + _fields([(20, 1)])
    return _fields([(1, name.encode()), (3, value), (20, 2)])


def _fields(fields: Iterable[tuple[int, int | bytes]]) -> bytes:
    """A message: numbers as varints, everything else with its length before it."""
    written = bytearray()
    for number, value in fields:
        if isinstance(value, int):
            written += _varint(number << 3) + _varint(value)
        else:
            written += _varint(number << 3 | 2) + _varint(len(value)) + value
    return bytes(written)


def _varint(value: int) -> bytes:
    written = bytearray()
    while value > 0x7F:
        written.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*written, value])
