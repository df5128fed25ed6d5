"""Quotations within quotations: the inner speaker, where the outer one names them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.statements.adjacent import cue_after, cue_before
from index.statements.findings import Finding
from index.statements.overlaps import Overlaps
from index.statements.quotation_marks import WORD, Quoted
from index.statements.words import Words
from index.story import Span

_NOBODY = frozenset(
    """i we me us you it that this they them one someone somebody people everyone everybody anyone anybody nobody who
    which""".split()
)
FEWEST_WORDS = 3


def find_nested(words: Words, quoted: Sequence[Quoted], outer: Sequence[Span]) -> Iterator[Finding]:
    """A finding for each nested quotation whose cue and speaker stand in the outer statement that holds it."""
    text, holders = words.text, Overlaps(outer, lambda span: span)
    for one in quoted:
        holder = next(
            (span for span in holders.of(one.span) if span.covers(one.span) and len(span) > len(one.span) + 2), None
        )
        if holder is None or len(WORD.findall(one.words.of(text))) < FEWEST_WORDS:
            continue
        before = text[holder.start : one.span.start].rstrip()
        beside = cue_before(words, holder.start, one.span.start) if before.endswith((",", ":", "that")) else None
        if beside is None and text[one.words.start : one.words.end].rstrip()[-1:] in ",?!":
            beside = cue_after(words, one.span.end, holder.end)
        if beside is None or beside.mention is None or beside.mention.of(text).lower() in _NOBODY:
            continue
        if any(token.tag_ == "VBG" for token in words.touching(beside.cue)):
            continue  # "they thought of him saying …" is no report
        yield Finding(one.span, "nested", beside.mention, beside.cue, beside.stance, beside.addressee, sure=0.7)
