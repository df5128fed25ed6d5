"""The parts of which questions are worded, and what a question asks for once a wording fits it."""

import re
from collections.abc import Callable
from dataclasses import replace

from bot.answering.asked import Asked, Detail, Wanted
from bot.answering.verbs import act_of

Reading = Callable[[re.Match[str], str], Asked]
Rule = tuple[re.Pattern[str], Reading]

ABOUT = (
    r"(?:\s+(?:about|on|regarding|re|concerning|of|over|as to|in response to|in reaction to|when asked about|"
    r"with regards? to|in regards? to|with respect to|in reference to|when it comes to|towards?|following|"
    r"for)\s+(?P<topic>.+))?"
)
ABOUT_TO = ABOUT.replace("towards?|", "towards?|to|after|at|in|during|against|").replace(")?", ")?", 1)
WHO = (
    r"(?P<who>(?!\b(?:that|it|if|whether)\b)"
    r"(?:(?!\b(?:say|said|says|saying|tell|told|think|thinks|about|did|does)\b).)+?)"
)
DO = r"(?:did|does|do|has|have|had|would|will|is|was|are|were|might|could|can|should)"
EXTRA = (
    r"(?:\s+(?:have|to|also|else|actually|really|just|recently|ever|later|publicly|specifically|then|all|back|now|"
    r"probably|previously|first|reportedly)\b)*"
)
END = (
    r"(?:\s+(?:anything|something|specifically|back|today|yesterday|now|out loud|about it all|publicly|there|then|"
    r"first|last))*"
)
EVERYONE = re.compile(
    r"^(?:both sides|each side|either side|all sides|everyone|everybody|anyone|anybody|people|they all|all of them|"
    r"the two sides|each of them|both|both of them|someone|somebody|each|all the (?:people|speakers)|everyone else|"
    r"everybody else|anyone else|anybody else|others|the others|other people|the rest)$",
    re.IGNORECASE,
)


def rule(pattern: str) -> re.Pattern[str]:
    """A wording that has to fit the whole question."""
    return re.compile(f"^(?:{pattern})$", re.IGNORECASE)


def what_was_said(found: re.Match[str], text: str) -> Asked:
    """Somebody's statements, about a topic, to somebody, in an act."""
    groups = found.groupdict()
    who, topic = groups.get("who"), groups.get("topic")
    verb = (groups.get("verb") or "").lower()
    addressee = groups.get("to")
    asked = Asked("said", text, who=bare(who), topic=bare(topic), verb=verb or None, act=act_of(verb) if verb else None)
    return replace(asked, addressee=bare(addressee), latest="latest" in groups and groups["latest"] is not None)


def who_said_it(found: re.Match[str], text: str) -> Asked:
    """Who said, called for or denied something; who speaks, where nothing is named; a fact, in the passive."""
    groups = found.groupdict()
    verb = (groups.get("verb") or "").lower()
    words = bare(groups.get("words")) or ""
    others = bool(groups.get("else"))
    if not words and not verb:
        return Asked("speakers", text)
    if _PASSIVE.match(text):
        return Asked("fact", text)
    act = act_of(verb) if verb else None
    return Asked("who-said", text, words=words or None, verb=verb or None, act=act, others=others)


_PASSIVE = re.compile(
    r"^who(?:'s)? (?:else |all )?(?:is|was|are|were|has been|have been|had been|will be|is being|was being|'s)(?: "
    r"\w+ly| also)? "
    r"(?!saying|standing|calling|asking|telling|claiming|demanding|denying|backing|urging|warning|opposing|"
    r"defending|supporting|accusing)",
    re.IGNORECASE,
)


def whether_said(found: re.Match[str], text: str) -> Asked:
    """Whether somebody said it."""
    groups = found.groupdict()
    verb = (groups.get("verb") or "").lower()
    said = bare(groups.get("words"))
    return Asked(
        "check", text, who=bare(groups.get("who")), words=said, verb=verb or None, act=act_of(verb) if verb else None
    )


def detail_of(found: re.Match[str], text: str) -> Asked:
    """When, where, why or to whom somebody said something."""
    groups = found.groupdict()
    details: dict[str, Detail] = {"when": "when", "where": "where", "why": "why", "how": "how"}
    detail = details.get((groups.get("ask") or "").lower().split(" ")[0], "to-whom")
    return Asked(
        "said",
        text,
        who=bare(groups.get("who")),
        topic=bare(groups.get("topic")),
        detail=detail,
        verb=groups.get("verb"),
    )


def plainly(wanted: Wanted) -> Reading:
    """What is wanted, with whatever person and topic the wording names."""

    def make(found: re.Match[str], text: str) -> Asked:
        groups = found.groupdict()
        who, topic = groups.get("who"), groups.get("topic")
        return Asked(wanted, text, who=bare(who), topic=bare(topic), loose=wanted == "said")

    return make


def bare(words: str | None) -> str | None:
    """A name or topic without the small words around it."""
    if not words:
        return None
    words = re.sub(r"^(?:the fact that|that|whether|if|like|:)\s+", "", words.strip(" ,:;-?!"), flags=re.IGNORECASE)
    return words.strip(" ,:;-?!") or None


THING = (
    r"(?:the |this |that |these |your |main |whole |entire |news |today's )*(?:story|article|piece|report|news|"
    r"text|thing|post|headline|library|stories|articles)"
)


def reaction(found: re.Match[str], text: str) -> Asked:
    """What somebody said in response to something."""
    tail = re.sub(r"^\s*(?:to|about|on|towards?|for|regarding)\s+", "", found["tail"]).strip()
    return Asked("said", text, who=bare(found["who"]), topic=bare(tail), verb=found["verb"].lower())
