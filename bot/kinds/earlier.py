"""Follow-ups answered from what the question before them got: "the second one", "who else?", "when was that?"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.answers import Abstention, Answer, Result, Turn
from bot.kinds import abstaining
from bot.kinds.desk import Desk
from bot.kinds.lists import answer_speakers, one_each
from bot.kinds.said import everything, outermost
from bot.questions.exact import Detail
from bot.questions.question import bare_words
from index.story import Statement

AskAgain = Callable[[str, Sequence[Turn]], Result]
_ELSE = "anything else"
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
    stories = {one.story for one in before.statements} if isinstance(before, Answer) else set()
    here = desk.within(story=next(iter(stories))) if len(stories) == 1 else desk
    everybody = answer_speakers(here)
    if isinstance(everybody, Abstention):
        return everybody
    rest_of = tuple(speaker for speaker in everybody.speakers if speaker.id not in shown)
    return replace(everybody, speakers=rest_of) if rest_of else abstaining.not_in_story(desk)


def detail_of(desk: Desk, detail: Detail, before: Result) -> Result | None:
    """When, where or to whom it was said that was shown before: the statements whose cue tells; None where none was."""
    if isinstance(before, Abstention):
        return replace(before, question=desk.question)
    if not before.statements or detail == "why":
        return None
    telling = tuple(one for one in before.statements if one.addressee) if detail == "to-whom" else ()
    return replace(before.without_verdict(), question=desk.question, statements=telling or before.statements)
