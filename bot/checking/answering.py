"""A quotation, or a message with several, in; for each a verdict with the words of the story that bear it out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from bot.answering import abstaining
from bot.answering.desk import Desk, alongside
from bot.answers import Answer, Mark, Result
from bot.checking.claims import claimed_by, named_around
from bot.checking.deadlines import Deadline
from bot.checking.folded import keys_of, words_of
from bot.checking.given import Given, read_given
from bot.checking.messages import Quotation, read_message
from bot.checking.sighting import Claimed, Sighting, altered_sightings, best_of, sightings
from bot.checking.spoken import Spoken, spoken_in
from bot.checking.weights import weight_of
from index.story import Hit, Passage, Span, Statement, Story

MANY_STORIES = 60
"""Stories up to which each is looked through; of more those that a search for the words finds."""
SEARCHED = 40
QUOTATIONS_MAX = 10
"""Quotations of one message that are checked."""
_SEARCHED_WITH = 300
_HELD = 0.45


@dataclass(frozen=True, slots=True)
class Checked:
    """A quotation with whom it was put down to, and how it came out."""

    quotation: str
    whose: str | None
    result: Result


def check_quotation(desk: Desk, quotation: str, speaker: str | None = None) -> Result:
    """The verdict on a quotation, or on the first of several."""
    found = check_text(desk, quotation, speaker)
    return found[0].result if found else _nowhere(desk, quotation, Claimed(), ())


def check_text(desk: Desk, text: str, speaker: str | None = None) -> tuple[Checked, ...]:
    """The verdict on each quotation of a text; `speaker` is whose they are to be, whatever the text says."""
    deadline = Deadline()
    whole = Quotation(text, (Span(0, len(text)),), speaker)
    quotations = read_message(text)[:QUOTATIONS_MAX]
    if len(quotations) != 1 or quotations[0].parts[0].of(text).strip() != text.strip():
        looked = _look(desk, whole, deadline) if len(quotations) < 2 else None
        if looked and looked.verdict in ("exact", "trimmed") and looked.statements:
            return (_checked(desk, whole, looked),)
    around = None if speaker else _named_for_all(desk, text, quotations)
    named = [replace(one, speaker=speaker or one.speaker or around) for one in quotations]
    return tuple(checked for one in named for checked in _each(desk, one, deadline))


def _each(desk: Desk, quotation: Quotation, deadline: Deadline) -> Iterator[Checked]:
    """The verdict on a quotation; on each of its stretches where they do not stand together in the story."""
    found = _look(desk, quotation, deadline)
    together = found is not None and found.verdict in ("exact", "trimmed", "denied", "other-speaker")
    if len(quotation.parts) == 1 or together:
        yield _checked(desk, quotation, found)
        return
    for part in quotation.parts:
        one = replace(quotation, parts=(part,))
        yield _checked(desk, one, _look(desk, one, deadline))


def _named_for_all(desk: Desk, text: str, quotations: Sequence[Quotation]) -> str | None:
    """The one speaker whom the text around its quotations names, where none of them has a name of its own."""
    if any(one.speaker for one in quotations):
        return None
    around, at = [], 0
    for one in quotations:
        around.append(text[at : one.parts[0].start])
        at = one.parts[-1].end
    return named_around(desk, " ".join((*around, text[at:])))


def _look(desk: Desk, quotation: Quotation, deadline: Deadline) -> Sighting | None:
    """The best place for a quotation in the stories within scope, or None where nothing like it stands anywhere."""
    given = read_given(quotation.text, quotation.parts)
    if not given.runs:
        return None
    claimed = claimed_by(desk, quotation.speaker)
    near = list(_near(desk, given, deadline))
    found = _best(near, given, claimed, deadline, sightings)
    return found or _best(near, given, claimed, deadline, altered_sightings)


def _best(near, given, claimed, deadline, look):  # type: ignore[no-untyped-def]
    best = None
    for story, spoken in near:
        deadline.check()
        best = best_of([one for one in (best, best_of(look(story, spoken(), given, claimed))) if one])
        if best and best.verdict == "exact" and best.statements:
            return best
    return best


def _near(desk: Desk, given: Given, deadline: Deadline):  # type: ignore[no-untyped-def]
    """The stories that have most of the words given, with who says what in them."""
    weights = {key: weight_of(key) for key in given.keys}
    least = _HELD * sum(weights.values())
    for story in _stories(desk, given):
        deadline.check()
        held = words_of(story.text).vocabulary
        if sum(weight for key, weight in weights.items() if key in held) >= least:
            yield story, _once(partial(_spoken, desk, story))


def _spoken(desk: Desk, story: Story) -> Spoken:
    return spoken_in(story.text, desk.shelf.statements(story.id))


def _once(make):  # type: ignore[no-untyped-def]
    kept = []

    def made():  # type: ignore[no-untyped-def]
        if not kept:
            kept.append(make())
        return kept[0]

    return made


def _stories(desk: Desk, given: Given) -> Sequence[Story]:
    """The stories to look in: all where they are few, else those that a search for the words finds."""
    stories = desk.stories()
    if len(stories) <= MANY_STORIES:
        return stories
    words = given.text[given.runs[0].places[0].start : given.runs[-1].places[-1].end][:_SEARCHED_WITH]
    ids = dict.fromkeys(hit.passage.story for hit in desk.searching(words, limit=SEARCHED))
    return [desk.shelf.story(story) for story in ids]


def _checked(desk: Desk, quotation: Quotation, found: Sighting | None) -> Checked:
    words = quotation.words
    if found is None:
        hits = desk.searching(words[:_SEARCHED_WITH])
        return Checked(words, quotation.speaker, _nowhere(desk, words, claimed_by(desk, quotation.speaker), hits))
    given = read_given(quotation.text, quotation.parts)
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
    return tuple(sorted(every, key=lambda one: (one not in found.statements, one.span)))


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


def _nowhere(desk: Desk, words: str, claimed: Claimed, hits: Sequence[Hit]) -> Result:
    people = tuple(one for one in desk.speakers(claimed.name) if one.id in claimed.speakers) if claimed.name else ()
    return abstaining.no_such_words(desk, words, people, hits)


def has_words(text: str) -> bool:
    """Whether there is anything in a text to compare."""
    return bool(keys_of(text))
