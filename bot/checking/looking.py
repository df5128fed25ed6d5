"""Which stories a quotation may stand in, and the best place for it in all of them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

from bot.checking.claims import claimed_by
from bot.checking.deadlines import Deadline
from bot.checking.folded import words_of
from bot.checking.given import Given, read_given
from bot.checking.messages import Quotation
from bot.checking.sighting import Claimed, Sighting, altered_sightings, best_of, sightings
from bot.checking.spoken import Spoken, spoken_in
from bot.checking.weights import weight_of
from bot.kinds.desk import Desk
from index.story import Story

MANY_STORIES = 60
"""Stories up to which each is looked through; of more those that a search for the words finds."""
SEARCHED = 40
SEARCHED_WITH = 300
"""Code points of a quotation that are searched with."""
_HELD = 0.45
"""Of the weight of a quotation's words, what a story has to have of them to be looked at closely."""
Look = Callable[[Story, Spoken, Given, Claimed], Iterable[Sighting]]


class _Near:
    """A story that has most of the words, and who says what in it, found out once it is asked for."""

    def __init__(self, desk: Desk, story: Story) -> None:
        self._desk = desk
        self.story = story

    @cached_property
    def spoken(self) -> Spoken:
        """Who says what in it."""
        return spoken_in(self.story.text, self._desk.shelf.statements(self.story.id))


def look_for(desk: Desk, quotation: Quotation, deadline: Deadline) -> Sighting | None:
    """The best place for a quotation in the stories within scope, or None where nothing like it stands anywhere."""
    given = read_given(quotation.text, quotation.parts)
    if not given.runs:
        return None
    claimed = claimed_by(desk, quotation.speaker)
    near = tuple(_near(desk, given, deadline))
    found = _best(near, given, claimed, deadline, sightings)
    return found or _best(near, given, claimed, deadline, altered_sightings)


def look_word_for_word(desk: Desk, quotation: Quotation, claimed: Claimed, deadline: Deadline) -> Sighting | None:
    """The best place where the words stand just so."""
    given = read_given(quotation.text, quotation.parts)
    near = tuple(_near(desk, given, deadline)) if given.runs else ()
    return _best(near, given, claimed, deadline, sightings)


def _best(near: Sequence[_Near], given: Given, claimed: Claimed, deadline: Deadline, look: Look) -> Sighting | None:
    best: Sighting | None = None
    for one in near:
        deadline.check()
        here = best_of(look(one.story, one.spoken, given, claimed))
        best = best_of([found for found in (best, here) if found])
        if best and best.verdict == "exact" and best.statements:
            break
    return best


def _near(desk: Desk, given: Given, deadline: Deadline) -> Iterator[_Near]:
    """The stories that have most of the words given."""
    weights = {key: weight_of(key) for key in given.keys}
    least = _HELD * sum(weights.values())
    for story in _stories(desk, given):
        deadline.check()
        held = words_of(story.text).vocabulary
        if sum(weight for key, weight in weights.items() if key in held) >= least:
            yield _Near(desk, story)


def _stories(desk: Desk, given: Given) -> Sequence[Story]:
    """The stories to look in: all where they are few, else those that a search for the words finds."""
    stories = desk.stories()
    if len(stories) <= MANY_STORIES:
        return stories
    words = given.text[given.runs[0].places[0].start : given.runs[-1].places[-1].end][:SEARCHED_WITH]
    hits = desk.shelf.search(words, limit=SEARCHED, stories=desk.only())
    return [desk.shelf.story(story) for story in dict.fromkeys(hit.passage.story for hit in hits)]
