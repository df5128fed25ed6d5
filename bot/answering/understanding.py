"""From a question as typed to what it asks for: whose words, about what, said by whom, or a plain fact.

The rules are tried in order from the most particular; whatever fits none asks for a fact.
"""

import re
from dataclasses import replace
from functools import lru_cache

from bot.answering.asked import Asked
from bot.answering.chatter import is_chatter
from bot.answering.question_rules import LOOSE, RULES
from bot.answering.readings import EVERYONE, bare
from bot.answering.short_questions import short_question
from bot.answering.typed import tidy

_FRAGMENT = re.compile(
    r"^(?:(?:and|but|or|what about|how about|same for|same from)\s+)?(?:(?:about|for|"
    r"from)\s+)?(?P<rest>\S+(?:\s+\S+){0,5})$",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"^(?:did|does|do|is|are|was|were|has|have|had|can|could|should|would|will)\b"
    r"|\b(?:who|whom|whose|what|when|where|which|why|how)\b",
    re.IGNORECASE,
)
_HAS_A_WORD = re.compile(r"\w")
_INTERROGATIVE = re.compile(
    r"\b(?:who|whom|whose|what|when|where|which|why|how|did|does|is|are|was|were|do|has|have|can|could|should|"
    r"would|will)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def understand(question: str) -> Asked:
    """What a question asks for, read by itself: what came before it in a conversation is not looked at here."""
    text = tidy(question)
    short = short_question(text)
    if short is not None:
        return short
    if not _HAS_A_WORD.search(text) or is_chatter(question, text):
        return Asked("chatter", text)
    for pattern, make in RULES:
        found = pattern.match(text)
        if found:
            asked = make(found, text)
            return replace(asked, everyone=True) if asked.who and EVERYONE.match(asked.who) else asked
    return _loosely(text)


def _loosely(text: str) -> Asked:
    """Readings that need the stories to bear them out: "Ryan on Sessions", "Ryan's response", a bare name."""
    asking = _INTERROGATIVE.match(text)
    if not asking or text.lower().startswith("what"):
        for pattern, make in LOOSE:
            found = pattern.match(text)
            if found and not _INTERROGATIVE.search(found.groupdict().get("who") or ""):
                asked = make(found, text)
                return replace(asked, loose=True, everyone=bool(asked.who and EVERYONE.match(asked.who)))
    fragment = _FRAGMENT.match(text)
    if fragment and not _INTERROGATIVE.search(fragment["rest"]):
        return Asked("fragment", text, who=bare(fragment["rest"]), loose=True)
    return Asked("fact", text) if _ASKS.search(text) else Asked("about", text, topic=text)
