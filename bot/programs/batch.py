"""A line of a batch, `{"id"?, "question", "story"?, "history"?: [{"q", "a"?}]}`, and its answer."""

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from bot.answers import Result, Turn
from bot.errors import UnreadableLine
from bot.programs.given import has_half
from bot.rendering.contract import Json, JsonObject
from bot.shelf import Shelf

if TYPE_CHECKING:
    from bot.asking import Limits


@dataclass(frozen=True, slots=True)
class BatchQuestion:
    """One question of a batch, with the id that its result is to carry."""

    question: str
    id: Json = None
    story: str | None = None
    history: tuple[Turn, ...] = ()


def read_asked(number: int, line: bytes) -> BatchQuestion:
    """The question of one line, counted from 1. Raises UnreadableLine."""
    try:
        fields = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UnreadableLine(number, "it is not JSON in UTF-8") from error
    if not isinstance(fields, dict):
        raise UnreadableLine(number, "it is not a JSON object")
    question, story = fields.get("question"), fields.get("story")
    if not isinstance(question, str) or not question.strip():
        raise UnreadableLine(number, "it has no “question”")
    if has_half(question):
        raise UnreadableLine(number, "its “question” has half a character (a lone surrogate)")
    if story is not None and not isinstance(story, str):
        raise UnreadableLine(number, "its “story” is not the id of a story")
    return BatchQuestion(question, fields.get("id"), story, _history(number, fields.get("history")))


def answered(asked: BatchQuestion, shelf: Shelf, *, story: str | None, today: date, limits: "Limits") -> Result:
    """What the stories say to a line, in its own story or else the one named. Raises NoSuchStory."""
    from bot.asking import ask

    wanted = asked.story or story
    if wanted is not None:
        shelf.story(wanted)
    return ask(shelf, asked.question, history=asked.history, story=wanted, today=today, limits=limits)


def error_json(number: int, error: Exception, question_id: Json) -> JsonObject:
    """What stands in place of an answer to a line."""
    body: JsonObject = {"line": number, "error": str(error)}
    return body if question_id is None else {"id": question_id, **body}


def _history(number: int, turns: object) -> tuple[Turn, ...]:
    if turns is None:
        return ()
    if not isinstance(turns, list) or not all(isinstance(t, dict) and isinstance(t.get("q"), str) for t in turns):
        raise UnreadableLine(number, "its “history” is not a list of {“q”, “a”}")
    return tuple(Turn(t["q"], t["a"] if isinstance(t.get("a"), str) else None) for t in turns)
