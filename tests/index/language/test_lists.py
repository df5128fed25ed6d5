"""The lists of a language have each word once, and what has an order has its own."""

import pytest

from index.language.lists import ordered_in, words_in


@pytest.mark.parametrize(
    "name", ["days", "empty", "first_words", "months", "no_names", "no_outlets", "shortened", "titles"]
)
def test_no_list_has_a_word_twice(name: str) -> None:
    assert len(words_in(name)) == len(ordered_in(name))


def test_the_calendar_is_in_its_order() -> None:
    assert [name[:3] for name in ordered_in("days")] == ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    assert ordered_in("months").index("september") == 8
