"""Which stories a quotation may stand in, the best place for it in all of them, and whom a name beside it means."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from time import thread_time

from bot.checking.folded import Given, read_given, weight_of, words_of
from bot.checking.messages import Quotation
from bot.checking.sighting import Claimed, Sighting, altered_sightings, best_of, sightings
from bot.checking.spoken import Spoken, spoken_in
from bot.errors import TooSlow
from bot.kinds.desk import Desk
from bot.kinds.people import meant_by
from index.language import EMPTY_WORDS
from index.ranking import FULL, LAST, known_by, links_of, words_named
from index.story import Speaker, Story

CHECK_S = 10.0
"""Seconds for the check of one text: a thousand times what it takes, less than anybody waits."""
MANY_STORIES = 60
"""Stories up to which each is looked through; of more those that a search for the words finds."""
SEARCHED = 40
SEARCHED_WITH = 300
"""Code points of a quotation that are searched with."""
_HELD = 0.45
"""Of the weight of a quotation's words, what a story has to have of them to be looked at closely."""
Look = Callable[[Story, Spoken, Given, Claimed], Iterable[Sighting]]


@dataclass(frozen=True, slots=True)
class Deadline:
    """So many seconds from when it is made, after which work ends, since whoever works looks between its steps.

    The seconds are those of the thread that works, so that a busy machine makes nothing fail.
    """

    seconds: float = CHECK_S
    clock: Callable[[], float] = thread_time
    started: float = field(init=False, default=0.0)

    def __post_init__(self) -> None:
        object.__setattr__(self, "started", self.clock())

    def check(self) -> None:
        """Raises TooSlow once the time is over."""
        if self.clock() - self.started > self.seconds:
            raise TooSlow(self.seconds)


@dataclass(frozen=True, slots=True)
class Looking:
    """Looks for one quotation after another; who says what in a story is found out once, when it is asked for."""

    desk: Desk
    deadline: Deadline = field(default_factory=Deadline)
    _spoken: dict[str, Spoken] = field(default_factory=dict)

    def find(self, quotation: Quotation) -> Sighting | None:
        """The best place for a quotation in the stories within scope, or None where nothing like it stands anywhere."""
        given = read_given(quotation.text, quotation.parts)
        if not given.runs:
            return None
        claimed = claimed_by(self.desk, quotation.speaker)
        near = tuple(_near(self.desk, given, self.deadline))
        found = self._best(near, given, claimed, sightings)
        return found or self._best(near, given, claimed, altered_sightings)

    def _best(self, near: Sequence[Story], given: Given, claimed: Claimed, look: Look) -> Sighting | None:
        best: Sighting | None = None
        for story in near:
            self.deadline.check()
            here = best_of(look(story, self._spoken_in(story), given, claimed))
            best = best_of([found for found in (best, here) if found])
            if best and best.verdict == "exact" and best.statements:
                break
        return best

    def _spoken_in(self, story: Story) -> Spoken:
        if story.id not in self._spoken:
            self._spoken[story.id] = spoken_in(story.text, self.desk.shelf.statements(story.id))
        return self._spoken[story.id]


def _near(desk: Desk, given: Given, deadline: Deadline) -> Iterator[Story]:
    """The stories that have most of the words given."""
    weights = {key: weight_of(key) for key in given.keys}
    least = _HELD * sum(weights.values())
    for story in _stories(desk, given):
        deadline.check()
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


def claimed_by(desk: Desk, name: str | None) -> Claimed:
    """Those who may be meant by a name: everybody whom it fits, and whoever speaks for a body of that name."""
    name = " ".join((name or "").split())
    if not name:
        return Claimed()
    meant = meant_by(desk, name).speakers
    persons = [speaker for speaker in meant if speaker.kind == "person"]
    voices = () if persons else tuple(one for one in desk.speakers(name) if speaks_for(name, one))
    return Claimed(name, frozenset(speaker.id for speaker in (*meant, *voices)))


def speaks_for(name: str, speaker: Speaker) -> bool:
    """Whether a speaker is of the body that is named: "a spokesman for NorthGrid", the council's leader."""
    wanted = {word.stem for word in words_named(name) if word.letters not in EMPTY_WORDS}
    return bool(wanted) and any(wanted <= role for role, _ in known_by(speaker).roles_meant(name))


def named_around(desk: Desk, text: str) -> str | None:
    """The one speaker whom a text names, where it names no more than one."""
    links = links_of(text, [speaker for speaker in desk.speakers(text) if speaker.named])
    found = {key: link.name for key, link in links.items() if link.name >= LAST}
    best = [key for key, name in found.items() if name >= FULL] or list(found)
    return next(speaker.name for speaker in desk.speakers(text) if speaker.id == best[0]) if len(best) == 1 else None
