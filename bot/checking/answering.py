"""A quotation, or a message with several, in; for each a verdict with the words of the story that bear it out.

Which stories a quotation may stand in, the best place for it in all of them, and whom a name beside it means, is found
out here too.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from html import unescape
from time import thread_time

from bot.answers import Answer, Checked, Mark, Result
from bot.checking.folded import Given, read_given, weight_of, words_of
from bot.checking.judging import is_slight
from bot.checking.messages import Quotation, read_message
from bot.checking.sighting import Claimed, Sighting, altered_sightings, best_of, sightings
from bot.checking.spoken import Spoken, spoken_in
from bot.kinds import abstaining
from bot.kinds.desk import LONGEST_PASSAGE, Desk, alongside, around
from bot.kinds.people import meant_by
from bot.shelf import in_time
from index.language import EMPTY_WORDS
from index.ranking import FULL, LAST, known_by, links_of, words_named
from index.story import Hit, Passage, Span, Speaker, Statement, Story

QUOTATIONS_MAX = 10
"""Quotations of one message that are checked."""
_LABEL_MAX = 60
CHECK_S = 10.0
"""Seconds for the check of one text: a thousand times what it takes, less than anybody waits. They are those of the
thread that works, so that a busy machine makes nothing fail."""
MANY_STORIES = 60
"""Stories up to which each is looked through; of more those that a search for the words finds."""
SEARCHED = 40
SEARCHED_WITH = 300
"""Code points of a quotation that are searched with."""
_HELD = 0.45
"""Of the weight of a quotation's words, what a story has to have of them to be looked at closely."""
Look = Callable[[Story, Spoken, Given, Claimed], Iterable[Sighting]]


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


def _each(looking: "Looking", quotation: Quotation) -> Iterator[Checked]:
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
    return _named_around(desk, " ".join((*around, text[at:])))


def _checked(desk: Desk, quotation: Quotation, found: Sighting | None) -> Checked:
    words, given = quotation.words, read_given(quotation.text, quotation.parts)
    if found is None:
        # The passages nearest to it are for programs: people are shown none.
        near = desk.searching(words[:SEARCHED_WITH]) if desk.limits.beside else ()
        claimed = _claimed_by(desk, quotation.speaker)
        return Checked(words, quotation.speaker, _nowhere(desk, words, given, claimed, near))
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


def _holding(found: Sighting) -> Hit:
    text, span = found.story.text, found.span
    paragraph = text.count("\n\n", 0, span.start)
    place = around(span, text, max(LONGEST_PASSAGE, len(span)))
    return Hit(Passage(found.story.id, found.story.version, place, paragraph), 1.0)


def _nowhere(desk: Desk, words: str, given: Given, claimed: Claimed, hits: Sequence[Hit]) -> Result:
    people = tuple(one for one in desk.speakers(claimed.name) if one.id in claimed.speakers) if claimed.name else ()
    return abstaining.no_such_words(desk, words, people, hits, slight=is_slight(given))


@dataclass(frozen=True, slots=True)
class Looking:
    """Looks for one quotation after another; who says what in a story is found out once, when it is asked for."""

    desk: Desk
    check: Callable[[], None] = field(default_factory=lambda: in_time(CHECK_S, thread_time))
    _spoken: dict[str, Spoken] = field(default_factory=dict)

    def find(self, quotation: Quotation) -> Sighting | None:
        """The best place for a quotation in the stories within scope, or None where nothing like it stands anywhere."""
        given = read_given(quotation.text, quotation.parts)
        if not given.runs:
            return None
        claimed = _claimed_by(self.desk, quotation.speaker)
        near = tuple(_near(self.desk, given, self.check))
        found = self._best(near, given, claimed, sightings)
        return found or self._best(near, given, claimed, altered_sightings)

    def _best(self, near: Sequence[Story], given: Given, claimed: Claimed, look: Look) -> Sighting | None:
        best: Sighting | None = None
        for story in near:
            self.check()
            if story.id not in self._spoken:
                self._spoken[story.id] = spoken_in(story.text, self.desk.shelf.statements(story.id))
            here = best_of(look(story, self._spoken[story.id], given, claimed))
            best = best_of([found for found in (best, here) if found])
            if best and best.verdict == "exact" and best.statements:
                break
        return best


def _near(desk: Desk, given: Given, check: Callable[[], None]) -> Iterator[Story]:
    """The stories that have most of the words given."""
    weights = {key: weight_of(key) for key in given.keys}
    least = _HELD * sum(weights.values())
    for story in _stories(desk, given):
        check()
        held = words_of(story.text).vocabulary
        if sum(weight for key, weight in weights.items() if key in held) >= least:
            yield story


def _stories(desk: Desk, given: Given) -> Sequence[Story]:
    """The stories to look in: all where they are few, else those that a search for the words finds."""
    stories = desk.stories()
    if len(stories) <= MANY_STORIES:
        return stories
    words = given.text[given.runs[0].places[0].start : given.runs[-1].places[-1].end][:SEARCHED_WITH]
    hits = desk.shelf.search(words, limit=SEARCHED, stories=desk.only())
    return [desk.shelf.story(story) for story in dict.fromkeys(hit.passage.story for hit in hits)]


def _claimed_by(desk: Desk, name: str | None) -> Claimed:
    """Those who may be meant by a name: everybody whom it fits, and whoever speaks for a body of that name."""
    name = " ".join((name or "").split())
    if not name:
        return Claimed()
    meant = meant_by(desk, name).speakers
    persons = [speaker for speaker in meant if speaker.kind == "person"]
    voices = () if persons else tuple(one for one in desk.speakers(name) if _speaks_for(name, one))
    return Claimed(name, frozenset(speaker.id for speaker in (*meant, *voices)))


def _speaks_for(name: str, speaker: Speaker) -> bool:
    """Whether a speaker is of the body that is named: "a spokesman for NorthGrid", the council's leader."""
    wanted = {word.stem for word in words_named(name) if word.letters not in EMPTY_WORDS}
    return bool(wanted) and any(wanted <= role for role, _ in known_by(speaker).roles_meant(name))


def _named_around(desk: Desk, text: str) -> str | None:
    """The one speaker whom a text names, where it names no more than one."""
    links = links_of(text, [speaker for speaker in desk.speakers(text) if speaker.named])
    found = {key: link.name for key, link in links.items() if link.name >= LAST}
    best = [key for key, name in found.items() if name >= FULL] or list(found)
    return next(speaker.name for speaker in desk.speakers(text) if speaker.id == best[0]) if len(best) == 1 else None
