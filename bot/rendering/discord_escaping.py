"""Somebody else's text, made safe to stand in a Discord message: it reads the same, and it stays text.

Pure functions. Discord shows a backslash before punctuation as that punctuation, so the words on screen stay the words.
"""

import re
import unicodedata
from collections.abc import Callable
from itertools import accumulate

import regex

from bot.rendering.wording import BIDIRECTIONAL
from index.language import sentence_spans
from index.story import Span

_ACTIVE = re.compile(r"[\\*_~`|<>@\[\]]|:(?=\S)|(?<=[\w/])/|/(?=/)")
_LINE_STARTS = re.compile(r"^([ \t]*)(?:([-+#])|(\d+)([.)]))", re.MULTILINE)
_JOINERS = frozenset("\u200c\u200d")
_SELECTORS = frozenset("\ufe0e\ufe0f")
_UNSEEN = frozenset("\u00ad\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_DOUBTFUL = regex.compile(rf"(?V1)[[\p{{Cc}}\p{{Cf}}\p{{Cs}}{''.join(_SELECTORS | _UNSEEN)}]--[\n\t]]")
"""What may not be seen: seldom there, so that most of a text need not be looked at in Python."""
_GRAPHEME = regex.compile(r"\X")
_WHOLE = re.compile(r"https?://\S+|“[^“”]*”|\"[^\"\n]*\"|«[^«»]*»")
_MARGIN = 64
"""Code points read beyond a place to see whether a grapheme goes on there."""
ELLIPSIS = "…"
_BEFORE_ELLIPSIS = " ,;:–—-"


def visible(text: str) -> str:
    """The text without what cannot be seen or turns its direction: controls, zero-width and bidirectional characters.

    Joiners and selectors stay where they join signs outside ASCII, as Persian and emoji need them to.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    seen: str = _DOUBTFUL.sub(lambda found: found.group() if _is_seen(text, found.start()) else "", text)
    return seen


def _is_seen(text: str, at: int) -> bool:
    char, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if char in _JOINERS:
        return bool(before and after) and not before.isascii() and not after.isascii()
    if char in _SELECTORS:
        return bool(before) and not before.isascii() and not before.isspace()
    if char in BIDIRECTIONAL or char in _UNSEEN:
        return False
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs"}


def escaped(text: str) -> str:
    """The text so that Discord shows it as it stands: no markup, mention, link, timestamp, emoji code or list."""
    text = _ACTIVE.sub(lambda found: "\\" + found.group(), visible(text))
    return _LINE_STARTS.sub(_escaped_line_start, text)


def _escaped_line_start(found: re.Match[str]) -> str:
    indent, bullet, number, point = found.groups()
    return f"{indent}\\{bullet}" if bullet else f"{indent}{number}\\{point}"


def on_one_line(text: str) -> str:
    """The text for places without markup (labels, choices, an embed's author and footer): visible, on one line."""
    return " ".join(visible(text).split())


def graphemes(text: str) -> list[str]:
    """The text as what a reader would call its characters."""
    return [found.group() for found in _GRAPHEME.finditer(text)]


def fitted(text: str, limit: int) -> str:
    """The text on one line in at most `limit` code points, ended with an ellipsis where it was cut.

    It is cut after a word where one ends in the second half, else between graphemes.
    """
    text = on_one_line(text)
    if len(text) <= limit:
        return text
    start = _longest_start(text, limit - 1)
    words = start if text[len(start)].isspace() else start.rpartition(" ")[0]
    return (words if len(words) > limit // 2 else start).rstrip(_BEFORE_ELLIPSIS) + ELLIPSIS


def _longest_start(text: str, limit: int) -> str:
    taken = 0
    for grapheme in graphemes(text[: limit + _MARGIN]):
        if taken + len(grapheme) > limit:
            break
        taken += len(grapheme)
    return text[:taken] if taken else text[:limit]


def sentence_starts(text: str) -> list[int]:
    """Where in a text a sentence begins that is not its first; each line begins one."""
    starts: list[int] = []
    at = 0
    for line in text.splitlines(keepends=True):
        spans = sentence_spans(text, Span(at, at + len(line)))
        starts += [span.start for span in (spans if at else spans[1:])]
        at += len(line)
    return starts


def pieces(text: str, limit: int, measured: Callable[[str], int]) -> tuple[str, ...]:
    """The text cut into parts that measure at most `limit` (where a single code point does); joined they are the text.

    It is cut after a sentence where one ends in the second half of a part, else after a space, else between graphemes;
    not within an address or a pair of quotation marks that fits a part. `measured` never falls as its text grows.
    """
    parts: list[str] = []
    at = 0
    while ahead := _too_long(text, at, limit, measured):
        cut = _place_to_cut(ahead, limit, measured)
        parts.append(ahead[:cut])
        at += cut
    return (*parts, text[at:])


def _too_long(text: str, at: int, limit: int, measured: Callable[[str], int]) -> str:
    """As much of the text from there on as shows that one part does not hold it; nothing where one does."""
    size = _looked_at(limit)
    while measured(text[at : at + size]) <= limit:
        if at + size >= len(text):
            return ""
        size *= 2
    return text[at : at + size] if at + 1 < len(text) else ""


def _looked_at(limit: int) -> int:
    """Code points to look at for one part: two parts' worth, since what it may not be cut within fits one."""
    return 2 * max(limit, 1) + _MARGIN


def _place_to_cut(text: str, limit: int, measured: Callable[[str], int]) -> int:
    """Where to end the first part of a text too long for the limit: at least one code point in.

    A part has no more code points than the limit, except where so few of them show that more had to be looked at.
    """
    low, high = 1, min(len(text) - 1, max(1, limit) if len(text) <= _looked_at(limit) else len(text))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if measured(text[:middle]) <= limit else (low, middle - 1)
    start = _longest_start(text, low)
    whole = [found.span() for found in _WHOLE.finditer(text, 0, len(start) + limit) if measured(found.group()) <= limit]
    within = {place for begin, end in whole for place in range(begin + 1, end)}
    free = set(accumulate(map(len, graphemes(start)))) - within
    ends = [place for place in sentence_starts(text[: len(start) + _MARGIN]) if place in free]
    spaces = [place for place in free if start[place - 1].isspace()]
    places = (max(ends, default=0), max(spaces, default=0))
    return next((place for place in places if place > len(start) // 2), max(free, default=len(start)))
