"""What the rules and the tagger hand on: one piece of something said, with offsets only, before anybody has a name."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Literal

from index.story import Span, Stance

Form = Literal[
    "quotation", "byline", "clause", "according", "post", "issued", "transcript", "headline", "nested", "tagged"
]


@dataclass(frozen=True, slots=True)
class Finding:
    """One contiguous piece of one utterance; pieces of the same utterance share `cue` and `mention`, or `group`.

    `via` is who passed the words on ("according to an affidavit").
    `turn` is the paragraph that is nothing but these words, which may be another's than the ones before.
    `sure` is how often a finding of this form is right (0..1).
    """

    span: Span
    form: Form
    mention: Span | None = None
    cue: Span | None = None
    stance: Stance = "says"
    addressee: Span | None = None
    group: int = -1
    sure: float = 0.8
    via: Span | None = None
    turn: int = -1


def span_of(finding: Finding) -> Span:
    """Where the words of a finding are."""
    return finding.span


def utterance_of(finding: Finding) -> Hashable:
    """What all pieces of one utterance have in common: the same cue and mention, or the same group of the tagger's."""
    alone = finding.span if finding.cue is None and finding.group < 0 else None
    group = finding.group if finding.cue is None else -1
    return finding.form == "nested", finding.mention, finding.cue, alone, group, finding.turn
