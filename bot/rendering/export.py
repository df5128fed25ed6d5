"""A speaker's statements as a file: Markdown to read, JSON and CSV to work with, with the place of each piece.

Offsets are code points into the story's text as it was given, end excluded; the words are read out of it.
"""

import csv
import json
from collections.abc import Iterable
from io import StringIO
from itertools import groupby
from typing import Literal

from bot.rendering.contract import statement_json
from bot.rendering.corrections import Correction, corrected
from bot.rendering.dates import date_in
from bot.rendering.discord_escaping import escaped, on_one_line
from bot.rendering.wording import speaker_words, utterance_line
from bot.shelf import Shelf
from index.story import Speaker, Statement, Story

Format = Literal["md", "json", "csv"]
COLUMNS = (
    "speaker", "kind", "text", "cue", "addressee", "relay", "story", "version", "start", "end", "paragraph", "title",
    "outlet", "date", "url", "correction",
)  # fmt: skip


def exported(
    statements: Iterable[Statement], shelf: Shelf, form: Format, corrections: tuple[Correction, ...] = ()
) -> str:
    """The statements as the text of a file, in the order given, with whose they are held to be where it is settled."""
    names = {speaker.id: speaker for speaker in shelf.speakers()}
    rows = [
        (one, shelf.story(one.story, one.version), names.get(one.speaker) if one.speaker else None)
        for one in statements
    ]
    match form:
        case "json":
            return (
                json.dumps(
                    [_record(*row, corrected(row[0], corrections)) for row in rows], ensure_ascii=False, indent=1
                )
                + "\n"
            )
        case "csv":
            return _csv(rows, corrections)
    return _markdown(rows, corrections)


def _record(said: Statement, story: Story, speaker: Speaker | None, right: str | None) -> dict[str, object]:
    return {
        **statement_json(said, story, speaker),
        "title": story.title,
        "outlet": story.source,
        "date": story.date.isoformat() if story.date else None,
        "url": story.url,
        "correction": right,
    }


def _csv(rows: Iterable[tuple[Statement, Story, Speaker | None]], corrections: tuple[Correction, ...]) -> str:
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow(COLUMNS)
    for said, story, speaker in rows:
        cue = said.cue.span.of(story.text) if said.cue else ""
        day = story.date.isoformat() if story.date else ""
        span = (said.story, said.version, said.span.start, said.span.end, said.paragraph)
        words = (
            speaker_words(speaker),
            said.kind,
            said.span.of(story.text),
            cue,
            said.addressee,
            "; ".join(said.relay),
        )
        writer.writerow(
            [
                csv_cell(one)
                for one in (*words, *span, story.title, story.source, day, story.url, corrected(said, corrections))
            ]
        )
    return written.getvalue()


def csv_cell(value: object) -> object:
    """The value so that no spreadsheet takes it for a formula: an apostrophe before what looks like one."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return "" if value is None else value


def _markdown(rows: Iterable[tuple[Statement, Story, Speaker | None]], corrections: tuple[Correction, ...]) -> str:
    parts: list[str] = []
    for story, together in groupby(rows, key=lambda row: row[1]):
        origin = ", ".join(filter(None, (story.source, date_in(story.date) if story.date else None, story.url)))
        parts.append(f"## {escaped(on_one_line(story.title or story.id))}\n\n{escaped(on_one_line(origin))}".rstrip())
        for said, _, speaker in together:
            words = escaped(said.span.of(story.text)).replace("\n", "\n> ")
            right = corrected(said, corrections)
            line = utterance_line((said,), story, speaker) + (f" · held to be {right}’s" if right else "")
            place = f"{said.story}, version {said.version}, {said.span.start}–{said.span.end}"
            parts.append(f"> {words}\n\n{escaped(on_one_line(f'{line} ({place})'))}")
    return "\n\n".join(parts) + "\n"
