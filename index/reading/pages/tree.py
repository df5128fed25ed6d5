"""A page's bytes to a tree of elements, within bounds that no real page reaches: one made to exhaust what reads it is
made harmless, or refused, before any parser sees it.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from index.errors import StoryUnreadable
from index.reading.bounds import BOUNDS
from index.reading.text import MAX_STORY_BYTES, charset_in, decoded

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
_UNCLOSED = ("br", "img", "meta", "link", "input", "hr", "p>", "p ", "li", "td", "tr", "source", "wbr", "path")
_TAG = re.compile(r"<[A-Za-z][^\s/>]*+")
_ATTRIBUTE = re.compile(r"[\s/]*+[^\s/>=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?+|[\s/]*+=")
_BREAKS = re.compile(r"(?:<br\b[^<>]{0,80}+>\s*+){20,}+", re.IGNORECASE)
_LINK = re.compile(r"</?a(?=[\s>])[^<>]{0,2000}+>", re.IGNORECASE)
_FEWER_BREAKS = "<br>" * 20
_SHORTEST = 2
"""Characters of an attribute and what parts it from the next."""


def page_text(raw: bytes, name: str, charset: str | None = None) -> str:
    """The page as text; `charset` is what its server said. Raises StoryUnreadable where it is beyond the bounds."""
    if len(raw) > MAX_STORY_BYTES:
        raise StoryUnreadable(name, f"it is longer than {MAX_STORY_BYTES:,} bytes")
    declared = charset, charset_in(raw[:4096].decode("latin-1"))
    page = decoded(raw, declared=declared).replace("\x00", "")
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


def tamed(page: str, name: str) -> str:
    """The page without the attributes of a tag beyond those that a tag may have, which a parser takes the square of
    their number for, and with few line breaks for very many. Raises StoryUnreadable for more tags than a page may have.
    """
    page = _BREAKS.sub(_FEWER_BREAKS, page)
    if page.count("<") > BOUNDS.page_tags:
        raise StoryUnreadable(name, f"it has more than {BOUNDS.page_tags:,} tags")
    return "".join(_parts(_with_fewer_links(page)))


def _with_fewer_links(page: str) -> str:
    """The page in which the links beyond those that a page may have are their words alone: what chooses a page's text
    takes the square of their number."""
    further = next(islice(_LINK.finditer(page), 2 * BOUNDS.page_links, None), None)
    return page if further is None else page[: further.start()] + _LINK.sub("", page[further.start() :])


def _parts(page: str) -> Iterator[str]:
    """The pieces of the page that stay."""
    kept = 0
    for tag in _TAG.finditer(page):
        at = tag.end()
        if at < kept or _is_short(page, at):
            continue
        stays, ends = _attributes(page, at)
        if stays < ends:
            yield page[kept:stays]
            kept = ends
    yield page[kept:]


def _is_short(page: str, at: int) -> bool:
    """Whether a tag ends before it could have too many attributes, for certain."""
    end = page.find(">", at, at + _SHORTEST * BOUNDS.tag_attributes)
    return end >= 0 and not any(mark in page[at:end] for mark in "\"'")


def _attributes(page: str, at: int) -> tuple[int, int]:
    """Where the attributes end that a tag may have, and where all of them do."""
    stays = at
    number = 0
    while found := _ATTRIBUTE.match(page, at):
        at = found.end()
        number += 1
        stays = at if number <= BOUNDS.tag_attributes else stays
    return stays, at
