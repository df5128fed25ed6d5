"""What somebody said over time, and who is quoted how often by which outlet, as values that every face shows."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.rendering.contract import JsonObject, statement_json
from bot.rendering.wording import date_words
from bot.shelf import Shelf
from index.story import Json, Speaker, Statement, Story

NO_OUTLET = "no outlet"
POINTS_MIN = 3
"""Things said on a day, in two months at least, from which on a picture says more than the words."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Something said, with its story."""

    said: Statement
    story: Story

    @property
    def outlet(self) -> str:
        """Where it appeared."""
        return self.story.source or NO_OUTLET


@dataclass(frozen=True, slots=True)
class Quoted:
    """How often somebody is quoted, by outlet, the one that does so most first."""

    speaker: Speaker
    outlets: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """How often in all."""
        return sum(count for _, count in self.outlets)


def over_time(statements: Iterable[Statement], shelf: Shelf) -> tuple[Moment, ...]:
    """The statements by the day of their story, the oldest first, and those without one last."""
    moments = [Moment(said, shelf.story(said.story, said.version)) for said in statements]
    return tuple(sorted(moments, key=lambda one: (one.story.date or date.max, one.story.id, one.said.span)))


def has_picture(moments: Sequence[Moment]) -> bool:
    """Whether there are enough days to draw."""
    days = [one.story.date for one in moments if one.story.date]
    return len(days) >= POINTS_MIN and len({(day.year, day.month) for day in days}) > 1


def span_words(moments: Sequence[Moment]) -> str:
    """From when to when: "2 March 2017 to 4 May 2018"; empty where no day is known."""
    days = [one.story.date for one in moments if one.story.date]
    if not days:
        return ""
    first, last = min(days), max(days)
    return date_words(first) if first == last else f"{date_words(first)} to {date_words(last)}"


def quoted_in(shelf: Shelf) -> tuple[Quoted, ...]:
    """Who is quoted, the one quoted most often first; sources without a name are left out."""
    outlets = {story.id: story.source or NO_OUTLET for story in shelf.stories}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for said in shelf.statements():
        if said.speaker:
            counts[said.speaker][outlets.get(said.story, NO_OUTLET)] += 1
    named = [
        Quoted(who, tuple(counts[who.id].most_common())) for who in shelf.speakers() if who.named and counts[who.id]
    ]
    return tuple(sorted(named, key=lambda one: (-one.total, one.speaker.name)))


def moment_json(moment: Moment, speaker: Speaker | None) -> JsonObject:
    """One thing said, with the day and the outlet of its story."""
    day = moment.story.date.isoformat() if moment.story.date else None
    return {
        "date": day,
        "outlet": moment.story.source,
        "title": moment.story.title,
        **statement_json(moment.said, moment.story, speaker),
    }


def quoted_json(one: Quoted) -> JsonObject:
    """How often somebody is quoted."""
    outlets: dict[str, Json] = dict(one.outlets)
    return {"id": one.speaker.id, "name": one.speaker.name, "statements": one.total, "outlets": outlets}
