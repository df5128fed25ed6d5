"""Where the paragraphs of a story are: its lines that hold anything but white space."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from index.story import Span

_LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]+")


def find_paragraphs(text: str) -> tuple[Span, ...]:
    """The paragraphs in order, each without the white space around it; they are counted from 0 by their place here."""
    found: list[Span] = []
    for line in _LINE.finditer(text):
        words = line.group()
        bare = words.strip()
        if bare:
            start = line.start() + len(words) - len(words.lstrip())
            found.append(Span(start, start + len(bare)))
    return tuple(found)


def paragraph_at(paragraphs: Sequence[Span], offset: int) -> int:
    """The number of the paragraph that holds the offset, or of the last one that starts before it (0 at the least)."""
    return max(0, bisect_right(paragraphs, offset, key=lambda span: span.start) - 1)
