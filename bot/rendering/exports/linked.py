"""Statements as JSON-LD in the words of schema.org: stories, speakers, quotations and claims, each with an address.

A Quotation is somebody's own words; a Claim is what somebody is told to have said, in their words or the reporter's,
and can be what a ClaimReview reviews. What was denied, declined, or perhaps never said is neither.
"""

import json
from collections.abc import Iterable
from urllib.parse import quote

from bot.rendering.contract import Json, JsonObject, story_address
from bot.rendering.exports.tables import Row
from bot.rendering.utterances import utterance_line
from index.story import Speaker, Statement

CONTEXT = "https://schema.org"
_KINDS = {"person": "Person", "unnamed": "Person", "organisation": "Organization", "group": "Organization"}


def linked(rows: Iterable[Row]) -> str:
    """One graph of all that is quoted or claimed, with the stories and the speakers that it points to."""
    said = {_address(row.said): (row, types) for row in rows if (types := types_of(row))}
    stories = {(row.said.story, row.said.version): row for row, _ in said.values()}
    speakers = {_speaker_address(row.speaker): row.speaker for row, _ in said.values() if row.speaker}
    graph: list[Json] = [_story(row) for row in stories.values()]
    graph += [_speaker(who) for who in speakers.values()]
    graph += [_said(row, types) for row, types in said.values()]
    return json.dumps({"@context": CONTEXT, "@graph": graph}, ensure_ascii=False, indent=1) + "\n"


def types_of(row: Row) -> list[str]:
    """What schema.org calls a statement; nothing where nobody may be quoted with it."""
    stance = row.said.cue.stance if row.said.cue else "says"
    quoted = row.said.kind == "direct" and stance in ("says", "asks")
    claimed = row.speaker is not None and stance == "says"
    return ["Quotation"] * quoted + ["Claim"] * claimed


def _address(said: Statement) -> str:
    """The address of words, with their place as plain text has it (RFC 5147)."""
    return f"{story_address(said.story, said.version)}#char={said.span.start},{said.span.end}"


def _speaker_address(speaker: Speaker) -> str:
    return f"onrecord://speakers/{quote(speaker.id, safe='')}"


def _story(row: Row) -> JsonObject:
    story = row.story
    return _known(
        {
            "@type": "NewsArticle",
            "@id": story_address(story.id, story.version),
            "headline": story.title,
            "datePublished": row.day,
            "publisher": {"@type": "Organization", "name": story.source} if story.source else None,
            "author": {"@type": "Person", "name": story.author} if story.author else None,
            "contentLocation": {"@type": "Place", "name": story.place} if story.place else None,
            "url": row.link,
            "version": story.version,
        }
    )


def _speaker(speaker: Speaker) -> JsonObject:
    kind = _KINDS[speaker.kind]
    return _known(
        {
            "@type": kind,
            "@id": _speaker_address(speaker),
            "name": speaker.name,
            "alternateName": [*speaker.aliases, *speaker.handles] or None,
            "jobTitle": list(speaker.roles) or None if kind == "Person" else None,
            "disambiguatingDescription": None if speaker.named else "a source whom the story does not name",
        }
    )


def _said(row: Row, types: list[str]) -> JsonObject:
    speaker = {"@id": _speaker_address(row.speaker)} if row.speaker else None
    story = {"@id": story_address(row.said.story, row.said.version)}
    place: list[Json] = [
        {"@type": "PropertyValue", "propertyID": name, "value": at}
        for name, at in (("start", row.said.span.start), ("end", row.said.span.end))
    ]
    return _known(
        {
            "@type": list(types),
            "@id": _address(row.said),
            "text": row.words,
            "spokenByCharacter": speaker if "Quotation" in types else None,
            "author": speaker,
            "appearance": story if "Claim" in types else None,
            "isPartOf": story,
            "datePublished": row.day,
            "description": utterance_line((row.said,), row.story, row.speaker, led=False),
            "identifier": place,
            "creditText": f"held to be {row.right}’s" if row.right else None,
        }
    )


def _known(fields: JsonObject) -> JsonObject:
    """The fields that are known."""
    return {key: value for key, value in fields.items() if value is not None}
