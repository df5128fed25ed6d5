"""What is told of somebody without a verb of saying: what a poll or a study found, what a person points out.

The tagger marks such words as other than speech; which of them are somebody's all the same, cue and speaker tell. On
the half of the sourcing articles that was looked at, 127 of 156 rows are found with it and 123 without.
"""

from __future__ import annotations

from index.statements.cues import find_pointings
from index.statements.findings import Finding
from index.statements.nouns import STUDIES
from index.statements.words import Words

LEAST_SURE = 0.5  # of the tagger
_CLAUSES = frozenset({"ccomp", "xcomp"})
_HAS = frozenset({"in", "by"})  # "61 per cent, in a Reuters poll"


# -.02 on PolNeAR dev, +.55 on stories of other writers
def is_pointed_out(words: Words, finding: Finding) -> bool:
    """Whether a poll or a study found it, or somebody points it out, estimates it or concludes it."""
    if finding.mention is None or finding.cue is None or finding.sure < LEAST_SURE:
        return False
    cue = words.touching(finding.cue)
    verbs = [token for token in cue if token.pos_ == "VERB" and find_pointings(token.text)]
    uses = {use for verb in verbs for use in find_pointings(verb.text)}
    if any(token.lower_ in STUDIES for token in words.touching(finding.mention)):
        return "show" in uses or (len(cue) == 1 and cue[0].lower_ in _HAS)
    return "point" in uses and any(child.dep_ in _CLAUSES for verb in verbs for child in verb.children)
