"""Asking: a question, the conversation before it and the stories in; an answer, or a refusal with its reason, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.answers import Abstention, Answer, Checked, Reason, Result, Turn
from bot.checking.answering import check_quotation, check_text
from bot.checking.messages import first_quoted, is_made_of_quotations
from bot.kinds.answering import JUDGED, answer_exact, answer_read
from bot.kinds.desk import DEFAULTS, FOR_PEOPLE, Desk, Limits, with_first
from bot.kinds.earlier import AskAgain
from bot.kinds.judged import judge
from bot.kinds.said import answer_said, said_by_name
from bot.kinds.who_said import answer_who_said
from bot.questions.exact import exact_forms
from bot.questions.parting import parted
from bot.questions.question import Question, bare_words, is_pronoun, stands_for
from bot.questions.reader import LEANS_FROM, Kind, QuestionReader
from bot.questions.scope import outlet_named, split_when
from bot.shelf import Shelf
from index.language import plain_words
from index.remembering import once

__all__ = ["DEFAULTS", "FOR_PEOPLE", "Limits", "ask", "check", "check_all", "is_made_of_quotations", "said", "who_said"]
LONGEST = 4_000  # code points of a message that are read
_OF_FACTS: tuple[Kind, ...] = ("fact", "about")
"""What is asked of all stories once more where those of a time or an outlet that the question ends with do not tell it:
of 117 questions over 2,328 stories the right one is among the first five for 80.3 in 100 so, and for 76.9 otherwise."""
_OF_QUOTATIONS: tuple[Kind, ...] = ("check", "whether")
"""Kinds that, where they have words between marks, ask whether these stand in a story."""
_OF_WORDS: tuple[Kind, ...] = ("said", "said-about", "who-said")
"""Kinds that, where they have words between marks, ask for them if somebody says them so. Most people quote by heart:
ten of 2,371 chat questions over stories not looked at have words that stand nowhere, and nine of them have an answer.
"""
_ELSEWHERE = 0.6
"""How likely an answer from all stories is from which a question that leans on another gets it, where the story of that
one does not tell. Of 343 such held-out questions, asked of 144 to 280 stories at once, 53.1 in 100 are right so, 42.6
where it is all stories from the beginning, and 51.3 without this bound."""
_WHO_IS = ["who", "is"], ["who"], ["whos"]


def ask(
    shelf: Shelf,
    question: str,
    *,
    history: Sequence[Turn] = (),
    story: str | None = None,
    today: date | None = None,
    limits: Limits = DEFAULTS,
) -> Result:
    """What the stories say to a question, or why they do not.

    `history` is the conversation so far, oldest first; `story` the one story to keep to; `today` is what "yesterday"
    is counted from, and without it such words are not read as dates.
    """
    desk = Desk(shelf, question[:LONGEST], story, today=today, limits=limits)
    turns = tuple(history)[-limits.turns :]
    parts = _questions(desk)
    results = [replace(_asked(desk.within(question=part), (*turns, *before)), question=part) for part, before in parts]
    results = [one for one in results if not _only_talks(one)] or results[:1]
    result = results[0] if len(results) == 1 else _joined(desk, results)
    result = replace(result, question=question)
    if isinstance(result, Answer) or result.passages:
        return result
    return replace(result, passages=desk.beside())


def said(
    shelf: Shelf, name: str, *, about: str | None = None, story: str | None = None, limits: Limits = DEFAULTS
) -> Result:
    """What somebody said, about a topic or in all; the name is taken as a name, whatever words it has."""
    about_it = f" about {about}" if about else ""
    desk = Desk(shelf, f"what did {name} say{about_it}?", story, limits=limits)
    by_name = said_by_name(desk, name)
    if not about or not isinstance(by_name, Answer):
        return by_name
    asked = Question(desk.question, "said-about", {"said-about": 1.0}, {"who": name, "about": about})
    own = {speaker.id for speaker in by_name.speakers}
    judged = judge(desk, asked.text)
    kept = {key: speaker for key, speaker in judged.voices.items() if key in own}
    return answer_said(desk, asked, replace(judged, voices=kept, scored=judged.only(own)))


def who_said(shelf: Shelf, words: str, *, story: str | None = None, limits: Limits = DEFAULTS) -> Result:
    """Who said something, in these words or others."""
    desk = Desk(shelf, words, story, limits=limits)
    asked = Question(words, "who-said", {"who-said": 1.0}, {"words": words})
    return answer_who_said(desk, asked, judge(desk, f"who said {words.rstrip(' ?.!')}?"))


def check(
    shelf: Shelf, quotation: str, *, speaker: str | None = None, story: str | None = None, limits: Limits = DEFAULTS
) -> Result:
    """Whether a quotation stands in the stories as given, and as whose."""
    return check_quotation(Desk(shelf, quotation, story, limits=limits), quotation, speaker)


def check_all(
    shelf: Shelf, text: str, *, speaker: str | None = None, story: str | None = None, limits: Limits = DEFAULTS
) -> tuple[Checked, ...]:
    """How each quotation of a text compares with the stories, each as said by whomever the text names for it."""
    return check_text(Desk(shelf, text, story, limits=limits), text, speaker)


def _asked(desk: Desk, history: Sequence[Turn]) -> Result:
    """What the stories say to one question; a refusal may still be without the passages that came nearest."""
    again = _asking_again(desk)
    someone = _someone_before(desk, history)
    if someone:
        return _asked(desk.within(question=f"who is {someone}?"), ())
    for exact in exact_forms(desk.question):
        result = answer_exact(desk, exact, history, again)
        if result is not None:
            return result
    narrowed = _scoped(desk)
    kind, result = _read_and_answered(narrowed, history, again)
    if isinstance(result, Abstention) and kind in _OF_FACTS and narrowed is not desk:
        return _read_and_answered(desk, history, again)[1]  # "in 2023" may be no story's date, but what is told
    return result


def _someone_before(desk: Desk, history: Sequence[Turn]) -> str | None:
    """Whom "who is he?" asks for: the name of the one person whom the turns before name and the pronoun fits."""
    words = bare_words(desk.question)
    if not history or words[:-1] not in _WHO_IS or not is_pronoun(words[-1]):
        return None
    people = stands_for(words[-1], history, desk.speakers())
    return people[0].name if len(people) == 1 else None


def _read_and_answered(desk: Desk, history: Sequence[Turn], again: AskAgain) -> tuple[Kind, Result]:
    """What a question is read as, and what the stories say to it."""
    read = once(QuestionReader.load).read(desk.question, desk.pieces(desk.question), follows=bool(history))
    asked = Question.of(desk.question, read, history)
    quoted = first_quoted(desk.question)
    alone = quoted is not None and not plain_words(desk.question.replace(quoted, ""))
    if quoted and (alone or asked.kind in (*_OF_QUOTATIONS, *_OF_WORDS)):
        checked = check_quotation(desk, quoted, asked.who)
        if alone or asked.kind in _OF_QUOTATIONS or (isinstance(checked, Answer) and checked.statements):
            return asked.kind, checked
    here = _where_it_was(desk, asked, history)
    result = answer_read(here or desk, asked, history, again)
    if here is None or isinstance(result, Answer):
        return asked.kind, result
    elsewhere = answer_read(desk, asked, history, again)
    told = isinstance(elsewhere, Answer) and elsewhere.confidence >= _ELSEWHERE
    return asked.kind, elsewhere if told else result


def _where_it_was(desk: Desk, asked: Question, history: Sequence[Turn]) -> Desk | None:
    """For a question that leans on others, the desk narrowed to the story of the last one that stands by itself, or of
    the first of all."""
    if asked.kind not in JUDGED or not asked.context or desk.story is not None or len(desk.shelf.stories) == 1:
        return None
    asked_before = [turn.question for turn in history]
    whole = next((one for one in reversed(asked_before) if not _leans(desk, one)), asked_before[0])
    hits = desk.evidence(whole).hits
    return desk.within(story=hits[0].passage.story) if hits else None


def _leans(desk: Desk, question: str) -> bool:
    """Whether a question that was asked can't be understood without those before it."""
    return once(QuestionReader.load).leans(desk.pieces(question)) >= LEANS_FROM


def _asking_again(desk: Desk) -> AskAgain:
    """Asks another question of the same stories."""

    def again(question: str, history: Sequence[Turn]) -> Result:
        return ask(desk.shelf, question, history=history, story=desk.story, today=desk.today, limits=desk.limits)

    return again


def _scoped(desk: Desk) -> Desk:
    """The desk narrowed to a time or an outlet that the question ends with, its question without it."""
    if desk.story is not None:
        return desk
    worded, when = split_when(desk.question, desk.today)
    asks_for_words = any(form.wanted == "said" for form in exact_forms(worded))
    if when and (asks_for_words or any(when.holds(story.date) for story in desk.shelf.stories)):
        return desk.within(when=when, question=worded)
    worded, outlet = outlet_named(desk.question, desk.shelf)
    return desk.within(outlet=outlet, question=worded) if outlet else desk


def _questions(desk: Desk) -> list[tuple[str, tuple[Turn, ...]]]:
    """The questions of a message, one or two, with what was asked before in it."""
    two = parted(desk.question, desk.pieces)
    return [(two[0], ()), (two[1], (Turn(two[0]),))] if two else [(desk.question, ())]


def _only_talks(result: Result) -> bool:
    """Whether what was asked is no question about any story."""
    return isinstance(result, Abstention) and result.reason is Reason.NOT_ABOUT_THE_STORY


def _joined(desk: Desk, results: Sequence[Result]) -> Result:
    """The answers to two questions, apart, with the statements that answer any; a refusal where neither is answered."""
    answers = [result for result in results if isinstance(result, Answer)]
    if not answers:
        return results[0]
    passages = with_first(answers[0].passages, answers[-1].passages, desk.limits.passages)
    joined = replace(answers[0].without_verdict(), passages=passages, apart=tuple(results))
    if len(answers) < 2 or not all(one.statements for one in answers):
        return joined
    statements = tuple(dict.fromkeys(statement for one in answers for statement in one.statements))
    speakers = tuple(dict.fromkeys(speaker for one in answers for speaker in one.speakers))
    return replace(joined, form="said", topic=None, folded=(), speakers=speakers, statements=statements)
