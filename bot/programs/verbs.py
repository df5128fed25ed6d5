"""What a program may ask of a library, in one table: of each verb what it takes, what it gives, and how it is done.

MCP's tools and the paths of the HTTP interface, with what describes them, are made from it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.programs.doing import (
    add_story,
    ask,
    check_quote,
    get_passage,
    get_story,
    list_speakers,
    list_stories,
    what_said,
    who_said,
)
from bot.programs.limits import LIMITS
from bot.rendering.contract import JsonObject
from bot.rendering.schemas import (
    ADDED,
    LISTED_STORY,
    PLACE,
    RESULT,
    SPEAKER,
    TEXT,
    WHOLE,
    WHOLE_STORY,
    Schema,
    exactly,
    many,
)

if TYPE_CHECKING:
    from index.library import StoryLibrary

Run = Callable[["StoryLibrary", JsonObject], JsonObject]


@dataclass(frozen=True, slots=True)
class Verb:
    """One thing to ask: `takes` and `gives` are JSON Schemas of objects, `changes` says that it adds something."""

    name: str
    title: str
    says: str
    takes: Schema
    gives: Schema
    run: Run
    changes: bool = False


def _takes(wanted: dict[str, Schema], **more: Schema) -> Schema:
    return exactly(**wanted, **more) | {"required": list(wanted)}


def _text(most: int, says: str) -> Schema:
    return {"type": "string", "minLength": 1, "maxLength": most, "pattern": r"\S", "description": says}


def _name(says: str) -> Schema:
    return {"type": "string", "maxLength": LIMITS.name_chars, "description": says}


_STORY = _name("The id of the one story to keep to.")
_ID = _text(LIMITS.name_chars, "The story's id.")
_VERSION: Schema = {"type": "integer", "minimum": 1, "maximum": 2**31, "description": "The newest, unless given."}
_AT: Schema = {"type": "integer", "minimum": 0, "maximum": 2**31}
_TURN = exactly(q=_text(LIMITS.question_chars, "What was asked."), a=TEXT | {"maxLength": 20_000}) | {"required": ["q"]}
_PAGE: dict[str, Schema] = {
    "limit": {"type": "integer", "minimum": 1, "maximum": LIMITS.listed},
    "after": _AT | {"description": "How many to leave out before."},
}
_FACT = _name("What is known about the story, as its outlet gives it.")

VERBS: tuple[Verb, ...] = (
    Verb(
        "ask",
        "Ask the stories",
        "Answers a question about the news stories from the stories themselves: who said what, verbatim, or why there "
        "is no answer. “history” has the conversation before, the oldest first.",
        _takes(
            {"question": _text(LIMITS.question_chars, "The question, in English.")},
            story=_STORY,
            history=many(_TURN, LIMITS.turns),
        ),
        RESULT,
        ask,
    ),
    Verb(
        "what_said",
        "What somebody said",
        "What somebody said in the stories, verbatim, in all or about a topic.",
        _takes(
            {"name": _text(LIMITS.name_chars, "Whose words: a name, or part of one.")},
            about=_name("A topic."),
            story=_STORY,
        ),
        RESULT,
        what_said,
    ),
    Verb(
        "who_said",
        "Who said it",
        "Who said some words, or something near them.",
        _takes({"words": _text(LIMITS.question_chars, "The words.")}, story=_STORY),
        RESULT,
        who_said,
    ),
    Verb(
        "check_quote",
        "Check a quotation",
        "Compares each quotation of a text with the stories, word by word: exact, trimmed, changed, somebody else's, "
        "the reporter's, denied, or none.",
        _takes(
            {"quote": _text(LIMITS.question_chars, "A quotation, or a text with quotations in quotation marks.")},
            speaker=_name("Who is supposed to have said it."),
            story=_STORY,
        ),
        exactly(checks=many(RESULT)),
        check_quote,
    ),
    Verb(
        "add_story",
        "Add a story",
        "Stores one story's text, exactly as given, and finds who says what in it. The same text again is the same "
        "story; nothing that is held is replaced, and nothing is fetched.",
        _takes(
            {"text": _text(LIMITS.story_chars, "The story's whole text, verbatim.")},
            title=_FACT,
            source=_FACT,
            date={"type": "string", "format": "date", "maxLength": 40, "description": "The day it appeared."},
            author=_FACT,
            url={"type": "string", "maxLength": 2_000, "description": "Where it stands; it is not fetched."},
        ),
        ADDED,
        add_story,
        changes=True,
    ),
    Verb(
        "list_speakers",
        "Who speaks",
        "Who speaks in the stories, and how often, whoever does so most first.",
        _takes({}, name=_name("Only those with this in a name."), **_PAGE),
        exactly(speakers=many(SPEAKER, LIMITS.listed), total=WHOLE),
        list_speakers,
    ),
    Verb(
        "list_stories",
        "The stories",
        "The stories that are held, without their text, in the order in which they were added.",
        _takes({}, **_PAGE),
        exactly(stories=many(LISTED_STORY, LIMITS.listed), total=WHOLE),
        list_stories,
    ),
    Verb(
        "get_story",
        "One story",
        "One story as it is stored, with its text and who says what in it.",
        _takes({"story": _ID}, version=_VERSION),
        WHOLE_STORY,
        get_story,
    ),
    Verb(
        "get_passage",
        "A passage",
        "The words between two places of a story, verbatim. Places count code points of the story's text from 0.",
        _takes({"story": _ID, "start": _AT, "end": _AT}, version=_VERSION),
        exactly(story=TEXT, version=WHOLE, **PLACE),
        get_passage,
    ),
)
