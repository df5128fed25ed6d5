"""Markdown to the text that its reader sees: every word, and none of the marks."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from index.reading.header import fields_end
from index.reading.pages.reading import quoted_lines

if TYPE_CHECKING:
    from markdown_it.token import Token


def unmarked(text: str) -> tuple[str, str | None]:
    """The text without its markup, and its first heading of the first rank; a text without any markup as it came.

    The fields that it may open with stay as they are, and so do its line breaks. Links keep their words, items of lists
    their figures; pictures and comments are left out.
    """
    from markdown_it import MarkdownIt

    at = fields_end(text)
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text[at:])
    if all(map(_is_bare, tokens)):
        return text, None
    headings = (words for opened, words in pairwise(tokens) if opened.type == "heading_open" and opened.tag == "h1")
    title = next((" ".join(_words(heading).split()) for heading in headings), None)
    blocks = "".join(("\n" if close else "\n\n") + words for words, close in _blocks(tokens)).lstrip("\n")
    return f"{text[:at]}{blocks}\n", title or None


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
    mark, close, first = "", False, False
    for token in tokens:
        match token.type:
            case "bullet_list_open" | "ordered_list_open" | "table_open":
                first = True
            case "list_item_open":
                mark = f"{token.info}{token.markup} " if token.info else "- "
            case "paragraph_open":
                close = token.hidden
            case "blockquote_open" | "blockquote_close":
                _quote(found, quotations, opens=token.nesting > 0)
            case "tr_open":
                cells = []
            case "tr_close":
                found.append((" | ".join(cells or ()), not first))
                cells, first = None, False
            case "inline" if cells is not None:
                cells.append(_words(token))
            case "inline" | "code_block" | "fence" | "html_block" if words := _words(token).strip("\n"):
                found.append((mark + words, close and not first))
                mark, close, first = "", False, False
    return found


def _quote(found: list[tuple[str, bool]], quotations: list[int], *, opens: bool) -> None:
    """Note where a quotation begins; where it ends, give its blocks the marks that print has for them."""
    if opens:
        quotations.append(len(found))
        return
    start = quotations.pop()
    before = found[start - 1][0] if start else ""
    lines = quoted_lines(before, [words for words, _ in found[start:]])
    found[start:] = [(line, close) for line, (_, close) in zip(lines, found[start:], strict=True)]


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
