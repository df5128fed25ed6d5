"""The lists of a language have each word once and their own order; phrases of a list are found in a line's words."""

import pytest

from index.language.lists import ordered_in, words_in
from index.language.phrases import Phrases, line_words

FOUND = Phrases(
    "sign|log_in ?now",
    "contribut* to",
    "get access … to read",
    "read more ~20",
    "related ?stories :|.",
    "# ?- min|minutes read",
    "share .",
)


@pytest.mark.parametrize(
    "name", ["days", "empty", "first_words", "months", "no_names", "no_outlets", "shortened", "titles"]
)
def test_no_list_has_a_word_twice(name: str) -> None:
    assert len(words_in(name)) == len(ordered_in(name))


def test_the_calendar_is_in_its_order() -> None:
    assert [name[:3] for name in ordered_in("days")] == ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    assert ordered_in("months").index("september") == 8


@pytest.mark.parametrize(
    "line",
    [
        *("Log in now", "LOG IN to go on", "Contributing to this report", "Get access today to all of it to read on"),
        *("Read more about it", "Related: what he said", "Related stories", "5-min read", "12 minutes read", "Share…"),
    ],
)
def test_a_line_that_begins_with_a_phrase_of_the_list_is_found(line: str) -> None:
    assert FOUND.open(line_words(line))


@pytest.mark.parametrize(
    "line",
    [
        *(
            "",
            "He had to log in",
            "Log of the day",
            "Get access. Nobody has to read",
            "Read more than he ever did before",
        ),
        *(
            "Read more than he ever did before",
            "Read more. He did",
            "Related to him",
            "Shares fell",
            "min read",
            "Share this",
        ),
    ],
)
def test_a_line_that_does_not_is_not(line: str) -> None:
    assert not FOUND.open(line_words(line))


def test_a_phrase_is_found_inside_a_line_whatever_stands_around_it() -> None:
    assert FOUND.stand_in(line_words("A 5-min read from the desk"))
    assert not FOUND.stand_in(line_words("It was read in five minutes"))


def test_words_are_compared_in_small_letters_without_hyphens() -> None:
    assert line_words("Sign-up – DON’T miss it") == ("signup", "–", "don't", "miss", "it")
