"""Whether somebody said, thinks or did something: the words that tell, with a yes or no where it is likely enough.

Of 808 yes/no questions about stories that it did not learn from, what is read out of the best sentence is right for 70
in 100; of the 612 where its probability is LEANS or more for 74, of the 103 where it is 0.9 or more for 88. Only these
are told, and only as likely.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.answers import Abstention, Result
from bot.kinds.desk import Desk
from bot.kinds.fact import is_refused
from bot.kinds.judged import Judged
from bot.kinds.said import as_judged, is_somebody_else, nobody_speaks, refusal
from bot.questions.question import Question
from index.ranking import entailed

LEANS = 0.6
"""The probability from which a yes or no that was read out of the best sentence is told."""
_SAYING = re.compile(r"\b(?:say|said|says|claim|claimed|tell|told|admit|admitted|deny|denied)\b", re.IGNORECASE)


def answer_whether(desk: Desk, asked: Question, judged: Judged) -> Result:
    """The statements or the sentence that tell it, or a refusal."""
    if _SAYING.search(asked.text) and is_somebody_else(desk, asked, judged):
        return nobody_speaks(desk, asked.who or "", asked.topic)
    if is_refused(desk, asked, judged):
        return refusal(desk, asked, judged)
    answer = as_judged(desk, asked, judged)
    return _with_opinion(answer, entailed(asked.text, asked.context, judged.evidence))


def _with_opinion(answer: Result, yes: float | None) -> Result:
    """The answer with a yes or a no, where it is likely enough."""
    if isinstance(answer, Abstention) or yes is None or max(yes, 1 - yes) < LEANS:
        return answer
    return replace(answer, verdict="yes" if yes > 0.5 else "no", likely=max(yes, 1 - yes))
