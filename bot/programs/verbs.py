"""What a program may ask of a library, with what each verb takes and gives; and the door behind which one is open.

MCP's tools and the paths of the HTTP interface, with what describes them, are made from the verbs. What was given is
checked before a verb is done; a verb raises WrongInput or a StoriesError, such as NoSuchStory.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from bot import asking
from bot.answers import Turn
from bot.errors import BotError, WrongInput
from bot.incidents import seen_to
from bot.programs.given import (
    LIMITS,
    Limits,
    answered,
    checked,
    error_json,
    read_asked,
    whole,
    words,
    words_or_none,
)
from bot.rendering.contract import (
    ADDED,
    LISTED_STORY,
    PLACE,
    RESULT,
    SPEAKER,
    TEXT,
    WHOLE,
    WHOLE_STORY,
    JsonObject,
    Schema,
    as_json,
    exactly,
    held_in,
    many,
    speaker_json,
    speaking_in,
    story_json,
    taken_json,
    whole_json,
)
from bot.settings import today
from bot.worker import Worker
from index.errors import StoriesError, StoryUnreadable
from index.reading import read_lines, text_id
from index.story import Json, Span, Story

if TYPE_CHECKING:
    from index.library import StoryLibrary

T = TypeVar("T")
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


def _verb(title: str, takes: Schema, gives: Schema, *, changes: bool = False) -> Callable[[Run], Verb]:
    """Makes a verb of the function that does it: it has its name, and says what stands in its docstring."""
    return lambda run: Verb(run.__name__, title, " ".join(str(run.__doc__).split()), takes, gives, run, changes)


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


@_verb(
    "Ask the stories",
    _takes(
        {"question": _text(LIMITS.question_chars, "The question, in English.")},
        story=_STORY,
        history=many(_TURN, LIMITS.turns),
    ),
    RESULT,
)
def ask(library: "StoryLibrary", given: JsonObject) -> JsonObject:
    """Answers a question about the news stories from the stories themselves: who said what, verbatim, or why there is
    no answer. “history” has the conversation before, the oldest first."""
    turns = given.get("history") or []
    assert isinstance(turns, list)
    history = tuple(Turn(words(turn, "q"), words_or_none(turn, "a")) for turn in turns)
    question, story = words(given, "question"), _story(library, given)
    return as_json(asking.ask(library, question, history=history, story=story, today=today()), library)


@_verb(
    "What somebody said",
    _takes(
        {"name": _text(LIMITS.name_chars, "Whose words: a name, or part of one.")},
        about=_name("A topic."),
        story=_STORY,
    ),
    RESULT,
)
def what_said(library: "StoryLibrary", given: JsonObject) -> JsonObject:
    """What somebody said in the stories, verbatim, in all or about a topic."""
    name, about = words(given, "name"), words_or_none(given, "about")
    return as_json(asking.said(library, name, about=about, story=_story(library, given)), library)


@_verb("Who said it", _takes({"words": _text(LIMITS.question_chars, "The words.")}, story=_STORY), RESULT)
def who_said(library: "StoryLibrary", given: JsonObject) -> JsonObject:
    """Who said some words, or something near them."""
    return as_json(asking.who_said(library, words(given, "words"), story=_story(library, given)), library)


@_verb(
    "Check a quotation",
    _takes(
        {"quote": _text(LIMITS.question_chars, "A quotation, or a text with quotations in quotation marks.")},
        speaker=_name("Who is supposed to have said it."),
        story=_STORY,
    ),
    exactly(checks=many(RESULT)),
)
def check_quote(library: "StoryLibrary", given: JsonObject) -> JsonObject:
    """Compares each quotation of a text with the stories, word by word: exact, trimmed, changed, somebody else's, the
    reporter's, denied, or none."""
    story, speaker = _story(library, given), words_or_none(given, "speaker")
    found = asking.check_all(library, words(given, "quote"), speaker=speaker, story=story)
    return {"checks": [as_json(one.result, library) for one in found]}


@_verb(
    "Add a story",
    _takes(
        {"text": _text(LIMITS.story_chars, "The story's whole text, verbatim.")},
        title=_FACT,
        source=_FACT,
        date={"type": "string", "format": "date", "maxLength": 40, "description": "The day it appeared."},
        author=_FACT,
        url={"type": "string", "maxLength": 2_000, "description": "Where it stands; it is not fetched."},
    ),
    ADDED,
    changes=True,
)
def add_story(library: "StoryLibrary", given: JsonObject) -> JsonObject:
    """Stores one story's text, exactly as given, and finds who says what in it. The same text again is the same story;
    nothing that is held is replaced, and nothing is fetched."""
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


@_verb(
    "Who speaks",
    _takes({}, name=_name("Only those with this in a name."), **_PAGE),
    exactly(speakers=many(SPEAKER, LIMITS.listed), total=WHOLE),
)
def list_speakers(library: "StoryLibrary", given: JsonObject) -> JsonObject:
    """Who speaks in the stories, and how often, whoever does so most first."""
    sought = (words_or_none(given, "name") or "").casefold()
    found = [pair for pair in speaking_in(library) if sought in " ".join((pair[0].name, *pair[0].aliases)).casefold()]
    return {"speakers": [speaker_json(*pair) for pair in _page(found, given)], "total": len(found)}


@_verb("The stories", _takes({}, **_PAGE), exactly(stories=many(LISTED_STORY, LIMITS.listed), total=WHOLE))
def list_stories(library: "StoryLibrary", given: JsonObject) -> JsonObject:
    """The stories that are held, without their text, in the order in which they were added."""
    found = held_in(library)
    shown = [story_json(story, statements=count) for story, count in _page(found, given)]
    return {"stories": shown, "total": len(found)}


@_verb("One story", _takes({"story": _ID}, version=_VERSION), WHOLE_STORY)
def get_story(library: "StoryLibrary", given: JsonObject) -> JsonObject:
    """One story as it is stored, with its text and who says what in it."""
    return whole_json(library, words(given, "story"), whole(given, "version") or None)


@_verb(
    "A passage",
    _takes({"story": _ID, "start": _AT, "end": _AT}, version=_VERSION),
    exactly(story=TEXT, version=WHOLE, **PLACE),
)
def get_passage(library: "StoryLibrary", given: JsonObject) -> JsonObject:
    """The words between two places of a story, verbatim. Places count code points of the story's text from 0."""
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


def _page(found: Sequence[T], given: JsonObject) -> Sequence[T]:
    after = whole(given, "after")
    return found[after : after + whole(given, "limit", LIMITS.listed)]


VERBS = (ask, what_said, who_said, check_quote, add_story, list_speakers, list_stories, get_story, get_passage)


class Door:
    """Asks one open library a verb at a time for whoever knocks, in a worker, while the event loop goes on."""

    def __init__(self, library: "StoryLibrary", limits: Limits = LIMITS) -> None:
        self.limits = limits
        self._library = library
        self._worker = Worker(limits.waiting, threads=limits.threads)
        self._adder = Worker(limits.waiting)

    async def do(self, verb: Verb, given: Json) -> JsonObject:
        """What a verb gives. Raises BotError and StoriesError, each of which says one sentence."""
        taken = checked(given, verb.takes)
        worker = self._adder if verb.changes else self._worker
        deadline_s = self.limits.adding_s if verb.changes else self.limits.asking_s
        return await worker.run(lambda: seen_to(lambda: verb.run(self._library, taken)), deadline_s=deadline_s)

    async def look(self, look: "Callable[[StoryLibrary], T]") -> T:
        """What is looked up in the library."""
        return await self._worker.run(lambda: seen_to(lambda: look(self._library)), deadline_s=self.limits.asking_s)

    async def answer_line(self, number: int, line: bytes) -> JsonObject:
        """The answer to one line of a batch, or what is wrong with it."""
        asked_id: Json = None
        try:
            asked = read_asked(number, line)
            asked_id = asked.id

            def told(library: "StoryLibrary") -> JsonObject:
                result = answered(asked, library, story=None, today=today(), limits=asking.DEFAULTS)
                return as_json(result, library, question_id=asked.id)

            return await self.look(told)
        except (BotError, StoriesError) as error:
            return error_json(number, error, asked_id)

    async def close(self) -> None:
        """Gives up on what waits, and lets what is under way end."""
        for worker in (self._worker, self._adder):
            await worker.close(lambda: None, deadline_s=self.limits.closing_s)
