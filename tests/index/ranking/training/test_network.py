"""The network that is taught, and the one that answers: they read alike, and alone as in a batch."""

from pathlib import Path

import numpy as np
import pytest
import torch

from index.encoding.packaged import expanded, mapped_tensors, packaged_tokenizer
from index.ranking.inference import ReaderInference
from index.ranking.reader import READER
from index.ranking.training.network import ReaderNetwork, base_network, batch_of, save_network
from index.ranking.training.teaching import averaged
from index.ranking.windows import TABLES, Sentence, window_of

TEXTS = (
    "Police in Leeds said two men had been arrested after a fire.",
    "The fire began in a bakery on Mill Street at about four in the morning, said Chief Inspector Ann Holt.",
    "The owner, Peter Graves, plans to open again in March.",
)


def stored_network(path: Path = READER) -> ReaderNetwork:
    network = base_network(TABLES)
    tensors = {name: torch.from_numpy(tensor) for name, tensor in expanded(mapped_tensors(path)).items()}
    assert not network.load_state_dict(tensors, strict=False).unexpected_keys
    return network.eval()


def sentences(texts: tuple[str, ...] = TEXTS) -> list[Sentence]:
    return [Sentence(text, at, at) for at, text in enumerate(texts)]


@pytest.mark.parametrize("texts", [TEXTS, TEXTS[2:], tuple(f"In year {n} it rained. " * 3 for n in range(40))])
def test_without_torch_the_reading_is_that_of_the_network_that_was_taught(texts: tuple[str, ...]) -> None:
    window = window_of(packaged_tokenizer(), "Who is the owner?", sentences(texts), context="And the bakery?")
    told = ReaderInference.load(READER, int8=False).read(window)
    with torch.inference_mode():
        taught = stored_network()(batch_of([window]))
    for ours, theirs in ((told.start, taught.start), (told.end, taught.end), (told.sentences, taught.sentences)):
        assert np.exp(ours) == pytest.approx(theirs[0].softmax(-1).numpy(), abs=1e-4)
    assert told.answerable == pytest.approx(float(taught.answerable[0]), abs=1e-3)
    assert told.verdict == pytest.approx(float(taught.verdict[0, 1] - taught.verdict[0, 0]), abs=1e-3)
    assert told.answers == pytest.approx(taught.sentences[0, :-1].numpy(), abs=1e-3)


def test_padding_changes_no_reading() -> None:
    tokenizer = packaged_tokenizer()
    short, long = (window_of(tokenizer, "Who is the owner?", sentences(texts)) for texts in (TEXTS[2:], TEXTS))
    network = stored_network()
    with torch.inference_mode():
        alone, beside = network(batch_of([short])), network(batch_of([long, short]))
    assert float(beside.answerable[1]) == pytest.approx(float(alone.answerable[0]), abs=1e-3)
    assert torch.allclose(beside.sentences[1, [0, -1]], alone.sentences[0, [0, -1]], atol=1e-3)


def test_a_network_stored_in_eight_bits_reads_almost_the_same(tmp_path: Path) -> None:
    torch.manual_seed(1)
    network = ReaderNetwork(TABLES).eval()
    base = stored_network().state_dict()
    network.load_state_dict({**base, "span.weight": torch.randn(2, 384) / 20})
    save_network(network, tmp_path / "reader.safetensors", {})
    loaded = stored_network(tmp_path / "reader.safetensors")
    batch = batch_of([window_of(packaged_tokenizer(), "Who is the owner?", sentences())])
    with torch.inference_mode():
        before, after = network(batch), loaded(batch)
    assert torch.allclose(before.answerable, after.answerable, atol=0.2)


def test_the_mean_of_two_networks_is_half_way_between_them() -> None:
    first, second = base_network(TABLES), base_network(TABLES)
    with torch.no_grad():
        first.nothing.weight.fill_(1.0)
        second.nothing.weight.fill_(4.0)
    layer = {name: tensor.clone() for name, tensor in first.layers[0].state_dict().items()}
    between = averaged([first, second], [0.5, 0.5])
    assert torch.equal(between.nothing.weight, torch.full_like(second.nothing.weight, 2.5))
    assert all(torch.equal(tensor, layer[name]) for name, tensor in between.layers[0].state_dict().items())
