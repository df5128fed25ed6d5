"""What to offer while somebody types a name or a story: read from the library once in a while, kept in memory,
and found fast among tens of thousands, since the event loop waits for it.
"""

import asyncio
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate, chain, islice

from bot.discord_side.limits import CHOICE_MAX, CHOICES_MAX, Limits
from bot.errors import BotError
from bot.rendering.discord_escaping import fitted
from bot.rendering.examples import examples_from
from bot.rendering.wording import date_words, speaker_words
from bot.shelf import Shelf, story_key
from index.errors import StoriesError
from index.story import SHARED, Speaker, Story

_AFTER_SURNAMES = frozenset({"jr", "sr", "ii", "iii", "iv"})
FORM_MAX = 200
"""Code points of one form by which something is found: twice what is shown of it."""
FORMS_MAX = 40
"""Forms by which one thing is found."""
SEARCHED_MAX = 2_000_000
"""Code points of all forms together that are searched at a keystroke, those offered first before the others."""
WORDS_MAX = 40_000
"""Words whose near spellings are looked for."""
NEAR_MIN = 70
"""How alike (0-100) a word has to be to stand for one that nothing has."""
KEPT_MAX = 256
Key = tuple[str, tuple[str, ...], bool]


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: what is shown, what is sent, and the forms (in lower case) that it is found by.

    `own` says of a story that it is the library's own, and not one shared by all; `family` that it stands for several
    people of one surname, which is worth offering only to somebody who types it.
    """

    shown: str
    value: str
    forms: tuple[str, ...]
    own: bool = True
    family: bool = False


class Choices:
    """Choices in an order, with all their forms in one text, a line each, so that a search is one of the text."""

    def __init__(self, choices: Iterable[Choice] = ()) -> None:
        self.all = tuple(choices)
        lines = ["".join(f"\n{_kept(form)}" for form in choice.forms[:FORMS_MAX]) for choice in self.all]
        self._text = "".join(lines)[:SEARCHED_MAX]
        self._starts = list(accumulate(map(len, lines), initial=0))
        self._words = tuple(islice(dict.fromkeys(self._text.split()), WORDS_MAX))

    @property
    def searched(self) -> int:
        """Code points that are searched for what is typed."""
        return len(self._text)

    def matching(self, typed: str, *, only_own: bool = False) -> tuple[Choice, ...]:
        """At most 25 choices for what is typed so far: those that begin so, whose words do, then near spellings."""
        wanted = re.escape(" ".join(typed.casefold().split()))
        if not wanted:
            return self._first((one for one in self.all if not one.family), only_own=only_own)
        exact = chain.from_iterable(self._holding(before + wanted) for before in ("\n", " ", ""))
        return self._first(exact, only_own=only_own) or self._first(self._near(typed), only_own=only_own)

    def _first(self, found: Iterable[Choice], *, only_own: bool) -> tuple[Choice, ...]:
        first: dict[Choice, None] = {}
        for choice in found:
            if choice.own or not only_own:
                first[choice] = None
            if len(first) == CHOICES_MAX:
                break
        return tuple(first)

    def _holding(self, pattern: str) -> Iterator[Choice]:
        """The choices with a form in which the pattern is found, in their order, some more than once."""
        for found in re.finditer(pattern, self._text):
            yield self.all[bisect_right(self._starts, found.start()) - 1]

    def _near(self, typed: str) -> Iterator[Choice]:
        from rapidfuzz import fuzz, process

        wanted = typed.casefold().strip()
        near = process.extract(wanted, self._words, scorer=fuzz.ratio, limit=3, score_cutoff=NEAR_MIN)
        words = "|".join(re.escape(word) for word, _, _ in near)
        return self._holding(rf"(?<=[\n ])(?:{words})(?![^\n ])") if words else iter(())


def _kept(form: str) -> str:
    """As much of a form as is searched, in one line."""
    return " ".join(form[: 2 * FORM_MAX].split())[:FORM_MAX]


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Speakers (those who say most first) and stories (newest first) as choices, and questions to try."""

    speakers: Choices = field(default_factory=Choices)
    stories: Choices = field(default_factory=Choices)
    examples: tuple[str, ...] = ()


def suggestions_from(shelf: Shelf) -> Suggestions:
    """Everything that can be offered from a library."""
    counts = statement_counts(shelf)
    speakers = _with_families(speakers_by_count(shelf), counts)
    stories = _distinct(_story_choice(story) for story in reversed(shelf.stories))
    return Suggestions(_distinct(speakers), stories, examples_from(shelf))


def statement_counts(shelf: Shelf) -> Counter[str | None]:
    """How many statements each speaker has, by the speaker's id."""
    return Counter(said.speaker for said in shelf.statements())


def speakers_by_count(shelf: Shelf) -> tuple[Speaker, ...]:
    """The speakers, the named before the unnamed, and among them those who say most first."""
    counts = statement_counts(shelf)
    return tuple(sorted(shelf.speakers(), key=lambda speaker: (not speaker.named, -counts[speaker.id])))


def _with_families(speakers: Iterable[Speaker], counts: Mapping[str | None, int]) -> Iterator[Choice]:
    """A choice for each speaker; before the first of several with one surname, one for them together."""
    families: dict[str, list[Speaker]] = defaultdict(list)
    listed = tuple(speakers)
    for speaker in listed:
        if surname := _surname(speaker):
            families[surname.casefold()].append(speaker)
    for speaker in listed:
        surname = _surname(speaker)
        relatives = families.get(surname.casefold(), [])
        if len(relatives) > 1 and relatives[0] is speaker:
            yield _family_choice(surname, relatives, counts)
        yield _speaker_choice(speaker, counts[speaker.id])


def _surname(speaker: Speaker) -> str:
    """The surname of a person who has another name beside it; empty for anybody else."""
    words = [word for word in speaker.name.split() if word.strip(".,").casefold() not in _AFTER_SURNAMES]
    return words[-1] if speaker.kind == "person" and len(words) > 1 else ""


def _family_choice(surname: str, relatives: Iterable[Speaker], counts: Mapping[str | None, int]) -> Choice:
    """People of one surname, told apart by their other names and how much each says: "Jones: Ewen (12), Ann (4)"."""
    each = (f"{one.name.rpartition(surname)[0].strip()} ({counts[one.id]})" for one in relatives)
    return Choice(fitted(f"{surname}: {', '.join(each)}", CHOICE_MAX), surname, (surname.casefold(),), family=True)


def _speaker_choice(speaker: Speaker, count: int) -> Choice:
    known_as = (speaker.name, *speaker.aliases, *speaker.roles, *speaker.handles)
    counted = f" ({count})"
    shown = fitted(speaker_words(speaker), CHOICE_MAX - len(counted)) + counted
    return Choice(shown, fitted(speaker.name, CHOICE_MAX), tuple(form.casefold() for form in known_as))


def _story_choice(story: Story) -> Choice:
    name = story.title or " ".join(story.text[: 2 * CHOICE_MAX].split())
    origin = " · ".join(part for part in (story.source, date_words(story.date) if story.date else None) if part)
    shown = fitted(f"{origin} · {name}" if origin else name, CHOICE_MAX)
    forms = tuple(form.casefold() for form in (name, story.source, story.id) if form)
    return Choice(shown or story_key(story.id), story_key(story.id), forms, own=not story.id.startswith(SHARED))


def _distinct(choices: Iterable[Choice]) -> Choices:
    """Choices of which each shows something and sends something else than those before it."""
    distinct = {choice.value: choice for choice in choices if choice.shown.strip() and choice.value.strip()}
    return Choices(distinct.values())


@dataclass(slots=True)
class Offers:
    """The suggestions of owners, each kept to some of their stories or not, with the
    demonstration or without it (that is the key)."""

    read: Callable[[Key], Awaitable[Suggestions]]
    limits: Limits = field(default_factory=Limits)
    _kept: dict[Key, Suggestions] = field(init=False, default_factory=dict)
    _read_at: dict[Key, float] = field(init=False, default_factory=dict)
    _reading: dict[Key, asyncio.Task[None]] = field(init=False, default_factory=dict)

    async def of(self, key: Key) -> Suggestions:
        """The suggestions as last read; waits a moment where they are others now, longer where they were never read."""
        now = asyncio.get_running_loop().time()
        if key not in self._reading and now > self._read_at.get(key, float("-inf")) + self.limits.choices_fresh_s:
            self._reading[key] = asyncio.create_task(self._refresh(key), name="read the suggestions")
        known = key in self._kept
        if key in self._reading and not (known and key in self._read_at):
            patience_s = self.limits.choices_renewed_s if known else self.limits.choices_s
            await asyncio.wait({self._reading[key]}, timeout=patience_s)
        return self._kept.get(key, Suggestions())

    def forget(self, owner: str) -> None:
        """Has an owner's suggestions read anew, since their stories have changed."""
        for key in [key for key in self._read_at if key[0] == owner]:
            del self._read_at[key]

    async def close(self) -> None:
        """Ends what is being read."""
        reading = tuple(self._reading.values())
        for task in reading:
            task.cancel()
        await asyncio.gather(*reading, return_exceptions=True)

    async def _refresh(self, key: Key) -> None:
        try:
            self._kept[key] = await self.read(key)
            self._read_at[key] = asyncio.get_running_loop().time()
        except (BotError, StoriesError):
            return
        finally:
            del self._reading[key]
            if len(self._kept) > KEPT_MAX:
                oldest = next(iter(self._kept))
                del self._kept[oldest]
                self._read_at.pop(oldest, None)
