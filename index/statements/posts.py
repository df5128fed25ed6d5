"""Posts quoted in a story: "text — Name (@handle) March 2, 2017", "@handle: text", "Name (@handle): text", and posts in
markup that names their author, <tweet author="handle">text</tweet>."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.language.sentences import stripped
from index.statements.findings import Finding
from index.story import Span

_HANDLE = r"@[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,60}[A-Za-z0-9_])?(?:@[A-Za-z0-9.-]{1,60}[A-Za-z0-9])?"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DAY = rf"(?:{_MONTH} \d{{1,2}}(?:, ?\d{{4}})?|\d{{1,2}} {_MONTH}(?: \d{{4}})?|\d{{4}}-\d\d-\d\d)"
_BYLINE = re.compile(
    rf"(?:[—–―]|--|(?<=\s)-|&[mn]dash;)\s?(?P<name>[^\s@(—–<>][^@()\n—–<>]{{0,60}}?)\s?"
    rf"(?P<cue>\(\s?{_HANDLE}\s?\)(?:[ ,·]*(?:on )?{_DAY})?)"
)
_LABEL = re.compile(
    rf"\.?(?P<name>(?:[A-Z][\w.'’-]*[ \u00a0]){{1,4}})?(?P<handle>\(?{_HANDLE}\)?)"
    rf"(?:\s?[·,]?\s?(?:on )?{_DAY})?\s?(?P<cue>:)\s+(?=\S)"
)
ACCOUNT = re.compile(r"""(?<![\w@])(?<!\w\.)@[A-Za-z0-9_]{2,30}|(?<=\bauthor=["“”'])[A-Za-z0-9_]{2,30}(?=["“”'])""")
"""An account as posts write it; in markup the sign before it may be missing."""
_MARKED_UP = re.compile(r"""<\w[^<>\n]{0,200}\bauthor=["“”'](?P<handle>@?[A-Za-z0-9_]{2,30})["“”'][^<>\n]{0,200}>""")
_LINK = re.compile(r"(?:https?://|pic\.twitter\.com/|t\.co/)\S")
_TAG = re.compile(r"</?\w[^<>\n]{0,200}>")


def find_posts(text: str, paragraphs: Sequence[Span]) -> Iterator[Finding]:
    """A finding for each post, whose mention is the name or handle and whose cue the byline around it."""
    for number, paragraph in enumerate(paragraphs):
        low = paragraph.start
        for byline in _BYLINE.finditer(text, paragraph.start, paragraph.end):
            before = paragraphs[number - 1] if number else None
            words = _words(text, low, byline.start())
            if words is None and low == paragraph.start and before is not None:
                words = _words(text, before.start, before.end)
            low = byline.end()
            if words is not None:
                mention, cue = Span(*byline.span("name")), Span(*byline.span("cue"))
                yield Finding(words, "post", mention, cue, sure=0.95)
        label = _LABEL.match(text, paragraph.start, paragraph.end)
        if label and low == paragraph.start:
            words = _words(text, label.end(), paragraph.end)
            if words is not None:
                named = label.span("name") if label.group("name") else label.span("handle")
                mention = Span(named[0], named[1] - (text[named[1] - 1].isspace()))
                yield Finding(words, "post", mention, Span(*label.span("cue")), sure=0.9)
        for opening in _MARKED_UP.finditer(text, paragraph.start, paragraph.end):
            closing = _TAG.search(text, opening.end(), paragraph.end)
            words = _words(text, opening.end(), closing.start() if closing else paragraph.end)
            if words is not None:
                yield Finding(words, "post", Span(*opening.span("handle")), sure=0.95)


def account_at(text: str, mention: Span) -> str | None:
    """The account that a mention is, as `@name` in small letters; None where it is none."""
    found = ACCOUNT.search(text, mention.start, mention.end + 1)
    whole = found is not None and mention.end - found.end() <= 1 and text[mention.start : found.start()] in ("", "(")
    return with_sign(found.group()).lower() if found and whole else None


def with_sign(account: str) -> str:
    """An account with the sign before it, which markup may leave out."""
    return f"@{account.lstrip('@')}"


def _words(text: str, start: int, end: int) -> Span | None:
    """The post's own words: without markup before them and without the links at their end."""
    start = max(
        (tag.end() for tag in _TAG.finditer(text, start, end) if not tag.group().startswith("</")), default=start
    )
    closing = _TAG.search(text, start, end)
    end = closing.start() if closing else end
    words = stripped(text, Span(start, _links_start(text, start, end)))
    return words if any(map(str.isalnum, words.of(text))) else None


def _links_start(text: str, start: int, end: int) -> int:
    """Where the links begin that a stretch ends with; its end where it ends with none."""
    for word in reversed(text[start:end].split()):
        link = _LINK.search(word)
        if link is None:
            return end
        end = text.rindex(word, start, end) + link.start()
        if link.start():
            return end
    return end
