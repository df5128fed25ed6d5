"""Where the paragraphs of a story are: its lines that hold anything but white space, those without end cut."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from index.story import Span

LONGEST_PARAGRAPH = 8_000
"""Code points; longer lines are cut at a sentence, so that what looks at a whole paragraph stays quick."""
_SENTENCE_END = re.compile(r"[.!?][”\"’)\]]{0,3}\s")
_LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]+")


def find_paragraphs(text: str) -> tuple[Span, ...]:
    """The paragraphs in order, each without the white space around it; they are counted from 0 by their place here."""
    found: list[Span] = []
    for line in _LINE.finditer(text):
        words = line.group()
        bare = words.strip()
        if bare:
            start = line.start() + len(words) - len(words.lstrip())
            found.extend(_cut(text, Span(start, start + len(bare))))
    return tuple(found)


def _cut(text: str, line: Span) -> Iterator[Span]:
    """The line itself, or pieces of it that end with a sentence, or at least with a word, where one does."""
    while len(line) > LONGEST_PARAGRAPH:
        half, end = line.start + LONGEST_PARAGRAPH // 2, line.start + LONGEST_PARAGRAPH
        ends = [mark.end() for mark in _SENTENCE_END.finditer(text, half, end)]
        at = ends[-1] if ends else text.rfind(" ", half, end) + 1 or end
        yield Span(line.start, line.start + len(text[line.start : at].rstrip()))
        line = Span(at + len(text[at : line.end]) - len(text[at : line.end].lstrip()), line.end)
    yield line


def paragraph_at(paragraphs: Sequence[Span], offset: int) -> int:
    """The number of the paragraph that holds the offset, or of the last one that starts before it (0 at the least)."""
    return max(0, bisect_right(paragraphs, offset, key=lambda span: span.start) - 1)
