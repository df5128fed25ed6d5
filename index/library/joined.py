"""Two libraries read as one: an owner's own, and a shared one that stands beside it and is never changed.

The shared library's stories and speakers bear a prefix, always, so that an id never comes to mean another story. A
person whom both name in full is one, under the shared id.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import repeat
from typing import TypeVar

from index.encoding.sentences import Pieces
from index.library.speakers import name_words
from index.library.verbs import StoryLibrary
from index.ranking.evidence import Evidence
from index.ranking.weighing import log_odds
from index.story import SHARED, Hit, Passage, Speaker, Statement, Story

Derived = TypeVar("Derived", Statement, Passage)


class Joined:
    """The verbs of reading and searching over both libraries, the owner's stories first.

    It is made for one question: whom both know is looked up once.
    """

    def __init__(self, own: StoryLibrary, shared: StoryLibrary) -> None:
        self._own = own
        self._shared = shared
        self._ids: dict[Speaker, str] = {}

    @property
    def stories(self) -> tuple[Story, ...]:
        """Every story of both, in its newest version."""
        return self._own.stories + tuple(replace(story, id=SHARED + story.id) for story in self._shared.stories)

    def story(self, story_id: str, version: int | None = None) -> Story:
        """One story, by default its newest version. Raises NoSuchStory."""
        if not story_id.startswith(SHARED):
            return self._own.story(story_id, version)
        return replace(self._shared.story(story_id.removeprefix(SHARED), version), id=story_id)

    def statements(self, story_id: str | None = None, version: int | None = None) -> tuple[Statement, ...]:
        """The statements of one story or of all, in reading order. Raises NoSuchStory."""
        if story_id is None:
            return self._own_people(self._own.statements()) + _marked(self._shared.statements())
        if not story_id.startswith(SHARED):
            return self._own_people(self._own.statements(story_id, version))
        return _marked(self._shared.statements(story_id.removeprefix(SHARED), version))

    def speakers(self, story_id: str | None = None) -> tuple[Speaker, ...]:
        """Who speaks, in one story or in all, with one Speaker for one person. Raises NoSuchStory."""
        if story_id is None:
            return self._one_each(self._own.speakers(), self._shared.speakers())
        if not story_id.startswith(SHARED):
            return self._one_each(self._own.speakers(story_id), ())
        return self._one_each((), self._shared.speakers(story_id.removeprefix(SHARED)))

    def passages(self, story_id: str | None = None) -> tuple[Passage, ...]:
        """The passages of one story or of all, in reading order. Raises NoSuchStory."""
        if story_id is None:
            return self._own.passages() + _marked(self._shared.passages())
        if not story_id.startswith(SHARED):
            return self._own.passages(story_id)
        return _marked(self._shared.passages(story_id.removeprefix(SHARED)))

    def speakers_called(self, words: Collection[str]) -> tuple[Speaker, ...]:
        """The speakers with one of these words (lower case) in a name, alias, role or handle."""
        return self._one_each(self._own.speakers_called(words), self._shared.speakers_called(words))

    def speaker_words(self) -> Collection[str]:
        """The words by which `speakers_called` finds speakers."""
        return {*self._own.speaker_words(), *self._shared.speaker_words()}

    def statements_by(self, speaker_ids: Collection[str]) -> tuple[Statement, ...]:
        """The statements of these speakers in all stories, in reading order."""
        wanted = set(speaker_ids)
        everybody = self._own.speakers()
        self._look_up(everybody)
        own = [who.id for who in everybody if self._ids[who] in wanted]
        shared = [one.removeprefix(SHARED) for one in wanted if one.startswith(SHARED)]
        return self._own_people(self._own.statements_by(own)) + _marked(self._shared.statements_by(shared))

    def pieces(self, text: str) -> Pieces:
        """The states of a text's wordpieces: both have one model."""
        return self._own.pieces(text)

    def search(self, question: str, *, limit: int = 10, stories: Collection[str] | None = None) -> tuple[Hit, ...]:
        """The passages nearest to a question, best first, of the stories named or of all."""
        own, shared = _parted(stories)
        found = [
            *self._own.search(question, limit=limit, stories=own),
            *map(_marked_hit, self._shared.search(question, limit=limit, stories=shared)),
        ]
        return tuple(sorted(found, key=lambda hit: -hit.score)[:limit])

    def evidence(
        self, question: str, *, context: Sequence[str] = (), limit: int = 10, stories: Collection[str] | None = None
    ) -> Evidence:
        """The passages of both that answer a question, best first, and how likely the likelier library answers it."""
        own_ids, shared_ids = _parted(stories)
        own = _comparable(self._own.evidence(question, context=context, limit=limit, stories=own_ids))
        found = _comparable(self._shared.evidence(question, context=context, limit=limit, stories=shared_ids))
        mark = (SHARED + found.mark[0], found.mark[1]) if found.mark else None
        shared = replace(found, hits=tuple(map(_marked_hit, found.hits)), mark=mark)
        likelier = own if own.answerable >= shared.answerable else shared
        rows = zip((*own.hits, *shared.hits), (*own.answers, *shared.answers) or repeat(0.0), strict=False)
        best = sorted(rows, key=lambda row: -row[0].score)[:limit]
        answers = tuple(chance for _, chance in best) if own.answers or shared.answers else ()
        first = own if own.hits and best[0][0] == own.hits[0] else found
        return replace(
            likelier, hits=tuple(hit for hit, _ in best), answers=answers, closest=first.closest, named=first.named,
            verdict=first.verdict,
        )  # fmt: skip

    def _one_each(self, own: Sequence[Speaker], shared: Iterable[Speaker]) -> tuple[Speaker, ...]:
        """Speakers of both under their ids here; whom both know has the names, roles and accounts of both."""
        found: dict[str, Speaker] = {}
        self._look_up(own)
        theirs = (replace(one, id=SHARED + one.id) for one in shared)
        for who in (*(replace(one, id=self._ids[one]) for one in own), *theirs):
            found[who.id] = _as_one(found[who.id], who) if who.id in found else who
        return tuple(found.values())

    def _look_up(self, own: Iterable[Speaker]) -> None:
        """Finds the ids of many speakers at once: the shared library's of whom it names in full, once and as they are.

        It is asked a single time for all that are not known yet. Who is none of those keeps the own id.
        """
        names = {who: _full_name(who) for who in own if who not in self._ids}
        ends = {words[-1] for words in names.values() if words}
        shared: dict[tuple[str, tuple[str, ...]], list[str]] = {}
        for who in self._shared.speakers_called(sorted(ends)) if ends else ():
            shared.setdefault((who.kind, name_words(who.name)), []).append(who.id)
        for who, words in names.items():
            same = shared.get((who.kind, words), []) if words else []
            self._ids[who] = SHARED + same[0] if len(same) == 1 else who.id

    def _own_people(self, statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
        said = {statement.speaker for statement in statements}
        speaking = [who for who in self._own.speakers() if who.id in said]
        self._look_up(speaking)
        ids = {who.id: self._ids[who] for who in speaking}
        return tuple(_under(statement, ids) for statement in statements)


def _comparable(found: Evidence) -> Evidence:
    """What one library tells, its best sentence scored by how likely it answers and the others as far behind it."""
    if not found.hits:
        return found
    shift = log_odds(found.answerable) - found.hits[0].score
    return replace(found, hits=tuple(Hit(hit.passage, hit.score + shift) for hit in found.hits))


def _full_name(who: Speaker) -> tuple[str, ...]:
    """The words of a name by which somebody is surely the same in another library; none of what is no full name."""
    words = name_words(who.name)
    return () if who.kind == "unnamed" or (who.kind == "person" and len(words) < 2) else words


def _under(statement: Statement, ids: dict[str, str]) -> Statement:
    if statement.speaker is None or ids.get(statement.speaker, statement.speaker) == statement.speaker:
        return statement
    return replace(statement, speaker=ids[statement.speaker])


def _marked(found: Iterable[Derived]) -> tuple[Derived, ...]:
    return tuple(_marked_one(one) for one in found)


def _marked_one(one: Derived) -> Derived:
    if isinstance(one, Statement) and one.speaker is not None:
        return replace(one, story=SHARED + one.story, speaker=SHARED + one.speaker)
    return replace(one, story=SHARED + one.story)


def _marked_hit(hit: Hit) -> Hit:
    return Hit(_marked_one(hit.passage), hit.score)


def _as_one(one: Speaker, other: Speaker) -> Speaker:
    """The first with what the second adds."""
    names = dict.fromkeys((*one.aliases, other.name, *other.aliases))
    names.pop(one.name, None)
    roles, handles = (*one.roles, *other.roles), (*one.handles, *other.handles)
    return replace(one, aliases=tuple(names), roles=tuple(dict.fromkeys(roles)), handles=tuple(dict.fromkeys(handles)))


def _parted(stories: Collection[str] | None) -> tuple[list[str] | None, list[str] | None]:
    """Story ids by the library that they are of; None, which is all, for both."""
    if stories is None:
        return None, None
    return (
        [story for story in stories if not story.startswith(SHARED)],
        [story.removeprefix(SHARED) for story in stories if story.startswith(SHARED)],
    )
