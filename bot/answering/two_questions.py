"""Two questions in one: "what did Ada ask for and what did the mayor say?" asks about Ada, and then about the mayor."""

import re
from dataclasses import replace

from bot.answering.desk import Desk, with_first
from bot.answering.understanding import understand
from bot.answers import Answer, Result

_HELPING = r"(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could|should)"
_JOINED = re.compile(
    rf'^(?P<first>[^"“]+?),? and (?P<second>(?:(?:what|when|where|why|how|whom) {_HELPING}|who (?!he|she|they|it)\w+)'
    r'\s[^"“]+)$',
    re.IGNORECASE,
)
_OF_STATEMENTS = ("said", "who-said")


def two_questions(question: str) -> tuple[str, str] | None:
    """The two questions of which one is made, the first about what was said; None where it is one."""
    found = _JOINED.match(question.strip())
    if found is None or understand(found["first"]).wanted not in (*_OF_STATEMENTS, "check"):
        return None
    return found["first"], found["second"]


def joined(desk: Desk, first: Result, second: Result) -> Result:
    """The statements that answer either; where only one is answered by any, that with the other's passages behind."""
    answers = [result for result in (first, second) if isinstance(result, Answer)]
    if not answers:
        return replace(first, question=desk.question)
    passages = with_first(answers[0].passages, answers[-1].passages, desk.limits.passages)
    whole = replace(answers[0], question=desk.question, passages=passages)
    if len(answers) < 2 or not all(answer.form in _OF_STATEMENTS and answer.statements for answer in answers):
        return whole
    statements = tuple(dict.fromkeys((*answers[0].statements, *answers[1].statements)))
    speakers = tuple(dict.fromkeys((*answers[0].speakers, *answers[1].speakers)))
    return replace(whole, form="said", speakers=speakers, statements=statements, topic=None)
