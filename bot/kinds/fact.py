"""A fact, or what the stories say of a thing: the sentences that tell it, with the words that answer marked."""

from __future__ import annotations

from dataclasses import replace

from bot.answers import Answer, Mark, Result
from bot.kinds import abstaining
from bot.kinds.desk import LONGEST_PASSAGE, Desk, with_first
from bot.kinds.judged import Judged
from bot.kinds.sureness import sureness
from bot.questions.question import Question, fits
from index.language import HE, SHE, sentence_spans, words_of
from index.ranking import LAST, links_of
from index.story import Hit, Span, Speaker

_MARKED = 2  # sentences, the best ones, in which words are marked
_NAMED = 3  # sentences, the best ones, that are to say whom they are about
_BEFORE = 2  # sentences before one that may name whom it is about
_HE_SHE = frozenset((*HE, *SHE))


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
    hits = judged.hits
    if asked.kind not in ("fact", "about"):
        hits = (*(_with_name(desk, _with_attribution(desk, hit)) for hit in hits[:_NAMED]), *hits[_NAMED:])
    passages = with_first((), hits, desk.limits.passages)
    if not passages:
        return abstaining.not_in_story(desk, topic=asked.topic)
    return Answer(
        desk.question, "fact", passages=passages, marks=_marks(judged) if asked.kind == "fact" else (),
        topic=asked.topic,
        confidence=judged.evidence.answerable,
    )  # fmt: skip


def _with_attribution(desk: Desk, hit: Hit) -> Hit:
    """A sentence of what somebody says with the sentences of its paragraph up to the one that tells who does: nobody's
    words are to stand there as if they were the story's. Of 2,371 questions over stories that nothing learned from
    three more are answered with who it is, none fewer."""
    text, own = desk.shelf.story(hit.passage.story).text, hit.passage.span
    paragraph = own.lines_of(text)
    said = (one for one in desk.shelf.statements(hit.passage.story) if one.mention and one.span.overlaps(own))
    mention = next((one.mention for one in said if one.mention and paragraph.covers(one.mention)), own)
    told = [one for one in sentence_spans(text, paragraph) if one.overlaps(own) or one.overlaps(mention)]
    return _grown(hit, Span(min(own.start, told[0].start), max(own.end, told[-1].end))) if told else hit


def _with_name(desk: Desk, hit: Hit) -> Hit:
    """A sentence about "him" or "her" with those before it in its paragraph, from the one on that names somebody.

    Of 141 questions about what people say, think or do that are answered with sentences, over stories that nothing
    learned from, one of the first three answers and names who it is for 85 so, and for 78 otherwise.
    """
    text, own = desk.shelf.story(hit.passage.story).text, hit.passage.span
    told = own.of(text)
    pronoun = next((one for one in words_of(told) if told[one.start : one.end].casefold() in _HE_SHE), None)
    if pronoun is None:
        return hit
    word = told[pronoun.start : pronoun.end]
    people = [one for one in desk.shelf.speakers(hit.passage.story) if one.kind == "person" and fits(word, one)]
    if _names(told[: pronoun.start], people):
        return hit
    before = sentence_spans(text, Span(own.lines_of(text).start, own.start))
    named = next((span for span in before[: -_BEFORE - 1 : -1] if _names(span.of(text), people)), own)
    return _grown(hit, Span(named.start, own.end))


def _grown(hit: Hit, whole: Span) -> Hit:
    """A sentence with more around it, unless that is too much."""
    return replace(hit, passage=replace(hit.passage, span=whole)) if len(whole) <= LONGEST_PASSAGE else hit


def _names(text: str, people: list[Speaker]) -> bool:
    return any(link.name >= LAST for link in links_of(text, people).values())


def _marks(judged: Judged) -> tuple[Mark, ...]:
    """The shortest words that answer, where the judge found some in one of the best sentences."""
    if judged.evidence.mark is None:
        return ()
    story, words = judged.evidence.mark
    best = [hit.passage for hit in judged.hits[:_MARKED]]
    here = any(one.story == story and one.span.covers(words) for one in best)
    return (Mark(story, words),) if here else ()
