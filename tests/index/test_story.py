"""Addresses into a text."""

import pytest

from index.story import Span

TEXT = "It rained.\nThe pier is ours.\n\nNobody came."


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("rained", "It rained."),
        ("pier", "The pier is ours."),
        ("rained.\nThe", "It rained.\nThe pier is ours."),
        ("Nobody", "Nobody came."),
        ("came.", "Nobody came."),
    ],
)
def test_the_lines_of_words_are_whole_and_have_no_break_at_their_ends(words: str, lines: str) -> None:
    start = TEXT.index(words)
    assert Span(start, start + len(words)).lines_of(TEXT).of(TEXT) == lines


def test_where_nothing_stands_the_line_is_empty() -> None:
    assert Span(29, 29).lines_of(TEXT) == Span(29, 29)
    assert Span(0, 0).lines_of("") == Span(0, 0)
