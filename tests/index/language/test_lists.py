"""The lists of a language: each read once, without a word twice, and nothing in them that is no word."""

from importlib import resources

import pytest

from index.language.lists import LANGUAGE, ordered_in, words_in

LISTS = sorted(path.name.removesuffix(".txt") for path in (resources.files("index.language") / LANGUAGE).iterdir())


@pytest.mark.parametrize("name", LISTS)
def test_no_list_has_a_word_twice(name: str) -> None:
    assert len(words_in(name)) == len(ordered_in(name))


def test_the_calendar_is_in_its_order() -> None:
    assert [name[:3] for name in ordered_in("days")] == ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    assert ordered_in("months").index("september") == 8
