"""Questions of fact: the passages that say it, and the words in them that answer, or that no story says it."""

from bot.answering import abstaining
from bot.answering.desk import Desk
from bot.answers import Answer, Mark, Result


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
    marks = (Mark(*found.mark),) if found.mark else ()
    return Answer(desk.question, "fact", passages=found.hits, marks=marks, confidence=found.answerable)
