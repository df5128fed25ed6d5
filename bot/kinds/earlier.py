"""Follow-ups answered from what the question before them got: "the second one", "who else?", "when was that?"."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.answers import Abstention, Answer, Detail, Mark, Result, Turn
from bot.kinds import abstaining
from bot.kinds.desk import Desk, with_first
from bot.kinds.fact import answer_fact
from bot.kinds.judged import judge_asked
from bot.kinds.lists import answer_speakers, one_each
from bot.kinds.said import everything, outermost
from bot.questions.question import Question, bare_words
from index.language import sentence_spans
from index.ranking import words_told
from index.story import Hit, Passage, Span, Statement

AskAgain = Callable[[str, Sequence[Turn]], Result]
_ELSE = "anything else"
_ASKED_OF = 5  # statements, the first shown, that are looked at for a detail of how they were said
_IN_WORDS: Mapping[Detail, str] = {
    "when": "when did they say that?", "where": "where did they say that?", "to-whom": "who did they say that to?",
}  # fmt: skip
"""In which words the judge is asked, however somebody put it: "when?" tells it too little."""
_PEOPLE = frozenset("who other others anyone anybody everyone everybody someone somebody".split())


def the_nth(desk: Desk, number: int, before: Result, ask_again: AskAgain) -> Result:
    """The n-th of what was shown, from 1, or the last (-1): a choice, a person with their words, or one utterance."""
    place = number - 1 if number > 0 else -1
    if isinstance(before, Abstention):
        if _has(before.choices, place):
            return replace(ask_again(before.choices[place], ()), question=desk.question)
        return abstaining.not_in_story(desk)
    if before.form in ("who-said", "speakers") and _has(before.speakers, place):
        return everything(desk, (before.speakers[place],))
    spoken: dict[tuple[str, int], list[Statement]] = {}
    for statement in before.statements:
        spoken.setdefault((statement.story, statement.attribution), []).append(statement)
    utterances = list(spoken.values())
    if _has(utterances, place):
        chosen = tuple(utterances[place])
        return Answer(desk.question, "said", desk.about_people(chosen), chosen, before.passages, topic=before.topic)
    if not before.statements and _has(before.passages, place):
        shown = (before.passages[place],)
        return replace(before.without_verdict(), question=desk.question, passages=shown, marks=())
    return abstaining.not_in_story(desk)


def _has(listed: Sequence[object], place: int) -> bool:
    return -len(listed) <= place < len(listed)


def in_which_story(desk: Desk, before: Result) -> Result:
    """The stories that the result before came from."""
    statements = before.statements if isinstance(before, Answer) else before.nearest
    if not statements:
        if not before.passages:
            return abstaining.not_in_story(desk)
        return Answer(desk.question, "stories", passages=before.passages[:1], topic=before.topic)
    first = one_each(statements, lambda one: one.story)
    passages = tuple(hit for hit in before.passages if hit.passage.story in {one.story for one in first})
    return Answer(desk.question, "stories", desk.about_people(first), first, passages, topic=before.topic)


def others(desk: Desk, before: Result, last: Turn) -> Result:
    """What else somebody said, or who else speaks, beside what was shown."""
    if isinstance(before, Answer) and before.form == "said" and _PEOPLE.isdisjoint(bare_words(desk.question)):
        rest = [one for one in outermost(desk.said_by(before.speakers)) if one not in before.statements]
        if rest:
            return Answer(desk.question, "said", before.speakers, tuple(rest), before.passages)
        return abstaining.not_on_topic(desk, before.speakers, _ELSE, before.statements, before.passages)
    if isinstance(before, Answer) and before.form == "who-said":
        return abstaining.not_in_story(desk, before.statements, before.passages, before.topic)
    shown = {speaker.id for speaker in before.speakers} if isinstance(before, Answer) else set()
    told = before.statements if isinstance(before, Answer) else before.nearest
    stories = {one.story for one in told} or {hit.passage.story for hit in before.passages[:1]}
    here = desk.within(story=next(iter(stories))) if len(stories) == 1 else desk
    everybody = answer_speakers(here)
    if isinstance(everybody, Abstention):
        return everybody
    rest_of = tuple(speaker for speaker in everybody.speakers if speaker.id not in shown)
    return replace(everybody, speakers=rest_of) if rest_of else abstaining.not_in_story(desk)


def detail_of(desk: Desk, detail: Detail, before: Result, turns: Sequence[str]) -> Result | None:
    """When, where or to whom it was said that was shown before: the sentences that tell how it was said, with the words
    that tell marked, or that the story does not say; behind a yes or no, or what nobody says, when, where or to whom it
    was, as the judge finds it after these `turns`. None for why.

    Of 59 such questions about people in 145 public stories that get an answer by how it was said 53 get the right one
    (looked at), and of 15 more that the judge's words would have answered 3.
    """
    if detail == "why":
        return None
    if isinstance(before, Abstention) or before.verdict in ("yes", "no") or not before.statements:
        return _as_a_fact(desk, before, turns)
    said = before.statements
    evidence = desk.within(story=said[0].story).evidence(desk.question, turns)
    if not evidence.answers:  # nothing is read closely
        return Answer(desk.question, "said", desk.about_people(said), said, before.passages)
    told = {one: found for one in said[:_ASKED_OF] if (found := _how_said(desk, detail, one)) is not None}
    if not told:
        passages = with_first((), evidence.hits, desk.limits.passages)
        return replace(abstaining.not_in_story(desk, said, passages), choices=(), detail=detail)
    hits = tuple(dict.fromkeys(Hit(passage, 1.0) for passage, _ in told.values()))
    marks = tuple(dict.fromkeys(mark for _, mark in told.values()))
    return Answer(desk.question, "said", desk.about_people(tuple(told)), tuple(told), hits, marks)


def _as_a_fact(desk: Desk, before: Result, turns: Sequence[str]) -> Result:
    """What the judge finds to a question, in the story that the turn before was about; or the refusal of that."""
    here = desk.within(story=before.passages[0].passage.story) if before.passages else desk
    asked = Question(desk.question, "fact", {"fact": 1.0}, {}, tuple(turns))
    found = answer_fact(here, asked, judge_asked(here, asked))
    unheard = isinstance(found, Abstention) and isinstance(before, Abstention)
    return replace(before, question=desk.question) if unheard else found


def _how_said(desk: Desk, detail: Detail, said: Statement) -> tuple[Passage, Mark] | None:
    """The sentences that tell how something was said, and the words in them that tell a detail of it: none of the
    words themselves, nor of what the speaker is ("a professor at Oxford" said nothing at Oxford by that)."""
    text = desk.shelf.story(said.story).text
    place = said.cue.span if said.cue else said.mention or said.span
    around = [one for one in sentence_spans(text, place.lines_of(text)) if one.overlaps(place)]
    if not around:
        return None
    whole = Span(around[0].start, around[-1].end)
    words = _addressee(said, whole, text) if detail == "to-whom" else None
    if words is None:
        speaker = next(iter(desk.about_people((said,))), None)
        name = speaker.name if speaker else ""
        words = words_told(_IN_WORDS[detail], (f"what did {name} say?",), text, whole, name)
        if words is None or (speaker and any(words.of(text) in role for role in speaker.roles)):
            return None
    if said.span.covers(words):
        return None
    return Passage(said.story, said.version, whole, said.paragraph), Mark(said.story, words)


def _addressee(said: Statement, whole: Span, text: str) -> Span | None:
    """Where some sentences tell, outside the words themselves, whom these were said to."""
    if not said.addressee:
        return None
    places = re.finditer(rf"(?<!\w){re.escape(said.addressee)}(?!\w)", whole.of(text))
    spans = (Span(whole.start + found.start(), whole.start + found.end()) for found in places)
    return next((span for span in spans if not said.span.overlaps(span)), None)
