"""What to offer while somebody types a name or a story: read from the library once in a while, kept in memory."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.discord_side.libraries.choices import Choice, Choices
from bot.discord_side.limits import CHOICE_MAX
from bot.rendering.discord_escaping import fitted
from bot.rendering.examples import examples_from
from bot.rendering.wording import date_words, speaker_words
from bot.shelf import Shelf
from bot.story_keys import story_key
from index.story import SHARED, Speaker, Story

_AFTER_SURNAMES = frozenset({"jr", "sr", "ii", "iii", "iv"})


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
