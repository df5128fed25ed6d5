"""How old somebody is, where a story says so: "Berg, 21,", "the 27-year-old striker Ann Lee", "Berg ... He is 34"."""

import re
from collections.abc import Iterator, Sequence

from bot.answering.names import TITLES
from bot.answering.text import is_stop
from index.story import Span

_OF = (
    re.compile(
        r"\bhow old(?:'s| is| was| are| were) ((?:(?! (?:when|at|in|if)\b).)+?)(?: now| today)?$", re.IGNORECASE
    ),
    re.compile(r"^(?:what(?:['’]s| is| was)? )?(?:the )?age (?:of|is|was) (?:the )?(.+?)$", re.IGNORECASE),
    re.compile(r"^(?:what(?:['’]s| is| was) )?(.+?)['’]s? age$", re.IGNORECASE),
)
_NUMBER = r"(\d{1,3})\b"
_AGE = re.compile(
    r"\b(?P<years>\d{1,3})[- ]years?[- ]old\b"
    rf"|[,(] ?(?:now |aged? )?{_NUMBER}(?=[,).;:\"”’]| years)|\baged? {_NUMBER}"
    rf"|\b(?:is|was|['’]s|turn(?:s|ed)|are|am) (?:now |only |just )?{_NUMBER}"
    r"(?=[,.;:\"”’]|$| (?:and|but|when|now|years)\b)"
)
_JOINING = re.compile(r"(?:['’]s)?(?:[,(]| who| which| now| then| an?| the| is| was| just| only| age)*[ ,(]*$")
_BETWEEN = re.compile(r"(?: [\w-]+){0,4} $")
_CAPITALISED = re.compile(r"(?:[A-Z](?:[\w'’-]*|\.) )+$")
_HE = re.compile(r"(?:^|[.!?:][\"”’]? )(?:He|She|They)(?: |['’])")
_STANDS_FOR = frozenset("he she they it him her them this that i you".split())
LOOKED_AT = 300  # code points of a question: who asks at greater length asks for no single thing
BEFORE = 300  # code points before a passage that may say of whom or what it goes on to speak: about two sentences


def aged(question: str) -> str | None:
    """Whose age a question asks, in its words; None where it asks something else, or how old they were at some time."""
    bare = " ".join(question[:LOOKED_AT].split()).rstrip("?!. ")
    found = next((match for match in (pattern.search(bare) for pattern in _OF) if match), None)
    return found[1] if found else None


def is_pronoun(words: str) -> bool:
    """Whether words only stand for somebody named before."""
    return words.casefold() in _STANDS_FOR


def name_asked(words: str, texts: Sequence[str]) -> tuple[str, ...]:
    """The words of a name, without titles; none where it is typed small and these texts do not show it to be a name."""
    parts = [part for part in words.replace("’s", "").replace("'s", "").split() if part.casefold() not in TITLES]
    if not parts:
        return ()
    last = parts[-1]
    if last[:1].isupper():
        return tuple(parts)
    great, small = (re.compile(rf"\b{re.escape(form)}\b") for form in (last.capitalize(), last))
    is_name = any(great.search(text) for text in texts) and not any(small.search(text) for text in texts)
    return tuple(part.capitalize() for part in parts) if is_name else ()


def mentions(name: Sequence[str], text: str, within: Span) -> Iterator[Span]:
    """Where a stretch of a story names this person: with a given name it is not a namesake with another one."""
    last = re.compile(rf"\b{re.escape(name[-1])}\b")
    for found in last.finditer(text, within.start, within.end):
        given = _given(text, found.start(), last) if len(name) > 1 else ()
        if not given or not given.isdisjoint(name[:-1]):
            yield Span(*found.span())


def _given(text: str, at: int, last: re.Pattern[str]) -> frozenset[str]:
    """The given names that a last name stands with, or stood with the last time that it had some."""
    places = (at, *(found.start() for found in reversed([*last.finditer(text, 0, at)])))
    return next((given for place in places if (given := _before(text, place))), frozenset())


def _before(text: str, at: int) -> frozenset[str]:
    """The capitalised words just before a place that can be given names."""
    found = _CAPITALISED.search(text[max(0, at - 40) : at])
    words = found[0].split() if found else []
    return frozenset(word for word in words if word.casefold().rstrip(".") not in TITLES and not is_stop(word))


def find_age(name: Sequence[str], text: str, passage: Span) -> Span | None:
    """The number in a passage that is said to be this person's age."""
    for found in _AGE.finditer(text, passage.start, passage.end):
        group = next(number for number in range(1, _AGE.groups + 1) if found[number])
        if _is_theirs(name, text, passage, found):
            return Span(*found.span(group))
    return None


def _is_theirs(name: Sequence[str], text: str, passage: Span, found: re.Match[str]) -> bool:
    before = [*mentions(name, text, Span(passage.start, found.start()))]
    if before and _JOINING.match(text, before[-1].end, found.start()):
        return True
    if found["years"]:
        after = next(mentions(name, text, Span(found.end(), passage.end)), None)
        first = text.find(name[0], found.end(), after.end) if after else -1
        return after is not None and bool(_BETWEEN.match(text, found.end(), first if first >= 0 else after.start))
    he = [*_HE.finditer(text, passage.start, found.end())]
    if not he or text[he[-1].end() : found.start()].strip():
        return False
    named = [*mentions(name, text, Span(max(0, he[-1].start() - BEFORE), he[-1].start() + 1))]
    return bool(named) and not re.search(r"[^.!?:] [A-Z]\w+", text[named[-1].end : he[-1].start()])
