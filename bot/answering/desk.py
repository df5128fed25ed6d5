"""What one question has before it: the stories it may be answered from, and the look-ups that several answers share."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date

from bot.answering.limits import DEFAULTS, Limits
from bot.answering.matching import Wording
from bot.answering.names import PEOPLE, alike, head_of, spellings
from bot.answering.people import Meant, is_group_name, mentioned, party_members, similar, speakers_named
from bot.answering.roles import holders, without_quantity
from bot.answering.scope import When
from bot.answering.text import around, stems
from bot.answering.understanding import understand
from bot.shelf import Shelf, is_by_person, is_telling
from index.errors import NoSuchStory
from index.ranking.evidence import Evidence
from index.story import Hit, Passage, Span, Speaker, Statement, Story

_STANDS_FOR = re.compile(
    r"\b(?:he|him|his|she|hers?|they|them|theirs?|it|its|this|that|these|those|there|then|one|ones|else|other|others)\b",
    re.IGNORECASE,
)
_WORDS_OF_ITS_OWN = 2
_ALL = 0.79  # the share of a topic's words that a text has which has all of them, or near-synonyms
_MANY_STORIES = 200  # up to here the text of each is looked through for a name
_MANY_SPEAKERS = 500  # up to here all of them are compared with a name, which also finds slips of the finger


@dataclass(frozen=True, slots=True)
class Desk:
    """One question and its stories. `story` is the chosen one; `when` and `outlet` narrow a whole library.

    `context` is what was said before in the conversation, for questions that lean on it.
    """

    shelf: Shelf
    question: str
    story: str | None = None
    when: When | None = None
    outlet: str | None = None
    today: date | None = None
    context: tuple[str, ...] = ()
    limits: Limits = DEFAULTS
    _found: dict[tuple[str, int], Evidence] = field(default_factory=dict, compare=False, repr=False)

    @property
    def tidied(self) -> str:
        """The question as it is understood: a search for this is a search for the question."""
        return understand(self.question).text

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
        return self.evidence(words, limit).hits

    def beside(self) -> tuple[Hit, ...]:
        """The passages nearest to the question, to go along with statements or a refusal; none where nobody sees them.

        Without them, what the statements answer needs no model.
        """
        return self.searching(self.question) if self.limits.beside else ()

    def evidence(self, words: str, limit: int | None = None) -> Evidence:
        """What speaks for an answer to some words within scope; the same words are looked up once."""
        most = limit or self.limits.passages
        key = words, most
        if key not in self._found:
            self._found[key] = self._look_up(words, most)
        return self._found[key]

    def _look_up(self, words: str, most: int) -> Evidence:
        only = self.only()
        if only == () or not words.strip():
            return Evidence()
        if is_telling(self.shelf):
            return self.shelf.evidence(words, context=self._leaned_on(words), limit=most, stories=only)
        hits = self.shelf.search(" ".join((*self.context, words)), limit=most, stories=only)
        return Evidence(hits, by_shared_words(words, hits, self.shelf))

    def _leaned_on(self, words: str) -> tuple[str, ...]:
        """The turns before, where the question leans on them.

        Among many stories a question that is whole by itself does not: it may well be about another story.
        """
        leans = words == self.question and (self.story is not None or _leaves_out(words))
        return self.context if leans else ()

    def speakers(self, name: str | None = None) -> tuple[Speaker, ...]:
        """Who speaks within scope; with a name, at least those whom it can mean or who are called nearly so."""
        if self.story is not None:
            return self.shelf.speakers(self.story) if self.stories() else ()
        everybody = self.shelf.speakers()
        if name and len(everybody) > _MANY_SPEAKERS and is_by_person(self.shelf):
            called = self.shelf.speakers_called(spellings(name))
            return called or self.shelf.speakers_called(alike(name, self.shelf.speaker_words()))
        return everybody

    def meant(self, name: str) -> Meant:
        """Whom a name means here."""
        name, speakers, found, sure = self._named(name)
        persons = all(speaker.kind == "person" for speaker in found)
        if found and not (persons and is_group_name(name) and head_of(name) in PEOPLE):
            return Meant(name, found, sure=sure)
        members = () if found else party_members(name, self.speakers())
        if members:
            return Meant(name, members, sure=False)
        stories, bare = self._likely_to_mention(name), without_quantity(name)
        held = holders(bare, stories, self.shelf.speakers)
        if found:  # several: those whom the stories name so too
            return Meant(name, tuple(dict.fromkeys((*found, *(held.speakers if held else ())))), sure=sure)
        if held:
            return held
        story = mentioned(name, stories)
        return Meant(
            name, mentioned=story is not None, close=similar(name, speakers), story=story.id if story else None
        )

    def _named(self, name: str) -> tuple[str, tuple[Speaker, ...], tuple[Speaker, ...], bool]:
        """A name with whom it may be compared and whom it means there: as typed, or without "both" before it."""
        speakers = self.speakers(name)
        found, sure = speakers_named(name, speakers)
        bare = without_quantity(name)
        if not found and bare != name and is_group_name(bare):
            found, sure = speakers_named(bare, self.speakers(bare))
            name = bare if found else name
        return name, speakers, found, sure

    def _likely_to_mention(self, name: str) -> tuple[Story, ...]:
        """The stories that may have a name in their text: of very many, those that a search for it finds."""
        stories = self.stories()
        if len(stories) <= _MANY_STORIES:
            return stories
        ids = dict.fromkeys(hit.passage.story for hit in self.searching(name, limit=40))
        return tuple(self.shelf.story(story) for story in ids)

    def story_about(self, topic: str) -> Story | None:
        """The one story that a topic means best: the newest that has all of it in its title, or else in its text."""
        titled = [s for s in self.stories() if s.title and Wording(topic, {s.id: s.title}).share(s.title) >= _ALL]
        if titled:
            return max(titled, key=lambda story: story.date or date.min)
        hits = self.searching(topic)
        best = self.shelf.story(hits[0].passage.story) if hits else None
        return best if best and Wording(topic, {best.id: best.text}).share(best.text) >= _ALL else None

    def said_by(self, speakers: Sequence[Speaker]) -> tuple[Statement, ...]:
        """Everything these speakers say within scope: newest story first, then in reading order."""
        ids = {speaker.id for speaker in speakers}
        if self.story is None and is_by_person(self.shelf):
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
        known = {speaker.id: speaker for speaker in self._speakers_of(statements)}
        ids = dict.fromkeys(s.speaker for s in statements if s.speaker)
        return tuple(known[i] for i in ids if i in known)

    def _speakers_of(self, statements: Sequence[Statement]) -> tuple[Speaker, ...]:
        if self.story is not None:
            return self.shelf.speakers(self.story) if self.stories() else ()
        stories = tuple(dict.fromkeys(s.story for s in statements))
        if len(stories) > 20:
            return self.shelf.speakers()
        return tuple(speaker for story in stories for speaker in self.shelf.speakers(story))

    def within(self, **changed: object) -> "Desk":
        """The same desk with other settings."""
        return replace(self, **changed)  # type: ignore[arg-type]


def _leaves_out(question: str) -> bool:
    """Whether a question has a word that stands for what was said before, or hardly a word of its own."""
    return bool(_STANDS_FOR.search(question)) or len(stems(question)) < _WORDS_OF_ITS_OWN


def by_shared_words(words: str, hits: Sequence[Hit], shelf: Shelf) -> float:
    """A rough chance that passages answer: the share of the rarer words asked that one of the best three has."""
    texts = {hit.passage.story: shelf.story(hit.passage.story).text for hit in hits[:3]}
    wording = Wording(words, texts)
    around_each = (
        around(texts[hit.passage.story], hit.passage.span, limit=300).of(texts[hit.passage.story]) for hit in hits[:3]
    )
    return max((wording.share(text) for text in around_each), default=0.0)


def alongside(desk: Desk, statements: Sequence[Statement], *, lead: bool = True) -> tuple[Hit, ...]:
    """The evidence that goes along with statements, best first; with `lead`, the place of the first statement leads.

    Where nothing is looked up beside statements, it is the places where they stand.
    """
    texts = desk.texts(statements[: desk.limits.passages])
    hits = desk.beside()
    if not hits:
        return with_first(
            [holding(s, texts[s.story]) for s in statements[: desk.limits.passages]], (), desk.limits.passages
        )
    if not lead or not statements:
        return hits
    first = statements[0]
    shown = next((hit for hit in hits if _touches(hit, first)), None) or holding(first, texts[first.story])
    return with_first([shown], hits, desk.limits.passages)


def _touches(hit: Hit, statement: Statement) -> bool:
    span = hit.passage.span
    inside = span.start < statement.span.end and statement.span.start < span.end
    return hit.passage.story == statement.story and inside


def holding(statement: Statement, text: str, limit: int = 600) -> Hit:
    """The passage in which a statement stands: its paragraph, or as much of it around the statement as fits."""
    start = text.rfind("\n", 0, statement.span.start) + 1
    end = text.find("\n", statement.span.end)
    end = len(text) if end < 0 else end
    if end - start > limit:
        start = max(start, statement.span.start - max(0, (limit - len(statement.span)) // 2))
        end = min(end, max(start + limit, min(statement.span.end, start + limit)))
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    passage = Passage(statement.story, statement.version, Span(start, end), statement.paragraph)
    return Hit(passage, statement.confidence)


def with_first(first: Sequence[Hit], rest: Sequence[Hit], limit: int) -> tuple[Hit, ...]:
    """Some passages, then the others that add a place, at most `limit`; scores made to fall."""
    kept: list[Hit] = []
    for hit in (*first, *rest):
        inside = any(k.passage.story == hit.passage.story and k.passage.span.covers(hit.passage.span) for k in kept)
        if not inside:
            kept.append(hit)
    return tuple(kept[:limit])
