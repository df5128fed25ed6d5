"""Datelines: "LONDON (Reuters) - ", "TARSK, Velonia – " before the first words of a paragraph are nobody's words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.statements.findings import Finding
from index.statements.overlaps import Overlaps
from index.story import Span

LONGEST_SUBJECT = 60  # code points between a dateline and the verb that has it for its subject
_DATELINE = re.compile(
    r"[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3}(?:, [A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*)?(?: \d{1,2})?){0,3}(?:, \d{4})?"
    r"(?: ?\([A-Z][\w &.-]{1,30}\))? ?(?:—|–|―|--| -) ?(?=[\"“‘'«A-Z])"
)


def find_datelines(text: str, paragraphs: Sequence[Span]) -> tuple[Span, ...]:
    """Where the datelines are, one a paragraph at the most."""
    found = (_DATELINE.match(text, paragraph.start, paragraph.end) for paragraph in paragraphs)
    return tuple(Span(*one.span()) for one in found if one is not None)


# moves no figure: kept for what its tests say
def behind_datelines(text: str, findings: Sequence[Finding], datelines: Sequence[Span]) -> list[Finding]:
    """The findings without the dateline that some of them begin with, in their words or their speaker's."""
    near = Overlaps(datelines, lambda span: span)
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
