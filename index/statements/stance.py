"""How a cue reports: plainly, as a denial, a refusal, a hedge or a question, or as something left unsaid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.statements.cues import SPEECH_NOUNS, Verb, find_verb
from index.statements.words import Words
from index.story import Span, Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

_DENIES = frozenset("deny dispute refute rebut disavow contradict".split())
_REJECTS = frozenset("reject rebuff rubbish dismiss".split())  # something said, or a plan, a goal, a visitor
_RUMOURS = frozenset("accusations suggestions rumour rumours rumor rumors reports idea notion criticism".split())
_HEDGES = frozenset("suggest hint imply indicate signal speculate theorize".split())
_HEDGING = frozenset(
    """reportedly allegedly apparently supposedly purportedly seemingly appeared seemed appears seems may
    might""".split()
)
_CLAUSES = frozenset({"ccomp", "advcl", "parataxis", "csubj", "conj", "nsubj", "nsubjpass", "relcl"})
_NOT = frozenset("not n't n’t never nor neither".split())


def find_stance(token: Token, verb: Verb | None) -> Stance:
    """The stance of the reporting verb at `token`; negation and helpers are read from the parse."""
    around = [child for child in token.lefts if child.dep_ not in _CLAUSES] + _governing(token)
    words = {child.lower_ for child in around}
    if verb is not None and verb.use == "refuse":
        return "declines"
    if words & {"declined", "declines", "refused", "refuses", "declining", "refusing"}:
        return "declines"
    negated = any((c.lower_ in _NOT or c.dep_ == "neg") and not _is_not_only(c) for c in around)
    negated = negated or any(_is_nobody(child) for child in token.lefts)
    if negated:
        if words & {"would", "will", "wo", "wouldn’t"}:
            return "declines"
        return "says" if verb is not None and verb.base in _DENIES else "unsaid"
    if "failed" in words or any(child.lower_ == "yet" and child.nbor().lower_ == "to" for child in around):
        return "unsaid"
    if verb is not None and verb.base in _DENIES:
        return "denies"
    if verb is not None and rejected(token, verb) is not None:
        return "denies"
    if verb is not None and (verb.use == "ask" and _asks_a_question(token, verb)):
        return "asks"
    if (verb is not None and verb.base in _HEDGES) or words & _HEDGING:
        return "hedges"
    return "says"


def rejected(token: Token, verb: Verb) -> Token | None:
    """The noun for something said that the verb rejects: "dismissed the claim"; None for "dismissed the coach"."""
    if verb.base not in _REJECTS:
        return None
    said = (c for c in token.rights if c.dep_ == "dobj" and (c.lower_ in SPEECH_NOUNS or c.lower_ in _RUMOURS))
    return next(said, None)


def _is_not_only(token: Token) -> bool:
    """Whether "not" goes on to "only" or the like: "not only said", which says it."""
    return token.i + 1 < len(token.doc) and token.nbor().lower_ in {"only", "just", "merely", "simply"}


def _is_nobody(subject: Token) -> bool:
    """Whether a subject is nobody: "no one", "none of them", "neither the mayor nor …", "no official"."""
    if subject.dep_ != "nsubj":
        return False
    words = {subject.lower_, *(child.lower_ for child in subject.lefts)}
    return bool(words & {"nobody", "none", "neither", "no"})


def _governing(token: Token) -> list[Token]:
    """The verb that an infinitive leans on, with what stands before it: "declined to say", "has yet to say"."""
    if token.dep_ != "xcomp" or not any(child.lower_ == "to" for child in token.lefts):
        return []
    return [token.head, *(c for c in token.head.children if c.i < token.i and c.dep_ not in _CLAUSES)]


def _asks_a_question(token: Token, verb: Verb) -> bool:
    """Whether it is a question rather than a request: "asked them to leave" is not."""
    return verb.base != "ask" or not any(
        child.dep_ == "xcomp"
        or (child.dep_ in {"ccomp", "advcl"} and any(c.lower_ == "to" and c.dep_ == "aux" for c in child.lefts))
        for child in token.rights
    )


def stance_of_span(words: Words, cue: Span) -> Stance:
    """The stance of a cue given by its offsets, from the last reporting verb in it."""
    tokens = words.touching(cue)
    for token in reversed(tokens):
        verb = find_verb(token.text)
        if verb is not None and token.pos_ in {"VERB", "AUX"}:
            return find_stance(token, verb)
    lower = {token.lower_ for token in tokens}
    if lower & {"denial", "denials"}:
        return "denies"
    if lower & _NOT:
        return "unsaid"
    return "says"
