"""Just enough of ONNX's file format to write a graph: https://onnx.ai/onnx/repo-docs/IR.html, onnx.proto.

Numbers are the fields' numbers there. Written out here because the package `onnx` is large and slow to import.
"""

import struct
from collections.abc import Iterable, Sequence

FLOAT, INT8, INT32 = 1, 3, 6
_IR_VERSION, _OPSET, _CONTRIBUTED = 9, 18, "com.microsoft"
_EXTERNAL = 1


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
