"""What was found lately is kept, at most so much of it, and until texts are let go; what is loaded is loaded once."""

import re
from functools import partial
from pathlib import Path

import pytest

from index.remembering import Remembered, let_go_of_texts, once, remembered

ROOT = Path(__file__).parents[2]
CACHES_MOST = 8
"""Functions that remember: one more is a reason to look for the one that keeps the same already."""


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


def test_what_is_loaded_is_loaded_once_and_outlives_the_texts() -> None:
    loaded: list[str] = []

    def load(name: str) -> str:
        loaded.append(name)
        return name.upper()

    assert [once(load, name) for name in ("a", "b", "a")] == ["A", "B", "A"]
    let_go_of_texts()
    assert once(load, "a") == "A"
    assert loaded == ["a", "b"]


def test_what_was_worked_out_of_texts_is_let_go() -> None:
    read: list[str] = []

    @remembered(8)
    def words(text: str) -> int:
        read.append(text)
        return len(text.split())

    assert (words("one two"), words("one two"), read) == (2, 2, ["one two"])
    let_go_of_texts()
    assert (words("one two"), read) == (2, ["one two", "one two"])


def test_nothing_is_remembered_by_another_way() -> None:
    """A cache of its own would not be emptied when a story is taken away."""
    room = ROOT / "index" / "remembering"
    paths = [path for package in ("bot", "index") for path in (ROOT / package).rglob("*.py") if path.parent != room]
    own = re.compile(r"\b(?:lru_cache|functools import.*\bcache)\b")
    assert [path for path in paths if own.search(path.read_text(encoding="utf-8"))] == []
    kept = [found for path in paths for found in re.findall(r"\bremembered\(", path.read_text(encoding="utf-8"))]
    assert len(kept) + len(["once"]) <= CACHES_MOST
