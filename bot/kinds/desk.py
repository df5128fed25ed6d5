"""What one question has before it: the stories it may be answered from, the look-ups that several kinds share, and the
thresholds of answering in one table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from bot.questions.scope import When
from bot.shelf import Shelf
from index.errors import NoSuchStory
from index.language import stems_of
from index.ranking import Evidence, words_to_look_up
from index.story import Hit, Passage, Span, Speaker, Statement, Story

if TYPE_CHECKING:
    from index.encoding import Pieces


@dataclass(frozen=True, slots=True)
class Limits:
    """How sure is sure enough, and how much is shown; counts are of pieces or people."""

    answerable: float = 0.45
    """The probability (`sureness`) from which a question that the judge has read counts as answered: of 6,571 chat
    questions, by stories left out in turn, 95.7 % of those with an answer get one then and 75.7 % of the others are
    refused (96.4 and 73.2 from 0.4 on, 94.9 and 78.5 from 0.5), of 1,501 of them in conversations 95.9 and 66.6. In
    the whole program, of 2,371 held out, 75.5 in 100 are right from here, 75.3 from 0.42 and 75.0 from 0.4, but one of
    the first three for 83.3, 83.7 and 83.8."""
    unread: float = 0.4
    """The same where nothing is re-ranked and only cheap signs tell."""
    passages: int = 10
    """Passages returned at most, as the command line promises."""
    statements: int = 200
    """Pieces returned at most; nobody reads more in a chat."""
    choices: int = 5
    """Questions offered at most beside a refusal."""
    looked_through: int = 200
    """Stories whose text is looked through for a name of which nobody speaks."""
    turns: int = 8
    """Earlier turns of a conversation that are looked at."""
    beside: bool = True
    """Whether passages are looked up to go along with statements and refusals; programs read them, people do not."""


DEFAULTS = Limits()
FOR_PEOPLE = Limits(beside=False)


Scope = tuple[str | None, "When | None", str | None]
LONGEST_PASSAGE = 600  # code points, as of those that are searched
_MANY_SPEAKERS = 500  # up to here all of them are compared with a name, which also finds slips of the finger
_ANY_STORY = frozenset(stems_of("story article piece report post text item thing one"))
"""Words by which any story can be called, which tell none from another."""
_MANY_STORIES = 20  # up to here the speakers of each are read, above those of the library


@dataclass(frozen=True, slots=True)
class Desk:
    """One question and its stories. `story` is the chosen one; `when` and `outlet` narrow a whole library."""

    shelf: Shelf
    question: str
    story: str | None = None
    when: When | None = None
    outlet: str | None = None
    today: date | None = None
    limits: Limits = DEFAULTS
    _found: dict[tuple[str, tuple[str, ...], int, Scope], Evidence] = field(
        default_factory=dict, compare=False, repr=False
    )
    _pieces: dict[str, Pieces] = field(default_factory=dict, compare=False, repr=False)

    def stories(self) -> tuple[Story, ...]:
        """The stories that may answer, in the library's order."""
        if self.story is not None:
            try:
                return (self.shelf.story(self.story),)
            except NoSuchStory:
                return ()
        if self.when is None and self.outlet is None:
            return self.shelf.stories
        return tuple(story for story in self.shelf.stories if self._holds(story))

    def _holds(self, story: Story) -> bool:
        return (self.when is None or self.when.holds(story.date)) and self.outlet in (None, story.source)

    def only(self) -> tuple[str, ...] | None:
        """The ids to search in, or None for the whole library."""
        if self.story is not None:
            return (self.story,)
        if self.when is None and self.outlet is None:
            return None
        return tuple(story.id for story in self.stories())

    def searching(self, words: str, limit: int | None = None) -> tuple[Hit, ...]:
        """The passages nearest to some words, within scope."""
        return self.evidence(words, limit=limit).hits

    def beside(self) -> tuple[Hit, ...]:
        """The passages nearest to the question, to go along with statements or a refusal; none where nobody sees them.

        Where the question was looked up already, after whichever turns, nothing is read a second time. Without them,
        what the statements answer needs no model.
        """
        if not self.limits.beside:
            return ()
        own, least = (self.question, self._scope()), self.limits.passages
        read = (
            found.hits
            for (words, _, most, scope), found in self._found.items()
            if (words, scope) == own and most >= least
        )
        return with_first((), next(read, ()) or self.searching(self.question), least)

    def _scope(self) -> Scope:
        return self.story, self.when, self.outlet

    def evidence(self, words: str, context: Sequence[str] = (), limit: int | None = None) -> Evidence:
        """What speaks for an answer to some words within scope, after the turns of `context`; looked up once."""
        most = limit or self.limits.passages
        key = words, tuple(context), most, self._scope()
        if key not in self._found:
            only = self.only()
            nowhere = only == () or not words.strip()
            self._found[key] = (
                Evidence() if nowhere else self.shelf.evidence(words, context=context, limit=most, stories=only)
            )
        return self._found[key]

    def pieces(self, text: str) -> Pieces:
        """The encoder's states of a text's wordpieces; of each text computed once."""
        if text not in self._pieces:
            self._pieces[text] = self.shelf.pieces(text)
        return self._pieces[text]

    def speakers(self, name: str | None = None) -> tuple[Speaker, ...]:
        """Who speaks within scope; with a name, at least those whom it can mean or who are called nearly so."""
        if self.story is not None:
            return self.shelf.speakers(self.story) if self.stories() else ()
        everybody = self.shelf.speakers()
        if name and len(everybody) > _MANY_SPEAKERS:
            called = self.shelf.speakers_called(words_to_look_up(name))
            return called or self.shelf.speakers_called(words_to_look_up(name, self.shelf.speaker_words()))
        return everybody

    def story_about(self, topic: str) -> Story | None:
        """The one story that a topic means best: the newest that has all of it in its title, or else the one found that
        has at least half of it in its text, since the words that were taken for the topic may be more than that."""
        wanted = told_by(topic)
        titled = [story for story in self.stories() if wanted and wanted <= set(stems_of(story.title or ""))]
        if titled:
            return max(titled, key=lambda story: story.date or date.min)
        hits = self.searching(topic)
        best = self.shelf.story(hits[0].passage.story) if hits else None
        return best if best and 2 * len(wanted.intersection(stems_of(best.text))) >= max(1, len(wanted)) else None

    def said_by(self, speakers: Sequence[Speaker]) -> tuple[Statement, ...]:
        """Everything these speakers say within scope: newest story first, then in reading order."""
        ids = {speaker.id for speaker in speakers}
        if self.story is None:
            return self.ordered(self.shelf.statements_by(ids))
        return self.ordered([s for s in self.statements() if s.speaker in ids])

    def statements(self) -> tuple[Statement, ...]:
        """All statements within scope."""
        if self.story is not None:
            return self.shelf.statements(self.story) if self.stories() else ()
        return self.shelf.statements()

    def ordered(self, statements: Sequence[Statement]) -> tuple[Statement, ...]:
        """Those within scope: newest story first, then in reading order."""
        days = {story.id: (story.date or date.min).toordinal() for story in self._held(s.story for s in statements)}
        kept = [s for s in statements if s.story in days]
        return tuple(sorted(kept, key=lambda s: (-days[s.story], s.story, s.span.start)))

    def _held(self, ids: Iterable[str]) -> Iterator[Story]:
        """Those of some stories that are within scope."""
        for story_id in dict.fromkeys(ids):
            if self.story in (None, story_id):
                with suppress(NoSuchStory):
                    story = self.shelf.story(story_id)
                    if self.story is not None or self._holds(story):
                        yield story

    def texts(self, statements: Sequence[Statement]) -> dict[str, str]:
        """The texts of the stories in which statements stand."""
        return {story: self.shelf.story(story).text for story in dict.fromkeys(s.story for s in statements)}

    def about_people(self, statements: Sequence[Statement]) -> tuple[Speaker, ...]:
        """The speakers of statements, in the order in which they first come."""
        stories = dict.fromkeys(s.story for s in statements)
        if self.story is not None or len(stories) > _MANY_STORIES:
            speaking = self.speakers()
        else:
            speaking = tuple(speaker for story in stories for speaker in self.shelf.speakers(story))
        known = {speaker.id: speaker for speaker in speaking}
        ids = dict.fromkeys(s.speaker for s in statements if s.speaker)
        return tuple(known[i] for i in ids if i in known)

    def within(self, **changed: object) -> Desk:
        """The same desk with other settings."""
        return replace(self, **changed)  # type: ignore[arg-type]


def told_by(topic: str) -> frozenset[str]:
    """The stems of a topic by which a story can be told from others: none of "that story"."""
    return frozenset(stems_of(topic)) - _ANY_STORY


def alongside(desk: Desk, statements: Sequence[Statement]) -> tuple[Hit, ...]:
    """The passages that go along with statements: the place of the first leads those that were searched for.

    Where nothing is looked up beside statements, it is the places where they stand.
    """
    shown = statements[: desk.limits.passages]
    texts = desk.texts(shown)
    hits = desk.beside()
    if not hits:
        return with_first([_holding(s, texts[s.story]) for s in shown], (), desk.limits.passages)
    if not statements:
        return hits
    first = statements[0]
    own = next((hit for hit in hits if _touches(hit, first)), None) or _holding(first, texts[first.story])
    return with_first([own], hits, desk.limits.passages)


def _touches(hit: Hit, statement: Statement) -> bool:
    return hit.passage.story == statement.story and hit.passage.span.overlaps(statement.span)


def _holding(statement: Statement, text: str) -> Hit:
    passage = Passage(statement.story, statement.version, around(statement.span, text), statement.paragraph)
    return Hit(passage, statement.confidence)


def around(span: Span, text: str, limit: int = LONGEST_PASSAGE) -> Span:
    """The paragraph in which words stand, or as much of it around them as fits; of longer words their beginning."""
    lines = span.lines_of(text)
    start, end = lines.start, lines.end
    if end - start > limit:
        start = max(start, span.start - max(0, (limit - len(span)) // 2))
        end = min(end, start + limit)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def with_first(first: Sequence[Hit], rest: Sequence[Hit], limit: int) -> tuple[Hit, ...]:
    """Some passages, then the others that add a place, at most `limit`."""
    kept: list[Hit] = []
    for hit in (*first, *rest):
        inside = any(k.passage.story == hit.passage.story and k.passage.span.covers(hit.passage.span) for k in kept)
        if not inside:
            kept.append(hit)
        if len(kept) == limit:
            break
    return tuple(kept)
