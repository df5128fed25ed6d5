"""Grows a bare cue to what a person wants to read: whom it was said to, when, and in what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from index.statements.cues import WRITING_NOUNS
from index.statements.words import Words
from index.story import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_PREPOSITIONS = frozenset({"on", "in", "at", "during", "to", "via", "after", "before"})
_OCCASIONS = WRITING_NOUNS | frozenset(
    """interview speech conference briefing hearing debate call rally meeting appearance session event twitter
    facebook testimony deposition address telephone phone""".split()
)
_TIMES = frozenset({"DATE", "TIME"})
LONGEST = 90  # code points; longer words around a cue tell the story rather than how it was said


def grow_cue(words: Words, cue: Span, addressee: Span | None, content: Sequence[Span]) -> Span:
    """The cue with the addressee, day and occasion that follow it at once; never into the statement's own words."""
    stops = [span.start for span in content if span.start >= cue.end]
    limit = min([*stops, cue.start + LONGEST, len(words.text)])
    end = cue.end
    tokens = words.between(cue.end, limit)
    at = 0
    while at < len(tokens):
        step = _next(tokens, at, addressee)
        if step is None or tokens[step - 1].idx + len(tokens[step - 1]) > limit:
            break
        end = tokens[step - 1].idx + len(tokens[step - 1])
        at = step
    return Span(cue.start, max(end, cue.end))


def _next(tokens: Sequence[Token], at: int, addressee: Span | None) -> int | None:
    """Where the next phrase that belongs to the cue ends (half open), None where something else follows."""
    token = tokens[at]
    if addressee is not None and token.idx == addressee.start:
        return _until(tokens, at, addressee.end)
    if token.ent_type_ in _TIMES:
        return _entity_end(tokens, at)
    if token.lower_ in _PREPOSITIONS and at + 1 < len(tokens):
        follow = tokens[at + 1]
        if addressee is not None and follow.idx == addressee.start:
            return _until(tokens, at + 1, addressee.end)
        if follow.ent_type_ in _TIMES:
            return _entity_end(tokens, at + 1)
        occasion = [t for t in tokens[at + 1 : at + 6] if t.dep_ == "pobj" and t.head.i == token.i]
        if occasion and occasion[0].lower_ in _OCCASIONS:
            return tokens.index(occasion[0]) + 1
    return None


def _until(tokens: Sequence[Token], at: int, end: int) -> int:
    while at < len(tokens) and tokens[at].idx < end:
        at += 1
    return at


def _entity_end(tokens: Sequence[Token], at: int) -> int:
    at += 1
    while at < len(tokens) and tokens[at].ent_type_ in _TIMES and tokens[at].ent_iob_ == "I":
        at += 1
    return at
