"""What stands in quotation marks in something that a person typed: of every kind, mixed, doubled, or left open.

People's messages are not newspapers: “ may end in ", ' may open, „ may end in “, and a line may begin with > instead.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.story import Span

_DOUBLE_MARKS = '"“”„‟«»‹›″＂〝〞〟「」『』'
_CLOSES: dict[str, str] = {
    "“": "”\"″‟＂“", "”": "”\"″", "„": "“”\"‟″", "‟": "”\"“", "«": "»\"", "»": "«", "‹": "›", "›": "‹", "″": "″\"”",
    '"': "\"”“″＂", "＂": "＂\"", "〝": "〞〟", "「": "」", "『": "』", "``": "\"”",
}  # fmt: skip
_ONLY_CLOSE = frozenset("〞〟」』")
_MARK = re.compile(rf"``|''|[{_DOUBLE_MARKS}]")
_SINGLE_OPEN = re.compile(
    r"(?<![\w'’‘])[‘'‚’](?=[^\W_]|\[|…|\.\.)(?!(?:\d0s|em|til|tis|twas|cause|bout|n)\b)", re.IGNORECASE
)
_SINGLE_CLOSE = re.compile(r"(?<=[^\s(\[])[’'‘](?!\w)")
_QUOTE_LINES = re.compile(r"^>(?:>>)?[ \t]?(?P<words>[^\n]*(?:\n>[ \t]?[^\n]*)*)", re.MULTILINE)
_MOST = 4_000
"""Code points of one quotation in a message."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch in quotation marks: with them, and without."""

    span: Span
    words: Span


def find_marked(text: str) -> tuple[Marked, ...]:
    """What a text has in quotation marks, in order; the lines that begin with > where it has no marks."""
    doubles = tuple(_doubles(text))
    singles = tuple(one for one in _singles(text) if not any(one.span.overlaps(double.span) for double in doubles))
    found = tuple(sorted((*doubles, *singles), key=lambda one: one.span))
    return found or tuple(_lines(text))


def first_quoted(text: str) -> str | None:
    """The first words of a text that stand between double marks, with these; None where none do."""
    doubles = (one for one in _doubles(text) if one.span.end > one.words.end and len(one.words) > 1)
    return next((one.span.of(text) for one in doubles), None)


def _lines(text: str) -> Iterator[Marked]:
    for found in _QUOTE_LINES.finditer(text):
        if found["words"].strip():
            yield Marked(Span(*found.span()), Span(*found.span("words")))


def _doubles(text: str) -> Iterator[Marked]:
    opened: re.Match[str] | None = None
    for found in _MARK.finditer(text):
        mark = found.group()
        if opened is not None and _is_over(text, opened, found):
            yield from _open_to(text, opened, found.start())
            opened = None
        if opened is None:
            opened = found if _may_open(text, found) else None
        elif mark in _CLOSES.get(opened.group(), "") or mark == "''":
            if mark in '“"' and _opens_again(text, found) and mark != opened.group():
                continue
            yield Marked(Span(opened.start(), found.end()), Span(opened.end(), found.start()))
            opened = None
    if opened is not None:
        yield from _open_to(text, opened, len(text))


def _may_open(text: str, found: re.Match[str]) -> bool:
    if found.group() in _ONLY_CLOSE or found.group() == "''":
        return False
    behind = text[found.end() : found.end() + 1]
    if found.group() == "″" and text[: found.start()][-1:].isdigit():
        return False
    return bool(behind) and (found.group() not in '”"' or not behind.isspace())


def _opens_again(text: str, found: re.Match[str]) -> bool:
    """Whether a mark inside another pair opens rather than closes it."""
    before, behind = text[: found.start()][-1:], text[found.end() : found.end() + 1]
    return before.isspace() and behind.isalnum()


def _is_over(text: str, opened: re.Match[str], found: re.Match[str]) -> bool:
    between = text[opened.end() : found.start()]
    return "\n\n" in between or len(between) > _MOST


def _open_to(text: str, opened: re.Match[str], limit: int) -> Iterator[Marked]:
    """What a mark opens that nothing closes: the rest of its paragraph, where that is more than a word or two."""
    end = text.find("\n", opened.end(), limit)
    end = limit if end < 0 else end
    if len(text[opened.end() : end][:_MOST].split()) > 2:
        yield Marked(Span(opened.start(), end), Span(opened.end(), end))


def _singles(text: str) -> Iterator[Marked]:
    at = 0
    while opening := _SINGLE_OPEN.search(text, at):
        closing = _closing(text, opening)
        if closing is None:
            at = opening.end()
            continue
        yield Marked(Span(opening.start(), closing.end()), Span(opening.end(), closing.start()))
        at = closing.end()


def _closing(text: str, opening: re.Match[str]) -> re.Match[str] | None:
    """The mark that closes a single one; "the residents' money" goes on where another mark follows."""
    end = text.find("\n", opening.end())
    end = min(len(text) if end < 0 else end, opening.end() + _MOST)
    further = _SINGLE_OPEN.search(text, opening.end(), end)
    limit = further.start() if further else end
    plural: re.Match[str] | None = None
    for found in _SINGLE_CLOSE.finditer(text, opening.end(), limit):
        behind = text[found.end() : found.end() + 2]
        if text[found.start() - 1] != "s" or behind[:1] != " " or not "a" <= behind[1:] <= "z":
            return found
        plural = plural or found
    return plural
