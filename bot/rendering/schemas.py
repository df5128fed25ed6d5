"""The JSON that programs are promised, as JSON Schema (2020-12): for the tools and the API that hand it out.

Each object has every key that is named here and no other.
"""

from typing import get_args

from bot.answers import Reason, Verdict
from bot.rendering.contract import MOST_PASSAGES, Json, JsonObject
from index.story import Kind, SpeakerKind

Schema = JsonObject


def exactly(**properties: Schema) -> Schema:
    """An object with these keys, all of them."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def with_key(schema: Schema, key: str, value: Schema) -> Schema:
    """What `exactly` gave, with one key more."""
    properties, required = schema["properties"], schema["required"]
    assert isinstance(properties, dict)
    assert isinstance(required, list)
    return schema | {"properties": {**properties, key: value}, "required": [*required, key]}


def maybe(schema: Schema) -> Schema:
    """What the schema says, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def many(schema: Schema, most: int | None = None) -> Schema:
    """A list of what the schema says."""
    bound: Schema = {"maxItems": most} if most else {}
    return {"type": "array", "items": schema, **bound}


def one_of(*values: Json) -> Schema:
    """One of these values."""
    return {"enum": list(values)}


TEXT: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer", "minimum": 0}
FLAG: Schema = {"type": "boolean"}
PLACE: dict[str, Schema] = {
    "start": WHOLE | {"description": "Code points into the story's text."},
    "end": WHOLE | {"description": "The end, excluded."},
    "text": TEXT | {"description": "The story's words at this place, verbatim."},
}
PASSAGE = exactly(story=TEXT, **PLACE, score={"type": "number"})
KIND = one_of(*get_args(Kind))
STATEMENT = exactly(
    story=TEXT,
    version=WHOLE,
    **PLACE,
    kind=KIND,
    speaker=maybe(exactly(id=TEXT, name=TEXT, named=FLAG)),
    cue=maybe(exactly(**PLACE)),
    relay=many(TEXT),
    addressee=maybe(TEXT),
    paragraph=WHOLE,
)
RESULT = exactly(
    question=TEXT,
    answered=FLAG,
    reason=one_of(None, *(reason.value for reason in Reason)),
    speakers=many(exactly(id=TEXT, name=TEXT, role=maybe(TEXT))),
    statements=many(STATEMENT),
    passages=many(PASSAGE, MOST_PASSAGES),
    verdict=one_of(None, *get_args(Verdict), "none"),
    text=TEXT,
)
_ABOUT: dict[str, Schema] = {
    "id": TEXT,
    "version": WHOLE,
    "title": maybe(TEXT),
    "source": maybe(TEXT),
    "date": maybe(TEXT | {"format": "date"}),
    "author": maybe(TEXT),
    "url": maybe(TEXT),
    "place": maybe(TEXT),
    "characters": WHOLE,
}
STORY = exactly(**_ABOUT)
LISTED_STORY = exactly(**_ABOUT, statements=WHOLE)
WHOLE_STORY = exactly(**_ABOUT, text=TEXT, statements=many(STATEMENT), copies=many(TEXT))
ADDED = exactly(source=TEXT, id=maybe(TEXT), version=maybe(WHOLE), new=FLAG, statements=maybe(WHOLE), error=maybe(TEXT))
SPEAKER = exactly(
    id=TEXT,
    name=TEXT,
    role=maybe(TEXT),
    named=FLAG,
    kind=one_of(*get_args(SpeakerKind)),
    aliases=many(TEXT),
    roles=many(TEXT),
    handles=many(TEXT),
    statements=WHOLE,
)
ERROR = exactly(error=TEXT)
