"""What to offer while somebody types a name or a story: read from the library once in a while, kept in memory."""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.discord_side.libraries.choices import Choice, Choices
from bot.discord_side.limits import CHOICE_MAX
from bot.errors import StoryGone
from bot.rendering.discord_escaping import fitted
from bot.rendering.wording import date_words, speaker_words
from bot.shelf import Shelf
from index.story import SHARED, Speaker, Story

_KEY = re.compile(r"[0-9a-f]{8}")
_AFTER_SURNAMES = frozenset({"jr", "sr", "ii", "iii", "iv"})


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Speakers (those who say most first) and stories (newest first) as choices."""

    speakers: Choices = field(default_factory=Choices)
    stories: Choices = field(default_factory=Choices)


def suggestions_from(shelf: Shelf) -> Suggestions:
    """Everything that can be offered from a library."""
    counts = statement_counts(shelf)
    speakers = _with_families(speakers_by_count(shelf), counts)
    return Suggestions(_distinct(speakers), _distinct(_story_choice(story) for story in reversed(shelf.stories)))


def statement_counts(shelf: Shelf) -> Counter[str | None]:
    """How many statements each speaker has, by the speaker's id."""
    return Counter(said.speaker for said in shelf.statements())


def speakers_by_count(shelf: Shelf) -> tuple[Speaker, ...]:
    """The speakers, the named before the unnamed, and among them those who say most first."""
    counts = statement_counts(shelf)
    return tuple(sorted(shelf.speakers(), key=lambda speaker: (not speaker.named, -counts[speaker.id])))


def story_key(story_id: str) -> str:
    """A short name for a story that fits anywhere: eight hexadecimal digits of a hash of its id."""
    return hashlib.sha256(story_id.encode(errors="surrogatepass")).hexdigest()[:8]


def story_of_key(key: str, shelf: Shelf) -> Story:
    """The story of a shelf that a key stands for. Raises StoryGone where it holds none."""
    found = next((story for story in shelf.stories if story_key(story.id) == key), None)
    if found is None:
        raise StoryGone
    return found


def key_typed(typed: str) -> str:
    """The key of the story that was chosen (its key is sent then) or typed (its id)."""
    return typed if _KEY.fullmatch(typed) else story_key(typed.strip())


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
