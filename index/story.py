"""The values that everything else passes around: stories, and addresses into their text.

A quotation is an address, never a string: a span of code points in the text of one version of one story. The words
are read out of the story only where they are shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date as Date  # noqa: N812  a field of Story is called date, and hides it
from datetime import datetime
from typing import Literal, TypeAlias

Kind = Literal["direct", "indirect", "mixed"]
Stance = Literal["says", "denies", "declines", "hedges", "asks", "unsaid"]
SpeakerKind = Literal["person", "organisation", "group", "unnamed"]
SHARED = "shared:"
"""What the id of a story begins with where it is another library's, read beside it (`index.library.joined`)."""
MEMBER = "member:"
"""What the id of a story begins with where somebody handed its text in, so that only they say where it is from."""
Json: TypeAlias = Sequence["Json"] | Mapping[str, "Json"] | str | int | float | bool | None


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points, `start <= end`, into one story's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The words at this address."""
        return text[self.start : self.end]

    def lines_of(self, text: str) -> "Span":
        """The whole lines in which it stands, without the break behind them."""
        end = text.find("\n", self.end)
        return Span(text.rfind("\n", 0, self.start) + 1, len(text) if end < 0 else end)

    def covers(self, other: "Span") -> bool:
        """Whether the other span lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share a code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Story:
    """One article as stored. `text` is exactly what came in; every offset anywhere counts its code points.

    `version` counts from 1 and goes up when the text under one id changes. `place` is the dateline's. `shortened` says
    that the page it was read from has far more of it than `text`. `called` says that the id is only what a file was
    called, which makes no two texts one story: a library gives the second of a name another id.
    """

    id: str
    text: str
    title: str | None = None
    source: str | None = None
    date: Date | None = None
    author: str | None = None
    url: str | None = None
    place: str | None = None
    version: int = 1
    shortened: bool = False
    called: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk of one story that is embedded and searched: never longer than its paragraph, nor than 600 code points."""

    story: str
    version: int
    span: Span
    paragraph: int


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who says something: a person, an organisation, a group, or a source that is not named.

    `name` is the canonical name ("Paul Ryan"), or for an unnamed source the words the story has for it
    ("a senior aide"). `aliases` are the other forms seen ("Ryan", "House Speaker Ryan"), `roles` the titles and
    descriptions ("House Speaker"), `handles` the accounts ("@SenWarren").
    """

    id: str
    name: str
    kind: SpeakerKind = "person"
    aliases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()

    @property
    def named(self) -> bool:
        """Whether the story names them."""
        return self.kind != "unnamed"


@dataclass(frozen=True, slots=True)
class Cue:
    """The words that report a statement, and how: a denial, a refusal or a hedge is kept as such."""

    span: Span
    stance: Stance = "says"

    @property
    def takes_back(self) -> bool:
        """Whether it denies the words, or tells that they were never said."""
        return self.stance in ("denies", "unsaid")


@dataclass(frozen=True, slots=True)
class Statement:
    """One contiguous piece of something that somebody said.

    Pieces of one utterance ("…," Ryan told reporters. "…") share `attribution`, which counts from 0 in each story.
    `speaker` is a Speaker's id, or None where the story leaves it open; `mention` is where the speaker stands beside
    the cue. `relay` names who passed the words on, outermost first, the story's own outlet left out. `paragraph` counts
    from 0. `confidence` is the calibrated probability (0..1) that span and speaker are right.
    """

    story: str
    version: int
    span: Span
    kind: Kind
    speaker: str | None
    mention: Span | None
    cue: Cue | None
    attribution: int
    paragraph: int
    relay: tuple[str, ...] = ()
    addressee: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Attributed:
    """What a story says, and who says it: the result of reading one story for statements, in reading order."""

    statements: tuple[Statement, ...]
    speakers: tuple[Speaker, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that a search found; a higher score is a better match, comparable within one search only."""

    passage: Passage
    score: float


@dataclass(frozen=True, slots=True)
class Feedback:
    """What one user holds of one thing shown: the address of the words, a verdict of the asker's choosing, and when.

    `user` is there so that the same user's next verdict takes this one's place, and so that it can be forgotten.
    `when` has a time zone.
    """

    story: str
    version: int
    start: int
    end: int
    verdict: str
    user: str
    when: datetime


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that got no answer, as it was last worded: the reason then, how often it was asked, and when last.

    Wordings that differ only in case, spaces and the marks at the end are one question. Nobody's name is kept.
    """

    question: str
    reason: str
    count: int
    last: datetime
