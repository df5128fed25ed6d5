"""What stands in a story without being anybody's statement: labelled lines, links to other stories, what a source asks,
scraps that the tagger takes for told.

Pure functions over findings of whatever origin.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from index.statements.findings import Finding, Overlaps, utterance_of
from index.statements.labels import POINTER
from index.statements.paragraphs import paragraph_at
from index.statements.quotation_marks import Quoted
from index.statements.somebody import Named
from index.statements.words import Words
from index.story import Span

_ANONYMOUS = re.compile(  # what a source asked for, not what it said
    r"(?:that )?(?:(?:he|she|they|(?:his|her|their) (?:\w+ )?(?:name|names|surname|identity)) )?not (?:to )?be "
    r"(?:named|identified|published|used|disclosed)\b",
    re.IGNORECASE,
)
_LEADING_MARKS = " \t#*•-–[“\"'‘"
_LEAST_SURE = 0.4
"""Of those below in unseen stories 68 per cent touch nothing that answers a question, and 8 are such an answer; on the
development part joint F1 is 86.5 without them and 86.2 with them; at .5 it is 86.3, and readers' paraphrases go."""
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


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


# +.01 on PolNeAR dev, +.21 on stories of other writers
def without_scraps(words: Words, findings: Sequence[Finding], outer: Overlaps[Quoted]) -> list[Finding]:
    """The findings but for the tagger's doubtful ones that stand alone, outside quotation marks, and tell nothing:
    no verb of theirs is finite ("his mother's maiden name", "the way")."""
    pieces = Counter(map(utterance_of, findings))
    return [
        one
        for one in findings
        if one.form != "tagged"
        or one.sure >= _LEAST_SURE
        or pieces[utterance_of(one)] > 1
        or _tells(words, one)
        or outer.of(one.span)
    ]


def _tells(words: Words, finding: Finding) -> bool:
    """Whether a verb in it is finite."""
    return any(token.tag_ in _FINITE for token in words.touching(finding.span))
