"""Who said something: of those who only pass on another's words, and of those whose words they are."""

import random

from bot.kinds.who_said import _passing_on
from index.story import Span, Statement


def said(start: int, end: int, speaker: str, story: str = "s") -> Statement:
    return Statement(story, 1, Span(start, end), "direct", speaker, None, None, 0, 0)


def gone_through(found: list[Statement]) -> set[int]:
    """The same, each beside each."""
    return {
        at
        for at, one in enumerate(found)
        if any(
            one.story == inner.story and one.span.covers(inner.span) and one.speaker != inner.speaker
            for inner in found[:at]
        )
    }


def test_whoever_passes_words_on_is_not_who_said_them() -> None:
    assert _passing_on([said(10, 20, "mayor"), said(0, 30, "spokesman")]) == {1}
    assert _passing_on([said(10, 20, "mayor"), said(0, 30, "mayor")]) == set()
    assert _passing_on([said(10, 20, "mayor"), said(0, 30, "spokesman", "another story")]) == set()
    assert _passing_on([said(0, 10, "mayor"), said(0, 10, "spokesman")]) == {1}


def test_it_is_the_same_as_going_through_all_of_them() -> None:
    chance = random.Random(7)
    for _ in range(300):
        spans = [(chance.randrange(12), chance.randrange(1, 9)) for _ in range(chance.randrange(9))]
        each = [said(start, start + size, chance.choice("abc"), chance.choice("st")) for start, size in spans]
        found = sorted(each, key=lambda one: len(one.span))
        assert _passing_on(found) == gone_through(found)
