"""Asking: a question, the conversation before it and the stories in; an answer, or a refusal with its reason, out."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from bot.answering import abstaining
from bot.answering.asked import Asked
from bot.answering.checking import answer_check
from bot.answering.desk import Desk
from bot.answering.earlier_results import AskAgain, answer_from_before, leans_on_results
from bot.answering.follow_ups import Unclear, settled
from bot.answering.headers import answer_header
from bot.answering.limits import DEFAULTS, Limits
from bot.answering.overview import answer_about, answer_fact, answer_speakers, answer_stories, answer_summary
from bot.answering.sayers import answer_who_said
from bot.answering.scope import outlet_named, split_when
from bot.answering.statements import answer_said
from bot.answering.two_questions import joined, two_questions
from bot.answering.understanding import understand
from bot.answers import Answer, Checked, Result, Turn
from bot.checking import answering as quotations
from bot.shelf import Shelf, expects

_ANSWERS: dict[str, Callable[[Desk, Asked], Result]] = {
    "said": answer_said,
    "who-said": answer_who_said,
    "check": answer_check,
    "stories": answer_stories,
    "summary": answer_summary,
    "speakers": answer_speakers,
    "fact": answer_fact,
    "about": answer_about,
    "header": answer_header,
}


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
    desk = Desk(shelf, question, story, today=today, context=_context(history), limits=limits)
    if limits.beside and not history and expects(shelf):  # after earlier turns another wording may be what is searched
        shelf.expect(question)
    return _with_evidence(desk, _each_asked(desk, history))


def _each_asked(desk: Desk, history: Sequence[Turn]) -> Result:
    """What the stories say to a question, or to both of two in one."""
    both = two_questions(desk.question)
    if both is None:
        return _asked(desk, history)
    first, second = (desk.within(question=one) for one in both)
    return joined(desk, _asked(first, history), _asked(second, (*history, Turn(both[0]))))


def _asked(desk: Desk, history: Sequence[Turn]) -> Result:
    """What the stories say to a question, as `ask`; a refusal may still be without the passages that came nearest."""
    worded, desk = _scoped(desk)
    asked = settled(desk, worded, history)
    if isinstance(asked, Unclear):
        return abstaining.several(desk, asked.word, asked.people, asked.topic)
    if asked.wanted == "chatter":
        return abstaining.not_about_the_story(desk)
    if history and leans_on_results(asked):
        return answer_from_before(desk, asked, history, _asking_again(desk))
    if asked.wanted == "fragment":
        return abstaining.not_in_story(desk) if asked.who else abstaining.not_about_the_story(desk)
    return _ANSWERS[asked.wanted](desk, asked)


def _asking_again(desk: Desk) -> AskAgain:
    """Asks another question of the same stories."""

    def again(question: str, history: Sequence[Turn]) -> Result:
        return ask(desk.shelf, question, history=history, story=desk.story, today=desk.today, limits=desk.limits)

    return again


def _with_evidence(desk: Desk, result: Result) -> Result:
    """The result with the passages that came nearest, where a refusal has none and there is a story to look in."""
    if isinstance(result, Answer) or result.passages:
        return result
    return replace(result, passages=desk.beside())


def check(
    shelf: Shelf, quotation: str, *, speaker: str | None = None, story: str | None = None, limits: Limits = DEFAULTS
) -> Result:
    """Whether a quotation stands in the stories as given, and as whose."""
    return quotations.check_quotation(Desk(shelf, quotation, story, limits=limits), quotation, speaker)


def check_all(
    shelf: Shelf, text: str, *, speaker: str | None = None, story: str | None = None, limits: Limits = DEFAULTS
) -> tuple[Checked, ...]:
    """How each quotation of a text compares with the stories, each as said by whomever the text names for it."""
    return quotations.check_text(Desk(shelf, text, story, limits=limits), text, speaker)


def who_said(shelf: Shelf, words: str, *, story: str | None = None, limits: Limits = DEFAULTS) -> Result:
    """Who said something, in these words or others."""
    return answer_who_said(Desk(shelf, words, story, limits=limits), Asked("who-said", words, words=words))


def said(
    shelf: Shelf, name: str, *, about: str | None = None, story: str | None = None, limits: Limits = DEFAULTS
) -> Result:
    """What somebody said, about a topic or in all; the name is taken as a name, whatever words it has."""
    about_it = f" about {about}" if about else ""
    desk = Desk(shelf, f"what did {name} say{about_it}?", story, limits=limits)
    return answer_said(desk, Asked("said", desk.question, who=name, topic=about))


def _context(history: Sequence[Turn]) -> tuple[str, ...]:
    """The earlier turns in words, oldest first, for questions of fact that lean on them."""
    return tuple(f"{turn.question} {turn.answer or ''}".strip()[:400] for turn in history[-3:])


def _scoped(desk: Desk) -> tuple[str, Desk]:
    """The question without a time or an outlet that narrows a library, and the desk narrowed to it."""
    worded, when = split_when(desk.question, desk.today)
    if when and understand(worded).wanted in ("said", "who-said", "stories"):
        desk = replace(desk, when=when if desk.story is None else None)
    else:
        worded = desk.question
    if desk.story is None:
        without, outlet = outlet_named(worded, desk.shelf)
        if outlet and understand(without).wanted in ("said", "who-said") and understand(without).who:
            return without, replace(desk, outlet=outlet)
    return worded, desk
