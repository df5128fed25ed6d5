"""Whether somebody said, thinks or did something: the words that tell, with a yes or no where it is likely enough.

Of 506 yes/no questions about stories that it did not learn from, the judge's opinion of the best sentence is right for
67 in 100, and of the 66 where its probability is LEANS or more for 80 (of asks/dev 51 and, of 16, 75): only these are
told, as likely. A yes or no beyond doubt is given where somebody said just these words and the judge does not object.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.answers import Abstention, Answer, Result
from bot.checking.answering import word_for_word
from bot.kinds.desk import Desk
from bot.kinds.fact import from_sentences, is_refused
from bot.kinds.judged import Judged
from bot.kinds.said import is_somebody_else, nobody_speaks, refusal, shown, with_others
from bot.questions.question import Question
from index.ranking.evidence import entailed
from index.ranking.features import Asked
from index.story import Speaker

_NEAR = 0.25  # of the probability of the best statement that another of theirs needs to be shown after it
_LIKELY = 0.15
"""And somebody else's in the same story, where the best is not sure: one of the first three is right for 64 of 100 so
and for 63 without, over public stories that nothing learned from (held-out asks 79 and 78, our own 59 and 55)."""
LEANS = 0.7
"""The probability from which a yes or no that was read out of the best sentence is told."""
_SAYING = re.compile(r"\b(?:say|said|says|claim|claimed|tell|told|admit|admitted|deny|denied)\b", re.IGNORECASE)


def answer_whether(desk: Desk, asked: Question, judged: Judged) -> Result:
    """The statements or the sentence that tell it, or a refusal."""
    if _SAYING.search(asked.text) and is_somebody_else(desk, asked, judged):
        return nobody_speaks(desk, asked.who or "", asked.topic)
    if is_refused(desk, asked, judged):
        return refusal(desk, asked, judged)
    leading = judged.leading()
    if leading is None:
        return _with_opinion(
            from_sentences(desk, asked, judged), entailed(Asked.after(asked.context, asked.text), judged.evidence)
        )
    speaker = leading.statement.speaker
    own = judged.of(speaker) if speaker else (leading,)
    near = [one for one in own if one.chance >= _NEAR * leading.chance] or [leading]
    beside = [one for one in judged.scored if one.statement.story == leading.statement.story]
    likely = [one for one in beside if one.chance >= _LIKELY * leading.chance]
    kept = [one.statement for one in with_others(near, likely)]
    people = [judged.voices[speaker]] if speaker and speaker in judged.voices else []
    answer = shown(desk, asked, judged, kept, desk.about_people(kept))
    return _with_verdict(desk, asked, judged, answer, people)


def _with_verdict(desk: Desk, asked: Question, judged: Judged, answer: Answer, people: Sequence[Speaker]) -> Result:
    """The answer with a yes where these people said just that, a no where it is denied; where the judge takes the words
    otherwise ("it was not for him to say whether …"), or they are others, with its opinion."""
    claim = asked.slots.get("words")
    found = word_for_word(desk, claim, people) if claim and people else None
    opinion = entailed(Asked.after(asked.context, asked.text), judged.evidence)
    if not isinstance(found, Answer):
        return _with_opinion(answer, opinion)
    said = found.verdict != "denied"
    return _with_opinion(answer, opinion if opinion is not None and (opinion > 0.5) != said else float(said))


def _with_opinion(answer: Result, yes: float | None) -> Result:
    """The answer with a yes or a no, where it is likely enough."""
    if isinstance(answer, Abstention) or yes is None or max(yes, 1 - yes) < LEANS:
        return answer
    return replace(answer, verdict="yes" if yes > 0.5 else "no", likely=max(yes, 1 - yes))
