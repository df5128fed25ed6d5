"""The words around a cue: its subject, the noun phrase that names somebody, the verb with its helpers, and what people
want to read behind it: whom it was said to, when, and in what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from index.language.words import plain_words
from index.statements.cues import WRITING_NOUNS
from index.statements.words import Words
from index.story import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_JOINED = frozenset({"conj", "xcomp", "advcl", "pcomp", "prep"})
_IN_NAME = frozenset({"compound", "det", "amod", "nmod", "poss", "case", "nummod", "quantmod", "advmod", "npadvmod",
                      "punct", "predet"})  # fmt: skip
_OF = frozenset({"of", "for", "at", "from", "with", "in", "to", "by"})
_ASKED = frozenset("asked pressed questioned quizzed".split())
MOST_ADVERBS = 2  # between a helper and its verb
LONGEST_NAME = 40  # tokens of one
MAX_STEPS = 6  # up the tree; deeper than any sentence of news
_PREPOSITIONS = frozenset({"on", "in", "at", "during", "to", "via", "after", "before"})
_OCCASIONS = WRITING_NOUNS | frozenset(
    """interview speech conference briefing hearing debate call rally meeting appearance session event twitter
    facebook testimony deposition address telephone phone""".split()
)
_TIMES = frozenset({"DATE", "TIME"})
LONGEST_CUE = 90  # code points; longer words around a cue tell the story rather than how it was said


def tokens_span(first: Token, last: Token) -> Span:
    """From the start of one token to the end of another."""
    return Span(first.idx, last.idx + len(last))


def find_subject(verb: Token) -> Token | None:
    """Who does what the verb says, also where the verb leans on another: "walked out, saying …", "X, who said …"."""
    if any(child.dep_ == "nsubjpass" for child in verb.children):
        return _agent(verb)  # who "was told" or "was called" something did not say it
    at = verb
    for _ in range(MAX_STEPS):
        subjects = [c for c in at.children if c.dep_ in _SUBJECTS and c.pos_ not in {"VERB", "AUX"}]
        if subjects:
            before = [
                c for c in subjects if c.i < at.i
            ]  # "The keeper Ann Lee was …" can have two: the nearer one names
            subject = before[-1] if before else subjects[0]
            return at.head if subject.lower_ in {"who", "which", "that"} and at.dep_ == "relcl" else subject
        agent = _agent(at)
        if agent is not None:
            return agent
        if at.dep_ in {"acl", "relcl"} and at.head.pos_ in {"NOUN", "PROPN", "PRON"}:
            return at.head
        if at.dep_ not in _JOINED or at.head is at:
            return None
        at = at.head
    return None


def was_asked(text: str, mention: Span | None, cue: Span | None) -> bool:
    """Whether the mention is who was asked: "Lee, asked whether it was so, left", "Asked if it was so, Lee left"."""
    if mention is None or cue is None:
        return False
    opens = [word for word in plain_words(cue.of(text).lower())[:2] if word not in ("when", "if")]
    if _ASKED.isdisjoint(opens[:1]):
        return False
    if mention.start > cue.end:
        return text[cue.end : mention.start].rstrip().endswith(",")
    return text[mention.end : cue.start].strip() == "," and "," not in mention.of(text)


def _agent(verb: Token) -> Token | None:
    """The doer of a passive: "was reported by X"."""
    for child in verb.children:
        if child.dep_ == "agent":
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def noun_phrase(head: Token) -> Span:
    """The phrase around a head noun: titles, names, "of" phrases and joined names, but no clause and no apposition."""
    doc, first = head.doc, head
    for child in head.lefts:
        if child.dep_ in _IN_NAME and child.left_edge.i < first.i:
            first = child.left_edge
    while first.i < head.i and (first.is_punct or first.is_space) and first.text not in "\"“'‘(":
        first = doc[first.i + 1]
    return tokens_span(_whole_name(first, head), _last_of_phrase(head))


def _last_of_phrase(head: Token) -> Token:
    """Where the phrase of a head noun ends."""
    doc, last = head.doc, head
    for child in head.rights:
        if child.dep_ == "prep" and child.lower_ in _OF and child.i == last.i + 1 and head.pos_ != "PRON":
            last = _before_clause(child)
        elif child.dep_ == "conj" and child.pos_ in {"PROPN", "NOUN"} and child.left_edge.i <= last.i + 3:
            last = child
        elif child.dep_ in {"cc", "case"} or (child.dep_ == "punct" and child.text in "()[],"):
            continue
        elif (
            child.dep_ == "appos" and child.pos_ == "PROPN" and head.pos_ == "NOUN" and child.left_edge.i <= last.i + 2
        ):
            last = child
            break
        elif child.dep_ in {"amod", "acl"} and child.i == last.i + 1 and head.tag_ == "NNS":
            last = _before_clause(child)
        elif child.dep_ in {"appos", "nmod"} and doc[last.i + 1].text == "(" and child.right_edge.i + 1 < len(doc):
            closing = doc[child.right_edge.i + 1]
            last = closing if closing.text == ")" else last
        else:
            break
    return last


def _whole_name(first: Token, head: Token) -> Token:
    """The first token of the name that `first` is in the middle of: "U.S." and "then-" are parsed away from a title."""
    doc, farthest = first.doc, first.i - LONGEST_NAME
    while first.i > max(0, farthest):
        before = doc[first.i - 1]
        hyphened = before.text == "-" and first.i > 1 and not doc[first.i - 2].whitespace_
        if hyphened and not before.whitespace_:
            first = doc[first.i - 2]
        elif (
            head.pos_ == "PROPN"
            and before.tag_ == "NNP"
            and before.dep_ not in {"pobj", "dobj", "nsubj", "appos"}
            and (before.ent_type_ not in {"DATE", "TIME"})
        ):
            first = before
        else:
            break
    return first


def _before_clause(preposition: Token) -> Token:
    """The last token of a prepositional phrase, up to the first comma or clause in it."""
    last = preposition
    for token in preposition.subtree:
        if token.i <= last.i:
            continue
        if token.i != last.i + 1 or token.dep_ in {"relcl", "acl", "appos"} or token.text in {",", "–", "—", "--", "("}:
            break
        last = token
    return last


def verb_group(verb: Token) -> Span:
    """The verb with its helpers and negation, and "on" or "for" after "called": "has also said", "called on"."""
    first = last = verb
    for child in reversed(list(verb.lefts)):
        if child.dep_ in {"aux", "auxpass", "neg"} and first.i - child.i <= MOST_ADVERBS + 1:
            between = verb.doc[child.i + 1 : first.i]
            first = child if all(token.pos_ in {"ADV", "PART"} for token in between) else first
    calls = verb.lower_.startswith("call")
    for child in verb.rights:
        edge = child if child.dep_ == "prt" or (calls and child.lower_ in {"on", "for", "upon"}) else None
        if calls and child.dep_ == "advcl" and child.left_edge.lower_ == "for":
            edge = child.left_edge
        if edge is not None and edge.i == last.i + 1:
            last = edge
    return tokens_span(_quoted_as(first), last)


def _quoted_as(saying: Token) -> Token:
    """The first token of "was quoted by the Echo as saying", of which "saying" is the last; else the token itself."""
    quoted = saying.head.head
    if saying.dep_ != "pcomp" or saying.head.lower_ != "as" or quoted.lower_ not in {"quoted", "cited"}:
        return saying
    helpers = [child for child in quoted.lefts if child.dep_ in {"aux", "auxpass"}]
    return helpers[0] if helpers else quoted


def grow_cue(words: Words, cue: Span, addressee: Span | None, content: Sequence[Span]) -> Span:
    """The cue with the addressee, day and occasion that follow it at once; never into the statement's own words."""
    stops = [span.start for span in content if span.start >= cue.end]
    limit = min([*stops, cue.start + LONGEST_CUE, len(words.text)])
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
