"""Watches: whose words, on what, somebody wants to hear of, and which of a new story's statements they mean.

All watches of all owners are kept as settings of the library that they share, so that a story which all may read is
held against every one of them at once. What has been found stays due there until it has been told.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Literal, Protocol, get_args

from index.reading.addresses import Keeping
from index.search.words import find_words
from index.story import SHARED, Json, Span, Speaker, Statement, Story

Every = Literal["now", "day", "week"]
WAITS: dict[Every, timedelta] = {"now": timedelta(0), "day": timedelta(days=1), "week": timedelta(weeks=1)}
_WATCH, _DUE, _KNOWN, _TOLD = "watch:", "watch-due:", "watch-known", "watch-told"
_COMMON = frozenset("a an and at by for in of on or the to with".split())
TOLD_KEPT = 500
"""What was told last, kept so that nothing is told twice."""


class Telling(Keeping, Protocol):
    """A library whose stories are watched."""

    @property
    def stories(self) -> tuple[Story, ...]: ...  # noqa: D102 - as the library's own
    @property
    def pending(self) -> tuple[Story, ...]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Watch:
    """Somebody's wish to hear of new words: of a speaker, on a topic, or of a speaker on a topic.

    They are told in a `channel`, or to the `user` alone where there is none; at once, or together at `next_at`.
    `brought` counts the stories that it has brought, `trouble` says why the last was not told.
    """

    owner: str
    key: str
    user: int
    speaker: str | None = None
    about: str | None = None
    channel: int | None = None
    every: Every = "now"
    next_at: datetime = field(default=datetime.min.replace(tzinfo=UTC))
    brought: int = 0
    trouble: str | None = None

    @property
    def name(self) -> str:
        """The name under which it is kept."""
        return f"{_WATCH}{self.owner}:{self.key}"


@dataclass(frozen=True, slots=True)
class Due:
    """A story that a watch is to be told of, by its id as the owner reads it and its version.

    `tried` says that telling it was begun once.
    """

    watch: str
    story: str
    version: int
    tried: bool = False

    @property
    def name(self) -> str:
        """The name under which it is kept."""
        return f"{_DUE}{self.watch}:{self.version}:{self.story}"


def watches_in(settings: Mapping[str, Json], owner: str | None = None) -> tuple[Watch, ...]:
    """The watches that are kept, of one owner or of all."""
    beginning = _WATCH if owner is None else f"{_WATCH}{owner}:"
    return tuple(_watch_of(value) for name, value in settings.items() if name.startswith(beginning))


def keep_watch(shared: Keeping, watch: Watch) -> None:
    """Keeps a watch in place of what it was."""
    shared.set_setting(watch.name, asdict(watch) | {"next_at": watch.next_at.isoformat()})


def stop_watching(shared: Keeping, name: str) -> Watch | None:
    """Takes a watch away, and what was due to it; the watch, if there was one."""
    settings = shared.settings()
    found = settings.get(name)
    for due in due_in(settings):
        if due.watch == name:
            shared.set_setting(due.name, None)
    shared.set_setting(name, None)
    return _watch_of(found) if found is not None else None


def forget_watches(shared: Keeping, user: int) -> int:
    """Takes away the watches that somebody set; how many."""
    theirs = [watch for watch in watches_in(shared.settings()) if watch.user == user]
    for watch in theirs:
        stop_watching(shared, watch.name)
    return len(theirs)


def due_in(settings: Mapping[str, Json]) -> tuple[Due, ...]:
    """What is still to be told."""
    return tuple(_due_of(value) for name, value in settings.items() if name.startswith(_DUE))


def keep_due(shared: Keeping, due: Due) -> None:
    """Keeps what is to be told."""
    shared.set_setting(due.name, asdict(due))


def forget_due(shared: Keeping, told: Sequence[Due]) -> None:
    """Notes that these were told: none of them becomes due again."""
    before = _words(shared.settings().get(_TOLD))
    shared.set_setting(_TOLD, [*before, *(due.name for due in told)][-TOLD_KEPT:])
    for due in told:
        shared.set_setting(due.name, None)


def begin_watching(library: Telling) -> None:
    """Counts the stories that are there as known, so that only later ones are news."""
    library.set_setting(_KNOWN, [_key(story) for story in library.stories])


def news_in(library: Telling) -> tuple[Story, ...]:
    """The stories, as far as their statements are found, that have come or changed since they were last known."""
    known = library.settings().get(_KNOWN)
    if known is None:
        return ()
    seen, pending = set(_words(known)), {story.id for story in library.pending}
    return tuple(story for story in library.stories if _key(story) not in seen and story.id not in pending)


def note_known(library: Telling, news: Iterable[Story]) -> None:
    """Counts stories as known."""
    known = {*_words(library.settings().get(_KNOWN)), *map(_key, news)}
    library.set_setting(_KNOWN, [_key(story) for story in library.stories if _key(story) in known])


def note_due(shared: Keeping, watches: Iterable[Watch], story: Story, *, everyone: bool) -> None:
    """Has watches told of a story, each once; `everyone` says that it is the shared library's."""
    settings = shared.settings()
    told = set(_words(settings.get(_TOLD)))
    for watch in watches:
        due = Due(watch.name, (SHARED if everyone else "") + story.id, story.version)
        if due.name not in told and due.name not in settings:
            keep_due(shared, due)


_Wanted = tuple[int, frozenset[str], frozenset[str]]
"""A watch by its place among those given, the words of its name, and those of its topic."""


class WatchIndex:
    """Watches by a word that what they mean must have, so that a story is held against a thousand of them at once."""

    def __init__(self, watches: Iterable[Watch]) -> None:
        self._watches = tuple(watches)
        self._by_name: dict[str, list[_Wanted]] = defaultdict(list)
        self._by_topic: dict[str, list[_Wanted]] = defaultdict(list)
        for at, watch in enumerate(self._watches):
            name = frozenset(_name_words(watch.speaker or ""))
            topic = frozenset(find_words(watch.about or "")) - _COMMON
            if name:
                self._by_name[max(name, key=len)].append((at, name, topic))
            elif topic:
                self._by_topic[max(topic, key=len)].append((at, name, topic))

    def matched(
        self, story: Story, statements: Sequence[Statement], speakers: Iterable[Speaker]
    ) -> dict[Watch, tuple[Statement, ...]]:
        """The watches that a story has something for, each with its statements."""
        people = {who.id: _forms(who) for who in speakers}
        named = {who: dict(self._naming(forms)) for who, forms in people.items()}
        found: dict[int, dict[Statement, None]] = defaultdict(dict)
        words: dict[Span, frozenset[str]] = {}
        for said in statements:
            wanted = named.get(said.speaker or "", {})
            if not wanted and not self._by_topic:
                continue
            where = said.span.lines_of(story.text)
            text = words.get(where)
            if text is None:
                text = words[where] = frozenset(find_words(where.of(story.text)))
            topical = [(at, topic) for word in self._by_topic.keys() & text for at, _, topic in self._by_topic[word]]
            for at, topic in (*wanted.items(), *topical):
                if topic <= text:
                    found[at][said] = None
        return {self._watches[at]: tuple(said) for at, said in found.items()}

    def _naming(self, forms: Sequence[frozenset[str]]) -> Iterator[tuple[int, frozenset[str]]]:
        """The watches that mean somebody with these forms of a name, each with its topic."""
        for word in {word for form in forms for word in form}:
            for at, name, topic in self._by_name.get(word, ()):
                if any(name <= form for form in forms):
                    yield at, topic


def _forms(who: Speaker) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(_name_words(form)) for form in (who.name, *who.aliases))


def _name_words(name: str) -> Iterator[str]:
    return (word.strip(".,'’") for word in name.casefold().split())


def _key(story: Story) -> str:
    return f"{story.version}:{story.id}"


def _words(value: Json) -> tuple[str, ...]:
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list | tuple) else ()


def _watch_of(value: Json) -> Watch:
    fields = dict(value) if isinstance(value, Mapping) else {}
    next_at = datetime.fromisoformat(str(fields.pop("next_at")))
    every = next((one for one in get_args(Every) if one == fields.get("every")), "now")
    return replace(Watch(**{**fields, "every": every}), next_at=next_at)  # type: ignore[arg-type]


def _due_of(value: Json) -> Due:
    return Due(**(dict(value) if isinstance(value, Mapping) else {}))  # type: ignore[arg-type]
