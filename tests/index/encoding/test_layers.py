"""The graphs that are shipped are those that the tool writes; what runs on them, the embeddings' own tests hold."""

import onnx
import pytest

from index.encoding.layers import GRAPHS
from tests.index.encoding.graphs import SHIPPED, LayersGraph


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_graph_is_what_the_tool_writes(name: str) -> None:
    int8, masked = SHIPPED[name]
    shipped = onnx.load_model(GRAPHS / name, load_external_data=False)
    assert shipped == LayersGraph(int8=int8, masked=masked).model()


def test_no_other_graph_is_shipped() -> None:
    assert {path.name for path in GRAPHS.iterdir()} == set(SHIPPED)
