"""What is told of somebody without a verb of saying: what a poll or a study found, what a person believes or hopes.

The tagger marks such words as other than speech; which of them are somebody's all the same, cue and speaker tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from index.statements.cues import find_thoughts
from index.statements.findings import Finding
from index.statements.nouns import STUDIES
from index.statements.words import Words

if TYPE_CHECKING:
    from spacy.tokens import Token

LEAST_SURE = 0.5  # of the tagger
_CLAUSES = frozenset({"ccomp", "xcomp"})
_HAS = frozenset({"in", "by"})  # "61 per cent, in a Reuters poll"


def is_thought(words: Words, finding: Finding) -> bool:
    """Whether a poll or a study found it, or somebody points it out, believes, hopes or fears it."""
    if finding.mention is None or finding.cue is None or finding.sure < LEAST_SURE:
        return False
    cue, mention = words.touching(finding.cue), words.touching(finding.mention)
    verbs = [token for token in cue if token.pos_ == "VERB" and find_thoughts(token.text)]
    uses = {use for verb in verbs for use in find_thoughts(verb.text)}
    if any(token.lower_ in STUDIES for token in mention):
        return "show" in uses or (len(cue) == 1 and cue[0].lower_ in _HAS)
    governs = any(child.dep_ in _CLAUSES for verb in verbs for child in verb.children)
    return governs and ("point" in uses or ("think" in uses and _is_somebody(mention)))


def _is_somebody(mention: Sequence[Token]) -> bool:
    """Whether it is a name, a pronoun or one person: nobody can know what "voters" in general believe."""
    return any(token.pos_ == "PROPN" or token.lower_ in {"he", "she"} for token in mention)
