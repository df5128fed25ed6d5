"""A page's bytes to a tree of elements, within bounds that no real page reaches."""

import re
from typing import TYPE_CHECKING

from index.errors import StoryUnreadable
from index.reading.decoding import MAX_STORY_BYTES, decoded
from index.reading.taming import tamed

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_NESTING = 2_000
MOST_DIALOGS = 40
_DIALOGS = (
    "//*[@role='dialog' or @role='alertdialog' or @aria-modal='true' or self::dialog or "
    + " or ".join(
        f"contains(@{attribute}, '{word}')"
        for attribute in ("id", "class")
        for word in ("cookie", "Cookie", "consent", "Consent", "gdpr", "GDPR", "onetrust")
    )
    + "]"
)
_STORIES = ("h1", "article", "main", "blockquote", "body")
"""What stands in no dialog."""
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})")
_UNCLOSED = ("br", "img", "meta", "link", "input", "hr", "p>", "p ", "li", "td", "tr", "source", "wbr", "path")


def page_text(raw: bytes, name: str, charset: str | None = None) -> str:
    """The page as text; `charset` is what its server said. Raises StoryUnreadable where it is beyond the bounds."""
    if len(raw) > MAX_STORY_BYTES:
        raise StoryUnreadable(name, f"it is longer than {MAX_STORY_BYTES:,} bytes")
    said = _CHARSET.search(raw[:4096])
    page = decoded(raw, declared=(charset, said[1].decode("ascii") if said else None)).replace("\x00", "")
    if _nesting(page) > MAX_NESTING:
        raise StoryUnreadable(name, "its HTML is nested too deep")
    return tamed(page, name)


def parse_page(page: str) -> "HtmlElement | None":
    """The root of a page's tree; None where nothing can be made of it."""
    from lxml import html
    from lxml.etree import LxmlError

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (LxmlError, ValueError, AssertionError):
        return None
    _close_dialogs(tree)
    return tree


def _close_dialogs(tree: "HtmlElement") -> None:
    """Takes what a page asks its readers to agree to out of it: that may be longer than the story."""
    found = tree.xpath(_DIALOGS)
    for element in found[:MOST_DIALOGS] if isinstance(found, list) else ():
        held = any(next(element.iter(tag), None) is not None for tag in _STORIES)
        if not held and element.tag != "body" and element.getparent() is not None:
            element.drop_tree()


def _nesting(page: str) -> int:
    """How deep the tags nest at most, near enough to refuse what would exhaust a parser."""
    depth = deepest = 0
    at = page.find("<")
    while at >= 0:
        following = page[at + 1 : at + 2]
        if following == "/":
            depth = max(0, depth - 1)
        elif following.isalpha() and not page.startswith(_UNCLOSED, at + 1):
            depth += 1
            deepest = max(deepest, depth)
        at = page.find("<", at + 1)
    return deepest
