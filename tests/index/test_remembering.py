"""What was found lately is kept, at most so much of it."""

from functools import partial

import pytest

from index.search.words import Remembered


def test_what_was_found_is_found_once_until_there_is_too_much() -> None:
    looked: list[int] = []

    def find(number: int) -> int:
        looked.append(number)
        return number * number

    kept: Remembered[int, int] = Remembered(2)
    for number in (3, 4, 3, 4, 5, 3):
        assert kept.get(number, partial(find, number)) == number * number
    assert looked == [3, 4, 5, 3]


def test_what_raised_is_looked_for_again() -> None:
    kept: Remembered[str, int] = Remembered(2)
    with pytest.raises(ZeroDivisionError):
        kept.get("a", lambda: 1 // 0)
    assert kept.get("a", lambda: 7) == 7
