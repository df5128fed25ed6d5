"""The values of what people tell a library beside its stories: settings, feedback, questions that went unanswered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

Json: TypeAlias = Sequence["Json"] | Mapping[str, "Json"] | str | int | float | bool | None


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
