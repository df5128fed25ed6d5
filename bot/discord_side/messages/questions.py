"""What can be asked, as the line of text that a reply keeps of it, and as it is read back from that line.

Nothing that somebody typed is put between quotation marks, which belong to the stories' own words.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from bot.answers import Turn
from bot.discord_side.libraries.place import NOWHERE, Place
from bot.discord_side.limits import QUESTION_MAX
from bot.rendering.discord_escaping import on_one_line

Source = Literal["ask", "speaker", "speakers", "whosaid", "check", "stories", "story", "timeline", "quoted"]

_OF_STORY = ("show", "add", "remove", "refresh", "here")
_TIMELINE = "over time: "
TYPED = "That is a command: click `/{name}` here, or write it without mentioning me."


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing asked: the question with those before it, the story it is limited to (a key), and who asks.

    `shown` says that the reply has to show the question, since it does not stand above it; `again` that it was asked
    before, and a button makes its reply anew.
    """

    question: str
    asker: int
    history: tuple[Turn, ...] = ()
    story: str = ""
    source: Source = "ask"
    shown: bool = False
    place: Place = NOWHERE
    again: bool = False

    @property
    def kept(self) -> bool:
        """Whether the reply can keep the whole question, as its buttons need."""
        return len(self.question) <= QUESTION_MAX


def command_typed(question: str, commands: Collection[str]) -> str | None:
    """The command that somebody wrote into a message, where it reaches nobody; None where it is none of these."""
    first, then = (*question.split()[:2], "", "")[:2]
    name = first[1:] if first[:1] in ("/", "!") and first[1:] in commands else None
    return f"story {then if then in _OF_STORY else 'add'}" if name == "story" else name


def speaker_question(name: str, about: str = "") -> str:
    """The line that asks what somebody said."""
    topic = f" about {on_one_line(about)}" if about.strip() else ""
    return f"what did {on_one_line(name)} say{topic}?"


def speaker_asked(question: str) -> tuple[str, str | None]:
    """The name and the topic of a line that `speaker_question` made."""
    asked = question.removeprefix("what did ").removesuffix("?")
    name, _, about = asked.partition(" say about ")
    if not about:
        name, about = asked.removesuffix(" say"), ""
    is_whole = name and question == f"what did {name} say{f' about {about}' if about else ''}?"
    return (name, about or None) if is_whole else (question, None)


def timeline_question(name: str, about: str = "") -> str:
    """The line that asks what somebody said over time."""
    return f"{_TIMELINE}{speaker_question(name, about)}"


def timeline_asked(question: str) -> tuple[str, str | None]:
    """The name and the topic of a line that `timeline_question` made."""
    return speaker_asked(question.removeprefix(_TIMELINE))


def who_said_question(words: str) -> str:
    """The line that asks who said something."""
    return f"who said: {on_one_line(words)}"


def words_asked(question: str) -> str:
    """The words of a line that `who_said_question` made."""
    return question.removeprefix("who said: ")


def check_question(quotation: str, speaker: str | None = None) -> str:
    """The line that asks whether a quotation is right, and somebody's."""
    name = f" as said by {on_one_line(speaker)}" if speaker and speaker.strip() else ""
    return f"check{name}: {on_one_line(quotation)}"


def check_asked(question: str) -> tuple[str, str | None]:
    """The quotation and the speaker of a line that `check_question` made."""
    told = question.removeprefix("check as said by ")
    stop = told.find(": ", 1) if told != question else -1
    if stop > 0 and told[stop + 2 :]:
        return told[stop + 2 :], told[:stop]
    return question.removeprefix("check: ") or question, None
