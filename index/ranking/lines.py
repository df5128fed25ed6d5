"""Who speaks in a sentence: what the judge is told of each candidate beside its words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from index.ranking.linking import Link, links_of, words_named
from index.story import Passage, Span, Speaker, Statement

_SHARE = 0.3  # of a sentence that has to be somebody's for it to be theirs
_PASSED_ON = 2
"""Times as much as others count words that somebody passes on: of 174 answering sentences in which one does so, whoever
is named first is whose the answer is for 61.5 in 100 so, and for 40.2 otherwise (chosen on these)."""
NAMED_FROM, ROLE_FROM = 0.55, 0.3  # strengths of a link from which a speaker counts as named, or as meant by a role
LINKS = ("asked", "names", "nobody's", "somebody's", "another's", "role's", "named's", "mentions")
"""What a piece of a window is told of links: a word asked, one that names a speaker, a sentence nobody says, somebody
says though nobody is named, another than the one named says, one meant by a role says, the one named says; and one
that has the name of the one named."""


@dataclass(frozen=True, slots=True)
class Line:
    """Who speaks in a sentence, those who say most of it first."""

    speakers: tuple[Speaker, ...] = ()

    @property
    def label(self) -> str:
        """The name and role of the one who says most of it; empty where nobody does."""
        if not self.speakers:
            return ""
        one = self.speakers[0]
        return ", ".join((one.name, *one.roles[:1]))


@dataclass(frozen=True, slots=True)
class Voices:
    """The statements of the stories and who makes them, as far as they are read."""

    statements: Callable[[str], Sequence[Statement]]
    speakers: Callable[[str], Sequence[Speaker]]
    _held: dict[str, tuple[list[Statement], dict[str, Speaker]]] = field(default_factory=dict)

    def speakers_of(self, stories: Sequence[str]) -> list[Speaker]:
        """Everybody who speaks in some stories."""
        return [speaker for story in stories for speaker in self._of(story)[1].values()]

    def lines(self, passages: Sequence[Passage]) -> list[Line]:
        """Who speaks in each of these passages."""
        return [self._line(passage) for passage in passages]

    def _of(self, story: str) -> tuple[list[Statement], dict[str, Speaker]]:
        if story not in self._held:
            statements = sorted(self.statements(story), key=lambda one: one.span)
            people = {speaker.id: speaker for speaker in self.speakers(story)}
            self._held[story] = [one for one in statements if one.speaker in people], people
        return self._held[story]

    def _line(self, passage: Passage) -> Line:
        statements, people = self._of(passage.story)
        span = passage.span
        shares: dict[str, int] = {}
        for one in statements:
            if one.span.start >= span.end:
                break
            shared = min(one.span.end, span.end) - max(one.span.start, span.start)
            if shared >= _SHARE * min(len(one.span), len(span)) and shared > 0 and one.speaker:
                shares[one.speaker] = shares.get(one.speaker, 0) + shared * (_PASSED_ON if one.relay else 1)
        return Line(tuple(people[key] for key in sorted(shares, key=lambda key: -shares[key])))


NO_VOICES = Voices(lambda story: (), lambda story: ())


@dataclass(frozen=True, slots=True)
class Linked:
    """A question's links to those who speak in its candidates."""

    links: Mapping[str, Link]
    words: frozenset[str]
    anybody: bool

    @classmethod
    def of(cls, asked: str, before: Sequence[str], speakers: Sequence[Speaker]) -> Linked:
        """The links of a question; where it names nobody, those of the turn before it."""
        links = links_of(asked, speakers)
        if before and not any(link.strength >= NAMED_FROM for link in links.values()):
            earlier = links_of(before[-1], speakers)
            links = {**links, **{key: link for key, link in earlier.items() if link.strength >= NAMED_FROM}}
        named = [speaker for speaker in speakers if speaker.id in links and links[speaker.id].name >= NAMED_FROM]
        words = frozenset(word.letters for speaker in named for word in words_named(speaker.name)[-1:])
        return cls(links, words, any(link.strength >= ROLE_FROM for link in links.values()))

    def strengths(self, line: Line) -> tuple[float, float]:
        """How strongly a line's speakers are named, and how much of a role of theirs is."""
        links = [self.links[one.id] for one in line.speakers if one.id in self.links]
        return max((link.name for link in links), default=0.0), max((link.role for link in links), default=0.0)

    def named_words(self) -> list[Span]:
        """The words of the question that name somebody, by name or role."""
        return [span for link in self.links.values() for span in link.words]

    def mentions(self, text: str) -> bool:
        """Whether a sentence has the name of somebody whom the question names."""
        return any(word.letters in self.words for word in words_named(text)) if self.words else False

    def code(self, line: Line, text: str) -> int:
        """The line's place in LINKS."""
        if not line.speakers:
            return LINKS.index("mentions" if self.mentions(text) else "nobody's")
        name, role = self.strengths(line)
        if name >= NAMED_FROM:
            return LINKS.index("named's")
        if role >= ROLE_FROM:
            return LINKS.index("role's")
        return LINKS.index("another's" if self.anybody else "somebody's")
