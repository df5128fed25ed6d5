"""Pieces that lie inside another of the same speaker: left out, however many there are."""

import random
from time import perf_counter

from bot.answering.statements import outermost
from index.story import Span, Statement


def said(start: int, end: int, speaker: str = "ada", story: str = "fair") -> Statement:
    return Statement(story, 1, Span(start, end), "direct", speaker, None, None, start, 0)


def test_the_same_pieces_are_left_out_as_where_each_is_compared_with_each() -> None:
    chance = random.Random(7)
    for _ in range(300):
        pieces = []
        for _ in range(12):
            start = chance.randrange(20)
            pieces.append(said(start, start + chance.randrange(1, 12), chance.choice("ab"), chance.choice("xy")))
        kept = tuple(one for one in pieces if not any(_is_around(other, one) for other in pieces))
        assert outermost(pieces) == kept


def _is_around(other: Statement, one: Statement) -> bool:
    same = (other.story, other.speaker) == (one.story, one.speaker)
    return same and other.span != one.span and other.span.covers(one.span)


def test_a_piece_inside_another_is_left_out_of_thousands_too_and_soon() -> None:
    many = [said(10 * n, 10 * n + 5) for n in range(20_000)]
    started = perf_counter()
    assert outermost([*many, said(1, 3)]) == tuple(many)
    assert perf_counter() - started < 5
