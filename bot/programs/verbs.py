"""What a program may ask of a library: how each verb is done, and one table of what it takes and gives.

What was given is checked already; a verb raises WrongInput or a StoriesError, such as NoSuchStory. MCP's tools and the
paths of the HTTP interface, with what describes them, are made from the table.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from bot import asking
from bot.answers import Result, Turn
from bot.errors import WrongInput
from bot.programs.given import LIMITS, whole, words, words_or_none
from bot.rendering.contract import JsonObject, as_json, speaker_json, story_json
from bot.rendering.holdings import held_in, speaking_in, taken_json, whole_json
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
from bot.settings import today
from index.errors import StoryUnreadable
from index.reading import read_lines, text_id
from index.story import Span, Story

if TYPE_CHECKING:
    from index.library import StoryLibrary

Held = TypeVar("Held")


def ask(library: "StoryLibrary", given: JsonObject) -> JsonObject:
    """The answer to a question, or the reason why there is none."""
    turns = given.get("history") or []
    assert isinstance(turns, list)
    history = tuple(Turn(words(turn, "q"), words_or_none(turn, "a")) for turn in turns)
    question = words(given, "question")
    return _told(library, asking.ask(library, question, history=history, story=_story(library, given), today=today()))


def what_said(library: "StoryLibrary", given: JsonObject) -> JsonObject:
    """What somebody said, the name taken as a name."""
    story = _story(library, given)
    return _told(library, asking.said(library, words(given, "name"), about=words_or_none(given, "about"), story=story))


def who_said(library: "StoryLibrary", given: JsonObject) -> JsonObject:
    """Who said something."""
    return _told(library, asking.who_said(library, words(given, "words"), story=_story(library, given)))


def check_quote(library: "StoryLibrary", given: JsonObject) -> JsonObject:
    """How each quotation of a text compares with the stories."""
    story, speaker = _story(library, given), words_or_none(given, "speaker")
    found = asking.check_all(library, words(given, "quote"), speaker=speaker, story=story)
    return {"checks": [_told(library, one.result) for one in found]}


def add_story(library: "StoryLibrary", given: JsonObject) -> JsonObject:
    """Stores a text under an id made of it; neither text nor facts of a story that is held become others."""
    story = _story_of(given)
    for held in library.stories:
        if held.text == story.text:
            return _added(library, held, new=False)
        if held.id == story.id:
            raise WrongInput("another story has the same id")
    library.add([story])
    return _added(library, library.story(story.id), new=True)


def _added(library: "StoryLibrary", story: Story, *, new: bool) -> JsonObject:
    statements, waiting = len(library.statements(story.id)), {one.id for one in library.pending}
    return taken_json("add_story", story, statements, new=new, waiting=waiting, unfound=library.unfound)


def _story_of(given: JsonObject) -> Story:
    """The story that was given, read as a line of JSON is. Raises WrongInput."""
    unreadable: list[StoryUnreadable] = []
    for story in read_lines([json.dumps(given).encode()], "what was sent", unreadable.append):
        return replace(story, id=text_id(story.text, None))  # no words of the story, since ids become addresses
    raise WrongInput(unreadable[0].why if unreadable else "it has no text")


def list_speakers(library: "StoryLibrary", given: JsonObject) -> JsonObject:
    """Who speaks, a page of them."""
    sought = (words_or_none(given, "name") or "").casefold()
    found = [pair for pair in speaking_in(library) if sought in " ".join((pair[0].name, *pair[0].aliases)).casefold()]
    return {"speakers": [speaker_json(*pair) for pair in _page(found, given)], "total": len(found)}


def list_stories(library: "StoryLibrary", given: JsonObject) -> JsonObject:
    """The stories held, a page of them."""
    found = held_in(library)
    shown = [story_json(story, statements=count) for story, count in _page(found, given)]
    return {"stories": shown, "total": len(found)}


def get_story(library: "StoryLibrary", given: JsonObject) -> JsonObject:
    """One story, whole."""
    return whole_json(library, words(given, "story"), whole(given, "version") or None)


def get_passage(library: "StoryLibrary", given: JsonObject) -> JsonObject:
    """The words between two places of a story. Raises WrongInput where there are none."""
    story = library.story(words(given, "story"), whole(given, "version") or None)
    start, end = whole(given, "start"), whole(given, "end")
    if not start < end <= len(story.text):
        raise WrongInput(f"the passage has to begin before it ends, and to end by {len(story.text)}")
    if end - start > LIMITS.passage_chars:
        raise WrongInput(f"a passage has {LIMITS.passage_chars} characters at most")
    place: JsonObject = {"start": start, "end": end, "text": Span(start, end).of(story.text)}
    return {"story": story.id, "version": story.version, **place}


def _story(library: "StoryLibrary", given: JsonObject) -> str | None:
    """The one story to keep to, which has to be held. Raises NoSuchStory."""
    story = words_or_none(given, "story")
    return library.story(story).id if story is not None else None


def _told(library: "StoryLibrary", result: Result) -> JsonObject:
    return as_json(result, library)


def _page(found: Sequence[Held], given: JsonObject) -> Sequence[Held]:
    after = whole(given, "after")
    return found[after : after + whole(given, "limit", LIMITS.listed)]


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
