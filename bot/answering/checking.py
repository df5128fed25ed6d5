"""Whether somebody said something: the words compared one by one where they are quoted, by their sense where not."""

import re
from collections.abc import Collection, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

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
from bot.answering.text import Word, plain, words
from bot.answers import Answer, Mark, Result, Verdict
from index.story import Hit, Span, Speaker, Statement

_CHANGED = (
    0.55  # of the words of the quotation that must stand in the story in order, for it to be one that was altered
)
_FIGURES = re.compile(r"\d+(?:[.,]\d+)*")
_WORDS_NEEDED = 3  # fewer words than this fit too much by chance to be looked up as a quotation


class Found(NamedTuple):
    """Where a quotation was found: the best statement, how it compares, and how much of it (0..1)."""

    statement: Statement
    verdict: Verdict
    ratio: float


def answer_check(desk: Desk, asked: Asked) -> Result:
    """Whether they said it: a verdict on words that are quoted or word for word, else the words that bear it out."""
    quoted = re.search(r'"([^"]{2,})"', asked.words or "")
    said = quoted.group(1) if quoted else (asked.words or "")
    people: tuple[Speaker, ...] = ()
    if asked.who and has_content(said):
        meant = who_is_meant(desk, asked.who)
        if isinstance(meant, Meant):
            if not meant.speakers:
                return _unknown(desk, asked, meant)
            if is_unclear(meant):
                return abstaining.several(desk, meant.name, meant.speakers)
            people = meant.speakers
        else:
            people = meant
    if _is_act_alone(desk, asked, said) and not quoted:
        return _acted(desk, asked, said, people)
    found = verdict_on(desk, said, people)
    if found and found.verdict == "trimmed" and not quoted:
        found = found._replace(verdict="exact")  # whoever quotes nothing leaves nothing out
    if found and (quoted or not people or found.verdict == "exact"):
        return _checked(desk, said, found, people, denying=asked.act in ("denies", "declines"))
    if quoted or not people:
        return _not_quoted(desk, said, people)
    return _in_other_words(desk, asked, said, people)


def check_quotation(desk: Desk, quotation: str, speaker: str | None = None) -> Result:
    """The verdict on a quotation, said to be somebody's or not; an abstention where the name fits nobody or several."""
    asked = Asked("check", quotation, who=speaker, words='"' + quotation.replace('"', "'") + '"')
    return answer_check(desk, asked)


def verdict_on(desk: Desk, quotation: str, people: Sequence[Speaker]) -> Found | None:
    """The statement that the quotation comes from, those of `people` first, or None where no story has such words."""
    wanted = [plain(word.text) for word in words(quotation)]
    if len(wanted) < _WORDS_NEEDED:
        return None
    ids = {speaker.id for speaker in people}
    statements = desk.ordered(desk.statements()) if desk.story else _searched(desk, quotation)
    best: tuple[tuple[int, float], Found] | None = None
    for statement in statements:
        found = _compared(desk, wanted, quotation, statement)
        if found is None:
            continue
        own = not ids or statement.speaker in ids
        if not own and found.verdict not in ("exact", "trimmed"):
            continue
        found = found if own else found._replace(verdict="other-speaker")
        rank = (
            {"exact": 4, "trimmed": 3, "other-speaker": 2, "changed": 1}.get(found.verdict, 0),
            found.ratio - len(statement.span) / 1e6,
        )
        if best is None or rank > best[0]:
            best = (rank, found)
    return best[1] if best else None


def _searched(desk: Desk, quotation: str) -> tuple[Statement, ...]:
    stories = desk.stories()
    if len(stories) <= 20:
        return desk.ordered(desk.statements())
    ids = dict.fromkeys(hit.passage.story for hit in desk.searching(quotation, limit=40))
    return tuple(s for story in list(ids)[:20] for s in desk.shelf.statements(story))


def _compared(desk: Desk, wanted: list[str], quotation: str, statement: Statement) -> Found | None:
    text = statement.span.of(desk.shelf.story(statement.story).text)
    listed = words(text)
    having = [plain(word.text) for word in listed]
    if len(set(wanted) & set(having)) < _CHANGED * len(set(wanted)):
        return None
    at = _place(wanted, having)
    if at is not None:
        whole = _ends_well(text, listed, at, at + len(wanted))
        return Found(statement, "exact" if whole else "trimmed", 1.0)
    parts = [[plain(word.text) for word in words(part)] for part in re.split(r"\.\.\.|…|\[\S*\]", quotation)]
    parts = [part for part in parts if part]
    if len(parts) > 1 and _in_order(parts, having):
        return Found(statement, "trimmed", 1.0)
    matched = sum(block.size for block in SequenceMatcher(None, wanted, having, autojunk=False).get_matching_blocks())
    ratio = matched / len(wanted)
    return Found(statement, "changed", ratio) if ratio >= _CHANGED else None


def _place(wanted: Sequence[str], having: Sequence[str]) -> int | None:
    size = len(wanted)
    return next((i for i in range(len(having) - size + 1) if list(having[i : i + size]) == list(wanted)), None)


def _in_order(parts: Sequence[Sequence[str]], having: Sequence[str]) -> bool:
    start = 0
    for part in parts:
        at = _place(part, having[start:])
        if at is None:
            return False
        start += at + len(part)
    return True


def _ends_well(text: str, listed: Sequence[Word], first: int, after: int) -> bool:
    """Whether the words given begin and end where a sentence or clause of the original does."""
    before = text[: listed[first].start].rstrip()
    behind = text[listed[after - 1].end :].lstrip()
    opens = not before or before[-1] in "\"“‘'.!?:;–—(,…" or first == 0
    closes = not behind or behind[0] in "\"”’'.!?:;,–—)…" or after == len(listed)
    return opens and closes


def _checked(desk: Desk, said: str, found: Found, people: Sequence[Speaker], *, denying: bool = False) -> Answer:
    """The verdict with the whole utterance that the words come from."""
    statement = found.statement
    pieces = [
        s
        for s in desk.shelf.statements(statement.story)
        if s.attribution == statement.attribution and s.speaker == statement.speaker
    ]
    pieces.sort(key=lambda s: (s != statement, s.span.start))
    own = found.verdict != "other-speaker"
    return Answer(
        desk.question,
        "check",
        desk.about_people(pieces) or tuple(people),
        tuple(pieces),
        alongside(desk, pieces),
        verdict="denied" if own and not denying and is_not_said(statement) else found.verdict,
        topic=said,
        confidence=statement.confidence * found.ratio,
    )


def _not_quoted(desk: Desk, said: str, people: Sequence[Speaker]) -> Result:
    """No statement has these words: the reporter may have them, or nobody."""
    hits = desk.searching(said)
    wanted = [plain(word.text) for word in words(said)]
    marks = [mark for hit in hits if (mark := _marked(desk, wanted, hit))] if len(wanted) >= _WORDS_NEEDED else []
    if marks:
        return Answer(
            desk.question, "check", tuple(people), passages=hits, marks=tuple(marks), verdict="reporter", topic=said
        )
    return abstaining.no_such_words(desk, said, people, hits)


def _marked(desk: Desk, wanted: Sequence[str], hit: Hit) -> Mark | None:
    """Where a passage has these words, one after the other."""
    span = hit.passage.span
    listed = words(span.of(desk.shelf.story(hit.passage.story).text))
    at = _place(wanted, [plain(word.text) for word in listed])
    if at is None:
        return None
    first, last = listed[at], listed[at + len(wanted) - 1]
    return Mark(hit.passage.story, Span(span.start + first.start, span.start + last.end))


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
            desk.question, "check", tuple(people), tuple(denied), alongside(desk, denied), verdict="denied", topic=said
        )
    if chosen:
        best = found[0].score
        kept = [fit.statement for fit in found if fit.statement in chosen and fit.score >= 0.7 * best]
        return Answer(desk.question, "check", tuple(people), tuple(kept), alongside(desk, kept), topic=said)
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
    return Answer(desk.question, "check", tuple(people), tuple(shown), alongside(desk, shown), topic=said)


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
