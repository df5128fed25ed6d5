"""What a program sends, read as JSON that is whole, legible and what was asked for, or refused in one sentence; and a
line of a batch, `{"id"?, "question", "story"?, "history"?: [{"q", "a"?}]}`, with its answer."""

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NoReturn

from bot.answers import Result, Turn
from bot.errors import UnreadableLine, WrongInput
from bot.rendering.contract import JsonObject, Schema
from bot.shelf import Shelf
from index.story import Json

if TYPE_CHECKING:
    from jsonschema import ValidationError

    from bot.asking import Limits as AskingLimits


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request, and all that wait, may take at most."""

    body_bytes: int = 4_000_000
    """Bytes of a request: the longest story of four-byte characters, four times over, or 20,000 questions."""
    body_s: float = 30.0
    """Seconds in which a request has to have come whole: on this machine it takes milliseconds."""
    question_chars: int = 4_000
    """Code points of a question or a quotation, as much as is read of a message."""
    name_chars: int = 500
    """Code points of a name, an id or a topic."""
    turns: int = 20
    """Earlier turns of a conversation: more than are looked at."""
    listed: int = 500
    """Stories or speakers given at once."""
    passage_chars: int = 20_000
    """Code points of a passage: some ten pages."""
    batch_lines: int = 10_000
    """Questions of one batch."""
    story_chars: int = 200_000
    """Code points of a story that is added, as `index.reading.bounds` has it."""
    waiting: int = 64
    """Requests that wait or are worked on: more are told to come back."""
    threads: int = 2
    """Requests that are worked on at once: one slow question holds up no other."""
    asking_s: float = 60.0
    """Seconds in which an answer has to be there, waiting included."""
    adding_s: float = 900.0
    """Seconds in which a story has to be added: reading it for statements may wait for its turn that long."""
    closing_s: float = 5.0
    """Seconds that work under way has to end in when the door closes."""
    connections: int = 128
    """Connections that are open at once."""


LIMITS = Limits()

KINDS = {"string": "a text", "integer": "a whole number", "array": "a list", "object": "an object"}
SAYS = {
    "type": "has to be {}",
    "minLength": "is empty",
    "pattern": "is empty",
    "maxLength": "may have {:,} characters at most",
    "maxItems": "may have {:,} entries at most",
    "minimum": "has to be {:,} at least",
    "maximum": "has to be {:,} at most",
    "format": "has to be a day such as 2017-03-02",
}
"""What a value has to be, by what of its schema it breaks."""


def read_json(raw: bytes) -> Json:
    """The value of a JSON text. Raises WrongInput."""
    try:
        value: Json = json.loads(raw.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise WrongInput("it is not JSON in UTF-8") from error
    return value


def has_half(text: str) -> bool:
    """Whether a text has half a character (a lone surrogate), which cannot be written as UTF-8."""
    return text.encode(errors="ignore").decode() != text


def checked(given: Json, schema: Schema) -> JsonObject:
    """The object that was given, as the schema wants it. Raises WrongInput."""
    from jsonschema import Draft202012Validator  # which reading a batch in a terminal does without

    if not isinstance(given, dict):
        raise WrongInput("it is not a JSON object")
    if has_half(json.dumps(given, ensure_ascii=False)):
        raise WrongInput("it has half a character (a lone surrogate)")
    for error in Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).iter_errors(given):
        raise WrongInput(_why(error))
    return given


def _why(error: "ValidationError") -> str:
    """What is wrong, without what was sent."""
    path, wanted = ".".join(map(str, error.absolute_path)), error.validator_value
    where = f"“{path}”" if path else "it"
    if error.validator == "required":
        return f"{where} has no “{next(key for key in wanted if key not in error.instance)}”"
    if error.validator == "additionalProperties":
        known = ", ".join(f"“{key}”" for key in error.schema["properties"])
        return f"{where} has a key that is not known: it may have {known}"
    return f"{where} {SAYS[error.validator].format(KINDS[wanted] if error.validator == 'type' else wanted)}"


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def words(given: JsonObject, key: str) -> str:
    """A text that has to be there."""
    value = given[key]
    assert isinstance(value, str)
    return value


def words_or_none(given: JsonObject, key: str) -> str | None:
    """A text that may be left out; an empty one is."""
    value = given.get(key)
    return value if isinstance(value, str) and value.strip() else None


def whole(given: JsonObject, key: str, otherwise: int = 0) -> int:
    """A whole number, which JSON may write as 5.0."""
    value = given.get(key)
    return int(value) if isinstance(value, int | float) else otherwise


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


def answered(asked: BatchQuestion, shelf: Shelf, *, story: str | None, today: date, limits: "AskingLimits") -> Result:
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
