"""What stands right beside quoted words in a story: a name that they are put down to, or that nobody said them.

A net under what the library knows of its statements: quotations that no statement has are still somebody's, and words
that the sentence before them denies are nobody's, whatever the statement says.
"""

import re
from dataclasses import dataclass

from bot.checking.folded import NEGATIONS, keys_of
from bot.checking.messages import read_message
from index.ranking import letters_of
from index.statements import find_verb
from index.story import Span

_REACH = 400
"""Code points on either side of the words that are read, within their paragraph."""
_SENTENCE = re.compile(r"[.!?][\"”’']*\s|\n|''|[”\"]")
_DENIED = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|disput(?:es|ed)|reject(?:s|ed|ing)|rebuff(?:s|ed)|dismiss(?:es|ed)|refut(?:es|ed))\b"
    r"(?P<between>[^.!?“”\"\n]{0,80})$",
    re.IGNORECASE,
)
_FAKE = r"fake\b[^.!?“”\"\n]{0,40}\b(?:had|has|shows?|quot\w+)"
_UNSAID = re.compile(
    r"(?:n['’]t|^\W*if|\b(?:never|(?:did|does|has|had|have|was|is)\s+not|no evidence|falsely|wrongly|stopped short of|"
    rf"{_FAKE}))\b(?P<between>[^.!?“”\"\n]{{0,80}})$",
    re.IGNORECASE,
)
_SAID_AFTER = frozenset("and but calling instead while who telling".split())
_NO = NEGATIONS | frozenset(
    """deny denies denied denying denial reject rejects rejected rejecting dispute disputes disputed refute refuted
    dismissed refused refuses declined declines stopped falsely wrongly wrongfully fake yet failed contrary""".split()
)


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside quoted words: the name, and whether they are told as denied or as never said."""

    name: str | None
    denied: bool


def beside(text: str, span: Span) -> Beside:
    """What a story says right before and behind the words at a span that stand in marks there."""
    low = max(text.rfind("\n", 0, span.start) + 1, span.start - _REACH)
    high = text.find("\n", span.end)
    high = min(len(text) if high < 0 else high, span.end + _REACH)
    near = text[low:high]
    here = Span(span.start - low, span.end - low)
    found = (one for one in read_message(near) if any(part.overlaps(here) for part in one.parts))
    return Beside(next((one.speaker for one in found), None), is_denied_before(text[low : span.start]))


def is_same_name(one: str, other: str) -> bool:
    """Whether two names may be one person's: the shorter is part of the longer, the surname with it."""
    shorter, longer = sorted((letters_of(one), letters_of(other)), key=len)
    return bool(shorter) and set(shorter) <= set(longer) and shorter[-1] == longer[-1]


def says_no_around(text: str, span: Span) -> bool:
    """Whether the sentence around some words says no: without it nothing there denies them."""
    before = _SENTENCE.split(text[max(text.rfind("\n", 0, span.start) + 1, span.start - _REACH) : span.start])[-1]
    behind = _SENTENCE.split(text[span.end : span.end + _REACH].lstrip("”\"’' "), maxsplit=1)[0]
    around = keys_of(f"{before} | {behind}")
    return around[:1] == ("if",) or not _NO.isdisjoint(around)


def is_denied_before(before: str) -> bool:
    """Whether the sentence that leads up to quoted words says that they were denied, or not said at all."""
    sentence = _SENTENCE.split(before)[-1].rstrip(" “\"‘'„«")
    denied = _DENIED.search(sentence)
    if denied:
        return not _says_after(denied["between"])
    unsaid = _UNSAID.search(sentence)
    if unsaid is None or _says_after(unsaid["between"]):
        return False
    return any(find_verb(word) for word in keys_of(unsaid["between"]))


def _says_after(between: str) -> bool:
    return any(dash in between for dash in ",—–") or not _SAID_AFTER.isdisjoint(keys_of(between))
