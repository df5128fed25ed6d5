"""The tokens of a parse: by offset (spaCy's own look-ups walk the whole text each time), and by what the marks of the
text say about each."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from index.language.words import plain_words
from index.statements.quotation_marks import Quoted, find_quoted
from index.story import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


class Words:
    """The tokens of one parse, found by where they stand in the text."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.text: str = doc.text
        self._tokens: list[Token] = list(doc)
        self._starts = [token.idx for token in self._tokens]
        self._sentences = [token.i for token in self._tokens if token.is_sent_start]

    @cached_property
    def quoted(self) -> tuple[Quoted, ...]:
        """What stands in quotation marks in the text."""
        return find_quoted(self.text)

    def between(self, start: int, end: int) -> list[Token]:
        """The tokens that start in the range, white space left out."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [token for token in self._tokens[first:last] if not token.is_space]

    def touching(self, span: Span) -> list[Token]:
        """The tokens that share a code point with the span, white space left out."""
        first, last = max(0, bisect_right(self._starts, span.start) - 1), bisect_left(self._starts, span.end)
        return [t for t in self._tokens[first:last] if not t.is_space and t.idx + len(t) > span.start]

    def at(self, offset: int) -> Token | None:
        """The token that starts at the offset, if one does."""
        place = bisect_left(self._starts, offset)
        return self._tokens[place] if place < len(self._starts) and self._starts[place] == offset else None

    def sentence(self, token: Token) -> Span:
        """The sentence that a token is in."""
        place = bisect_right(self._sentences, token.i)
        first = self._sentences[place - 1] if place else 0
        after = self._sentences[place] if place < len(self._sentences) else len(self._tokens)
        last = self._tokens[after - 1]
        return Span(self._starts[first], last.idx + len(last))


class Layout:
    """What the marks of a text say about each token: whether it is quoted, in a headline, in which paragraph."""

    def __init__(self, words: Words) -> None:
        doc, text = words.doc, words.text
        self.quoted = bytearray(len(doc))
        self.headline = bytearray(len(doc))
        self.paragraph = [0] * len(doc)
        ends = [found.start() for found in re.finditer(r"[\r\n]+", text)] + [len(text)]
        lines = list(zip([0, *ends[:-1]], ends, strict=True))
        titles = [_is_headline(text[start:end], first=start == 0) for start, end in lines]
        stretches = [found.span for found in words.quoted if found.level == 0]
        starts = [span.start for span in stretches]
        before = 0
        for token in doc:
            before = at = before if token.is_space else min(bisect_right(ends, token.idx), len(ends) - 1)
            self.paragraph[token.i] = at
            self.headline[token.i] = titles[at]
            place = bisect_right(starts, token.idx) - 1
            self.quoted[token.i] = place >= 0 and token.idx < stretches[place].end


def _is_headline(line: str, *, first: bool = False) -> bool:
    plain = plain_words(line)
    words = [word for word in plain if len(word) > 3 and word[0].isalpha()]
    if not words or len(line) > 200 or line.rstrip().endswith("," if first else (".", ",")):
        return False
    return len(plain) >= 3 and sum(word[0].isupper() for word in words) >= 0.75 * len(words)
