"""Where the paragraphs of a story are: its lines that hold anything but white space, those without end cut; and the
datelines that open them, which are nobody's words: "LONDON (Reuters) - ", "TARSK, Velonia – ".

Of a text that was broken into lines of one width (a PDF's, an e-mail's) the lines of a paragraph are joined first.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from index.language.sentences import sentence_spans, stripped
from index.statements.findings import Finding, Overlaps
from index.story import Span

LONGEST_PARAGRAPH = 8_000
"""Code points; longer lines are cut at a sentence, so that what looks at a whole paragraph stays quick."""
LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]+")
_BREAKS = frozenset(("\n", "\r\n"))
_WIDTHS = range(40, 133)  # code points; where most lines are longer they were never broken to fit a page
_FEWEST_BREAKS = 6
_SHARE_FULL = 0.5  # of the breaks that have no blank line beside them: those where the next word would not have fitted
_NEARLY_FULL = 0.9  # of the width: such a line that ends no sentence goes on, whatever letter the next begins with
_SHARE_RUNNING = 0.4  # of these, those behind which a word in small letters goes on
LONGEST_SUBJECT = 60  # code points between a dateline and the verb that has it for its subject
_DATELINE = re.compile(
    r"[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3}(?:, [A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*)?(?: \d{1,2})?){0,3}(?:, \d{4})?"
    r"(?: ?\([A-Z][\w &.-]{1,30}\))? ?(?:—|–|―|--| -) ?(?=[\"“‘'«A-Z])"
)


def unwrapped(text: str) -> str:
    """The text with a space for each line break that only fits it to a page's width; every offset stays.

    A text whose lines are long, or end before they are full, comes back as it is.
    """
    breaks = list(_breaks(text))
    full = [runs for _, is_full, runs in breaks if is_full]
    if len(full) < max(_FEWEST_BREAKS, _SHARE_FULL * len(breaks)) or sum(full) < _SHARE_RUNNING * len(full):
        return text
    found, before = [], 0
    for at in (at for at, is_full, runs in breaks if is_full or runs):
        width = 2 if text[at] == "\r" else 1
        found += [text[before:at], " " * width]
        before = at + width
    return "".join(found) + text[before:]


def _breaks(text: str) -> Iterator[tuple[int, bool, bool]]:
    """Each break between two lines of one block: where, whether the line before is full, and its sentence goes on."""
    lines = list(LINE.finditer(text))
    lengths = sorted(len(line.group().rstrip()) for line in lines)
    width = lengths[len(lengths) * 4 // 5] if lengths else 0  # a caption or a table may stand out
    if width not in _WIDTHS:
        return
    for line, after in pairwise(lines):
        bare = line.group().rstrip()
        if text[line.end() : after.start()] not in _BREAKS or bare != line.group() or after.group()[0].isspace():
            continue
        first = after.group().split(None, 1)[0]
        runs = first[:1].islower() or (len(bare) >= _NEARLY_FULL * width and (bare[-1].isalnum() or bare[-1] == ","))
        yield line.end(), len(line.group()) + 1 + len(first) > width, runs


def find_paragraphs(text: str) -> tuple[Span, ...]:
    """The paragraphs in order, each without the white space around it; they are counted from 0 by their place here."""
    lines = (stripped(text, Span(*line.span())) for line in LINE.finditer(unwrapped(text)))
    return tuple(piece for line in lines if len(line) for piece in _cut(text, line))


def _cut(text: str, line: Span) -> Iterator[Span]:
    """The line itself, or pieces of it that end with a sentence, or at least with a word, where one does."""
    while len(line) > LONGEST_PARAGRAPH:
        half, end = line.start + LONGEST_PARAGRAPH // 2, line.start + LONGEST_PARAGRAPH
        sentences = sentence_spans(text, Span(half, end))
        at = sentences[-2].end if len(sentences) > 1 else text.rfind(" ", half, end) + 1 or end
        yield stripped(text, Span(line.start, at))
        line = stripped(text, Span(at, line.end))
    yield line


def paragraph_at(paragraphs: Sequence[Span], offset: int) -> int:
    """The number of the paragraph that holds the offset, or of the last one that starts before it (0 at the least)."""
    return max(0, bisect_right(paragraphs, offset, key=lambda span: span.start) - 1)


# moves no figure: kept for what its tests say
def behind_datelines(text: str, findings: Sequence[Finding], paragraphs: Sequence[Span]) -> list[Finding]:
    """The findings without the dateline that some of them begin with, in their words or their speaker's."""
    opening = (_DATELINE.match(text, paragraph.start, paragraph.end) for paragraph in paragraphs)
    near = Overlaps([Span(*one.span()) for one in opening if one], lambda span: span)
    kept: list[Finding] = []
    for finding in findings:
        span, mention = finding.span, finding.mention
        for dateline in near.of(span):
            span = Span(min(max(span.start, dateline.end), span.end), span.end)
        for dateline in near.of(mention) if mention else ():
            mention = _behind(text, dateline, finding)
        if len(span):
            kept.append(replace(finding, span=span, mention=mention))
    return kept


def _behind(text: str, dateline: Span, finding: Finding) -> Span | None:
    """The speaker behind a dateline: the rest of the mention, or what stands between the dateline and the verb."""
    mention, cue = finding.mention, finding.cue
    if mention is not None and mention.end > dateline.end:
        return Span(dateline.end, mention.end)
    if cue is None or not 0 < cue.start - dateline.end <= LONGEST_SUBJECT:
        return None
    return Span(dateline.end, dateline.end + len(text[dateline.end : cue.start].rstrip(" ,")))
