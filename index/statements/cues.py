"""The words that report speech: verbs with their forms, and nouns that stand for something said."""

from dataclasses import dataclass
from typing import Literal

from index.remembering import once

Use = Literal["say", "ask", "call", "judge", "refuse", "find"]
Pointing = Literal["show", "point"]

# How a verb takes what it reports: "say" a clause or a quotation, "ask" also a question, "call" somebody to do
# something, "judge" somebody or something ("criticized the plan"), "refuse" an act of speech left undone,
# "find" a clause where somebody looked into it ("the study found").
_VERBS: dict[Use, str] = {
    "say": """say tell add note write announce report argue explain declare acknowledge claim continue suggest state
        warn insist reply respond recall conclude assert concede admit reveal remark stress predict allege contend
        maintain observe reiterate repeat confirm tweet post joke quip complain lament mention answer testify confess
        proclaim recount retort exclaim shout yell whisper mutter boast brag swear vow pledge promise emphasize
        emphasise underscore disclose affirm posit opine interject counter caution assure inform remind clarify
        elaborate agree deny dispute refute rebut
        contradict indicate hint imply advise signal deadpan chime echo summarize theorize speculate lecture
        text email telegraph blog retweet comment muse rant rail scoff snap tease threaten propose recommend
        announce charge""",
    "ask": "ask wonder inquire enquire question",
    "call": "call urge demand request implore exhort beg order instruct encourage invite press plead",
    "judge": """criticize criticise praise blast slam mock denounce condemn describe accuse defend dismiss decry tout
        ridicule applaud thank blame label dub deride hail attack characterize characterise refer reject
        rebuff rubbish""",
    "refuse": "decline refuse",
    "find": "find",
}
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
_POINTINGS: dict[Pointing, str] = {
    "show": "find show suggest indicate reveal estimate conclude determine project",
    "point": "point indicate estimate conclude determine",
}
SPEECH_NOUNS = frozenset(
    """claim claims statement statements assertion assertions allegation allegations accusation suggestion argument
    contention promise pledge vow warning comment comments remark remarks testimony announcement insistence denial
    declaration revelation prediction admission acknowledgment complaint tweet post report question""".split()
)
FINDERS = frozenset(
    """study studies survey surveys poll polls report reports review audit inquiry investigation investigators analysis
    research researchers scientists authors paper inspectors auditors court judge jury panel commission committee
    tribunal inquest""".split()
)
WRITING_NOUNS = frozenset(
    """statement release letter memo tweet post message email e-mail note filing op-ed editorial column thread
    declaration blog testimony speech remarks comments""".split()
)
STATEMENT_VERBS = frozenset("""issued released issues releases gave posted published sent offered wrote made""".split())


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
    return {form: Verb(base, use) for use, bases in _VERBS.items() for base in bases.split() for form in _forms(base)}


def find_verb(word: str) -> Verb | None:
    """The reporting verb that a word is a form of, in whatever case."""
    return once(_verbs).get(word.lower())


def _pointings() -> dict[str, frozenset[Pointing]]:
    found: dict[str, set[Pointing]] = {}
    for use, bases in _POINTINGS.items():
        for form in (form for base in bases.split() for form in _forms(base)):
            found.setdefault(form, set()).add(use)
    return {form: frozenset(uses) for form, uses in found.items()}


def find_pointings(word: str) -> frozenset[Pointing]:
    """How a word tells what nobody is said to say: a poll shows it, or somebody points it out."""
    return once(_pointings).get(word.lower(), frozenset())
