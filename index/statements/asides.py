"""What stands in a story without being anybody's statement: labelled lines, links to other stories, what a source asks.

Pure functions over findings of whatever origin.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.statements.findings import Finding, Overlaps
from index.statements.labels import POINTER
from index.statements.paragraphs import paragraph_at
from index.statements.quotation_marks import Quoted
from index.statements.somebody import Named
from index.story import Span

_ANONYMOUS = re.compile(  # what a source asked for, not what it said
    r"(?:that )?(?:(?:he|she|they|(?:his|her|their) (?:\w+ )?(?:name|names|surname|identity)) )?not (?:to )?be "
    r"(?:named|identified|published|used|disclosed)\b",
    re.IGNORECASE,
)
_LEADING_MARKS = " \t#*•-–[“\"'‘"


# moves no figure: kept for what its tests say
def is_aside(text: str, finding: Finding, paragraphs: Sequence[Span]) -> bool:
    """Whether it is what a source asked for, or stands in a link to another story and has no speaker."""
    if _ANONYMOUS.match(finding.span.of(text)):
        return True
    line = paragraphs[paragraph_at(paragraphs, finding.span.start)]
    if not POINTER.match(text, line.start, line.end):
        return False
    return finding.mention is None or not line.covers(finding.mention)


# 0 on PolNeAR dev, +.06 on stories of other writers
def without_label(text: str, finding: Finding, named: Named, outer: Overlaps[Quoted]) -> Finding | None:
    """The finding without a speaker that only labels its line ("Power: …"); None where nothing is quoted there."""
    mention = finding.mention
    if mention is None or not _is_bare_label(text, mention, finding.cue) or named.is_somebody(mention):
        return finding
    return replace(finding, mention=None, cue=None) if outer.of(finding.span) else None


def _is_bare_label(text: str, mention: Span, cue: Span | None) -> bool:
    """Whether a mention opens its line and a colon follows, with no verb between."""
    if cue is not None and cue.of(text).strip() != ":" and not cue.overlaps(mention):
        return False
    line = max(text.rfind("\n", 0, mention.start) + 1, mention.start - 9)
    return not text[line : mention.start].strip(_LEADING_MARKS) and ":" in text[mention.end - 1 : mention.end + 2]
