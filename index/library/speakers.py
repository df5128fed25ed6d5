"""One Speaker for one person across the stories of a library, and two for two who share a surname; and who speaks in
one generation of a library, found by the words of their names.

Each story names its own speakers; here those who are surely the same are put together, and ids stay what they were.
"""

import re
import unicodedata
from abc import ABC, abstractmethod
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from index.language.words import plain_words
from index.remembering import Remembered
from index.story import Passage, Speaker, Statement, Story

NEAR_DAYS = 60
STORIES_KEPT = 256
"""Stories whose statements and speakers are kept once asked for: a channel's questions come back to a few."""
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_MARKS = re.compile(r"[^\w\s'-]")
Local = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Appearance:
    """A speaker as one story has it, and the id it had in the library before, if any."""

    story: Story
    speaker: Speaker
    before: str | None = None

    @property
    def key(self) -> Local:
        """Which story's speaker this is."""
        return self.story.id, self.speaker.id


@dataclass(slots=True)
class _Group:
    """Appearances of one speaker; `words` are the words of its fullest name."""

    words: tuple[str, ...]
    members: list[Appearance] = field(default_factory=list)
    roles: set[str] = field(default_factory=set)
    handles: set[str] = field(default_factory=set)
    dates: set[date] = field(default_factory=set)

    def add(self, appearances: Iterable[Appearance]) -> None:
        """Takes in what else is the same speaker."""
        for one in appearances:
            self.members.append(one)
            self.roles.update(role.casefold() for role in one.speaker.roles)
            self.handles.update(handle.casefold() for handle in one.speaker.handles)
            self.dates.update([one.story.date] if one.story.date else [])

    @property
    def marks(self) -> set[str]:
        """The roles and the accounts, of which no two are written the same."""
        return self.roles | {f"@{handle}" for handle in self.handles}

    def was_near(self, day: date) -> bool:
        """Whether one of the stories is from about that day."""
        return any(date.fromordinal(at) in self.dates for at in _around(day))


@dataclass(slots=True)
class _Family:
    """Those of one surname, and for each role and account the first two of them who have it."""

    members: list[_Group] = field(default_factory=list)
    _marked: dict[str, dict[int, _Group]] = field(default_factory=dict)

    def join(self, group: _Group) -> None:
        """Takes in one more of this surname."""
        self.members.append(group)
        self.mark(group, group.marks)

    def mark(self, group: _Group, marks: Iterable[str]) -> None:
        """Notes that one of them has these roles and accounts."""
        for one in marks:
            having = self._marked.setdefault(one, {})
            if len(having) < 2:
                having[id(group)] = group

    def owner_of(self, bare: _Group) -> _Group | None:
        """The one of them who is surely whoever a surname alone stands for."""
        agreeing: dict[int, _Group] = {}
        for mark in bare.marks:
            agreeing |= self._marked.get(mark, {})
        if agreeing:
            return next(iter(agreeing.values())) if len(agreeing) == 1 else None
        if len(self.members) != 1 or bare.roles:
            return None
        return self.members[0] if any(map(self.members[0].was_near, bare.dates)) else None


def _around(day: date) -> range:
    """The days that are near one, as ordinals."""
    at = day.toordinal()
    return range(max(1, at - NEAR_DAYS), min(date.max.toordinal(), at + NEAR_DAYS) + 1)


def merge_people(appearances: Iterable[Appearance]) -> tuple[tuple[Speaker, ...], dict[Local, str]]:
    """The library's speakers in order of appearance, and for each story's speaker its id in the library.

    A full name is one person, a middle name apart that only one of them has. A bare surname joins the one full name
    it fits where a role or an account agrees, or where it has no role and the stories are within 60 days. Unnamed
    sources are never joined.
    """
    everyone = list(appearances)
    full: dict[tuple[str, ...], _Group] = {}
    alone: list[_Group] = []
    bare: list[_Group] = []
    for appearance in everyone:
        words = name_words(appearance.speaker.name)
        kind = appearance.speaker.kind
        group = _Group(words)
        if kind == "unnamed" or not words:
            alone.append(group)
        elif kind == "person" and len(words) == 1:
            bare.append(group)
        else:
            group = full.setdefault(words if kind == "person" else ("", *words), group)
        group.add([appearance])
    groups = _joined_middles(full)
    families: dict[str, _Family] = defaultdict(_Family)
    for group in groups:
        if group.members[0].speaker.kind == "person":
            families[group.words[-1]].join(group)
    for group in bare:
        family = families.get(group.words[0], _Family())
        owner = family.owner_of(group)
        if owner is None:
            alone.append(group)
        else:
            owner.add(group.members)
            family.mark(owner, group.marks)
    place = {appearance.key: number for number, appearance in enumerate(everyone)}
    ordered = sorted([*groups, *alone], key=lambda group: min(place[member.key] for member in group.members))
    return _with_ids(ordered)


def name_words(name: str) -> tuple[str, ...]:
    """A name's words for comparing: lower case, without accents, dots, "the", "Jr." and initials in brackets."""
    whole, bracket, short = name.rpartition(" (")
    name = whole if bracket and short.endswith(")") and short[:-1].replace("&", "").isupper() else name
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii") or name
    words = _MARKS.sub(" ", plain.casefold().replace(".", " ")).split()
    words = words[1:] if words[:1] == ["the"] and len(words) > 1 else words
    kept = [word for word in words if word not in _SUFFIXES]
    return tuple(kept or words)


def _joined_middles(full: dict[tuple[str, ...], _Group]) -> list[_Group]:
    """Puts "Kamala Harris" to "Kamala D. Harris" where only one middle name is known for that first and last name."""
    families: dict[tuple[str, str], list[tuple[str, ...]]] = defaultdict(list)
    for key in full:
        if key[0] and len(key) > 2:
            families[key[0], key[-1]].append(key)
    for (first, last), longer in families.items():
        if len(longer) == 1 and (first, last) in full:
            full[longer[0]].add(full.pop((first, last)).members)
    return list(full.values())


def _with_ids(groups: Sequence[_Group]) -> tuple[tuple[Speaker, ...], dict[Local, str]]:
    """Speakers with the ids they had, or new ones made of their names."""
    taken: set[str] = set()
    met: Counter[str] = Counter()
    ids: dict[int, str] = {}
    for number, group in enumerate(groups):
        for identity, _ in Counter(member.before for member in group.members if member.before).most_common():
            if identity not in taken:
                ids[number] = identity
                taken.add(identity)
                break
    people: list[Speaker] = []
    owners: dict[Local, str] = {}
    for number, group in enumerate(groups):
        speaker = _one_speaker(group)
        identity = ids.get(number) or _free_id(speaker.name, taken, met)
        taken.add(identity)
        people.append(Speaker(identity, speaker.name, speaker.kind, speaker.aliases, speaker.roles, speaker.handles))
        owners.update((member.key, identity) for member in group.members)
    return tuple(people), owners


def _one_speaker(group: _Group) -> Speaker:
    """The group as one Speaker: its commonest fullest name, and every alias, role and handle once, commonest first."""
    names = Counter(member.speaker.name for member in group.members)
    name = max(names, key=lambda one: (min(len(name_words(one)), 2), names[one], len(one)))
    aliases = Counter(alias for member in group.members for alias in (member.speaker.name, *member.speaker.aliases))
    roles = Counter(role for member in group.members for role in member.speaker.roles)
    handles = Counter(handle for member in group.members for handle in member.speaker.handles)
    del aliases[name]
    return Speaker(
        id="",
        name=name,
        kind=group.members[0].speaker.kind,
        aliases=tuple(alias for alias, _ in aliases.most_common()),
        roles=tuple(role for role, _ in roles.most_common()),
        handles=tuple(handle for handle, _ in handles.most_common()),
    )


def _free_id(name: str, taken: set[str], met: Counter[str]) -> str:
    """A slug of the name that nobody has yet: "paul-ryan", then "paul-ryan-2"; `met` counts those given before."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").casefold()
    slug = "-".join(plain_words(plain.replace("'", "").replace("_", " ")))[:60].strip("-") or "speaker"
    identity = slug if not met[slug] else f"{slug}-{met[slug] + 1}"
    met[slug] += 1
    while identity in taken:
        met[slug] += 1
        identity = f"{slug}-{met[slug]}"
    return identity


class Generation(ABC):
    """One state of a library as it is read: its stories, and all that came of them."""

    def __init__(self) -> None:
        self._statements_asked: Remembered[tuple[str, int], tuple[Statement, ...]] = Remembered(STORIES_KEPT)
        self._speakers_asked: Remembered[str, tuple[Speaker, ...]] = Remembered(STORIES_KEPT)

    @property
    @abstractmethod
    def stories(self) -> tuple[Story, ...]:
        """Every story in its newest version, in the order in which they came."""

    @property
    @abstractmethod
    def attributed(self) -> Collection[str]:
        """The stories that this version of the program has read for statements, or has tried to."""

    @property
    @abstractmethod
    def unfound(self) -> Mapping[str, str]:
        """The stories over which it failed, and why."""

    @property
    @abstractmethod
    def _statements(self) -> tuple[Statement, ...]:
        """The statements of all newest stories, in reading order."""

    @property
    @abstractmethod
    def _speakers(self) -> tuple[Speaker, ...]:
        """The library's speakers, in the order of their first statements."""

    @abstractmethod
    def story(self, story_id: str, version: int | None = None) -> Story:
        """One story, by default its newest version. Raises NoSuchStory."""

    @abstractmethod
    def passages(self, story_id: str | None) -> tuple[Passage, ...]:
        """The passages of one story or of all, in reading order. Raises NoSuchStory."""

    @abstractmethod
    def _find_statements(self, story_id: str, version: int) -> tuple[Statement, ...]:
        """The statements of a version of a story."""

    @abstractmethod
    def _find_appearances(self, story_id: str) -> tuple[Appearance, ...]:
        """The speakers of the newest version of a story, as it has them."""

    @cached_property
    def by_id(self) -> Mapping[str, Story]:
        """The newest version of each story."""
        return {story.id: story for story in self.stories}

    def statements(self, story_id: str | None, version: int | None = None) -> tuple[Statement, ...]:
        """Statements in reading order. Raises NoSuchStory."""
        if story_id is None:
            return self._statements
        key = story_id, self.story(story_id, version).version
        return self._statements_asked.get(key, lambda: self._find_statements(*key))

    def speakers(self, story_id: str | None) -> tuple[Speaker, ...]:
        """The library's speakers, or one story's: under the library's ids and names, with the story's own roles."""
        if story_id is None:
            return self._speakers
        return self._speakers_asked.get(story_id, lambda: self._speakers_in(story_id))

    def _speakers_in(self, story_id: str) -> tuple[Speaker, ...]:
        self.story(story_id)
        library = self._speakers_by_id
        found = self._find_appearances(story_id)
        return tuple(_in_story(one.speaker, library[one.before]) for one in found if one.before in library)

    @cached_property
    def _speakers_by_id(self) -> dict[str, Speaker]:
        return {speaker.id: speaker for speaker in self._speakers}

    @cached_property
    def _speakers_by_word(self) -> dict[str, list[Speaker]]:
        return speakers_by_word(self._speakers)

    @cached_property
    def _statements_by_speaker(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, statement in enumerate(self._statements):
            if statement.speaker is not None:
                found.setdefault(statement.speaker, []).append(number)
        return found

    def speakers_called(self, words: Collection[str]) -> tuple[Speaker, ...]:
        """The speakers with one of these words (lower case) in a name, alias, role or handle."""
        found = (speaker for word in words for speaker in self._speakers_by_word.get(word.casefold(), ()))
        return tuple({speaker.id: speaker for speaker in found}.values())

    def speaker_words(self) -> Collection[str]:
        """The words by which `speakers_called` finds speakers."""
        return self._speakers_by_word.keys()

    def statements_by(self, speaker_ids: Collection[str]) -> tuple[Statement, ...]:
        """The statements of these speakers in all stories, in reading order."""
        numbers = {number for each in speaker_ids for number in self._statements_by_speaker.get(each, ())}
        return tuple(self._statements[number] for number in sorted(numbers))


def speakers_by_word(speakers: Iterable[Speaker]) -> dict[str, list[Speaker]]:
    """Speakers by each word (lower case) of their names, aliases, roles and handles, and bodies by their initials."""
    found: dict[str, list[Speaker]] = {}
    for speaker in speakers:
        names = (speaker.name, *speaker.aliases)
        spelled = " ".join((*names, *speaker.roles, *speaker.handles)).casefold().replace("’", "'")
        initials = () if speaker.kind == "person" else map(_initials, names)
        words = (*plain_words(spelled), *spelled.split(), *spelled.replace(".", "").split(), *initials)
        for word in dict.fromkeys(words):
            found.setdefault(word, []).append(speaker)
    return found


def _initials(name: str) -> str:
    """ "fbi" for the Federal Bureau of Investigation."""
    return "".join(word[0] for word in plain_words(name) if word[0].isupper()).casefold()


def _in_story(own: Speaker, whole: Speaker) -> Speaker:
    """A speaker as one story has it, under the library's id and name."""
    aliases = tuple(alias for alias in dict.fromkeys((own.name, *own.aliases)) if alias != whole.name)
    return Speaker(whole.id, whole.name, whole.kind, aliases, own.roles, own.handles)
