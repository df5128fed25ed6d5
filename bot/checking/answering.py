"""A quotation, or a message with several, in; for each a verdict with the words of the story that bear it out."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import unescape

from bot.answers import Answer, Checked, Mark, Result
from bot.checking.folded import Given, read_given
from bot.checking.judging import is_slight
from bot.checking.looking import SEARCHED_WITH, Looking, claimed_by, named_around
from bot.checking.messages import Quotation, read_message
from bot.checking.sighting import Claimed, Sighting
from bot.kinds import abstaining
from bot.kinds.desk import Desk, alongside
from bot.kinds.people import meant_by
from index.story import Hit, Passage, Span, Statement

QUOTATIONS_MAX = 10
"""Quotations of one message that are checked."""
_LABEL_MAX = 60


def check_quotation(desk: Desk, quotation: str, speaker: str | None = None) -> Result:
    """The verdict on a quotation, or on the first of several."""
    found = check_text(desk, quotation, speaker)
    return found[0].result if found else _nowhere(desk, quotation, read_given(quotation), Claimed(), ())


def check_text(desk: Desk, text: str, speaker: str | None = None) -> tuple[Checked, ...]:
    """The verdict on each quotation of a text; `speaker` is whose they are to be, whatever the text says."""
    looking, text = Looking(desk), unescape(text)
    whole = Quotation(text, (Span(0, len(text)),), speaker)
    quotations = read_message(text)[:QUOTATIONS_MAX]
    if len(quotations) != 1 or quotations[0].parts[0].of(text).strip() != text.strip():
        looked = looking.find(whole) if len(quotations) < 2 else None
        if looked and looked.verdict in ("exact", "trimmed") and looked.statements:
            return (_checked(desk, whole, looked),)
    around = None if speaker else _named_for_all(desk, text, quotations)
    named = [_labelled(desk, replace(one, speaker=speaker or one.speaker or around)) for one in quotations]
    return tuple(checked for one in named for checked in _each(looking, one))


def _each(looking: Looking, quotation: Quotation) -> Iterator[Checked]:
    """The verdict on a quotation; on each of its stretches where they do not stand together in the story."""
    desk, found = looking.desk, looking.find(quotation)
    together = found is not None and found.verdict in ("exact", "trimmed", "denied", "other-speaker")
    if len(quotation.parts) == 1 or together:
        yield _checked(desk, quotation, found)
        return
    for part in quotation.parts:
        one = replace(quotation, parts=(part,))
        yield _checked(desk, one, looking.find(one))


def _labelled(desk: Desk, quotation: Quotation) -> Quotation:
    """A quotation that begins with the name of somebody who speaks and a colon, as theirs."""
    first, colon, _ = quotation.words[:_LABEL_MAX].partition(":")
    if quotation.speaker or not colon or not meant_by(desk, first).speakers:
        return quotation
    start = quotation.text.index(":", quotation.parts[0].start) + 1
    return replace(quotation, parts=(Span(start, quotation.parts[0].end), *quotation.parts[1:]), speaker=first.strip())


def _named_for_all(desk: Desk, text: str, quotations: Sequence[Quotation]) -> str | None:
    """The one speaker whom the text around its quotations names, where none of them has a name of its own."""
    if any(one.speaker for one in quotations):
        return None
    around, at = [], 0
    for one in quotations:
        around.append(text[at : one.parts[0].start])
        at = one.parts[-1].end
    return named_around(desk, " ".join((*around, text[at:])))


def _checked(desk: Desk, quotation: Quotation, found: Sighting | None) -> Checked:
    words, given = quotation.words, read_given(quotation.text, quotation.parts)
    if found is None:
        hits, claimed = _beside(desk, words), claimed_by(desk, quotation.speaker)
        return Checked(words, quotation.speaker, _nowhere(desk, words, given, claimed, hits))
    statements = _utterance(desk, found)
    people = desk.about_people(statements)
    passages = alongside(desk, statements) if statements else (_holding(found),)
    marks = () if statements else (Mark(found.story.id, found.span),)
    answer = Answer(
        desk.question,
        "check",
        people,
        statements,
        passages,
        marks,
        verdict=found.verdict,
        topic=words,
        confidence=min((one.confidence for one in found.statements), default=1.0) * min(found.share, 1.0),
        compared=found.compared(given, quotation.speaker),
    )
    return Checked(words, quotation.speaker, answer)


def _utterance(desk: Desk, found: Sighting) -> tuple[Statement, ...]:
    """The statements that have the words, the ones with most of them first, each with the rest of its utterance."""
    told = {(one.attribution, one.speaker) for one in found.statements}
    every = [one for one in desk.shelf.statements(found.story.id) if (one.attribution, one.speaker) in told]
    have = {one.span for one in found.statements}
    return tuple(sorted(every, key=lambda one: (one.span not in have, one.span)))[: desk.limits.statements]


def _beside(desk: Desk, words: str) -> tuple[Hit, ...]:
    """The passages nearest to words that stand nowhere, for programs; people are shown none."""
    return desk.searching(words[:SEARCHED_WITH]) if desk.limits.beside else ()


def _holding(found: Sighting, limit: int = 600) -> Hit:
    """The paragraph in which the words stand, or as much of it around them as fits."""
    text, span = found.story.text, found.span
    start, end = text.rfind("\n", 0, span.start) + 1, text.find("\n", span.end)
    end = len(text) if end < 0 else end
    if end - start > limit:
        start = max(start, span.start - max(0, (limit - len(span)) // 2))
        end = min(end, max(start + limit, span.end))
    paragraph = text.count("\n\n", 0, span.start)
    return Hit(Passage(found.story.id, found.story.version, Span(start, end), paragraph), 1.0)


def _nowhere(desk: Desk, words: str, given: Given, claimed: Claimed, hits: Sequence[Hit]) -> Result:
    people = tuple(one for one in desk.speakers(claimed.name) if one.id in claimed.speakers) if claimed.name else ()
    return abstaining.no_such_words(desk, words, people, hits, slight=is_slight(given))
