"""Whether somebody said, thinks or did something: the words that tell, with a yes or no where it is likely enough.

Of 373 yes/no questions about stories that it did not learn from 353 get one, of which 75 in 100 are right; of 97 that
their story leaves open 19. It is told only as likely as that, and not where words hardly settle it.
"""

from __future__ import annotations

from dataclasses import replace

from bot.answers import Abstention, Answer, Result
from bot.kinds.desk import Desk, told_by
from bot.kinds.fact import is_refused
from bot.kinds.judged import Judged
from bot.kinds.said import as_judged, is_somebody_else, nobody_speaks, refusal
from bot.questions.question import Question
from index.language import plain_words, stems_of
from index.ranking import FULL, Entailment, entailed, letters_of, links_of
from index.story import Statement

SETTLED = 0.3
"""The probability that the words settle it from which a yes or a no is told. Of 68 of the same kind that are answered
although their story leaves them open 60 get one so; from .5 on 55, and 17 fewer of the others."""
_DENYING = frozenset(stems_of("deny denied denial dispute reject dismiss refute rebut contradict disavow debunk"))
_SAYING = frozenset("say said says claim claimed tell told admit admitted deny denied".split())


def answer_whether(desk: Desk, asked: Question, judged: Judged) -> Result:
    """The statements or the sentence that tell it, or a refusal."""
    told = not _SAYING.isdisjoint(plain_words(asked.text.lower()))
    if told and is_somebody_else(desk, asked, judged):
        return nobody_speaks(desk, asked.who or "", asked.topic)
    if is_refused(desk, asked, judged):
        return refusal(desk, asked, judged)
    answer = as_judged(desk, asked, judged)
    if isinstance(answer, Abstention) or _is_a_namesakes(answer, asked, judged):
        return answer  # to which a yes or a no would be another's
    if _is_taken_back_elsewhere(desk, asked, judged, answer):
        return answer
    return _with_opinion(answer, asked, entailed(asked.text, asked.context, judged.evidence))


def _is_denied(answer: Answer, asked: Question) -> bool:
    """Whether the first words shown are what somebody denies, or never said, and it is not asked whether they do."""
    unsaid = bool(answer.statements) and _is_unsaid(answer.statements[0])
    return unsaid and _DENYING.isdisjoint(stems_of(asked.text))


def _is_unsaid(statement: Statement) -> bool:
    """Whether it is what somebody denies, or never said."""
    return statement.cue is not None and statement.cue.takes_back


def _is_taken_back_elsewhere(desk: Desk, asked: Question, judged: Judged, answer: Answer) -> bool:
    """Whether all that is asked for stands in words that whoever is shown first never said: what they did say, which is
    shown, is no yes to it. It moves no figure (2,371 held-out chat questions): kept for what its test says."""
    wanted = told_by(asked.slots.get("words") or asked.slots.get("about") or "")
    first = answer.statements[0] if answer.statements else None
    if not wanted or first is None or _is_unsaid(first):
        return False
    unsaid = [one.statement for one in judged.of(first.speaker or "") if _is_unsaid(one.statement)]
    texts = desk.texts(unsaid)
    return any(wanted <= set(stems_of(one.span.of(texts[one.story]))) for one in unsaid)


def _is_a_namesakes(answer: Answer, asked: Question, judged: Judged) -> bool:
    """Whether the words are a namesake's of whom the question names in full: what Judith Lee says is no yes to whether
    Simon Lee said it."""
    names = {key: link.name for key, link in links_of(asked.who or "", judged.voices.values()).items()}
    shown = judged.voices.get(answer.statements[0].speaker or "") if answer.statements else None
    if shown is None or set(letters_of(shown.name)[-1:]).isdisjoint(letters_of(asked.who or "")):
        return False
    return names.get(shown.id, 0.0) < FULL <= max(names.values(), default=0.0)


def _with_opinion(answer: Answer, asked: Question, told: Entailment | None) -> Answer:
    """The answer with a yes or a no, where the words settle it. Words that somebody denies, or did not say, say no.

    Of the held-out questions that are answered with denied words three have a yes or a no, all of them a no (all were
    looked at); by the sentence alone one was told so.
    """
    if told is None or told.settled < SETTLED:
        return answer
    yes = min(told.yes, 1 - told.yes) if _is_denied(answer, asked) else told.yes
    return replace(answer, verdict="yes" if yes > 0.5 else "no", likely=max(yes, 1 - yes))
