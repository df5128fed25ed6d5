"""Story -> Attributed: parses it, finds what is said by tagger and rules, and says who the speakers are.

This is the one door into `statements`; everything heavy is loaded when an Attributor is.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from index.language.given_names import is_given_name
from index.language.sentences import stripped
from index.reading.header import fields_end
from index.reading.wholeness import foreign_language
from index.statements.denials import with_denials
from index.statements.exchanges import in_turns
from index.statements.findings import Attribution, Finding, Overlaps, utterance_of
from index.statements.inference import WEIGHTS
from index.statements.merging import merge
from index.statements.names import parse_name
from index.statements.paragraphs import behind_datelines, paragraph_at, unwrapped
from index.statements.parsing import Parser
from index.statements.quotation_marks import WORD, kind_of
from index.statements.relay import find_outlet, holders_of, is_short_for, with_relay
from index.statements.rules import Read, read_by_rules
from index.statements.speakers import Cast, cast_of
from index.statements.spelling import in_one_spelling, without_fillers
from index.statements.subjects import grow_cue
from index.statements.tagger import Found, Tagger
from index.statements.words import Words
from index.story import Attributed, Cue, Kind, Span, Statement, Story

if TYPE_CHECKING:
    from spacy.tokens import Doc

STORIES_PER_BATCH = 4  # parsed and tagged together; more is no faster on a CPU and only takes memory
_SPOKEN_WHOLE = frozenset({"post", "issued", "transcript", "nested"})

Progress = Callable[[int, int], None]


class Attributor:
    """Finds the statements of stories and their speakers. The same story always gives the same result.

    Without a tagger it works by rules alone.
    """

    def __init__(self, parser: Parser, tagger: Tagger | None = None) -> None:
        self.parser = parser
        self.tagger = tagger

    @classmethod
    def load(cls, *, tagger: bool = True) -> Attributor:
        """The parser, and the tagger where its weights are there; `tagger=False` leaves it out."""
        return cls(Parser.load(), Tagger.load() if tagger and WEIGHTS.is_file() else None)

    def attribute(self, story: Story) -> Attributed:
        """What one story says, and who says it."""
        return self.attribute_all([story])[0]

    def attribute_all(self, stories: Sequence[Story], progress: Progress | None = None) -> list[Attributed]:
        """The same for many stories, in order; `progress(done, total)` is called after each batch."""
        done: list[Attributed] = []
        waiting = iter(stories)
        while batch := list(islice(waiting, STORIES_PER_BATCH)):
            done.extend(self._attributed([replace(one, text=unwrapped(in_one_spelling(one.text))) for one in batch]))
            if progress is not None:
                progress(len(done), len(stories))
        return done

    def _attributed(self, batch: Sequence[Story]) -> Sequence[Attributed]:
        """What the stories of a batch say; of one in another language than English nothing is known."""
        read = [story for story in batch if foreign_language(story.text) is None]
        texts = [story.text for story in read]
        docs = list(self.parser.parse_all(texts))
        tagged: Sequence[Sequence[Found]] = self.tagger.find_all(texts, docs) if self.tagger else [()] * len(texts)
        parsed = zip(read, docs, tagged, strict=True)
        found = {id(story): attribute_parsed(story, doc, its) for story, doc, its in parsed}
        return [found.get(id(story)) or Attributed((), ()) for story in batch]


def attribute_parsed(story: Story, doc: Doc, tagged: Sequence[Found]) -> Attributed:
    """The statements of a story from its parse and what the tagger found in it (nothing, for rules alone)."""
    words = Words(doc)
    read = read_by_rules(words)
    told_from = fields_end(story.text)
    merged = behind_datelines(story.text, merge(words, read, tagged), read.paragraphs)
    findings = [
        sound
        for f in with_denials(words, merged)
        if f.span.start >= told_from and (sound := _sound(story.text, with_relay(story.text, f)))
    ]
    findings = in_turns(story.text, read, findings)
    groups, numbers = _grouped(findings)
    attributions = [
        Attribution(tuple(f.span for f in group), group[0].mention, group[0].cue, group[0].turn >= 0)
        for group in groups
    ]
    cast = cast_of(words, attributions, _only_author(story))
    statements = tuple(_Writer(story, words, read, findings, numbers, groups, cast).statements())
    return Attributed(statements, cast.speakers)


def _only_author(story: Story) -> str | None:
    """Who wrote a story, where it is one person: a given name and a surname."""
    name = parse_name(story.author or "")
    return name.full if name.full == story.author and is_given_name(name.first) else None


def _sound(text: str, finding: Finding) -> Finding | None:
    """The finding without white space around its words, and without an empty cue or mention; None if it has no word."""
    span = stripped(text, finding.span)
    if not WORD.search(text, span.start, span.end):
        return None
    mention, cue = (part if part and part.of(text).strip() else None for part in (finding.mention, finding.cue))
    told = finding.addressee if finding.addressee and not (mention and mention.overlaps(finding.addressee)) else None
    return replace(finding, span=span, mention=mention, cue=cue, addressee=told)


def _grouped(findings: Sequence[Finding]) -> tuple[list[list[Finding]], list[int]]:
    """The findings of each utterance, and each finding's number among these."""
    groups: dict[Hashable, list[Finding]] = {}
    numbers: list[int] = []
    places: dict[Hashable, int] = {}
    for finding in findings:
        key = utterance_of(finding)
        groups.setdefault(key, []).append(finding)
        numbers.append(places.setdefault(key, len(places)))
    return list(groups.values()), numbers


class _Writer:
    """Turns findings into Statements, once everybody has a name."""

    def __init__(self, story: Story, words: Words, read: Read, findings: Sequence[Finding], numbers: Sequence[int],
                 groups: Sequence[Sequence[Finding]], cast: Cast) -> None:  # fmt: skip
        self.story, self.words, self.read, self.cast = story, words, read, cast
        self.findings, self.numbers, self.groups = findings, numbers, groups
        self.pieces = [sorted(piece.span for piece in group) for group in groups]
        self.names = {speaker.id: speaker.name for speaker in cast.speakers}
        self.spans = [finding.span for finding in findings]
        self.cues = [finding.cue for finding in findings]
        self.near = Overlaps(range(len(findings)), self.spans.__getitem__)
        self.quoted = Overlaps(read.quoted, lambda quoted: quoted.span)

    def statements(self) -> Iterator[Statement]:
        """One for each finding, in order."""
        for at, finding in enumerate(self.findings):
            number = self.numbers[at]
            speaker = self.cast.speaker_of[number]
            addressee = without_fillers(finding.addressee.of(self.story.text)) if finding.addressee else None
            yield Statement(
                story=self.story.id, version=self.story.version, span=finding.span, kind=self._kind(finding),
                speaker=speaker, mention=finding.mention, cue=self._cue(finding, number), attribution=number,
                paragraph=paragraph_at(self.read.paragraphs, finding.span.start),
                relay=self._relay(at, speaker), addressee=addressee, confidence=finding.sure,
            )  # fmt: skip

    def _kind(self, finding: Finding) -> Kind:
        if finding.form in _SPOKEN_WHOLE:
            return "direct"
        return kind_of(self.story.text, finding.span, self.quoted.of(finding.span))

    def _cue(self, finding: Finding, number: int) -> Cue | None:
        if finding.cue is None:
            return None
        pieces = self._next_piece(number, finding.cue.end)
        if finding.mention is not None:
            pieces.append(finding.mention)
        span = finding.cue
        if finding.form not in {"post", "issued", "transcript", "headline", "according"}:
            span = grow_cue(self.words, finding.cue, finding.addressee, pieces)
        return Cue(span, finding.stance)

    def _next_piece(self, number: int, offset: int) -> list[Span]:
        """The first piece of an utterance that begins behind a place."""
        pieces = self.pieces[number]
        return pieces[(at := bisect_left(pieces, offset, key=lambda span: span.start)) : at + 1]

    def _relay(self, at: int, speaker: str | None) -> tuple[str, ...]:
        """Who reports the words, outermost first, then the outlet they were told to; never the story's own outlet."""
        chain: list[str] = []
        for holder in holders_of(at, self.spans, self.cues, self.near.of(self.spans[at])):
            identity = self.cast.speaker_of[self.numbers[holder]]
            if identity is not None and identity != speaker:
                chain.append(self.names[identity])
        finding = self.findings[at]
        via = finding.via.of(self.story.text) if finding.via is not None else ""
        if via and not any(is_short_for(name, via) for name in chain):
            chain.append(via)
        outlet = find_outlet(self.words, finding.addressee) if finding.addressee else None
        chain.extend([outlet] if outlet else [])
        shown = dict.fromkeys(map(without_fillers, chain))
        return tuple(name for name in shown if not is_short_for(name, self.story.source or ""))
