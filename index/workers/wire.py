"""What a worker process sends back: results as bytes, of which only values of the classes named here come to life.

A worker reads what strangers wrote, so that nothing it sends is trusted to name anything else.
"""

import io
import pickle
from dataclasses import dataclass
from datetime import date
from typing import Literal, cast

from index.reading.feeds import Entry
from index.story import Attributed, Cue, Span, Speaker, Statement, Story


@dataclass(frozen=True, slots=True)
class Unreadable:
    """One source, or a line of it, that gives no story, as StoryUnreadable has it."""

    source: str
    why: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Entries:
    """The stories that a feed names."""

    all: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class End:
    """The work is done, or given up: `memory` where there was not enough, `failure` for anything else.

    `where` says for the log what was raised and in which lines of our code, without any of the text.
    """

    how: Literal["done", "memory", "failure"] = "done"
    where: str = ""


Result = Story | Attributed | Unreadable | Entries
_CLASSES = (Attributed, Cue, End, Entries, Entry, Span, Speaker, Statement, Story, Unreadable, date)
_NAMED = {(one.__module__, one.__qualname__): one for one in _CLASSES}


def packed(value: Result | End) -> bytes:
    """A value as bytes."""
    return pickle.dumps(value, protocol=5)


def unpacked(raw: bytes) -> Result | End:
    """The value of these bytes. Raises ValueError where they hold anything but the values that a worker sends."""
    try:
        found = _Reader(io.BytesIO(raw)).load()
    except Exception as error:  # whatever pickle raises over bytes that are none of ours
        raise ValueError("not a worker's result") from error
    if not isinstance(found, Result | End):
        raise TypeError("not a worker's result")
    return found


class _Reader(pickle.Unpickler):
    def find_class(self, module_name: str, global_name: str, /) -> type:
        """The class of this name, if it is one of ours."""
        if (module_name, global_name) not in _NAMED:
            raise ValueError("not a class of a worker's results")
        return cast("type", _NAMED[module_name, global_name])
