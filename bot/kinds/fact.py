"""A fact, or what the stories say of a thing: the sentences that tell it, with the words that answer marked."""

from __future__ import annotations

from bot.answers import Answer, Mark, Result
from bot.kinds import abstaining
from bot.kinds.desk import Desk, with_first
from bot.kinds.judged import Judged
from bot.kinds.sureness import sureness
from bot.questions.question import Question

_MARKED = 2  # sentences, the best ones, in which words are marked


def answer_fact(desk: Desk, asked: Question, judged: Judged) -> Result:
    """The sentences that answer, or a refusal with the nearest."""
    if is_refused(desk, asked, judged):
        passages = with_first((), judged.hits, desk.limits.passages)
        return abstaining.not_in_story(
            desk, passages=passages, topic=asked.topic, confidence=1 - judged.evidence.answerable
        )
    return from_sentences(desk, asked, judged)


def is_refused(desk: Desk, asked: Question, judged: Judged) -> bool:
    """Whether nothing is likely enough to answer."""
    least = desk.limits.answerable if judged.evidence.answers else desk.limits.unread
    return not judged.hits or sureness(asked, judged) < least


def from_sentences(desk: Desk, asked: Question, judged: Judged) -> Result:
    """An answer of sentences, best first."""
    passages = with_first((), judged.hits, desk.limits.passages)
    if not passages:
        return abstaining.not_in_story(desk, topic=asked.topic)
    return Answer(
        desk.question, "fact", passages=passages, marks=_marks(judged) if asked.kind == "fact" else (),
        topic=asked.topic,
        confidence=judged.evidence.answerable,
    )  # fmt: skip


def _marks(judged: Judged) -> tuple[Mark, ...]:
    """The shortest words that answer, where the judge found some in one of the best sentences."""
    if judged.evidence.mark is None:
        return ()
    story, words = judged.evidence.mark
    best = [hit.passage for hit in judged.hits[:_MARKED]]
    here = any(one.story == story and one.span.covers(words) for one in best)
    return (Mark(story, words),) if here else ()
