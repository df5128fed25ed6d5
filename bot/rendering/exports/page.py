"""A library as one page that needs no server: every statement with its words, and a search box, speakers and months.

Every word of a story is escaped, and the page's own policy lets nothing run, load or send but the script that it has.
"""

import hashlib
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from importlib.resources import files
from itertools import groupby

from bot.rendering.exports.tables import Row
from bot.rendering.utterances import shown_words, utterance_line
from bot.rendering.wording import counted, date_words, in_signs, published_words, speaker_words
from index.statements import find_paragraphs
from index.story import Span, Speaker

HIGHEST = 40
"""Pixels of the longest bar of the timeline."""


def page(rows: Iterable[Row]) -> str:
    """The whole page, as the text of a file of HTML."""
    held = sorted(rows, key=lambda row: (-(row.story.date or date.min).toordinal(), row.story.id, row.said.span))
    style, script = _resource("page.css"), _resource("page.js")
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    stories = counted(len({row.story.id for row in held}), "story", "stories")
    told = f"{counted(len(held), 'statement')} from {stories}, in the words of the stories."
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>On Record</title>
<style>{style}</style>
</head>
<body>
<header><h1>On Record</h1><p class="origin">{told}</p></header>
<div id="search" hidden><input id="words" type="search" aria-label="Search" placeholder="Search words, people, outlets">
<output id="count"></output></div>
<nav id="timeline" aria-label="By month">{_timeline(held)}</nav>
<div class="columns">
<aside id="speakers" aria-label="Who speaks"><ul>{_speakers(held)}</ul></aside>
<main>
{"".join(_story(list(together)) for _, together in groupby(held, key=lambda row: row.story))}</main>
</div>
<script>{script}</script>
</body>
</html>
"""


def _story(rows: Sequence[Row]) -> str:
    story, link = rows[0].story, rows[0].link
    title = _safe(story.title or story.id)
    if link:
        title = f'<a href="{_safe(link)}" rel="noopener noreferrer nofollow">{title}</a>'
    published = published_words(story)
    below = f'<p class="origin" dir="auto">{_safe(published)}</p>' if published else ""
    paragraphs = find_paragraphs(story.text)
    statements = "".join(_statement(row, paragraphs) for row in rows)
    return f'<section><h2 dir="auto">{title}</h2>{below}\n{statements}</section>\n'


def _statement(row: Row, paragraphs: Sequence[Span]) -> str:
    said, line = row.said, utterance_line((row.said,), row.story, row.speaker)
    held_to_be = f" · held to be {row.right}’s" if row.right else ""
    speaker = row.speaker.id if row.speaker else ""
    return (
        f'<article class="{said.kind}" data-speaker="{_safe(speaker)}" data-month="{(row.day or "")[:7]}">'
        f'<blockquote dir="auto">{_safe(str(shown_words(said, row.story)))}</blockquote>'
        f'<p class="line" dir="auto">{_safe(line + held_to_be)}</p>{_context(row, paragraphs)}</article>\n'
    )


def _context(row: Row, paragraphs: Sequence[Span]) -> str:
    """The paragraph in which the words stand, where it has more than these."""
    text, span = row.story.text, row.said.span
    around = next((one for one in paragraphs if one.covers(span)), span)
    before, after = text[around.start : span.start], text[span.end : around.end]
    if not any(map(str.isalnum, before + after)):
        return ""
    return (
        '<details><summary class="line">in context</summary><p dir="auto">'
        f"{_safe(before)}<mark>{_safe(row.words)}</mark>{_safe(after)}</p></details>"
    )


def _speakers(rows: Sequence[Row]) -> str:
    people: dict[str, Speaker] = {row.speaker.id: row.speaker for row in rows if row.speaker}
    counts = Counter(row.speaker.id for row in rows if row.speaker)
    ordered = sorted(people.values(), key=lambda who: (-counts[who.id], who.name))
    return "".join(
        f'<li><button type="button" data-kind="speaker" data-value="{_safe(who.id)}" aria-pressed="false" dir="auto">'
        f"{_safe(speaker_words(who))} <small>{counts[who.id]}</small></button></li>"
        for who in ordered
    )


def _timeline(rows: Sequence[Row]) -> str:
    """A bar a month that has statements, the oldest first."""
    counts = Counter(row.day[:7] for row in rows if row.day)
    most = max(counts.values(), default=1)
    return "".join(
        f'<button type="button" data-kind="month" data-value="{month}" aria-pressed="false" '
        f'title="{_month(month)}: {count}">{_bar(max(2, round(HIGHEST * count / most)))}<small>{month}</small></button>'
        for month, count in sorted(counts.items())
    )


def _bar(height: int) -> str:
    return f'<svg width="14" height="{HIGHEST}"><rect width="14" y="{HIGHEST - height}" height="{height}"/></svg>'


def _month(month: str) -> str:
    return date_words(date.fromisoformat(f"{month}-01")).partition(" ")[2]


def _safe(words: str) -> str:
    """Words as they may stand in a page, in its text or between double quotation marks."""
    return escape(in_signs(words.replace("\r\n", "\n")), quote=True)


def _resource(name: str) -> str:
    return (files("bot.rendering.exports") / name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return "sha256-" + b64encode(hashlib.sha256(text.encode()).digest()).decode()
