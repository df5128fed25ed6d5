"""Follow-ups that are answered from what the question before them got: "the second one", "why?", "who else?"."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.answering import abstaining
from bot.answering.asked import Asked
from bot.answering.desk import Desk
from bot.answering.facts import find_fact
from bot.answering.follow_ups import settled
from bot.answering.headers import of_story
from bot.answering.matching import has_content
from bot.answering.overview import answer_speakers
from bot.answering.sayers import answer_who_said
from bot.answering.statements import answer_said, outermost
from bot.answers import Abstention, Answer, Result, Turn

AskAgain = Callable[[str, Sequence[Turn]], Result]


_PEOPLE = re.compile(r"\b(?:who|others?|anyone|anybody|everyone|someone)\b", re.IGNORECASE)
_ALL_SHOWN = "anything else"
_STORIES = re.compile(r"\b(?:stories|articles)\b", re.IGNORECASE)


def leans_on_results(asked: Asked) -> bool:
    """Whether a question can only be answered from what the one before it got."""
    bare = asked.wanted == "fragment" and (asked.others or asked.lead is not None or asked.detail is not None)
    if asked.wanted == "header":
        return not (asked.loose or has_content(asked.topic))
    whole_list = _STORIES.search(asked.text) and not asked.text.lower().startswith("in ")
    return bare or (asked.wanted == "stories" and not has_content(asked.topic) and not whole_list)


def answer_from_before(desk: Desk, asked: Asked, history: Sequence[Turn], ask_again: AskAgain) -> Result:
    """Asks the question before again, and answers from what that gets."""
    last = history[-1]
    settled_before = settled(desk, last.question, history[:-1])
    meaning = settled_before if isinstance(settled_before, Asked) else asked
    if asked.detail == "fact" or (meaning.wanted == "fact" and (asked.others or asked.detail)):
        return find_fact(desk, f"{meaning.text} {asked.text}")
    before = ask_again(last.question, history[:-1])
    if asked.lead is not None:
        return _the_nth(desk, asked.lead, before, ask_again)
    if asked.wanted == "header":
        return of_story(desk, asked, before)
    if asked.wanted == "stories":
        return _in_which_story(desk, before)
    if asked.others:
        return _others(desk, before, meaning, last)
    return _detail(desk, asked, before, meaning)


def _the_nth(desk: Desk, number: int, before: Result, ask_again: AskAgain) -> Result:
    """The n-th of what was shown: a choice, a person with their words, or one statement."""
    place = number - 1 if number > 0 else -1
    if isinstance(before, Abstention):
        if before.choices and -len(before.choices) <= place < len(before.choices):
            return replace(ask_again(before.choices[place], ()), question=desk.question)
        return abstaining.not_in_story(desk)
    if before.form in ("who-said", "speakers") and -len(before.speakers) <= place < len(before.speakers):
        speaker = before.speakers[place]
        return answer_said(
            desk,
            Asked("said", desk.question, who=speaker.name, topic=before.topic if before.form == "who-said" else None),
        )
    groups: dict[tuple[str, int], list[int]] = {}
    for at, statement in enumerate(before.statements):
        groups.setdefault((statement.story, statement.attribution), []).append(at)
    listed = list(groups.values())
    if -len(listed) <= place < len(listed):
        chosen = tuple(before.statements[at] for at in listed[place])
        return Answer(desk.question, "said", desk.about_people(chosen), chosen, before.passages, topic=before.topic)
    if not before.statements and -len(before.passages) <= place < len(before.passages):
        return replace(before, question=desk.question, passages=(before.passages[place],), marks=())
    return abstaining.not_in_story(desk)


def _in_which_story(desk: Desk, before: Result) -> Result:
    """The stories that the result before came from."""
    statements = before.statements if isinstance(before, Answer) else before.nearest
    if not statements and not before.passages:
        return abstaining.not_in_story(desk)
    if not statements:
        return Answer(desk.question, "stories", passages=before.passages[:1], topic=before.topic)
    first = tuple({s.story: s for s in reversed(statements)}.values())[::-1]
    held = {s.story for s in first}
    passages = tuple(hit for hit in before.passages if hit.passage.story in held)
    return Answer(desk.question, "stories", desk.about_people(first), first, passages, topic=before.topic)


def _others(desk: Desk, before: Result, meaning: Asked, last: Turn) -> Result:
    """Who else said it, who else speaks, or what else somebody said."""
    shown = before.speakers if isinstance(before, Answer) else ()
    ids = {
        speaker.id
        for speaker in shown
        if not last.answer or speaker.name.split()[-1].casefold() in last.answer.casefold()
    }
    if isinstance(before, Answer) and before.form == "said" and not _PEOPLE.search(desk.question):
        rest = [s for s in outermost(desk.said_by(before.speakers)) if s not in before.statements]
        if rest:
            return Answer(desk.question, "said", before.speakers, tuple(rest), before.passages)
        return abstaining.not_on_topic(desk, before.speakers, _ALL_SHOWN, before.statements, before.passages)
    words = meaning.words or meaning.topic
    if has_content(words):
        return answer_who_said(
            desk, Asked("who-said", meaning.text, words=words, act=meaning.act, verb=meaning.verb), without=ids
        )
    stories = {statement.story for statement in before.statements} if isinstance(before, Answer) else set()
    stories = stories or {hit.passage.story for hit in before.passages[:1]}
    here = desk.within(story=stories.pop()) if len(stories) == 1 else desk
    everybody = answer_speakers(here, Asked("speakers", desk.question))
    if isinstance(everybody, Answer):
        rest_of = tuple(speaker for speaker in everybody.speakers if speaker.id not in ids)
        return replace(everybody, speakers=rest_of) if rest_of else abstaining.not_in_story(desk)
    return everybody


_REASON = re.compile(
    r"\b(?:because|since|so that|in order to|reasons?|due to|the fact that|grounds|that's why|which is why|given)\b",
    re.IGNORECASE,
)


def _reasons(desk: Desk, before: Answer) -> Result:
    """The statements of the same speakers, in the same stories, that give a reason."""
    held = {s.story for s in before.statements}
    texts = desk.texts(before.statements)
    every = [s for s in desk.said_by(before.speakers) if s.story in held]
    giving = tuple(s for s in every if _REASON.search(s.span.of(texts[s.story])))
    if not giving:
        return abstaining.not_on_topic(desk, before.speakers, None, before.statements, before.passages)
    return replace(before, question=desk.question, statements=giving, topic=None, folded=())


def _detail(desk: Desk, asked: Asked, before: Result, meaning: Asked) -> Result:
    """When, where, to whom or why, of what was shown before."""
    if isinstance(before, Abstention):
        return replace(before, question=desk.question)
    if asked.detail == "to-whom":
        heard = tuple(s for s in before.statements if s.addressee)
        return replace(before, question=desk.question, statements=heard or before.statements)
    if before.form in ("said", "check", "who-said") and asked.detail in ("when", "how", "where"):
        return replace(before, question=desk.question)
    if before.form in ("said", "check") and asked.detail == "why":
        return _reasons(desk, before)
    fact = find_fact(desk, f"{asked.text} {meaning.text}")
    if isinstance(fact, Abstention):
        return replace(fact, nearest=before.statements[:3])
    return fact
