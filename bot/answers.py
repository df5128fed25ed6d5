"""What comes out of asking: an Answer, or an Abstention with its reason. Both are addresses; rendering reads the words.

Not answering is a result like any other: nothing here is None-for-failure, and nothing raises for the ordinary.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

from index.story import Hit, Span, Speaker, Statement

Form = Literal["said", "who-said", "check", "fact", "header", "stories", "summary", "speakers"]
Part = Literal["date", "source", "author", "title", "place"]
Detail = Literal["when", "where", "to-whom", "why"]
"""What can be asked of something that was said, beside its words."""
Talk = Literal["greeting", "thanks", "help", "who", "adding", "watching", "removing", "foreign", "chat", "page"]
"""What somebody may say to the bot that asks nothing of the stories, and still wants an answer."""
Verdict = Literal["exact", "trimmed", "changed", "denied", "other-speaker", "reporter", "yes", "no"]
"""How a check came out; yes or no is whether somebody said, thinks or did something. Words that stand nowhere make an
Abstention with their `quotation`, whose verdict is "none"."""


class Reason(StrEnum):
    """Why a question gets no answer."""

    NOT_IN_STORY = "not-in-story"
    MENTIONED_NOT_QUOTED = "mentioned-not-quoted"
    NO_SUCH_SPEAKER = "no-such-speaker"
    SEVERAL_SPEAKERS_MATCH = "several-speakers-match"
    NOT_ABOUT_THE_STORY = "not-about-the-story"


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier exchange of a conversation: what was asked, and what was shown if that is known."""

    question: str
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """The words inside a passage that answer a question of fact."""

    story: str
    span: Span


@dataclass(frozen=True, slots=True)
class Step:
    """Some words of a quotation beside the story's: the same, others, left out (no `given`) or put in (no `stored`)."""

    given: Span | None
    stored: Span | None
    same: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """A quotation as it was given, step by step beside the words of one story; spans count in `given` and the story.

    `whose` is the name that it was put down to, `changed` how many words differ; `turned` says that what is left out
    turns the sense round. `left_out` and `put_in` name a word of denial (“not”, “never”) that only the story, or only
    the quotation, has.
    """

    given: str
    story: str
    version: int
    steps: tuple[Step, ...]
    whose: str | None = None
    changed: int = 0
    turned: bool = False
    left_out: str | None = None
    put_in: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the stories say. `statements` and `speakers` come strongest first, `passages` best first (at most 10).

    `form` says how to lay it out: somebody's statements, who said something, the check of a quotation (with its
    `verdict`), a fact (with the words that answer it in `marks`), one `part` of what is known about each story that the
    passages are of (marked where its text has it), the stories that speak of something, a summary, or a
    list of speakers. A yes or no is a `verdict` too, `likely` the probability that it is right: 1 where the words leave
    no doubt. `topic` is what the statements were asked to be about. `folded` maps the place of a statement
    (its position in `statements`) to near-copies of it in other stories. `compared` sets a checked quotation beside the
    story's words. `apart` are the answers to the questions of one message, each shown under its own: what else stands
    here is then what they have together. Where statements have `marks`, these tell when, where or to whom it was said.
    """

    question: str
    form: Form
    speakers: tuple[Speaker, ...] = ()
    statements: tuple[Statement, ...] = ()
    passages: tuple[Hit, ...] = ()
    marks: tuple[Mark, ...] = ()
    verdict: Verdict | None = None
    likely: float = 1.0
    topic: str | None = None
    folded: tuple[tuple[int, Statement], ...] = ()
    confidence: float = 1.0
    part: Part | None = None
    compared: Comparison | None = None
    apart: tuple[Result, ...] = ()

    def without_verdict(self) -> Answer:
        """The same without the verdict, which was on another question."""
        return replace(self, verdict=None, likely=1.0, compared=None)

    @property
    def spoken(self) -> tuple[Statement, ...]:
        """The statements that are shown: none where it is marked words that answer."""
        return () if self.marks else self.statements

    @property
    def plain_verdict(self) -> Verdict | None:
        """The verdict where it leaves no doubt."""
        return self.verdict if self.likely == 1 else None


@dataclass(frozen=True, slots=True)
class Abstention:
    """Why there is no answer, the nearest thing that the stories do say, and what to ask next.

    `speakers` are those the question may mean, `nearest` what they or others said nearest to it, `choices` questions
    that would get an answer, ready to be asked. `quotation` is what was checked, where no story has such words, or they
    are too `slight` to tell; `talk` is what somebody said to the bot itself, which is no question about a story;
    `detail` what is not told of the `nearest`, which was shown before.
    """

    question: str
    reason: Reason
    speakers: tuple[Speaker, ...] = ()
    nearest: tuple[Statement, ...] = ()
    passages: tuple[Hit, ...] = ()
    choices: tuple[str, ...] = ()
    name: str | None = None
    topic: str | None = None
    confidence: float = 1.0
    quotation: str | None = None
    slight: bool = False
    talk: Talk | None = None
    detail: Detail | None = None


Result = Answer | Abstention


@dataclass(frozen=True, slots=True)
class Checked:
    """A quotation with whom it was put down to, and how it came out."""

    quotation: str
    whose: str | None
    result: Result
