"""Indirect and mixed speech read off the parse: "X said that …", "…, X said", "X called on Y to …", "according to X".

A clause is found from its cue: a reporting verb outside quotation marks, with a subject or somebody it is asked of.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.statements.cues import FINDERS, SPEECH_NOUNS, Verb, find_stance, find_verb, rejected
from index.statements.findings import Finding, Overlaps
from index.statements.subjects import find_subject, noun_phrase, tokens_span, verb_group, was_asked
from index.statements.words import Words
from index.story import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_EDGES = ",;:.–—―-"
_MARKS = frozenset({"“", '"', "''", "``"})
_WITH_INFINITIVE = frozenset(
    """promise vow pledge swear threaten agree offer propose urge ask call order instruct encourage invite advise
    press implore exhort beg plead request demand tell warn remind claim""".split()
)


def trimmed(words: Words, start: int, end: int) -> Span | None:
    """The span without the punctuation and white space around it and without a leading "that" or "only that"; None if
    none is left.
    """
    text = words.text
    while start < end and (text[start] in _EDGES or text[start].isspace()):
        start += 1
    while end > start and (text[end - 1] in _EDGES or text[end - 1].isspace()):
        end -= 1
    if text[start : start + 10].lower() == "only that ":
        start += 5
    if text[start : start + 4].lower() == "that" and end - start > 4 and not text[start + 4].isalnum():
        first = words.at(start)
        if first is not None and first.dep_ not in {"det", "nsubj", "nsubjpass", "dobj"}:
            return trimmed(words, start + 4, end)
    return Span(start, end) if start < end else None


def find_clauses(words: Words, taken: Overlaps[Span]) -> Iterator[Finding]:
    """Statements in the reporter's words; cues inside the spans of `taken` (quoted words) are passed over."""
    read: set[Span] = set()
    for token in words.doc:
        if taken.of(Span(token.idx, token.idx + 1)):
            continue
        if token.lower_ in {"according", "per"} and (source := _according(words, token)):
            yield source
            continue
        verb = find_verb(token.text) if token.pos_ in {"VERB", "AUX"} else None
        if verb is not None and verb_group(token) not in read:
            found = list(_of_verb(words, token, verb))
            read.update(one.cue for one in found if one.cue is not None)
            yield from found
        elif token.lower_ in SPEECH_NOUNS and token.pos_ == "NOUN" and (claim := _of_noun(words, token)):
            yield claim


def _according(words: Words, token: Token) -> Finding | None:
    """ "According to X, …" or "…, according to X": the rest of the sentence."""
    doc = words.doc
    follow = doc[token.i + 1] if token.i + 1 < len(doc) else None
    if token.lower_ == "according" and (follow is None or follow.lower_ != "to"):
        return None
    first = token.i + (2 if token.lower_ == "according" else 1)
    if first >= len(doc) or (token.lower_ == "per" and doc[first].ent_type_ not in {"ORG", "PERSON"}):
        return None
    heads = [t for t in doc[first : min(len(doc), first + 12)] if t.dep_ == "pobj" and t.head.i in {first - 1, token.i}]
    if not heads:
        return None
    mention = noun_phrase(heads[0])
    cue = tokens_span(token, doc[first - 1])
    sentence = words.sentence(token)
    text = words.text
    last = heads[0].right_edge
    stop = min(last.idx + len(last), sentence.end)
    at_start = not text[sentence.start : token.idx].strip(_EDGES + " \t\r\n\u00a0\"“”'")
    if at_start:
        comma = text.find(",", mention.end, sentence.end)
        start = comma + 1 if 0 <= comma <= max(stop, mention.end + 60) else stop
        span = trimmed(words, start, sentence.end)
    else:
        span = trimmed(words, sentence.start, token.idx)
    return Finding(span, "according", mention, cue, sure=0.75) if span else None


def _of_verb(words: Words, token: Token, verb: Verb) -> Iterator[Finding]:
    """What one reporting verb reports."""
    subject = find_subject(token)
    stance = find_stance(token, verb)
    cue = verb_group(token)
    if verb.use == "refuse":
        verbs = [child for child in token.children if child.dep_ == "xcomp" and find_verb(child.text)]
        if not verbs:
            return
        token, cue = verbs[0], Span(cue.start, verbs[0].idx + len(verbs[0]))
    if subject is None or (verb.use == "find" and subject.lower_ not in FINDERS):
        return
    mention = noun_phrase(subject)
    span = None if was_asked(words.text, mention, cue) else _content(words, token, verb, cue, subject)
    if span is None:
        return
    sure = 0.7 if verb.use == "say" else 0.5
    second = _second_cue(words, token, span)
    if second is not None and (other := find_verb(second.text)) is not None:
        own = _content(words, second, other, verb_group(second), subject)
        first = trimmed(words, span.start, _joint(second).idx)
        if own is not None and first is not None:
            span = first
            yield Finding(own, "clause", mention, verb_group(second), find_stance(second, other), sure=sure)
    whom = _addressee(token, span) if stance != "denies" else None  # "denied a report" is said to no report
    yield Finding(span, "clause", mention, cue, stance, _whole_name(words, whom, span), sure=sure)


def _second_cue(words: Words, token: Token, content: Span) -> Token | None:
    """A reporting verb within the content that has no subject of its own: "agreed it had rained but denied that …"."""
    for at in words.between(content.start, content.end):
        verb = find_verb(at.text) if at.pos_ == "VERB" and at.dep_ == "conj" else None
        if verb is None or verb.use not in {"say", "ask"} or at.tag_ != token.tag_ or _has_subject(at):
            continue
        if verb.base == "tell":
            continue  # "said the guards found her and told her to leave" is one story
        if _joint(at).dep_ == "cc" and any(_is_content(child, verb) for child in at.rights):
            return at
    return None


def _joint(verb: Token) -> Token:
    """The token before a verb and its adverbs: the "but" of "but firmly denied"."""
    before = verb.nbor(-1) if verb.i else verb
    while before.i and before.pos_ == "ADV":
        before = before.nbor(-1)
    return before


def _content(words: Words, token: Token, verb: Verb, cue: Span, subject: Token) -> Span | None:
    """What the verb governs: a clause after it, somebody called on and what for, or the sentence before it."""
    if token.dep_ == "acl" and token.tag_ == "VBN":
        return None  # "a shop called …", "a letter addressed to …"
    if verb.base == "call":
        return _called(words, token)
    claim = rejected(token, verb)
    if claim is not None and any(c.dep_ in {"acl", "ccomp", "relcl"} for c in claim.rights):
        last = claim.right_edge
        return trimmed(words, claim.left_edge.idx, last.idx + len(last))
    after = [c for c in token.rights if _is_content(c, verb)]
    if after:
        return _clause_after(words, token, after)
    before = [c for c in token.lefts if c.dep_ in {"ccomp", "parataxis"} and c.i < subject.i]
    if before or _hangs_on_a_sentence(token):
        start = words.sentence(token).start
        return trimmed(words, start, min(subject.left_edge.idx, cue.start))
    return None


def _is_content(child: Token, verb: Verb) -> bool:
    if child.dep_ == "ccomp":
        return True
    if child.dep_ == "xcomp":
        return verb.base in _WITH_INFINITIVE
    if child.dep_ == "advcl":
        return any(c.lower_ in {"whether", "that"} and c.dep_ == "mark" for c in child.children)
    return False


def _clause_after(words: Words, token: Token, clauses: list[Token]) -> Span | None:
    """From the first clause after the verb to the end of the last, but not into the next sentence."""
    first, last = clauses[0].left_edge, max((c.right_edge for c in clauses), key=lambda t: t.i)
    start = max(first.idx, token.idx + len(token))
    objects = [c for c in token.rights if c.dep_ in {"dobj", "dative"} and c.i < clauses[0].i]
    infinitive = clauses[0].dep_ == "xcomp" or any(c.lower_ == "to" and c.dep_ == "aux" for c in clauses[0].children)
    if infinitive and objects and objects[0].right_edge.i < first.i and clauses[0].dep_ == "xcomp":
        start = objects[0].left_edge.idx
    return trimmed(words, start, last.idx + len(last))


def _called(words: Words, token: Token) -> Span | None:
    """ "called on Y to …", "called for Y (to …)", "called Y a Z"."""
    for child in token.rights:
        if child.lower_ in {"on", "upon", "for"} and child.i <= token.i + 3:
            rest = [c for c in token.rights if c.i > child.i and c.dep_ in {"xcomp", "advcl", "ccomp"}]
            last = max([child.right_edge, *(c.right_edge for c in rest[:1])], key=lambda t: t.i)
            return trimmed(words, child.idx + len(child), last.idx + len(last))
        if child.dep_ == "advcl" and child.left_edge.lower_ == "for" and child.left_edge.i == token.i + 1:
            edge = child.left_edge
            return trimmed(words, edge.idx + len(edge), child.right_edge.idx + len(child.right_edge))
    named = [c for c in token.rights if c.dep_ in {"oprd", "ccomp"}]
    if named:
        last = named[0].right_edge
        return trimmed(words, token.idx + len(token), last.idx + len(last))
    things = [c for c in token.rights if c.dep_ == "dobj" and any(t.text in _MARKS for t in c.subtree)]
    if things:  # "called the delay “a scandal”"
        last = things[0].right_edge
        return trimmed(words, things[0].left_edge.idx, last.idx + len(last))
    return None


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ == "nsubj" for child in verb.lefts)


def _hangs_on_a_sentence(token: Token) -> bool:
    """Whether the verb stands at the end of a sentence that it reports: "…, officials said."."""
    if token.dep_ == "ccomp" and find_verb(token.head.text) is not None and _has_subject(token.head):
        return False  # "officials said the mayor warned …": what she warned of is theirs to report
    return (
        token.dep_ in {"parataxis", "ccomp"}
        and token.head.i < token.i
        and not any(c.dep_ in {"mark", "nsubjpass"} for c in token.children)
    )


def _whole_name(words: Words, addressee: Span | None, content: Span) -> Span | None:
    """The addressee with the rest of a name that the parse tore apart: "asked Norah Pike whether …"."""
    if addressee is None or words.touching(addressee)[-1].tag_ != "NNP":
        return addressee
    end = addressee.end
    for token in words.between(addressee.end, max(addressee.end, content.start)):
        if not token.text[0].isupper() or not (token.tag_ in {"NNP", "NNPS"} or token.ent_iob_ == "I"):
            break
        end = token.idx + len(token)
    return Span(addressee.start, end)


def _addressee(token: Token, content: Span) -> Span | None:
    """Whom the words were said to: "told reporters", "asked Sessions", "said to her"."""
    for child in token.children:
        if child.dep_ in {"dobj", "dative"} and child.i > token.i and child.idx < content.start:
            if child.dep_ == "dative" and child.lower_ == "to":
                inner = [c for c in child.children if c.dep_ == "pobj"]
                return noun_phrase(inner[0]) if inner else None
            if child.pos_ in {"NOUN", "PROPN", "PRON"} and not child.lower_.endswith(("self", "selves")):
                return noun_phrase(child)
    return None


def _of_noun(words: Words, token: Token) -> Finding | None:
    """ "X's claim that …", "the claim by X that …"."""
    clauses = [c for c in token.rights if c.dep_ in {"acl", "ccomp"} and c.left_edge.lower_ == "that"]
    owners = [c for c in token.lefts if c.dep_ == "poss"]
    if not clauses or not owners:
        return None
    last = clauses[0].right_edge
    span = trimmed(words, clauses[0].left_edge.idx, last.idx + len(last))
    cue = Span(token.idx, token.idx + len(token))
    return Finding(span, "clause", noun_phrase(owners[0]), cue, sure=0.5) if span else None
