"""What the marks of a text say about each of its tokens: whether it is quoted, in a headline, and in which line."""

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc


class Layout:
    """What the marks of a text say about each token: whether it is quoted, in a headline, in which paragraph."""

    def __init__(self, doc: "Doc") -> None:
        text = doc.text
        self.quoted = bytearray(len(doc))
        self.headline = bytearray(len(doc))
        self.paragraph = [0] * len(doc)
        ends = [found.start() for found in re.finditer(r"[\r\n]+", text)] + [len(text)]
        lines = list(zip([0, *ends[:-1]], ends, strict=True))
        titles = [_is_headline(text[start:end], first=start == 0) for start, end in lines]
        inside, before = False, 0
        for token in doc:
            at = before if token.is_space else min(bisect_right(ends, token.idx), len(ends) - 1)
            if at != before:
                inside, before = False, at
            self.paragraph[token.i] = at
            self.headline[token.i] = titles[at]
            inside, self.quoted[token.i] = _quoted(token.text, inside)


def _quoted(mark: str, inside: bool) -> tuple[bool, bool]:
    """Whether the next token is inside quotation marks, and whether this one is."""
    if mark in {"“", "``"}:
        return True, True
    if mark in {"”", "''"}:
        return False, inside
    if mark == '"':
        return not inside, True
    return inside, inside


def _is_headline(line: str, *, first: bool = False) -> bool:
    words = [word for word in re.findall(r"[^\W\d_]{4,}", line) if word]
    if not words or len(line) > 200 or line.rstrip().endswith("," if first else (".", ",")):
        return False
    return len(re.findall(r"\w+", line)) >= 3 and sum(word[0].isupper() for word in words) >= 0.75 * len(words)
