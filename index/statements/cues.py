"""The words that report speech: verbs with their forms, and nouns that stand for something said; and how they report:
plainly, as a denial, a refusal, a hedge or a question, or as something left unsaid; or only point at what is so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from index.remembering import once
from index.statements.findings import Finding
from index.statements.nouns import KNOWN, STUDIES
from index.statements.words import Words
from index.story import Span, Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

Use = Literal["say", "ask", "call", "judge", "refuse", "find"]

# How a verb takes what it reports: "say" a clause or a quotation, "ask" also a question, "call" somebody to do
# something, "judge" somebody or something ("criticized the plan"), "refuse" an act of speech left undone,
# "find" a clause where somebody looked into it ("the study found").
_VERBS: dict[Use, frozenset[str]] = {use: KNOWN[use] for use in get_args(Use)}
_IRREGULAR = {
    "say": "said says saying", "tell": "told tells telling", "write": "wrote written writes writing",
    "swear": "swore sworn swears swearing", "deny": "denied denies denying", "reply": "replied replies replying",
    "testify": "testified testifies testifying", "clarify": "clarified clarifies clarifying",
    "quip": "quipped quips quipping", "brag": "bragged brags bragging", "admit": "admitted admits admitting",
    "slam": "slammed slams slamming", "imply": "implied implies implying", "beg": "begged begs begging",
    "snap": "snapped snaps snapping", "blog": "blogged blogs blogging", "dub": "dubbed dubs dubbing",
    "decry": "decried decries decrying", "agree": "agreed agrees agreeing", "refer": "referred refers referring",
    "label": "labeled labelled labels labeling labelling", "signal": "signaled signalled signals signaling signalling",
    "find": "found finds finding", "rebuff": "rebuffed rebuffs rebuffing",
    "show": "showed shown shows showing",
    "decree": "decreed decrees decreeing", "plead": "pleaded pled pleads pleading",
}  # fmt: skip
SPEECH_NOUNS = KNOWN["speech_nouns"]
FINDERS = KNOWN["finders"]
WRITING_NOUNS = KNOWN["writing_nouns"]
STATEMENT_VERBS = frozenset("""issued released issues releases gave posted published sent offered wrote made""".split())
_DENIES = frozenset("deny dispute refute rebut disavow contradict".split())
_REJECTS = frozenset("reject rebuff rubbish dismiss".split())  # something said, or a plan, a goal, a visitor
_RUMOURS = frozenset("accusations suggestions rumour rumours rumor rumors reports idea notion criticism".split())
_HEDGES = frozenset("suggest hint imply indicate signal speculate theorize".split())
_HEDGING = KNOWN["hedging"]
_POINTED_SURE = 0.5  # of the tagger
_POINTED_AT = frozenset({"ccomp", "xcomp"})
_HAS = frozenset({"in", "by"})  # "61 per cent, in a Reuters poll"
_CLAUSES = frozenset({"ccomp", "advcl", "parataxis", "csubj", "conj", "nsubj", "nsubjpass", "relcl"})
_NOT = frozenset("not n't n’t never nor neither".split())


@dataclass(frozen=True, slots=True)
class Verb:
    """A reporting verb: its base form and how it takes what it reports."""

    base: str
    use: Use


def _forms(base: str) -> tuple[str, ...]:
    if base in _IRREGULAR:
        return (base, *_IRREGULAR[base].split())
    if base.endswith("e"):
        return base, base + "s", base + "d", base[:-1] + "ing"
    if base.endswith(("s", "sh", "ch", "x")):
        return base, base + "es", base + "ed", base + "ing"
    return base, base + "s", base + "ed", base + "ing"


def _verbs() -> dict[str, Verb]:
    return {form: Verb(base, use) for use, bases in _VERBS.items() for base in bases for form in _forms(base)}


def find_verb(word: str) -> Verb | None:
    """The reporting verb that a word is a form of, in whatever case."""
    return once(_verbs).get(word.lower())


_SHOWS = frozenset(
    form
    for base in "find show suggest indicate reveal estimate conclude determine project".split()
    for form in _forms(base)
)
_POINTS = frozenset(form for base in "point indicate estimate conclude determine".split() for form in _forms(base))
"""How words tell what nobody is said to say: a poll shows it, or somebody points it out."""


# -.02 on PolNeAR dev, +.55 on stories of other writers
def is_pointed_out(words: Words, finding: Finding) -> bool:
    """Whether a poll or a study found it, or somebody points it out, estimates it or concludes it.

    The tagger marks such words as other than speech; which of them are somebody's all the same, cue and speaker tell.
    On the half of the sourcing articles that was looked at, 127 of 156 rows are found with it and 123 without.
    """
    if finding.mention is None or finding.cue is None or finding.sure < _POINTED_SURE:
        return False
    cue = words.touching(finding.cue)
    verbs = [token for token in cue if token.pos_ == "VERB" and token.lower_ in _SHOWS | _POINTS]
    told = {verb.lower_ for verb in verbs}
    if any(token.lower_ in STUDIES for token in words.touching(finding.mention)):
        return bool(told & _SHOWS) or (len(cue) == 1 and cue[0].lower_ in _HAS)
    return bool(told & _POINTS) and any(child.dep_ in _POINTED_AT for verb in verbs for child in verb.children)


def find_stance(token: Token, verb: Verb | None) -> Stance:
    """The stance of the reporting verb at `token`; negation and helpers are read from the parse."""
    lefts = [child for child in token.lefts if not _is_quoted_off(child, token)]
    around = [child for child in lefts if child.dep_ not in _CLAUSES] + _governing(token)
    words = {child.lower_ for child in around}
    if verb is not None and verb.use == "refuse":
        return "declines"
    if words & {"declined", "declines", "refused", "refuses", "declining", "refusing"}:
        return "declines"
    negated = any((c.lower_ in _NOT or c.dep_ == "neg") and not _is_not_only(c) for c in around)
    negated = negated or any(map(_is_nobody, lefts))
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


def _is_quoted_off(child: Token, verb: Token) -> bool:
    """Whether a mark stands between a word and the verb behind it: "“No sir,” replied Lee" replies."""
    return any(token.is_quote and token.tag_ != "POS" for token in child.doc[child.i + 1 : verb.i])


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
