"""Words as vectors without a network, and how much what is told of somebody speaks for a description."""

from pathlib import Path

import numpy as np
import pytest

from index.encoding import PACKAGED_DIM
from index.ranking.describing import SIGNS
from index.ranking.likeness import Likeness, WordVectors

VECTORS = WordVectors.load()


def test_words_have_one_direction_however_much_they_count_together() -> None:
    one, twice, none = VECTORS.means([{"skipper": 1.0}, {"skipper": 2.0}, {}])
    assert one.shape == (PACKAGED_DIM,)
    assert np.linalg.norm(one) == pytest.approx(1)
    assert np.allclose(one, twice)
    assert not none.any()


def test_a_word_that_counts_more_draws_the_direction_to_it() -> None:
    skipper, baker, more, less = VECTORS.means(
        [{"skipper": 1.0}, {"baker": 1.0}, {"skipper": 3.0, "baker": 1.0}, {"skipper": 1.0, "baker": 3.0}]
    )
    assert more @ skipper > less @ skipper
    assert less @ baker > more @ baker


def test_words_of_a_trade_are_nearer_than_others_though_no_letter_is_the_same() -> None:
    copper, police, pastry = VECTORS.means([{"cop": 1.0}, {"police": 1.0}, {"pastry": 1.0}])
    assert copper @ police > copper @ pastry


def test_what_is_told_speaks_for_each_speaker_and_at_last_for_nobody() -> None:
    likeness = Likeness.load()
    assert likeness.signs.shape == (len(SIGNS),)
    told = np.stack([VECTORS.means([{word: 1.0}, {}]) for word in ("captain", "surgeon")])
    (who,) = VECTORS.means([{"skipper": 1.0}])
    captain, surgeon, nobody = likeness.score(np.zeros((3, len(SIGNS)), np.float32), who, told)
    assert captain > surgeon
    assert nobody == pytest.approx(float(who @ likeness.nobody), abs=1e-5)
    alone = likeness.score(np.zeros((1, len(SIGNS)), np.float32), who, told[:0])
    assert alone.shape == (1,)


def test_without_its_file_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="weights"):
        Likeness.load(tmp_path / "weights")
