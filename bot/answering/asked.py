"""What a question asks for, as a value."""

from dataclasses import dataclass
from typing import Literal

from bot.answering.verbs import Act
from bot.answers import Part

Wanted = Literal[
    "said", "who-said", "check", "fact", "about", "header", "stories", "summary", "speakers", "chatter", "fragment"
]  # fmt: skip
Detail = Literal["when", "where", "why", "how", "to-whom", "fact"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks for. Names, topics and words are as typed; `None` where the question has none.

    `loose` marks a reading that holds only if `who` turns out to be somebody in the stories; `act` is what the verb
    names beyond saying ("denies"). `lead` is the number in "the second one", from 1, or -1 for the last. `part` is
    what is asked about a story itself.
    """

    wanted: Wanted
    text: str
    who: str | None = None
    topic: str | None = None
    words: str | None = None
    act: Act | None = None
    addressee: str | None = None
    detail: Detail | None = None
    verb: str | None = None
    everyone: bool = False
    latest: bool = False
    others: bool = False
    loose: bool = False
    lead: int | None = None
    part: Part | None = None
