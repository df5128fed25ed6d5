"""A story cut into passages: sentences, which is what is embedded and searched.

Everything here is pure and exact: spans are code points of the story's text, and together they cover all its words
but those of a header.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise

from index.language.sentences import sentence_spans, stripped
from index.reading.bounds import BOUNDS
from index.reading.header import about_spans
from index.statements.findings import Overlaps
from index.statements.paragraphs import find_paragraphs
from index.story import Passage, Span, Story

MAX_PASSAGE = 600
MIN_PASSAGE = BOUNDS.passage_chars
MOST_SHORT_BLOCKS = 2_000
"""Paragraphs up to which each has a passage of its own, however short: a long transcript has 1,500 turns."""
SENTENCES_SOUGHT = 4
_CLAUSE_MARKS = ("; ", ": ", ", ", " – ", " — ")
_SOFT_LINE = (45, 100)


def passages_of(story: Story) -> tuple[Passage, ...]:
    """The passages of a story in reading order: a sentence each, none across a paragraph or over 600 code points.

    The lines about the story itself that a text may open with (headline, byline, outlet, date, `Name: value`) are none.
    """
    starts = [paragraph.start for paragraph in find_paragraphs(story.text)]
    about = Overlaps(about_spans(story.text, story.title), lambda span: span)
    return tuple(
        Passage(story.id, story.version, span, bisect_right(starts, span.start) - 1)
        for block in _of_some_length(story.text, block_spans(story.text))
        if not any(span.covers(block) for span in about.of(block))
        for span in _cut(story.text, block)
    )


def _of_some_length(text: str, blocks: tuple[Span, ...]) -> tuple[Span, ...]:
    """The blocks; of very many, those that are shorter than a passage joined to the next."""
    if len(blocks) <= MOST_SHORT_BLOCKS:
        return blocks
    joined: list[Span] = []
    for block in blocks:
        if joined and len(joined[-1]) < MIN_PASSAGE:
            joined[-1] = Span(joined[-1].start, block.end)
        else:
            joined.append(block)
    return tuple(joined)


def block_spans(text: str) -> tuple[Span, ...]:
    """What a passage may not cross: paragraphs, or in a text folded at some width its blocks of lines."""
    lines = find_paragraphs(text)
    if not _is_folded(text, lines):
        return lines
    joined: list[Span] = []
    for line in lines:
        if joined and text.count("\n", joined[-1].end, line.start) == 1 and not _ends_block(text, joined[-1]):
            joined[-1] = Span(joined[-1].start, line.end)
        else:
            joined.append(line)
    return tuple(joined)


def _cut(text: str, paragraph: Span) -> Iterator[Span]:
    """Sentences, the very short ones joined to a neighbour, the very long ones cut at a clause or a word."""
    held: Span | None = None
    for sentence in sentence_spans(text, paragraph):
        joined = Span(held.start, sentence.end) if held else sentence
        if held and (min(len(held), len(sentence)) >= MIN_PASSAGE or len(joined) > MAX_PASSAGE):
            yield from _pieces(text, held)
            joined = sentence
        held = joined
    if held:
        yield from _pieces(text, held)


def _pieces(text: str, span: Span) -> Iterator[Span]:
    """The span itself, or pieces of at most 600 code points where it is longer."""
    while len(span) > MAX_PASSAGE:
        window = text[span.start : span.start + MAX_PASSAGE]
        at = max(window.rfind(mark) + len(mark) if mark in window else 0 for mark in _CLAUSE_MARKS)
        if at < MAX_PASSAGE // 3:
            at = window.rfind(" ") + 1
        at = at if at > 0 else MAX_PASSAGE
        piece = stripped(text, Span(span.start, span.start + at))
        if len(piece):
            yield piece
        span = stripped(text, Span(span.start + at, span.end))
    if len(span):
        yield span


def _is_folded(text: str, lines: tuple[Span, ...]) -> bool:
    """Whether the lines are a text folded at some width, not paragraphs: most stop mid-sentence at a like length."""
    inner = [line for line, after in pairwise(lines) if text.count("\n", line.end, after.start) == 1]
    if len(inner) < 4:
        return False
    wide = sum(_SOFT_LINE[0] <= len(line) <= _SOFT_LINE[1] for line in inner)
    open_ended = sum(text[line.end - 1] not in '.!?:"”’' for line in inner)
    return wide >= 0.8 * len(inner) and open_ended >= 0.6 * len(inner)


def _ends_block(text: str, block: Span) -> bool:
    """Whether the last line of a folded block is too short to have been folded."""
    return block.end - max(text.rfind("\n", block.start, block.end), block.start) < _SOFT_LINE[0] - 10


def telling_sentences(story: Story, passages: Iterable[Passage]) -> tuple[str, ...]:
    """The story's longest sentences, in its order of length: what to search for where copies are sought."""
    texts = {passage.span.of(story.text) for passage in passages}
    return tuple(sorted(texts, key=lambda text: (-len(text), text))[:SENTENCES_SOUGHT])
