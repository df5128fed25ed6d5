"""How each verb of `verbs` is done: a library and what was given, checked already, to the JSON that every face gives.

Each raises WrongInput or a StoriesError, such as NoSuchStory.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from bot import asking
from bot.answers import Result, Turn
from bot.clock import today
from bot.errors import WrongInput
from bot.programs.given import whole, words, words_or_none
from bot.programs.limits import LIMITS
from bot.rendering.contract import JsonObject, as_json, speaker_json, story_json
from bot.rendering.holdings import held_in, speaking_in, taken_json, whole_json
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
        if given.get("date") and story.date is None:
            raise WrongInput("its “date” is no day, such as 2017-03-02")
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
