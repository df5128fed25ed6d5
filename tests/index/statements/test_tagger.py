"""The tagger as shipped: what it finds, that its weights are checked, and that they come back as they were stored."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from index.statements.decoding import Decision, Piece
from index.statements.extraction import Attributor
from index.statements.inference import WEIGHTS, TaggerInference, WeightsUnusable, distance_buckets
from index.statements.tagger import Tagger, confidence_of
from index.statements.training.network import Network
from index.statements.training.teaching import (
    expand_rows,
    load_weights,
    save_weights,
    shrink_rows,
)

MOST_BYTES = 30_000_000


@pytest.fixture(scope="session")
def tagger(whole: Attributor) -> Tagger:
    assert whole.tagger is not None
    return whole.tagger


def test_it_marks_the_words_the_speaker_and_the_cue(whole: Attributor, tagger: Tagger) -> None:
    text = "Mayor Ina Trell said on Monday that the bridge would stay shut."
    (found,) = tagger.find(text, whole.parser.parse(text))
    assert text[found.start : found.end].endswith("the bridge would stay shut")
    assert found.speaker is not None
    assert "Ina Trell" in text[slice(*found.speaker)]
    assert found.cue is not None
    assert "said" in text[slice(*found.cue)]
    assert found.speech


def test_a_text_without_words_has_nothing(tagger: Tagger) -> None:
    assert [tagger.find(text, None) for text in ("", "\n\n", " \t")] == [(), (), ()]


def test_pieces_with_one_speaker_and_one_cue_are_one_attribution(whole: Attributor, tagger: Tagger) -> None:
    text = "“If the river rises,” Mayor Ida Trell said, “we leave before the night comes.”"
    first, second = tagger.find(text, whole.parser.parse(text))
    assert first.attribution == second.attribution


def test_the_shipped_weights_are_small_and_hold_no_pickle() -> None:
    files = [path for path in WEIGHTS.parent.iterdir() if path.suffix != ".md"]
    assert sum(path.stat().st_size for path in files) < MOST_BYTES
    assert {path.suffix for path in files} == {".safetensors"}


def test_weights_come_back_as_they_were_stored(tmp_path: Path) -> None:
    network, vocabulary, decision = load_weights(WEIGHTS)
    save_weights(tmp_path / "again.safetensors", network, vocabulary, decision, {})
    again, same_labels, same_decision = load_weights(tmp_path / "again.safetensors")
    assert (same_labels, same_decision) == (vocabulary, decision)
    pairs = zip(network.state_dict().values(), again.state_dict().values(), strict=True)
    assert all(torch.allclose(one, other, atol=1e-6) for one, other in pairs)


@pytest.mark.parametrize("content", [b"", b"no weights at all"])
def test_damaged_weights_are_refused_with_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "tagger.safetensors"
    path.write_bytes(content)
    with pytest.raises(WeightsUnusable, match="damaged"):
        Tagger.load(path)


def test_missing_weights_are_refused(tmp_path: Path) -> None:
    with pytest.raises(WeightsUnusable, match="missing"):
        Tagger.load(tmp_path / "nowhere.safetensors")


def test_eight_bits_a_number_lose_less_than_half_a_step() -> None:
    network = Network({"shape": 3})
    shrunk = shrink_rows(network)
    original = network.trunk.weight
    back = expand_rows(shrunk)["trunk.weight"]
    assert ((back - original).abs() <= shrunk["trunk.weight.scale"][:, None] * 0.51).all()


def test_what_reads_stories_scores_as_what_was_taught_does() -> None:
    network, vocabulary, _ = load_weights(WEIGHTS)
    chance = np.random.default_rng(4)
    reads = TaggerInference.load(WEIGHTS)[0]
    for length in (1, 40, 200, 512):
        ids, head = chance.integers(999, 30_000, length), chance.integers(0, length, length)
        features = np.stack([chance.integers(0, rows, length) for rows in vocabulary.sizes().values()], axis=-1)
        taught, reading = (one.score(ids, features, head) for one in (network, reads))
        for name in ("content", "cue", "source", "to_source", "to_cue"):
            there, here = (np.exp(getattr(scores, name)) for scores in (taught, reading))
            assert there.shape == here.shape
            assert np.abs(there - here).max() < 1e-4


def test_finding_statements_needs_no_torch() -> None:
    check = "import sys, index.statements.tagger, index.statements.extraction; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0


def test_distances_are_told_apart_by_direction_and_the_first_row_by_itself() -> None:
    rows = distance_buckets(12)
    assert rows[5, 7] != rows[7, 5]
    assert set(rows[:, 0].tolist()) == {31}
    assert rows.max() < 32


def test_more_evidence_is_more_confidence() -> None:
    decision = Decision(calibration=(0.0, 1.0, 1.0, 1.0, 1.0))
    weak, strong = (Piece((0, 1), None, None, 1.0, (value,) * 4) for value in (0.3, 0.9))
    assert 0 <= confidence_of(weak, decision) < confidence_of(strong, decision) <= 1
