"""Questions of fact, and things named rather than asked about: the passages that say it, or that no story does."""

import re
from collections.abc import Sequence

from bot.answering import abstaining
from bot.answering.desk import Desk, by_shared_words
from bot.answering.matching import has_content
from bot.answers import Answer, Mark, Result
from index.story import Hit, Span

_FRAME = re.compile(
    r"^(?:after|at|by|following|in|before) (?:the |this )?(?:(?:end|close|conclusion|start|beginning) of )?"
    r"(?:the |this )(?:story|article|report|text|events?)(?: (?:is|was|are) over| ends| ended)?\b,?\s*"
    r"|\b(?:most |very )?(?:probably|likely|presumably|apparently)\b",
    re.IGNORECASE,
)
_YES_OR_NO = re.compile(r"(?:did|does|do|is|are|was|were|has|have|had|can|could|should|would|will)\b", re.IGNORECASE)
_MARKED = 2  # passages, the best ones, in which words are marked


def find_fact(desk: Desk, words: str) -> Result:
    """The evidence for some words within scope, or a refusal with the nearest passages.

    In a conversation it is looked for with the question as it was asked, after the turns before it.
    """
    asked = desk.question if desk.context or words == desk.tidied else words
    found = desk.evidence(asked)
    if not found.hits:
        return abstaining.not_in_story(desk)
    if found.answerable < desk.limits.answerable:
        return abstaining.not_in_story(desk, passages=found.hits, confidence=1.0 - found.answerable)
    marks = (Mark(*found.mark),) if found.mark and _is_marked(asked, *found.mark, found.hits) else ()
    return Answer(desk.question, "fact", passages=found.hits, marks=marks, confidence=found.answerable)


def _is_marked(asked: str, story: str, words: Span, hits: Sequence[Hit]) -> bool:
    """Whether words may stand for the answer: not to a yes or no, and only where the best evidence is."""
    best = [hit.passage for hit in hits[:_MARKED]]
    here = any(one.story == story and one.span.covers(words) for one in best)
    return here and best[0].story == story and not _YES_OR_NO.match(asked.strip())


def find_about(desk: Desk, thing: str) -> Result:
    """What the stories say of a thing only named ("the bridge", or a sentence left unfinished), if they name it."""
    topic = " ".join(_FRAME.sub(" ", thing).split())
    found = desk.evidence(topic) if has_content(topic) else None
    if found is None or not found.hits:
        return abstaining.not_in_story(desk)
    shared = by_shared_words(topic, found.hits, desk.shelf)
    if shared < desk.limits.thing_share and found.answerable < desk.limits.answerable:
        return abstaining.not_in_story(desk, passages=found.hits, topic=topic)
    return Answer(desk.question, "fact", passages=found.hits, confidence=max(shared, found.answerable))
