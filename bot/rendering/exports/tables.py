"""What every export is made of, a row a statement with its story, its speaker, and whose it is held to be; and the
rows as Markdown, JSON and CSV, and as JSON-LD in the words of schema.org: stories, speakers, quotations and claims.

A Quotation is somebody's own words; a Claim is what somebody is told to have said, in their words or the reporter's,
and can be what a ClaimReview reviews. What was denied, declined, or perhaps never said is neither.
"""

import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO
from itertools import groupby
from urllib.parse import quote

from bot.rendering.contract import JsonObject, statement_json, story_address
from bot.rendering.discord_escaping import escaped, on_one_line
from bot.rendering.utterances import Correction, corrected, shown_words, utterance_line
from bot.rendering.wording import date_in, speaker_words
from bot.shelf import Shelf
from index.story import Json, Speaker, Statement, Story

COLUMNS = (
    "speaker", "kind", "text", "cue", "addressee", "relay", "story", "version", "start", "end", "paragraph", "title",
    "outlet", "date", "url", "correction",
)  # fmt: skip
CONTEXT = "https://schema.org"
_KINDS = {"person": "Person", "unnamed": "Person", "organisation": "Organization", "group": "Organization"}


@dataclass(frozen=True, slots=True)
class Row:
    """One statement; `right` is the name that those who run a server have settled it to be of."""

    said: Statement
    story: Story
    speaker: Speaker | None
    right: str | None = None

    @property
    def words(self) -> str:
        """The story's words, verbatim."""
        return self.said.span.of(self.story.text)

    @property
    def day(self) -> str | None:
        """The day on which the story appeared, as 2017-03-02."""
        return self.story.date.isoformat() if self.story.date else None

    @property
    def link(self) -> str | None:
        """The story's address where it is one of a page; any other may do something when it is followed."""
        url = self.story.url or ""
        return url if url.casefold().startswith(("https://", "http://")) else None


def rows_of(statements: Iterable[Statement], shelf: Shelf, corrections: tuple[Correction, ...] = ()) -> tuple[Row, ...]:
    """The statements with all that exports tell of them, in the order given."""
    people = {speaker.id: speaker for speaker in shelf.speakers()}
    return tuple(
        Row(
            said,
            shelf.story(said.story, said.version),
            people.get(said.speaker) if said.speaker else None,
            corrected(said, corrections),
        )
        for said in statements
    )


def records(rows: Iterable[Row]) -> str:
    """The statements as JSON, an object each."""
    return json.dumps([_record(row) for row in rows], ensure_ascii=False, indent=1) + "\n"


def _record(row: Row) -> dict[str, object]:
    return {
        **statement_json(row.said, row.story, row.speaker),
        "title": row.story.title,
        "outlet": row.story.source,
        "date": row.day,
        "url": row.story.url,
        "correction": row.right,
    }


def table(rows: Iterable[Row]) -> str:
    """The statements as CSV, a row each."""
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow(COLUMNS)
    for row in rows:
        said, story = row.said, row.story
        cue = said.cue.span.of(story.text) if said.cue else ""
        words = (speaker_words(row.speaker), said.kind, row.words, cue, said.addressee, "; ".join(said.relay))
        span = (said.story, said.version, said.span.start, said.span.end, said.paragraph)
        known = (story.title, story.source, row.day, story.url, row.right)
        writer.writerow([csv_cell(one) for one in (*words, *span, *known)])
    return written.getvalue()


def csv_cell(value: object) -> object:
    """The value so that no spreadsheet takes it for a formula: an apostrophe before what looks like one."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return "" if value is None else value


def letter(rows: Iterable[Row]) -> str:
    """The statements as Markdown, story by story."""
    parts: list[str] = []
    for story, together in groupby(rows, key=lambda row: row.story):
        origin = ", ".join(filter(None, (story.source, date_in(story.date) if story.date else None, story.url)))
        parts.append(f"## {escaped(on_one_line(story.title or story.id))}\n\n{escaped(on_one_line(origin))}".rstrip())
        for row in together:
            said = row.said
            words = escaped(shown_words(said, story).lead + row.words).replace("\n", "\n> ")
            line = utterance_line((said,), story, row.speaker) + (f" · held to be {row.right}’s" if row.right else "")
            place = f"{said.story}, version {said.version}, {said.span.start}–{said.span.end}"
            parts.append(f"> {words}\n\n{escaped(on_one_line(f'{line} ({place})'))}")
    return "\n\n".join(parts) + "\n"


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
