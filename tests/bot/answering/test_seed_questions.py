"""The table of questions over the seed story, asked of its hand labels and of the library that reads it by itself."""

from collections import Counter

import pytest

from bot.answering import ask
from bot.answers import Abstention, Answer, Reason, Turn
from bot.shelf import Shelf
from index.library import Library
from tests.bot.answering.seed_table import FOLLOW_UPS, REFUSED, ROWS, Row
from tests.bot.answering.shelf import SEED, seed_by_hand


def _named(row: Row) -> str:
    return " > ".join((*row.before, row.question))


@pytest.mark.parametrize("row", ROWS, ids=_named)
def test_a_question_over_the_labelled_seed_story_gets_what_the_table_says(row: Row) -> None:
    hold_to(row, seed_by_hand())


def hold_to(row: Row, shelf: Shelf) -> None:
    """Fails unless the question gets what its row says."""
    result = ask(shelf, row.question, history=[Turn(question) for question in row.before])
    assert {speaker.name for speaker in result.speakers} >= set(row.people)
    if row.refused:
        assert isinstance(result, Abstention)
        assert result.reason == row.refused
        assert {s.span.start for s in result.nearest} >= set(row.nearest)
        return
    assert isinstance(result, Answer), result
    assert result.form == row.form
    if row.form != "speakers":
        assert sorted(s.span.start for s in result.statements) == sorted(row.starts)
    assert result.verdict == row.verdict
    text = shelf.stories[0].text
    assert row.shown in "\n".join(hit.passage.span.of(text) for hit in result.passages[:3])


def test_the_table_has_a_hundred_questions_with_refusals_for_every_reason_and_follow_ups() -> None:
    refused = Counter(row.refused for row in ROWS if row.refused)
    assert len(ROWS) >= 100
    assert set(refused) == set(Reason)
    assert refused.total() >= 25
    assert sum(bool(row.before) for row in ROWS) >= 15
    assert REFUSED
    assert FOLLOW_UPS
    assert SEED


@pytest.mark.parametrize("row", ROWS, ids=_named)
def test_a_question_over_the_seed_story_as_it_is_read_gets_what_the_table_says(row: Row, seed_library: Library) -> None:
    hold_to(row, seed_library)
