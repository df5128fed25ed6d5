"""Whether somebody said something: quotations are `bot.checking`'s; here it is what they said in other words."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.answering import abstaining
from bot.answering.acts import HARD_ACTS, done_in_cue, is_not_said
from bot.answering.asked import Asked
from bot.answering.desk import Desk, alongside
from bot.answering.facts import find_fact
from bot.answering.matching import Fit, Wording, fits, has_content
from bot.answering.names import core
from bot.answering.people import Meant
from bot.answering.sayers import without_relayers
from bot.answering.statements import is_unclear, who_is_meant
from bot.answers import Answer, Result
from bot.checking import answering as quotations
from index.story import Speaker, Statement

_FIGURES = re.compile(r"\d+(?:[.,]\d+)*")
_QUOTED = re.compile(r"[\"“]([^\"“”]{2,})[\"”]")


def answer_check(desk: Desk, asked: Asked) -> Result:
    """Whether they said it: the check of what is quoted, else the words that bear it out, or a no."""
    said = asked.words or ""
    quoted = _QUOTED.search(said)
    if quoted or not asked.who:
        return _for_denial(asked, quotations.check_quotation(desk, quoted.group() if quoted else said, asked.who))
    people: tuple[Speaker, ...] = ()
    if has_content(said):
        meant = who_is_meant(desk, asked.who)
        if isinstance(meant, Meant):
            if not meant.speakers:
                return _unknown(desk, asked, meant)
            if is_unclear(meant):
                return abstaining.several(desk, meant.name, meant.speakers)
            people = meant.speakers
        else:
            people = meant
    if _is_act_alone(desk, asked, said):
        return _acted(desk, asked, said, people)
    found = quotations.word_for_word(desk, said, people)
    if isinstance(found, Answer):
        return _for_denial(asked, replace(found, verdict="no" if found.verdict == "denied" else "yes"))
    return _in_other_words(desk, asked, said, people)


def _for_denial(asked: Asked, result: Result) -> Result:
    """The result; where it was asked whether they denied it, that they did is a yes."""
    if isinstance(result, Answer) and asked.act in ("denies", "declines") and result.verdict in ("denied", "no"):
        return replace(result, verdict="yes")
    return result


def _in_other_words(desk: Desk, asked: Asked, said: str, people: Sequence[Speaker]) -> Result:
    """The statements of theirs that say as much, or a no with what they did say."""
    every = desk.said_by(people)
    names = {word for speaker in people for word in speaker.name.split()}
    found = sorted(_borne_out(desk, asked, said, every, names), key=lambda fit: -fit.score)
    chosen = [
        fit.statement
        for fit in found
        if fit.score >= desk.limits.check_score and fit.within and not fit.opposed and _same_numbers(desk, said, fit)
    ]
    denied = [s for s in chosen if is_not_said(s)] if asked.act not in ("denies", "declines") else []
    chosen = without_relayers([s for s in chosen if s not in denied])
    if not chosen and denied:
        return Answer(
            desk.question, "check", tuple(people), tuple(denied), alongside(desk, denied), verdict="no", topic=said
        )
    if chosen:
        best = found[0].score
        kept = [fit.statement for fit in found if fit.statement in chosen and fit.score >= 0.7 * best]
        return Answer(
            desk.question, "check", tuple(people), tuple(kept), alongside(desk, kept), verdict="yes", topic=said
        )
    nearest = [fit.statement for fit in found]
    return abstaining.not_on_topic(desk, people, None, nearest, alongside(desk, nearest[:1]))


def _borne_out(
    desk: Desk, asked: Asked, said: str, every: Sequence[Statement], names: Collection[str]
) -> Sequence[Fit]:
    """How each statement fits; to have denied it is to have said that it is not so, or for a denial to tell it."""
    texts = desk.texts(every)
    plainly = fits(desk.shelf, Wording(said, texts, without=names), every)
    if asked.act != "denies":
        return plainly
    saying_no = fits(desk.shelf, Wording(said, texts, without=names, negated=True), every)
    return [yes if is_not_said(yes.statement) else no for yes, no in zip(plainly, saying_no, strict=True)]


def _same_numbers(desk: Desk, said: str, fit: Fit) -> bool:
    """Whether a statement with figures in it has those that were asked about."""
    asked = set(_FIGURES.findall(said))
    having = set(_FIGURES.findall(fit.statement.span.of(desk.shelf.story(fit.statement.story).text)))
    return not asked or not having or asked <= having


def _is_act_alone(desk: Desk, asked: Asked, said: str) -> bool:
    """Whether it was asked if somebody warned, backed or blamed somebody, and not what they said to it."""
    others = {token for speaker in desk.speakers(said) for token in core(speaker.name)} | {"him", "her", "them"}
    return asked.act in HARD_ACTS and not set(core(said.removeprefix("with "))) - others


def _acted(desk: Desk, asked: Asked, said: str, people: Sequence[Speaker]) -> Result:
    """Whether they did it: the statements whose cue shows it, or a no with what they did say."""
    every = desk.said_by(people)
    shown = done_in_cue(asked.act, every, desk.texts(every))
    if not shown:
        return abstaining.not_on_topic(desk, people, None, every, alongside(desk, every[:1]))
    return Answer(
        desk.question, "check", tuple(people), tuple(shown), alongside(desk, shown), verdict="yes", topic=said
    )


def _unknown(desk: Desk, asked: Asked, meant: Meant) -> Result:
    """The name fits nobody who speaks: a plain yes-or-no question, or a refusal."""
    passages = desk.beside()
    if asked.verb and not meant.mentioned and not asked.who:
        return find_fact(desk, asked.text)
    if meant.mentioned:
        return abstaining.not_quoted(desk, meant, asked.words, passages)
    if meant.name[:1].islower() and " " in meant.name:
        return find_fact(desk, asked.text)
    return abstaining.nobody(desk, meant, asked.words, passages)
