"""Whether a message asks two questions: where a second one may begin is looked for by the marks and words that join
them, and the taught reader tells whether it does."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.questions.reader import QuestionReader
from index.remembering import once

if TYPE_CHECKING:
    from index.encoding import Pieces

LEAST = 6  # code points of a part
TWO = 0.9
"""The probability from which a message is taken for two questions. Of 3,940 messages made of two, over stories that
nothing was learned from, 75 in 100 are parted rightly then, and 49 of them or of 18,440 messages of one wrongly (half
of these do ask two things); from 0.8 on 84 in 100, and 85."""
_JOINS = re.compile(
    r"(?P<mark>[\"“”])|[?!.;,]+\s+(?:(?:oh\s+)?(?:and|also|plus|but|then|n|&)\s+)*|"
    r"\s(?:and|also|plus|n|&|\+|then|but)\s+(?:also\s+)?",
    re.IGNORECASE,
)


def joints(message: str) -> list[tuple[int, int]]:
    """Where a first question may end and a second begin: nowhere between quotation marks."""
    quoted, places = False, []
    for found in _JOINS.finditer(message):
        if found["mark"]:
            quoted = found["mark"] == "“" or (found["mark"] == '"' and not quoted)
        elif not quoted and found.start() >= LEAST <= len(message) - found.end():
            places.append(found.span())
    return places


def parted(message: str, pieces_of: Callable[[str], Pieces]) -> tuple[str, str] | None:
    """The two questions of a message; None where it is rather one. `pieces_of` gives the encoder's states of a text,
    and is called only where there is a place at which two could be joined."""
    places = joints(message)
    if not places:
        return None
    chances = once(QuestionReader.load).second(pieces_of(message), [start for _, start in places])
    best, (end, start) = max(zip(chances, places, strict=True))
    return (message[:end], message[start:]) if best >= TWO else None
