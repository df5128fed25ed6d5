"""What the tagger sees of a text: wordpieces with their places, quotation states, and windows that cover it all."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.encoding.packaged import packaged_tokenizer
from index.statements.extraction import Attributor
from index.statements.features import (
    CLOSING,
    CORE_PIECES,
    INSIDE,
    OPENING,
    OUTSIDE,
    REOPENED,
    WINDOW_ROWS,
    Pieces,
    Vocabulary,
    cut_windows,
    quote_states,
    read_pieces,
)
from tests.index.statements.generated import generated_texts

VOCABULARY = Vocabulary(("NNP", "VBD"), ("nsubj", "ROOT"), ("PERSON",))
TOKENIZER = packaged_tokenizer()


def pieces_of(text: str) -> Pieces:
    """Without a parse."""
    return read_pieces(text, None, TOKENIZER, VOCABULARY)


def test_marks_open_and_close_a_quotation() -> None:
    states, left_open = quote_states('He said "yes" and left.', carried=False)
    assert (states[8], states[9], states[12], states[14]) == (OPENING, INSIDE, CLOSING, OUTSIDE)
    assert not left_open


def test_a_quotation_left_open_is_taken_up_by_the_next_paragraph() -> None:
    _, left_open = quote_states("“We lost.", carried=False)
    states, _ = quote_states("“We go on.”", carried=left_open)
    assert left_open
    assert states[0] == REOPENED


def test_casing_is_seen_though_the_base_model_is_uncased() -> None:
    shapes = pieces_of("ann Ann ANN 42").features[:, 0].tolist()
    assert len(set(shapes)) == 4


def test_the_parse_is_laid_over_the_wordpieces(rules: Attributor) -> None:
    text = "Ann Lee spoke."
    pieces = read_pieces(text, rules.parser.parse(text), TOKENIZER, VOCABULARY)
    tag, dep, ent = (pieces.features[1, column] for column in (3, 4, 5))
    assert (tag, dep, ent) == (1, 1, 1)  # Lee: NNP, nsubj, PERSON
    assert pieces.head[1] == 2
    assert pieces.breaks[0] == 1


@pytest.mark.parametrize("text", list(generated_texts(40, seed=6)))
def test_every_wordpiece_lies_where_it_says(text: str) -> None:
    pieces = pieces_of(text)
    assert (pieces.start < pieces.end).all()
    assert (pieces.end <= len(text)).all()
    assert (np.diff(pieces.start) >= 0).all()
    assert len({len(part) for part in (pieces.ids, pieces.start, pieces.features, pieces.head)}) == 1


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 700), min_size=1, max_size=12))
def test_the_windows_cores_cover_every_piece_once(lengths: list[int]) -> None:
    pieces = pieces_of("\n".join("word " * length for length in lengths))
    windows = cut_windows(pieces)
    covered = np.concatenate([window.rows[window.core] for window in windows])
    assert sorted(covered.tolist()) == list(range(len(pieces)))
    assert all(len(window.rows) <= WINDOW_ROWS for window in windows)
    assert all(int(window.core.sum()) <= CORE_PIECES for window in windows)
