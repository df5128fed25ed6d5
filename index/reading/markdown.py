"""Markdown to the text that its reader sees: every word, and none of the marks."""

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from index.reading.header import fields_end
from index.reading.pages.writing import quoted_lines

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_LEAVES = frozenset({"inline", "code_block", "fence", "html_block"})


def unmarked(text: str) -> tuple[str, str | None]:
    """The text without its markup, and its first heading of the first rank; a text without any markup as it came.

    The fields that it may open with stay as they are, and so do its line breaks. Links keep their words, items of lists
    their figures; pictures and comments are left out.
    """
    at = fields_end(text)
    tokens = _parser().parse(text[at:])
    if all(map(_is_bare, tokens)):
        return text, None
    headings = (words for opened, words in pairwise(tokens) if opened.type == "heading_open" and opened.tag == "h1")
    title = next((" ".join(_words(heading).split()) for heading in headings), None)
    return f"{text[:at]}{_joined(_blocks(tokens))}\n", title or None


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def _is_bare(token: "Token") -> bool:
    """Whether nothing of it is markup."""
    if token.type == "inline":
        return all(child.type in ("text", "softbreak") for child in token.children or ())
    return token.type in ("paragraph_open", "paragraph_close")


def _blocks(tokens: Sequence["Token"]) -> list[tuple[str, bool]]:
    """The words of each block, and whether it stands close to the one above, as items of a list and rows do."""
    found: list[tuple[str, bool]] = []
    cells: list[str] | None = None
    quotations: list[int] = []
    mark, close = "", False
    for token in tokens:
        if token.type == "list_item_open":
            mark = f"{token.info}{token.markup} " if token.info else "- "
        elif token.type == "paragraph_open":
            close = token.hidden
        elif token.type == "blockquote_open":
            quotations.append(len(found))
        elif token.type == "blockquote_close":
            _mark_quotation(found, quotations.pop())
        elif token.type == "tr_open":
            cells = []
        elif token.type == "tr_close":
            found.append((" | ".join(cells or ()), True))
            cells = None
        elif token.type in _LEAVES and (words := _words(token).strip("\n")):
            if cells is not None:
                cells.append(words)
            else:
                found.append((mark + words, close))
                mark, close = "", False
    return found


def _mark_quotation(found: list[tuple[str, bool]], start: int) -> None:
    """Give the blocks from here on, which are quoted, the marks that print has for them."""
    before = found[start - 1][0] if start else ""
    lines = quoted_lines(before, [words for words, _ in found[start:]])
    found[start:] = [(line, close) for line, (_, close) in zip(lines, found[start:], strict=True)]


def _joined(blocks: Iterable[tuple[str, bool]]) -> str:
    parts: list[str] = []
    was_close = False
    for words, close in blocks:
        if parts:
            parts.append("\n" if close and was_close else "\n\n")
        parts.append(words)
        was_close = close
    return "".join(parts)


def _words(token: "Token") -> str:
    """What a reader sees of it."""
    if token.type == "html_block":
        return _words_of_html(token.content)
    if token.type != "inline":
        return token.content
    return "".join(map(_seen, token.children or ()))


def _seen(token: "Token") -> str:
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    if token.type == "html_inline":
        return "\n" if token.content[:3].lower() == "<br" else ""
    return "" if token.type == "image" else token.content


def _words_of_html(content: str) -> str:
    from lxml import etree, html

    try:
        element = html.fragment_fromstring(content, create_parent="div")
    except (etree.LxmlError, ValueError, AssertionError):
        return ""
    etree.strip_elements(element, "script", "style", etree.Comment, with_tail=False)
    return "\n".join(line.strip() for line in str(element.text_content()).splitlines() if line.strip())
