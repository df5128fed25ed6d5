"""The embedder: which model, checked before it is loaded, offline, and what its rows are."""

import os
from pathlib import Path

import numpy as np
import pytest

from index.encoding.embedding import PackagedEmbedder, SentenceEmbedder
from index.encoding.packaged import PACKAGED_DIM, check_weights, mapped_tensors, packaged_folder
from index.encoding.sentences import LONGEST_TEXT
from index.errors import EmbedderUnusable


@pytest.fixture(scope="module")
def packaged() -> SentenceEmbedder:
    return SentenceEmbedder()


def test_naming_the_packaged_model_loads_nothing(packaged: SentenceEmbedder) -> None:
    assert packaged.name == "all-MiniLM-L6-v2:53aa51172d142c89"
    assert packaged.dim == PACKAGED_DIM == 384


@pytest.fixture(scope="module")
def quick() -> PackagedEmbedder:
    return PackagedEmbedder()


VARIED = (
    "The river rose.",
    "“I did not have communications with the Russians,” he said.",
    "",
    "   ",
    "Łódź, 東京 and Αθήνα 😀 \ud800",
    "$3,000,000 (up 4.5%) on 2 March 2017; cf. §12",
    "word",
    "unbelievablylongwordthatnobodyknows" * 20,
    "word " * (LONGEST_TEXT - 2),
    "word " * (LONGEST_TEXT * 3),
    *(f"Number {n} of many sentences, " + "and so on " * n for n in range(0, 40, 4)),
)


def test_without_torch_the_vectors_are_those_of_sentence_transformers(
    quick: PackagedEmbedder, packaged: SentenceEmbedder
) -> None:
    texts = [text.encode("utf-8", "replace").decode() for text in VARIED]
    ours, theirs = quick.embed(VARIED), packaged.embed(texts)
    assert (ours * theirs).sum(axis=1).min() >= 0.9999
    assert ours == pytest.approx(theirs, abs=1e-5)
    assert quick.name == packaged.name


def test_eight_bits_are_near_and_have_another_name(quick: PackagedEmbedder) -> None:
    small = PackagedEmbedder(int8=True)
    assert (small.embed(VARIED) * quick.embed(VARIED)).sum(axis=1).min() > 0.96
    assert small.name == f"{quick.name}:int8"


def test_a_text_has_one_vector_whatever_goes_along_with_it(quick: PackagedEmbedder) -> None:
    texts = [f"Sentence {n}. " * (1 + n % 9) for n in range(54)]
    together = quick.embed(texts)
    backwards = PackagedEmbedder(threads=3).embed(texts[::-1])[::-1]
    assert together == pytest.approx(backwards, abs=1e-5)
    assert together[7] == pytest.approx(quick.embed([texts[7]])[0], abs=1e-5)
    assert quick.embed([]).shape == (0, PACKAGED_DIM)


def test_a_file_that_holds_no_tensors_is_refused(tmp_path: Path) -> None:
    (tmp_path / "weights").write_bytes(b"\xff" * 64)
    with pytest.raises(ValueError, match="safetensors"):
        mapped_tensors(tmp_path / "weights")


def test_the_packaged_weights_are_the_published_ones() -> None:
    assert (packaged_folder() / "model.safetensors").is_file()


def test_other_weights_are_refused_before_they_are_loaded(tmp_path: Path) -> None:
    weights = tmp_path / "model.safetensors"
    weights.write_bytes(b"something else")
    with pytest.raises(EmbedderUnusable, match="not the published ones"):
        check_weights(weights, "0" * 64)
    with pytest.raises(EmbedderUnusable, match="not the published ones"):
        packaged_folder(sha256="0" * 64)
    with pytest.raises(EmbedderUnusable, match="cannot be read"):
        check_weights(tmp_path / "nothing", "0" * 64)


def test_a_model_that_is_not_here_is_not_downloaded() -> None:
    with pytest.raises(EmbedderUnusable, match="not on this machine"):
        SentenceEmbedder("nobody/has-this-model").embed(["words"])


def test_rows_are_unit_vectors_in_the_order_of_the_texts(packaged: SentenceEmbedder) -> None:
    texts = ["The river rose.", "word " * 100, "A flood came.", "", "Shares fell on Monday."]
    rows = packaged.embed(texts)
    assert rows.dtype == np.float32
    assert rows.shape == (5, 384)
    assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(5), abs=1e-5)
    assert rows[2] == pytest.approx(packaged.embed([texts[2]])[0], abs=1e-5)
    assert rows[0] @ rows[2] > rows[0] @ rows[4]
    assert os.environ["HF_HUB_OFFLINE"] == "1"
    assert packaged.embed([]).shape == (0, 384)


def test_a_folder_is_a_model_too_and_its_name_tells_its_weights(tmp_path: Path, packaged: SentenceEmbedder) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    for path in packaged_folder().rglob("*"):
        if path.is_file():
            target = folder / path.relative_to(packaged_folder())
            target.parent.mkdir(exist_ok=True)
            os.link(path, target)
    own = SentenceEmbedder(str(folder))
    assert own.name.startswith("mine:")
    assert own.dim == 384
    assert own.embed(["A flood."]) == pytest.approx(packaged.embed(["A flood."]), abs=1e-6)
    (folder / "config.json").unlink()
    (folder / "config.json").write_text("{}")
    assert SentenceEmbedder(str(folder)).name != own.name
