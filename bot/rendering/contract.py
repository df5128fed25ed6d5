"""Results as JSON, in the form that programs are promised: its keys are never renamed and never left out.

All offsets are code points into the text of the story, as given; every "text" beside them is read out of it.
"""

from collections.abc import Mapping, Sequence
from typing import TypeAlias
from urllib.parse import quote

from bot.answers import Abstention, Result
from bot.rendering.plain import plain
from bot.rendering.seen import Seen, seen_by
from bot.rendering.wording import role_of
from bot.shelf import Shelf
from index.story import Attributed, Hit, Span, Speaker, Statement, Story

MOST_PASSAGES = 10

Json: TypeAlias = Sequence["Json"] | Mapping[str, "Json"] | str | int | float | bool | None
JsonObject: TypeAlias = dict[str, Json]


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
        "passages": [_passage_json(hit, seen) for hit in result.passages[:MOST_PASSAGES]],
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


def _passage_json(hit: Hit, seen: Seen) -> JsonObject:
    span = hit.passage.span
    return {
        "story": hit.passage.story,
        "start": span.start,
        "end": span.end,
        "text": seen.passage(hit),
        "score": round(float(hit.score), 6),
    }
