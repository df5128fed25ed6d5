"""Results, and what a library holds, as JSON in the form that programs are promised: its keys are never renamed and
never left out; and the same form as JSON Schema (2020-12), for the tools and the API that hand it out.

All offsets are code points into the text of the story, as given; every "text" beside them is read out of it.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, TypeAlias, get_args
from urllib.parse import quote

from bot.answers import Abstention, Reason, Result, Verdict
from bot.rendering.plain import plain
from bot.rendering.seen import Seen, seen_by
from bot.rendering.wording import foreign_words, role_of
from bot.shelf import Shelf
from index.errors import StatementsUnfound
from index.story import Attributed, Json, Kind, Span, Speaker, SpeakerKind, Statement, Story

if TYPE_CHECKING:
    from index.library import StoryLibrary

MOST_PASSAGES = 10

JsonObject: TypeAlias = dict[str, Json]
Schema: TypeAlias = JsonObject
"""Of objects that have every key that is named and no other."""


def as_json(result: Result, shelf: Shelf, *, question_id: Json = None) -> JsonObject:
    """An answer or an abstention as every program gets it, its words read from the shelf. Raises NoSuchStory."""
    return result_json(result, seen_by(result, shelf), question_id=question_id)


def result_json(result: Result, seen: Seen, *, question_id: Json = None) -> JsonObject:
    """An answer or an abstention; "id" stands first, and only where the question came with one."""
    abstains = isinstance(result, Abstention)
    statements = () if isinstance(result, Abstention) else result.statements
    body: JsonObject = {
        "question": result.question,
        "answered": not abstains,
        "reason": result.reason.value if isinstance(result, Abstention) else None,
        "speakers": [{"id": s.id, "name": s.name, "role": role_of(s)} for s in result.speakers],
        "statements": [statement_json(s, seen.story(s), seen.speaker(s)) for s in statements],
        "passages": [
            {
                "story": hit.passage.story,
                **_words_json(hit.passage.span, seen.story_of(hit)),
                "score": round(float(hit.score), 6),
            }
            for hit in result.passages[:MOST_PASSAGES]
        ],
        "verdict": verdict_of(result),
        "text": plain(result, seen),
    }
    return body if question_id is None else {"id": question_id, **body}


def verdict_of(result: Result) -> str | None:
    """How a check came out, "none" for a quotation that stands nowhere; whether somebody said it; else None."""
    if isinstance(result, Abstention):
        return "none" if result.quotation is not None else None
    return result.verdict


def statement_json(statement: Statement, story: Story, speaker: Speaker | None) -> JsonObject:
    """One statement with the words it points at; "speaker" is null where the story leaves it open."""
    return {
        "story": statement.story,
        "version": statement.version,
        **_words_json(statement.span, story),
        "kind": statement.kind,
        "speaker": {"id": speaker.id, "name": speaker.name, "named": speaker.named} if speaker else None,
        "cue": _words_json(statement.cue.span, story) if statement.cue else None,
        "relay": list(statement.relay),
        "addressee": statement.addressee,
        "paragraph": statement.paragraph,
    }


def story_address(story_id: str, version: int | None = None) -> str:
    """The address of a story, or of one version of it, in exports and for assistants; it has plain characters alone."""
    return f"onrecord://stories/{quote(story_id, safe='')}" + (f"?version={version}" if version else "")


def attributed_json(story: Story, attributed: Attributed) -> JsonObject:
    """What `onrecord statements --json` prints for one story: the statements found in it, in reading order."""
    speakers = {speaker.id: speaker for speaker in attributed.speakers}
    quotes: list[Json] = [
        {
            **_words_json(s.span, story),
            "kind": s.kind,
            "speaker": _mention_json(s, story, speakers.get(s.speaker) if s.speaker is not None else None),
            "cue": _words_json(s.cue.span, story) if s.cue else None,
        }
        for s in attributed.statements
    ]
    return {"id": story.id, "text": story.text, "quotes": quotes}


def story_json(story: Story, *, statements: int | None = None) -> JsonObject:
    """A story without its text: what `onrecord stories` prints."""
    body: JsonObject = {
        "id": story.id,
        "version": story.version,
        "title": story.title,
        "source": story.source,
        "date": story.date.isoformat() if story.date else None,
        "author": story.author,
        "url": story.url,
        "place": story.place,
        "characters": len(story.text),
    }
    return body if statements is None else body | {"statements": statements}


def added_json(
    source: str, story: Story | None, *, new: bool = False, statements: int | None = None, error: str | None = None
) -> JsonObject:
    """What `onrecord add` prints of one source, or of one story of a source that holds several.

    `statements` is None where the story has yet to be read for them, or cannot be, and `story` where there is none.
    """
    return {
        "source": source,
        "id": story.id if story else None,
        "version": story.version if story else None,
        "new": new,
        "statements": statements,
        "error": error,
    }


def speaker_json(speaker: Speaker, statements: int) -> JsonObject:
    """Somebody who speaks, with how many statements are theirs: what `onrecord speakers` prints."""
    return {
        "id": speaker.id,
        "name": speaker.name,
        "role": role_of(speaker),
        "named": speaker.named,
        "kind": speaker.kind,
        "aliases": list(speaker.aliases),
        "roles": list(speaker.roles),
        "handles": list(speaker.handles),
        "statements": statements,
    }


def _mention_json(statement: Statement, story: Story, speaker: Speaker | None) -> JsonObject | None:
    """Who says it, in the story's words; nobody whom it does not mention there is made out as a speaker."""
    if statement.mention is None:
        return None
    return _words_json(statement.mention, story) | {"name": speaker.name if speaker else None}


def _words_json(span: Span, story: Story) -> JsonObject:
    return {"start": span.start, "end": span.end, "text": span.of(story.text)}


def speaking_in(shelf: Shelf) -> tuple[tuple[Speaker, int], ...]:
    """Who speaks, each with how many statements are theirs, whoever has most of them first."""
    counts = Counter(statement.speaker for statement in shelf.statements())
    found = ((who, counts[who.id]) for who in shelf.speakers())
    return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0].name)))


def held_in(shelf: Shelf) -> tuple[tuple[Story, int], ...]:
    """The stories in the order in which they were added, each with how many statements it has."""
    counts = Counter(statement.story for statement in shelf.statements())
    return tuple((story, counts[story.id]) for story in shelf.stories)


def whole_json(library: "StoryLibrary", story_id: str, version: int | None = None) -> JsonObject:
    """One story with its text and its statements: what `onrecord show` prints. Raises NoSuchStory."""
    story = library.story(story_id, version)
    speakers = {who.id: who for who in library.speakers(story_id)}
    found: list[Json] = [
        statement_json(said, story, speakers.get(said.speaker or ""))
        for said in library.statements(story_id, story.version)
    ]
    return story_json(story) | {"text": story.text, "statements": found, "copies": list(library.copies_of(story_id))}


def taken_json(
    source: str, story: Story, statements: int, *, new: bool, waiting: Collection[str], unfound: Mapping[str, str]
) -> JsonObject:
    """What became of a story that was added, with how many statements were found, or why none could be.

    `waiting` are the stories that have yet to be read for statements, `unfound` those that cannot be, and why.
    """
    foreign = foreign_words(story)
    error = f"{foreign[0].upper()}{foreign[1:]}." if foreign else None
    if story.id in unfound:
        error = str(StatementsUnfound(story.id, unfound[story.id]))
    read = error is None and story.id not in waiting
    return added_json(source, story, new=new, statements=statements if read else None, error=error)


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
