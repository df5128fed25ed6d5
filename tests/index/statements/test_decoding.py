"""From log-probabilities to pieces, and pointers that may point to nobody."""

import numpy as np
import pytest

from index.statements.decoding import Decision, Floats, WindowScores, decode_window

ROWS = 8


def likely(tags: list[int], count: int) -> Floats:
    """Log-probabilities that are nearly sure of one tag a row."""
    scores = np.full((len(tags), count), np.log(0.01), dtype=np.float32)
    scores[np.arange(len(tags)), tags] = np.log(0.9)
    return scores


def pointing(to: int) -> Floats:
    """Every row points to one row."""
    scores = np.full((ROWS, ROWS), np.log(0.01), dtype=np.float32)
    scores[:, to] = np.log(0.9)
    return scores


def scores_of(content: list[int], *, source: int, cue: int) -> WindowScores:
    """Row 6 is marked as a speaker and row 7 as a cue; row 0 is [CLS]."""
    marked = [0] * ROWS
    return WindowScores(
        likely(content, 5),
        likely([*marked[:7], 1], 3),
        likely([*marked[:6], 1, 0], 3),
        pointing(source),
        pointing(cue),
    )


CORE = np.array([False] + [True] * (ROWS - 1))
WORDS = CORE.copy()


def test_a_piece_has_the_speaker_and_the_cue_that_it_points_to() -> None:
    (piece,) = decode_window(scores_of([0, 0, 1, 2, 2, 0, 0, 0], source=6, cue=7), CORE, WORDS, Decision())
    assert (piece.rows, piece.speaker, piece.cue) == ((2, 5), (6, 7), (7, 8))
    assert piece.speech > 0.9


def test_a_piece_that_points_to_the_first_row_has_no_speaker() -> None:
    (piece,) = decode_window(scores_of([0, 0, 1, 2, 2, 0, 0, 0], source=0, cue=0), CORE, WORDS, Decision())
    assert (piece.speaker, piece.cue) == (None, None)


def test_what_is_no_speech_is_found_and_marked_as_such() -> None:
    (piece,) = decode_window(scores_of([0, 0, 3, 4, 4, 0, 0, 0], source=6, cue=7), CORE, WORDS, Decision())
    assert piece.speech < 0.1


def test_nothing_begins_outside_the_core() -> None:
    core = CORE.copy()
    core[2:5] = False
    assert decode_window(scores_of([0, 0, 1, 2, 2, 0, 0, 0], source=6, cue=7), core, WORDS, Decision()) == []


@pytest.mark.parametrize(("bias", "pieces"), [(0.0, 1), (-9.0, 0)])
def test_a_bias_against_content_finds_less(bias: float, pieces: int) -> None:
    scores = scores_of([0, 0, 1, 2, 2, 0, 0, 0], source=6, cue=7)
    assert len(decode_window(scores, CORE, WORDS, Decision(content_bias=bias))) == pieces
