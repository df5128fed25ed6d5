"""What a program sends, read as JSON that is whole, legible and what was asked for, or refused in one sentence."""

import json
from typing import NoReturn

from jsonschema import Draft202012Validator

from bot.errors import WrongInput
from bot.rendering.contract import Json, JsonObject
from bot.rendering.schemas import Schema

SHOWN = 100
"""Code points of a key that are repeated in an error."""


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
    if not isinstance(given, dict):
        raise WrongInput("it is not a JSON object")
    if has_half(json.dumps(given, ensure_ascii=False)):
        raise WrongInput("it has half a character (a lone surrogate)")
    for error in Draft202012Validator(schema).iter_errors(given):
        path = ".".join(map(str, error.absolute_path))
        raise WrongInput(_why(path, error.validator, error.validator_value, error.instance))
    return given


def _why(path: str, broken: str, wanted: Json, instance: Json) -> str:
    """What is wrong, without what was sent except the beginning of a key."""
    where = f"“{path[:SHOWN]}”" if path else "it"
    if broken == "required" and isinstance(wanted, list) and isinstance(instance, dict):
        return f"{where} has no “{next(key for key in wanted if key not in instance)}”"
    if broken == "additionalProperties":
        return f"{where} has a key that is not known"
    return f"{where} is not as the schema wants it: {broken} {json.dumps(wanted)}"


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
