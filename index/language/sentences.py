"""Where the sentences of a text end: at a mark, but not at one that only shortens a word."""

import re

from index.language.lists import words_in
from index.story import Span

_BOUNDARY = re.compile(  # a run of marks is looked at once, where it begins
    r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+(?=\s+[\"'“‘«(\[#@$£€]*[^\W_a-z]|\s*[“«]|\s*$)|[.!?]\"(?=\")|[.!?]”(?=\S)"
)
_ALWAYS_GOES_ON = words_in("titles") | {"no", "nos", "vs", "v", "e.g", "i.e", "cf", "ca", "approx"}
_MAY_GO_ON = words_in("shortened")
_OPENERS = words_in("first_words")


def sentence_spans(text: str, within: Span) -> tuple[Span, ...]:
    """The sentences of a stretch of text, without the white space between them; abbreviations do not end one."""
    spans: list[Span] = []
    start = within.start
    for match in _BOUNDARY.finditer(text, within.start, within.end):
        if match.start() >= start and _ends_sentence(text, match.start(), match.end(), within.end):
            spans.append(stripped(text, Span(start, match.end())))
            start = match.end()
    spans.append(stripped(text, Span(start, within.end)))
    return tuple(span for span in spans if len(span))


def _ends_sentence(text: str, mark: int, end: int, limit: int) -> bool:
    """Whether the full stop at `mark` ends a sentence, judged by the words before and after it."""
    if text[mark] != "." or text[mark : mark + 3] == "...":
        return True
    before = re.search(r"[\w.&’'-]*$", text[max(0, mark - 20) : mark])
    word = before[0] if before else ""
    follower = re.match(r"[\s\"'“‘(\[]*(\w*)", text[end : min(limit, end + 40)])
    following = follower[1] if follower else ""
    if not following or end - mark > 1:
        return True
    if word.casefold() in _ALWAYS_GOES_ON:
        return False
    if word.casefold() in _MAY_GO_ON or (_are_initials(word) and word != "I"):
        return following in _OPENERS and len(word) > 1
    return True


def is_ended(text: str, marks: str = ".!?…", closing: str = "\"”’'»)]*") -> bool:
    """Whether a text ends with one of some marks, or with what closes a quotation or a bracket behind one."""
    return text.rstrip(closing).endswith(tuple(marks))


def stripped(text: str, span: Span) -> Span:
    """A span without the white space at its ends."""
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _are_initials(word: str) -> bool:
    """Whether a word is a letter, or several with full stops between them."""
    return all(len(part) == 1 and part.isascii() and part.isalpha() for part in word.split("."))
