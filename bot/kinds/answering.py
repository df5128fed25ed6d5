"""From a question to what answers it: each kind has its module, and this is their table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.answers import Detail, Result, Turn
from bot.kinds import abstaining
from bot.kinds.chat import KINDS as CHAT
from bot.kinds.chat import answer_chat
from bot.kinds.desk import Desk, told_by
from bot.kinds.earlier import AskAgain, detail_of, in_which_story, others, the_nth
from bot.kinds.fact import answer_fact
from bot.kinds.header import answer_header, of_story
from bot.kinds.judged import Judged, judge_asked
from bot.kinds.lists import answer_speakers, answer_stories, answer_summary
from bot.kinds.people import each_meant
from bot.kinds.said import answer_said, answer_told, everything, said_by_name
from bot.kinds.whether import answer_whether
from bot.kinds.who_said import answer_said_about, answer_stance, answer_who_said
from bot.questions.exact import OF_BEFORE, Exact, exact_forms
from bot.questions.languages import is_foreign
from bot.questions.question import TURNS, Question, is_pronoun, stands_for
from bot.questions.reader import Kind
from index.language import stems_of
from index.ranking import LAST, is_anothers, is_name, links_of

JUDGED: Mapping[Kind, Callable[[Desk, Question, Judged], Result]] = {
    "said": answer_said,
    "said-about": answer_said_about,
    "reaction": answer_said,
    "who-said": answer_who_said,
    "stance": answer_stance,
    "whether": answer_whether,
    "fact": answer_told,
    "about": answer_fact,
    "check": answer_whether,
}
"""The kinds that are answered from what the judge makes of a question."""
_SURE = 0.6  # the probability from which a question is taken to be none about what stories tell
_OF_STORIES: tuple[Kind, ...] = ("stories", "summary", "speakers", "header")
"""Kinds that are together as sure as one: of 800 lines that were not taught 9 are read otherwise so, 4 of these rightly
and none before."""
_TALK = 0.75  # the same of all kinds of talk together; none of 2,371 questions over stories is taken for talk by that
_ELSE = frozenset(stems_of("anyone anybody anything else other others another more show tell say said"))
_TELLS = 2
"""Words of its own from which a question for others tells which: 9 of 1,189 answerable messages in conversations over
servers got a list of all speakers instead. How many of those are right so was not measured apart."""
_DETAILS: Mapping[str, Detail] = {"to": "to-whom", "where": "where", "when": "when"}


def answer_exact(desk: Desk, exact: Exact, history: Sequence[Turn], ask_again: AskAgain) -> Result | None:
    """The answer to one of the forms that need no model; None where it does not hold for the stories at hand."""
    if exact.wanted in OF_BEFORE:
        return _from_before(desk, exact, history, ask_again) if history else None
    if exact.wanted == "header" and exact.part:
        before = ask_again(history[-1].question, history[:-1]) if history else None
        return of_story(desk, exact.part, before) if before else answer_header(desk, exact.part)
    if exact.wanted == "stories":
        return answer_stories(desk, exact.topic)
    if exact.wanted == "speakers":
        return answer_speakers(desk)
    if exact.wanted == "summary":
        return answer_summary(desk, exact.topic)
    return _said(desk, exact.who or "", history)


def _said(desk: Desk, who: str, history: Sequence[Turn]) -> Result | None:
    """All of somebody's words, where the words for who are a name that somebody has, or a pronoun that means one."""
    if is_pronoun(who):
        people = stands_for(who, history, desk.speakers())
        if len(people) == 1 or (history and people and who.casefold() == "they"):
            return everything(desk, people)
        return abstaining.several(desk, who, people[: desk.limits.choices]) if len(people) > 1 else None
    parts = [one.words for one in each_meant(desk, who)]
    named = all(_is_a_name(desk, part) for part in parts)
    return said_by_name(desk, who) if named and not is_anothers(who, links_of(who, desk.speakers(who))) else None


def _is_a_name(desk: Desk, words: str) -> bool:
    links = links_of(words, desk.speakers(words))
    return any(link.name >= LAST and is_name(words, link) for link in links.values())


def _from_before(desk: Desk, exact: Exact, history: Sequence[Turn], ask_again: AskAgain) -> Result | None:
    history = _but_details(history)
    before = ask_again(history[-1].question, history[:-1])
    if exact.number is not None:
        return the_nth(desk, exact.number, before, ask_again)
    if exact.wanted == "which-story":
        return in_which_story(desk, before)
    if exact.wanted == "others":
        return others(desk, before, history[-1])
    return detail_of(desk, exact.detail or "when", before, tuple(turn.question for turn in history[-TURNS:]))


def _but_details(history: Sequence[Turn]) -> Sequence[Turn]:
    """The turns up to the last that asks no detail of what the one before showed, as far as its form tells."""
    while len(history) > 1 and any(form.detail not in (None, "why") for form in exact_forms(history[-1].question)):
        history = history[:-1]
    return history


def answer_read(desk: Desk, asked: Question, history: Sequence[Turn], ask_again: AskAgain) -> Result:
    """The answer or the refusal to a question that was read."""
    kind = asked.kind
    if kind not in JUDGED and not _is_sure(asked, kind):
        kind = max(JUDGED, key=lambda one: asked.kinds[one])
    if kind in CHAT or is_foreign(asked.text):
        return answer_chat(desk, kind if kind in CHAT else "foreign", asked.talk)
    leaning = _as_exact(asked, kind) if history else None
    found = _from_before(desk, leaning, history, ask_again) if leaning else None
    if found is not None:
        return found
    named = next((words for words in (asked.slots.get("story"), asked.topic) if words and told_by(words)), None)
    if kind == "header":
        return answer_header(desk, asked.part, named)
    if kind == "stories":
        return answer_stories(desk, asked.topic)
    if kind == "speakers":
        return answer_speakers(desk, named)
    if kind == "summary":
        return answer_summary(desk, named)
    kind = kind if kind in JUDGED else max(JUDGED, key=lambda one: asked.kinds[one])
    return JUDGED[kind](desk, replace(asked, kind=kind), judge_asked(desk, asked))


def _is_sure(asked: Question, kind: Kind) -> bool:
    """Whether a kind that asks nothing of what stories tell is likely enough, by itself or with those like it."""
    alike, least = (_OF_STORIES, _SURE) if kind in _OF_STORIES else (CHAT, _TALK)
    together = sum(asked.kinds.get(one, 0.0) for one in alike) if kind in alike else 0.0
    return asked.kinds[kind] >= _SURE or together >= least


def _as_exact(asked: Question, kind: Kind) -> Exact | None:
    """A question that leans on what was shown, as one of the exact forms; None for any other, and for one that tells
    what others are asked for: "who else made that mistake" is judged."""
    if kind in ("who-else", "more"):
        return None if len(set(stems_of(asked.text)) - _ELSE) >= _TELLS else Exact("others")
    detail = next((detail for slot, detail in _DETAILS.items() if slot in asked.slots), None)
    return Exact("detail", detail=detail) if detail and kind == "statement-detail" else None
